"""The images of the runs of a report: a list for each different one, and how the lists differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.manifest_shelf import ManifestShelf
from tlft_desktop.core.report.facts import Examples, ImageList, RunFacts
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split

_Item = TypeVar("_Item")
NUM_EXAMPLES = 4
"""Training images of a class that are shown."""
MAX_CLASSES_SHOWN = 12
"""Classes of which images are shown."""
MAX_PROBLEMS = 12


def read_lists(shelf: ManifestShelf, runs: Sequence[RunFacts]) -> tuple[ImageList, ...]:
    """Return the lists of images that some runs used, that of the most runs first; one that is gone says so."""
    users: dict[str, list[str]] = {}
    for run in runs:
        if run.config is not None:
            users.setdefault(run.config.manifest, []).append(run.name)
    lists: list[ImageList] = []
    for digest in sorted(users, key=lambda digest: -len(users[digest])):
        lists.append(_read(shelf, digest, tuple(users[digest]), lists[0] if lists else None))
    return tuple(lists)


def with_examples(images: ImageList, examples: Sequence[Examples]) -> ImageList:
    """Return a list of images with pictures of some."""
    return replace(images, examples=tuple(examples))


def example_records(images: ImageList) -> list[tuple[str, list[ImageRecord]]]:
    """Return a few training images of some classes, both taken evenly from the whole, class by class."""
    if images.manifest is None:
        return []
    by_class: dict[str, list[ImageRecord]] = {name: [] for name in images.manifest.classes}
    for record in images.manifest.used(Split.TRAIN):
        by_class.get(record.label, []).append(record)
    names = spread([name for name, records in by_class.items() if records], MAX_CLASSES_SHOWN)
    return [(name, spread(by_class[name], NUM_EXAMPLES)) for name in names]


def spread(items: Sequence[_Item], number: int) -> list[_Item]:
    """Return at most so many items, as evenly distributed as they can be, in their order."""
    if len(items) <= number:
        return list(items)
    return [items[place * len(items) // number] for place in range(number)]


def _read(shelf: ManifestShelf, digest: str, runs: tuple[str, ...], first: ImageList | None) -> ImageList:
    try:
        manifest = shelf.read(digest)
    except InputError as error:
        return ImageList(digest, runs, problem=error.message)
    said = [problem.message for problem in find_problems(manifest)]
    if len(said) > MAX_PROBLEMS:
        said = [*said[:MAX_PROBLEMS], f"{len(said) - MAX_PROBLEMS} more remarks are told by `tlft data`."]
    other = None if first is None else first.manifest
    difference = "" if other is None else difference_of(other, manifest)
    return ImageList(digest, runs, manifest, problems=tuple(said), difference=difference)


def difference_of(first: Manifest, second: Manifest) -> str:
    """Say in a sentence how the second list differs from the first one, for those who know the first."""
    ours, theirs = _used(first), _used(second)
    shared = ours.keys() & theirs.keys()
    counts = {
        "more": len(theirs) - len(shared),
        "fewer": len(ours) - len(shared),
        "with another class": sum(ours[path].label != theirs[path].label for path in shared),
        "in another split": sum(ours[path].split is not theirs[path].split for path in shared),
        "with other content": sum(ours[path].sha256 != theirs[path].sha256 for path in shared),
    }
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"Compared with the first list, images: {said or 'the same, in another order of classes or scaling'}."


def _used(manifest: Manifest) -> dict[str, ImageRecord]:
    return {record.path: record for record in manifest.records if not record.excluded}

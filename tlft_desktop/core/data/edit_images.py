"""Edits of images as pure functions of a manifest: what the window and the command line write to the overlay."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tlft_desktop.core.data.splits import SplitItem, assign_splits, unit_names
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.edits import Edit, EditField
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split

REASON_BY_HAND = "Left out by hand."
_MAX_NAME_LENGTH = 200
_MAX_REASON_LENGTH = 200
_NUM_NAMED = 3


def find_images(manifest: Manifest, names: Iterable[str], data_folder: Callable[[], Path]) -> tuple[str, ...]:
    """Return the paths of images that are named as in the manifest, or as files.

    Args:
        manifest: The images of the project.
        names: Paths below the data folder, or paths of files, absolute or below the current folder.
        data_folder: Gives the folder of the images; asked only if a name is not in the manifest.

    Raises:
        InputError: If a name is no image of the project; the message names the first ones.
    """
    known = {record.path for record in manifest.records}
    found: dict[str, None] = {}
    unknown = []
    for name in names:
        path = name if name in known else _below(name, data_folder)
        if path in known:
            found[path] = None
        else:
            unknown.append(name)
    if unknown:
        raise InputError(
            f"{_listed(unknown)} is no image of this project; nothing was changed."
            if len(unknown) == 1
            else f"{_listed(unknown)} are no images of this project; nothing was changed.",
            remedy="Name images by their path in the folder of images, such as 'roses/1.jpg', or by their files.",
        )
    return tuple(found)


def checked_class_name(name: str) -> str:
    """Return the name of a class in the form in which it is kept.

    Raises:
        InputError: If it is empty, too long, or holds characters that cannot be seen.
    """
    clean = unicodedata.normalize("NFC", name).strip()
    if not clean:
        raise InputError("The name of a class cannot be empty.")
    if len(clean) > _MAX_NAME_LENGTH:
        raise InputError(f"The name of a class can have at most {_MAX_NAME_LENGTH} characters.")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in clean):
        raise InputError("The name of a class cannot hold characters that nobody sees, such as a line break.")
    return clean


def relabel(manifest: Manifest, paths: Iterable[str], label: str) -> tuple[Edit, ...]:
    """Return the edits that give images another class; nothing for those that have it.

    Raises:
        InputError: If the name of the class cannot be used.
    """
    name = checked_class_name(label)
    return tuple(
        Edit(record.path, EditField.LABEL, record.label, name)
        for record in _chosen(manifest, paths)
        if record.label != name
    )


def confirm_labels(manifest: Manifest, paths: Iterable[str], confirmed: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return the edits that note of images that their class is right, whatever a network answers.

    Args:
        manifest: The images.
        paths: Whose class was looked at.
        confirmed: What is noted already, see `confirmed_labels`.
    """
    return tuple(
        Edit(record.path, EditField.CONFIRMED, confirmed.get(record.path, ""), record.label)
        for record in _chosen(manifest, paths)
        if confirmed.get(record.path) != record.label
    )


def is_undecided(record: ImageRecord, label: str, confirmed: Mapping[str, str]) -> bool:
    """Tell whether nobody has decided about a label that is doubted: its image is used and has it still.

    Args:
        record: The image as it is now.
        label: The class that is doubted.
        confirmed: Classes that somebody found right, see `confirmed_labels`.
    """
    return not record.excluded and record.label == label != confirmed.get(record.path)


def exclude(manifest: Manifest, paths: Iterable[str], reason: str = "") -> tuple[Edit, ...]:
    """Return the edits that leave images out; an image that is out keeps its reason."""
    words = " ".join(reason.split())[:_MAX_REASON_LENGTH] or REASON_BY_HAND
    return tuple(
        Edit(record.path, EditField.EXCLUDED, "", words) for record in _chosen(manifest, paths) if not record.excluded
    )


def include(manifest: Manifest, paths: Iterable[str]) -> tuple[Edit, ...]:
    """Return the edits that take images in again.

    Raises:
        InputError: If one of them could not be read when it was imported.
    """
    edits = []
    for record in _chosen(manifest, paths):
        if not is_readable(record):
            raise InputError(
                f"'{record.path}' cannot be taken in: {record.excluded}",
                remedy="Replace the file by one that can be read, and make a new project.",
            )
        if record.excluded:
            edits.append(Edit(record.path, EditField.EXCLUDED, record.excluded, ""))
    return tuple(edits)


def is_readable(record: ImageRecord) -> bool:
    """Tell whether the image could be decoded when it was imported."""
    return bool(record.sha256) and record.width > 0


def move(manifest: Manifest, paths: Iterable[str], split: Split) -> tuple[Edit, ...]:
    """Return the edits that move images to a split, together with the rest of their groups and their copies.

    A part of a group, or a copy, that stayed behind would make the accuracy look better than it is.
    """
    chosen = set(paths)
    used = [record for record in manifest.records if not record.excluded or record.path in chosen]
    units = units_of(used)
    wanted = {units[record.path] for record in used if record.path in chosen}
    return tuple(
        Edit(record.path, EditField.SPLIT, record.split.value, split.value)
        for record in used
        if units[record.path] in wanted and record.split is not split
    )


def units_of(records: Iterable[ImageRecord]) -> dict[str, str]:
    """Return for each path the name of what must stay in one split: groups, copies, and chains of both."""
    # A file that could not be read has no hash: it is nobody's copy.
    return unit_names((record.path, record.group, record.sha256 or f"path {record.path}") for record in records)


def divide_anew(
    manifest: Manifest, given: Mapping[str, Split], *, val: float, test: float, seed: int
) -> tuple[Edit, ...]:
    """Return the edits that divide the images anew: stratified, seeded, groups and copies together.

    Args:
        manifest: The images; those that are left out stay as they are.
        given: Splits that the data set itself fixes, see `given_splits`.
        val, test: Shares wanted of all used images.
        seed: Another seed gives another division.

    Raises:
        InputError: If the data set fixes the split of every image.
    """
    used = [record for record in manifest.records if not record.excluded]
    fixed = {record.path: given[record.path] for record in used if record.path in given}
    kinds = set(fixed.values())
    if len(fixed) == len(used) and {Split.TRAIN, Split.VAL, Split.TEST} <= kinds:
        raise InputError(
            "The folders of the data set fix the split of every image, so there is nothing to divide.",
            remedy="Move single images to another split instead.",
        )
    val, test = _shares_of_pool(val, test, fixed, num_used=len(used))
    units = units_of(used)
    items = [SplitItem(record.path, record.label, units[record.path], fixed.get(record.path)) for record in used]
    splits = assign_splits(items, val=val, test=test, seed=seed)
    return tuple(
        Edit(record.path, EditField.SPLIT, record.split.value, splits[record.path].value)
        for record in used
        if splits[record.path] is not record.split
    )


def _shares_of_pool(val: float, test: float, fixed: Mapping[str, Split], *, num_used: int) -> tuple[float, float]:
    """Return the shares of the images that may move, where folders name a part of the splits."""
    if not fixed or len(fixed) < num_used:
        return val, test
    counts = Counter(fixed.values())
    scale = num_used / max(1, counts[Split.TRAIN])
    val = 0.0 if counts[Split.VAL] else min(0.9, val * scale)
    test = 0.0 if counts[Split.TEST] else min(0.9, test * scale)
    return (val, test) if val + test < 1 else (val / 2, test / 2)


def copies_to_leave_out(manifest: Manifest) -> dict[str, str]:
    """Return the copies of images that have one class: path of the copy -> path of the one that stays.

    Of each set the first training image by path stays. Sets with contradictory classes are for people to decide.
    """
    by_hash: dict[str, list[ImageRecord]] = defaultdict(list)
    for record in manifest.records:
        if not record.excluded:
            by_hash[record.sha256].append(record)
    result: dict[str, str] = {}
    for records in by_hash.values():
        if len(records) > 1 and len({record.label for record in records}) == 1:
            kept = next((record for record in records if record.split is Split.TRAIN), records[0])
            result |= {record.path: kept.path for record in records if record is not kept}
    return result


def leave_copies_out(manifest: Manifest) -> tuple[Edit, ...]:
    """Return the edits that leave out all exact copies but one of each set."""
    return tuple(
        Edit(path, EditField.EXCLUDED, "", f"It is a copy of '{kept}'.")
        for path, kept in sorted(copies_to_leave_out(manifest).items())
    )


def join_classes(manifest: Manifest, names: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edits that put the images of several classes into the one with the most images."""
    counts = Counter(record.label for record in manifest.records if record.label in names)
    if len(counts) < 2:
        return ()
    target = max(sorted(counts), key=lambda name: counts[name])
    return relabel(manifest, [record.path for record in manifest.records if record.label in counts], target)


def _chosen(manifest: Manifest, paths: Iterable[str]) -> list[ImageRecord]:
    wanted = set(paths)
    return [record for record in manifest.records if record.path in wanted]


def _below(name: str, data_folder: Callable[[], Path]) -> str:
    if not name or "\x00" in name:
        return ""
    try:
        return Path(os.path.realpath(name)).relative_to(os.path.realpath(data_folder())).as_posix()
    except (ValueError, OSError):
        return ""


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name[:120]}'" for name in names[:_NUM_NAMED])
    return f"{shown} and {len(names) - _NUM_NAMED} more" if len(names) > _NUM_NAMED else shown

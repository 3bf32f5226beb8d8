"""The images: how many of which class, what is worth knowing of them, and what some look like."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

from tlft_desktop.core.number_words import plural
from tlft_desktop.core.report.facts import ImageList, ReportFacts
from tlft_desktop.core.report.markup import Content, Markup, join, named, tag
from tlft_desktop.core.report.sections.blocks import bullets, code, names, paragraph, picture, section, table
from tlft_desktop.core.values.manifest import Manifest, Split

MAX_CLASSES = 40
"""Classes in the table; of more, those with the most and the fewest images are shown."""
_HEADER = ("class", "training", "validation", "test", "left out")


def data_card(facts: ReportFacts) -> Markup:
    """Return what is told of the images of the runs."""
    many = len(facts.lists) > 1
    warning = (
        f"The runs used {len(facts.lists)} different lists of images. Only runs that were validated on the same images "
        "are compared."
    )
    return section(
        "data",
        "Images",
        paragraph(warning, look="warning") if many else None,
        [_list(images, number if many else 0) for number, images in enumerate(facts.lists, start=1)],
        None if facts.lists else paragraph("No run says which images it used."),
    )


def _list(images: ImageList, number: int) -> Content:
    title = tag("h3", f"List {number}: ", names(images.runs)) if number else None
    digest = paragraph("SHA-256 of the list: ", code(images.digest))
    manifest = images.manifest
    if manifest is None:
        return [title, paragraph(images.problem, look="warning"), digest]
    if images.difference:
        # The first list has the table; a second one of thousands of classes says what differs.
        return [title, paragraph(images.difference), paragraph(_totals(manifest)), bullets(images.problems), digest]
    return [
        title,
        paragraph(_totals(manifest)),
        _classes(manifest),
        bullets(images.problems),
        _examples(images),
        digest,
    ]


def _totals(manifest: Manifest) -> str:
    counts = [len(manifest.used(split)) for split in Split]
    used = [record for record in manifest.records if not record.excluded]
    left_out = len(manifest.records) - len(used)
    groups = len({record.group for record in used if record.group})
    said = (
        f"{plural(sum(counts), 'image')} of {plural(len(manifest.classes), 'class')}: {counts[0]:,} for training, "
        f"{counts[1]:,} for validation, {counts[2]:,} for a test."
    )
    if left_out:
        said += f" Left out: {left_out:,}."
    if groups:
        said += f" They belong to {plural(groups, 'group')}, each of which is in one split."
    return f"{said}{_sizes([(record.width, record.height) for record in used if record.width])}"


def _sizes(sizes: Sequence[tuple[int, int]]) -> str:
    if not sizes:
        return ""
    if len(set(sizes)) == 1:
        return f" Each has {sizes[0][0]} x {sizes[0][1]} pixels."
    sides = [min(size) for size in sizes]
    return (
        f" Their short sides have {min(sides):,} to {max(sides):,} pixels, {statistics.median(sides):,.0f} in the "
        "middle."
    )


def _classes(manifest: Manifest) -> Content:
    counts = {split: Counter(record.label for record in manifest.used(split)) for split in Split}
    left_out = Counter(record.label for record in manifest.records if record.excluded)

    def total(name: str) -> int:
        return sum(counts[split][name] for split in Split)

    shown = list(manifest.classes)
    if len(shown) > MAX_CLASSES:
        order = sorted(shown, key=lambda name: -total(name))
        half = MAX_CLASSES // 2
        kept = {*order[:half], *order[-half:]}
        shown = [name for name in order if name in kept]
    rows = [
        (named(name), *(f"{counts[split][name]:,}" for split in Split), f"{left_out[name]:,}" if left_out[name] else "")
        for name in shown
    ]
    hidden = len(manifest.classes) - len(shown)
    said = f"Classes left out of the table: {hidden:,}. Shown are the {len(shown)} with the most and the fewest images."
    return [
        table("Images of each class", _HEADER, rows, right=(1, 2, 3, 4)),
        paragraph(said) if hidden else None,
    ]


def _examples(images: ImageList) -> Content:
    if not images.examples or images.manifest is None:
        return None
    rows = [
        tag("div", tag("h4", named(item.label)), [picture(shown) for shown in item.pictures], class_="examples")
        for item in images.examples
    ]
    hidden = len(images.manifest.classes) - len(rows)
    return [
        tag("h3", "Some training images"),
        tag("div", rows, class_="gallery"),
        paragraph(join(f"Classes of which none is shown: {hidden:,}.")) if hidden else None,
    ]

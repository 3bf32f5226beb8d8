"""What the user should know about the images of a manifest: what it tells itself, beside what their search found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tlft_desktop.core.data.sources.found import name_collisions
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, PixelScaling, Split
from tlft_desktop.core.values.problem import Problem

_IMBALANCE = 10
"""From this ratio of the largest to the smallest class on, plain accuracy says little about the small classes."""
_NUM_NAMED = 5
_FEW_PER_CLASS = 5
"""With fewer training images per class, runs with other seeds differ by ten points of accuracy and more."""


def find_problems(manifest: Manifest, findings: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Return what is worth knowing: excluded files, notes, copies, small and uneven classes, scaling.

    Args:
        manifest: The images.
        findings: What their search found and the project keeps, told first.
    """
    used = [record for record in manifest.records if not record.excluded]
    return (
        *findings,
        *_excluded(manifest.records),
        *_copies(used),
        *_small_classes(manifest, used),
        *_small_splits(manifest, used),
        *_imbalance(used),
        *name_collisions(manifest.classes),
        *_scaling(manifest.scaling, used),
        *_notes(used),
    )


def describe_scaling(scaling: PixelScaling, *, num_images: int) -> str:
    """Return in words how images of more than 8 bits are mapped."""
    if num_images == 1:
        return (
            f"One image has more than 8 bits: raw values from {scaling.low:g} (black) to {scaling.high:g} (white) "
            "become 0 to 255."
        )
    return (
        f"{num_images} images have more than 8 bits: raw values from {scaling.low:g} (black) to {scaling.high:g} "
        "(white) become 0 to 255, the same for all images of the project."
    )


def is_high_depth(mode: str) -> bool:
    """Tell by the mode of a record whether the scaling window applies to it."""
    return mode == "F" or mode.startswith(("I", "uint16", "uint32", "int16", "int32", "int8", "float"))


def _excluded(records: Sequence[ImageRecord]) -> Iterator[Problem]:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if record.excluded:
            by_reason[record.excluded].append(record.path)
    for reason, paths in sorted(by_reason.items()):
        several = f"{len(paths)} images are left out: {reason}"
        message = f"One image is left out: {reason}" if len(paths) == 1 else several
        yield Problem("excluded", message, tuple(paths))


def _copies(used: Sequence[ImageRecord]) -> Iterator[Problem]:
    by_hash: dict[str, list[ImageRecord]] = defaultdict(list)
    for record in used:
        by_hash[record.sha256].append(record)
    sets = [records for records in by_hash.values() if len(records) > 1]
    contradictory = [records for records in sets if len({record.label for record in records}) > 1]
    leaking = [records for records in sets if len({record.split for record in records}) > 1]
    if contradictory:
        yield Problem("two_classes", _in_two_classes(len(contradictory)), _paths(contradictory))
    if leaking:
        yield Problem("leak", _in_two_splits(len(leaking)), _paths(leaking))
    if sets:
        several = f"{len(sets)} images are there more than once; copies share a split."
        message = "One image is there more than once; copies share a split." if len(sets) == 1 else several
        yield Problem("duplicates", message, _paths(sets))


def _in_two_classes(number: int) -> str:
    if number == 1:
        return "One image lies in more than one class; one of its labels must be wrong."
    return f"{number} images lie in more than one class; one of the labels must be wrong."


def _in_two_splits(number: int) -> str:
    if number == 1:
        return (
            "One image is in more than one of train, validation and test, as the data set has it; accuracies measured "
            "on copies of training images are too good."
        )
    return (
        f"{number} images are in more than one of train, validation and test, as the data set has it; accuracies "
        "measured on copies of training images are too good."
    )


def _paths(sets: Sequence[Sequence[ImageRecord]]) -> tuple[str, ...]:
    return tuple(record.path for records in sets for record in records)


def _small_classes(manifest: Manifest, used: Sequence[ImageRecord]) -> Iterator[Problem]:
    counts = Counter(record.label for record in used)
    per_split = {split: Counter(record.label for record in used if record.split is split) for split in Split}
    empty = tuple(name for name in _labels(manifest) if not counts[name])
    if empty:
        yield Problem("empty_class", _no_usable_image(empty), empty)
    single = tuple(name for name in manifest.classes if counts[name] == 1)
    if single:
        yield Problem("small_class", _single_image(single), single)
    rest = [name for name in manifest.classes if counts[name] > 1]
    untrained = tuple(name for name in rest if not per_split[Split.TRAIN][name])
    if untrained:
        yield Problem("no_training_image", _no_training_image(untrained), untrained)
    unchecked = tuple(name for name in rest if not per_split[Split.VAL][name])
    if unchecked:
        yield Problem("no_validation_image", _no_validation_image(unchecked), unchecked)


def _no_usable_image(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"No usable image is left in the class '{names[0]}'; it is left out."
    return f"No usable image is left in the classes {_listed(names)}; they are left out."


def _single_image(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"The class '{names[0]}' has a single usable image: it can be learned, but not be checked."
    return f"Each of the classes {_listed(names)} has a single usable image: it can be learned, but not be checked."


def _no_training_image(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"The class '{names[0]}' has no training image and cannot be learned."
    return f"The classes {_listed(names)} have no training image and cannot be learned."


def _no_validation_image(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"The class '{names[0]}' has no validation image."
    return f"The classes {_listed(names)} have no validation image."


def _small_splits(manifest: Manifest, used: Sequence[ImageRecord]) -> Iterator[Problem]:
    """Tell where the share for validation left too little for training, or the other way round."""
    num_classes = len(manifest.classes)
    by_split = Counter(record.split for record in used)
    num_train, num_val, num_test = (by_split[split] for split in (Split.TRAIN, Split.VAL, Split.TEST))
    if num_train < _FEW_PER_CLASS * num_classes:
        if num_val + num_test > num_train:
            remedy = (
                f"More images are held back for validation and test ({num_val + num_test}): make the project again "
                "with smaller shares for them (`--val` and `--test` on the command line), or move images to training "
                "on the page Data."
            )
        else:
            remedy = "Add images; until then prefer transfer learning, and compare runs with several seeds."
        yield Problem("few_training_images", f"{_few_to_learn_from(num_train, num_classes)} {remedy}")
    if num_val < num_classes:
        remedy = (
            "Make the project again with a larger share for validation (`--val` on the command line), or move images "
            "to validation on the page Data."
        )
        yield Problem("few_validation_images", f"{_few_to_check_with(num_val, num_classes)} {remedy}")


def _few_to_learn_from(number: int, num_classes: int) -> str:
    if number == 0:
        return f"There is no training image for {num_classes} classes, so no training can start."
    if number == 1:
        return (
            f"There is only one training image for {num_classes} classes: too few to learn them well, and results "
            "will differ much from run to run."
        )
    return (
        f"There are only {number} training images for {num_classes} classes: too few to learn them well, and results "
        "will differ much from run to run."
    )


def _few_to_check_with(number: int, num_classes: int) -> str:
    if number == 0:
        return f"There is no validation image for {num_classes} classes, so no training can start."
    if number == 1:
        return (
            f"There is only one validation image for {num_classes} classes: not every class can be checked, and it "
            "alone changes the accuracy by 100 points."
        )
    return (
        f"There are only {number} validation images for {num_classes} classes: not every class can be checked, and a "
        f"single one changes the accuracy by {100 / number:.0f} points."
    )


def _labels(manifest: Manifest) -> list[str]:
    return sorted({*manifest.classes, *(record.label for record in manifest.records)})


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_NUM_NAMED])
    return f"{shown} and {len(names) - _NUM_NAMED} more" if len(names) > _NUM_NAMED else shown


def _imbalance(used: Sequence[ImageRecord]) -> Iterator[Problem]:
    counts = Counter(record.label for record in used if record.split is Split.TRAIN).most_common()
    if len(counts) > 1 and counts[0][1] >= _IMBALANCE * counts[-1][1]:
        (large, num_large), (small, num_small) = counts[0], counts[-1]
        message = (
            f"The classes are uneven: '{large}' has {num_large} training images, '{small}' has {num_small}. "
            "Look at the balanced accuracy."
        )
        yield Problem("imbalance", message, (large, small))


def _scaling(scaling: PixelScaling | None, used: Sequence[ImageRecord]) -> Iterator[Problem]:
    if scaling is None:
        return
    paths = tuple(record.path for record in used if is_high_depth(record.mode))
    yield Problem("scaling", describe_scaling(scaling, num_images=len(paths)), paths[:20])
    if len(paths) < len(used):
        message = (
            f"Images of more than 8 bits ({len(paths)}) and of 8 bits ({len(used) - len(paths)}) are mixed; check that "
            "they match."
        )
        yield Problem("mixed_depth", message)


def _notes(used: Sequence[ImageRecord]) -> Iterator[Problem]:
    by_note: dict[str, list[str]] = defaultdict(list)
    for record in used:
        for note in filter(None, record.note.split("; ")):
            by_note[note].append(record.path)
    for note, paths in sorted(by_note.items()):
        message = f"One image: {note}." if len(paths) == 1 else f"{len(paths)} images: {note}."
        yield Problem("note", message, tuple(paths))

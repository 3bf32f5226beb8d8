"""Dividing images into train, validation and test: stratified, seeded, and the same for the same images."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.seeds import derive_seed


@dataclass(frozen=True, slots=True)
class SplitItem:
    """An image to be assigned.

    Attributes:
        path: Key of the result.
        label: Name of the class.
        unit: Images of one unit stay together: the group, or the hash of the file, so that copies never part.
        split: As the data set says; None where it says nothing.
    """

    path: str
    label: str
    unit: str
    split: Split | None = None


def unit_names(members: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return for each path the name of what must stay together: images of one group, copies, and chains of both.

    Args:
        members: Path, group (empty for none) and hash of each image; the result does not depend on their order.
    """
    parent: dict[str, str] = {}

    def root_of(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    hashes = {}
    for path, group, sha256 in members:
        hashes[path] = sha256
        if group:
            # Smallest name first, so that the result does not depend on the order of the images.
            low, high = sorted((root_of(f"group {group}"), root_of(sha256)))
            parent[high] = low
    return {path: root_of(sha256) for path, sha256 in hashes.items()}


def assign_splits(items: Sequence[SplitItem], *, val: float, test: float, seed: int) -> dict[str, Split]:
    """Return the split of each path; a pure function of the items (whatever their order) and the seed.

    Given splits are kept. If no image is given as validation (test), that share is taken from the images given as
    training. Every class of at least two units gets at least one image for training and one for validation, as far as
    units that hold several classes allow it; so a class of few images has a larger share of validation than asked for.

    Args:
        items: The images.
        val, test: Shares of each class, 0 to 1; their sum is below 1.
        seed: Another seed gives another division.

    Raises:
        ValueError: If the shares are not below 1 together, or negative.
    """
    if not (0 <= val < 1 and 0 <= test < 1 and val + test < 1):
        raise ValueError(f"shares of validation ({val}) and test ({test}) must be at least 0 and below 1 together")
    given = {item.split for item in items}
    wanted = {split: share for split, share in ((Split.VAL, val), (Split.TEST, test)) if share > 0}
    missing = {split: share for split, share in wanted.items() if split not in given}
    result = {item.path: item.split for item in items if item.split is not None}
    result |= _divide([item for item in items if item.split is None], wanted, seed=seed)
    if missing and any(item.split is Split.TRAIN for item in items):
        result |= _divide([item for item in items if item.split is Split.TRAIN], missing, seed=seed)
    return result


def _divide(items: Iterable[SplitItem], shares: Mapping[Split, float], *, seed: int) -> dict[str, Split]:
    units: dict[str, list[SplitItem]] = defaultdict(list)
    for item in items:
        units[item.unit].append(item)
    labels = {unit: Counter(item.label for item in members) for unit, members in units.items()}
    order = sorted(units, key=lambda unit: (derive_seed("split", seed, unit), unit))
    quotas = {split: _quotas(labels.values(), shares, split) for split in shares}
    splits = _fill(order, labels, quotas)
    for split in (Split.TRAIN, *shares):
        _fill_gaps(order, labels, splits, split)
    return {item.path: splits[unit] for unit, members in units.items() for item in members}


def _quotas(units: Iterable[Counter[str]], shares: Mapping[Split, float], split: Split) -> Counter[str]:
    """Return how many images of each class `split` is to get."""
    totals: Counter[str] = Counter()
    num_units: Counter[str] = Counter()
    for labels in units:
        totals.update(labels)
        num_units.update(labels.keys())
    needed = 2 if split is Split.VAL or Split.VAL not in shares else 3
    return Counter(
        {
            label: max(1, round(total * shares[split])) if num_units[label] >= needed else 0
            for label, total in totals.items()
        }
    )


def _fill(
    order: Sequence[str], labels: Mapping[str, Counter[str]], quotas: Mapping[Split, Counter[str]]
) -> dict[str, Split]:
    """Give each unit in turn to the first split in which each of its classes has room for at least half of it."""
    filled: dict[Split, Counter[str]] = {split: Counter() for split in quotas}
    splits = {}
    for unit in order:
        splits[unit] = Split.TRAIN
        for split, quota in quotas.items():
            if all(filled[split][label] + count / 2 <= quota[label] for label, count in labels[unit].items()):
                filled[split].update(labels[unit])
                splits[unit] = split
                break
    return splits


def _fill_gaps(
    order: Sequence[str], labels: Mapping[str, Counter[str]], splits: dict[str, Split], target: Split
) -> None:
    """Move the smallest possible unit to `target` for each class that has none there; never empty another split."""
    images: dict[Split, Counter[str]] = {split: Counter() for split in Split}
    units_of: dict[str, list[str]] = defaultdict(list)
    for unit in order:
        images[splits[unit]].update(labels[unit])
        for label in labels[unit]:
            units_of[label].append(unit)
    for label in sorted(units_of):
        if images[target][label]:
            continue
        movable = [
            unit
            for unit in units_of[label]
            if (splits[unit] is Split.TRAIN or target is Split.TRAIN)
            and all(images[splits[unit]][name] > count for name, count in labels[unit].items())
        ]
        if movable:
            unit = min(movable, key=lambda unit: sum(labels[unit].values()))
            images[splits[unit]].subtract(labels[unit])
            images[target].update(labels[unit])
            splits[unit] = target

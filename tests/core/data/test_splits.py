from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlft_desktop.core.data.splits import SplitItem, assign_splits
from tlft_desktop.core.values.manifest import Split


def items_of(counts: dict[str, int], split: Split | None = None) -> list[SplitItem]:
    return [
        SplitItem(f"{label}/{number}", label, f"hash {label} {number}", split)
        for label, count in counts.items()
        for number in range(count)
    ]


def counts_of(items: list[SplitItem], result: dict[str, Split]) -> dict[tuple[str, Split], int]:
    return Counter((item.label, result[item.path]) for item in items)


def test_shares_are_kept_in_each_class() -> None:
    items = items_of({"cat": 100, "dog": 50})
    counts = counts_of(items, assign_splits(items, val=0.2, test=0.1, seed=0))
    assert counts[("cat", Split.VAL)] == 20
    assert counts[("cat", Split.TEST)] == 10
    assert counts[("dog", Split.VAL)] == 10
    assert counts[("dog", Split.TEST)] == 5


def test_the_division_depends_on_seed_and_content_only() -> None:
    items = items_of({"cat": 30, "dog": 30})
    first = assign_splits(items, val=0.2, test=0.1, seed=0)
    shuffled = items.copy()
    random.Random(1).shuffle(shuffled)
    assert assign_splits(shuffled, val=0.2, test=0.1, seed=0) == first
    assert assign_splits(items, val=0.2, test=0.1, seed=1) != first
    # Known answer: a stored division must come out again in every later version.
    chosen = sorted(path for path, split in first.items() if split is Split.VAL)
    assert chosen[:3] == ["cat/0", "cat/12", "cat/13"]


def test_renaming_a_file_does_not_move_it() -> None:
    items = items_of({"cat": 20, "dog": 20})
    renamed = [SplitItem(f"new-{item.path}", item.label, item.unit) for item in items]
    before = assign_splits(items, val=0.2, test=0, seed=0)
    after = assign_splits(renamed, val=0.2, test=0, seed=0)
    assert {f"new-{path}": split for path, split in before.items()} == after


@settings(max_examples=60)
@given(
    counts=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12), min_size=1),
    val=st.floats(0.05, 0.6),
    test=st.floats(0, 0.35),
    seed=st.integers(0, 5),
)
def test_each_class_of_two_has_training_and_validation(
    counts: dict[str, int], val: float, test: float, seed: int
) -> None:
    items = items_of(counts)
    result = assign_splits(items, val=val, test=test, seed=seed)
    found = counts_of(items, result)
    assert set(result) == {item.path for item in items}
    for label, count in counts.items():
        assert found[(label, Split.TRAIN)] >= 1
        assert found[(label, Split.VAL)] >= (1 if count > 1 else 0)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=1, max_size=60), st.integers(0, 5))
def test_units_are_never_torn(members: list[tuple[str, int]], seed: int) -> None:
    items = [SplitItem(str(number), label, f"unit {unit}") for number, (label, unit) in enumerate(members)]
    result = assign_splits(items, val=0.25, test=0.25, seed=seed)
    for unit in {item.unit for item in items}:
        assert len({result[item.path] for item in items if item.unit == unit}) == 1


def test_groups_of_one_patient_stay_together_and_shares_come_near() -> None:
    items = [SplitItem(f"{n}", "ab"[n % 2], f"patient {n // 8}") for n in range(400)]
    result = assign_splits(items, val=0.2, test=0, seed=0)
    share = sum(split is Split.VAL for split in result.values()) / 400
    assert 0.15 <= share <= 0.25


def test_given_splits_are_respected() -> None:
    items = [*items_of({"cat": 5}, Split.TRAIN), SplitItem("v", "cat", "hash v", Split.VAL)]
    result = assign_splits(items, val=0.5, test=0, seed=0)
    assert result == {item.path: item.split for item in items}


def test_a_missing_validation_set_is_taken_from_training() -> None:
    items = items_of({"cat": 10, "dog": 10}, Split.TRAIN)
    items += [SplitItem(f"test {n}", "cat", f"hash test {n}", Split.TEST) for n in range(3)]
    result = assign_splits(items, val=0.2, test=0.1, seed=0)
    assert Counter(result.values()) == {Split.TRAIN: 16, Split.VAL: 4, Split.TEST: 3}


@pytest.mark.parametrize(("val", "test"), [(1, 0), (0.6, 0.4), (-0.1, 0), (0, 1.5)])
def test_impossible_shares_are_refused(val: float, test: float) -> None:
    with pytest.raises(ValueError, match="below 1"):
        assign_splits(items_of({"a": 3}), val=val, test=test, seed=0)


def test_five_thousand_classes_take_little_time() -> None:
    items = items_of({f"class {n}": 1 + n % 4 for n in range(5000)})
    assert len(assign_splits(items, val=0.2, test=0.1, seed=0)) == len(items)

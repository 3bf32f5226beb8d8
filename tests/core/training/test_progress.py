"""Counters of a run: reset at the right time, exact in JSON."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.training.progress import BestResult, Progress

COUNTS = st.integers(0, 10**6)
NUMBERS = st.floats(0, 1e6)
BEST = st.builds(BestResult, phase=COUNTS, epoch=COUNTS, val_accuracy=NUMBERS, val_loss=NUMBERS, num_correct=COUNTS)
FULL = st.builds(
    Progress,
    **{item.name: COUNTS for item in fields(Progress) if item.type == "int"},
    **{item.name: NUMBERS for item in fields(Progress) if item.type == "float"},
    lowest_val_loss=st.none() | NUMBERS,
    phase_best=st.none() | BEST,
    best=st.none() | BEST,
    frozen_before=st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=3),
    violations=st.lists(st.text(max_size=4), max_size=3),
    any_frozen=st.booleans(),
    phase_ended=st.booleans(),
)


@given(FULL)
def test_round_trip(progress: Progress) -> None:
    assert Progress.from_json(json.loads(json.dumps(progress.to_json(), allow_nan=False))) == progress


def test_an_unknown_or_missing_field_is_noticed() -> None:
    with pytest.raises(TypeError, match="other"):
        Progress.from_json({**Progress().to_json(), "other": 1})
    with pytest.raises(KeyError, match="best"):
        Progress.from_json({})


@given(FULL, st.integers(0, 9))
def test_a_new_phase_keeps_what_belongs_to_the_run(progress: Progress, index: int) -> None:
    before = progress.to_json()
    progress.start_phase(index)
    after = progress.to_json()
    of_the_run = {"epoch", "step", "best", "seconds", "peak_memory_bytes", "violations", "any_frozen", "micro_batch"}
    of_the_run |= {"phase_peaks"}
    assert {key: after[key] for key in of_the_run} == {key: before[key] for key in of_the_run}
    fresh = Progress(phase=index).to_json()
    assert {key: value for key, value in after.items() if key not in of_the_run} == {
        key: value for key, value in fresh.items() if key not in of_the_run
    }


@given(FULL)
def test_a_new_epoch_resets_its_sums_only(progress: Progress) -> None:
    before = progress.to_json()
    progress.start_epoch()
    of_the_epoch = {"batch", "loss_sum", "num_correct", "num_seen", "epoch_seconds"}
    after = progress.to_json()
    assert not any(after[key] for key in of_the_epoch)
    assert {k: v for k, v in after.items() if k not in of_the_epoch} == {
        k: v for k, v in before.items() if k not in of_the_epoch
    }


@pytest.mark.parametrize(
    ("num_correct", "val_loss", "same_phase", "better"),
    [
        (11, 9.0, True, True),
        (11, 9.0, False, True),
        (9, 0.0, True, False),
        (10, 0.4, True, True),
        (10, 0.5, True, False),
        (10, 0.6, True, False),
        # A later phase must be right more often: a tie goes to the earlier one.
        (10, 0.1, False, False),
    ],
)
def test_what_beats_the_best(num_correct: int, val_loss: float, same_phase: bool, better: bool) -> None:
    best = BestResult(phase=0, epoch=3, val_accuracy=0.5, val_loss=0.5, num_correct=10)
    assert best.is_beaten_by(num_correct, val_loss, same_phase=same_phase) is better


@given(FULL, st.integers(0, 9))
def test_a_phase_that_continues_another_keeps_its_best_result_as_well(progress: Progress, index: int) -> None:
    best = progress.phase_best
    progress.continue_in_phase(index)
    assert progress.phase_best == best
    progress.phase_best = None
    anew = Progress.from_json(progress.to_json())
    anew.start_phase(index)
    assert progress == anew

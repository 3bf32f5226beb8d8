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
    of_the_run |= {"phase_peaks", "rate_scale"}
    assert {key: after[key] for key in of_the_run} == {key: before[key] for key in of_the_run}
    fresh = Progress(phase=index, correct_before=progress.best.num_correct if progress.best else 0).to_json()
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


def result(num_correct: int, *, epoch: int = 1, loss: float = 0.5, phase: int = 0) -> BestResult:
    return BestResult(phase=phase, epoch=epoch, val_accuracy=num_correct / 50, val_loss=loss, num_correct=num_correct)


@pytest.mark.parametrize(
    ("num_correct", "val_loss", "better"),
    [(11, 9.0, True), (9, 0.0, False), (10, 0.4, True), (10, 0.5, False), (10, 0.6, False)],
)
def test_what_beats_the_best(num_correct: int, val_loss: float, better: bool) -> None:
    assert result(10).is_beaten_by(result(num_correct, loss=val_loss)) is better


def noted(progress: Progress, corrects: list[int], *, num_images: int = 50, settles: bool = True) -> list[bool]:
    """Tell of each of some epochs whether it became the best of the run."""
    return [
        progress.note_result(
            result(correct, epoch=epoch, loss=1.0 + epoch, phase=progress.phase), num_images=num_images, settles=settles
        )[1]
        for epoch, correct in enumerate(corrects, 1)
    ]


def test_the_latest_of_results_that_few_images_cannot_tell_apart_counts() -> None:
    progress = Progress()
    # One standard error at 45 of 50 is 2.1 images.
    assert noted(progress, [30, 45, 43, 42, 44]) == [True, True, True, False, True]
    assert (progress.best, progress.phase_best) == (result(44, epoch=5, loss=6.0),) * 2


def test_results_do_not_slide_down_in_small_steps() -> None:
    progress = Progress()
    assert noted(progress, [45, 43, 42, 41]) == [True, True, False, False]


@pytest.mark.parametrize(("num_images", "settles"), [(100, True), (50, False)])
def test_elsewhere_the_best_result_counts(num_images: int, settles: bool) -> None:
    assert noted(Progress(), [45, 44, 45, 46], num_images=num_images, settles=settles) == [True, False, False, True]


def test_a_later_phase_must_be_right_more_often_than_the_state_before_it() -> None:
    progress = Progress()
    noted(progress, [80], num_images=100)
    progress.start_phase(1)
    assert noted(progress, [80, 79, 82, 81], num_images=100) == [False, False, True, False]
    assert progress.best == progress.phase_best == result(82, epoch=3, loss=4.0, phase=1)


def test_of_few_images_it_may_be_right_less_often_by_what_they_cannot_tell_apart() -> None:
    progress = Progress()
    noted(progress, [45])
    progress.start_phase(1)
    # One standard error at 45 of 50 is 2.1 images.
    assert noted(progress, [42, 43, 41, 44, 43]) == [False, True, False, True, True]
    assert progress.best == progress.phase_best == result(43, epoch=5, loss=6.0, phase=1)


def test_a_state_that_is_worse_than_the_one_before_it_replaces_none_that_is_not() -> None:
    progress = Progress()
    noted(progress, [45])
    progress.start_phase(1)
    # Within one standard error of the best of the phase, but not of what was before.
    assert noted(progress, [43, 42]) == [True, False]


def test_a_phase_that_brings_nothing_leaves_the_state_before_it() -> None:
    progress = Progress()
    noted(progress, [45])
    before = progress.best
    progress.start_phase(1)
    assert noted(progress, [40, 42]) == [False, False]
    assert progress.best == before
    assert progress.phase_best == result(42, epoch=2, loss=3.0, phase=1)


def test_a_phase_that_an_earlier_version_began_must_still_beat_the_one_before_it() -> None:
    saved = Progress(phase=1, best=result(45, phase=0)).to_json()
    del saved["correct_before"], saved["most_correct"], saved["rate_scale"]
    assert Progress.from_json(saved).correct_before == 45
    assert Progress.from_json({**saved, "phase": 0}).correct_before == 0


@given(FULL, st.integers(0, 9))
def test_a_phase_that_continues_another_keeps_its_best_result_as_well(progress: Progress, index: int) -> None:
    kept = progress.phase_best, progress.most_correct, progress.correct_before
    progress.continue_in_phase(index)
    assert (progress.phase_best, progress.most_correct, progress.correct_before) == kept
    progress.phase_best, progress.most_correct = None, 0
    progress.correct_before = progress.best.num_correct if progress.best else 0
    anew = Progress.from_json(progress.to_json())
    anew.start_phase(index)
    assert progress == anew


@given(FULL)
def test_a_phase_that_starts_again_keeps_the_count_of_the_run(progress: Progress) -> None:
    before = progress.to_json()
    progress.start_again(rate_scale=0.5)
    of_the_phase = {"phase_epoch", "phase_step", "epochs_without_gain", "lowest_val_loss", "rate_scale", "out_of_time"}
    of_the_epoch = {"batch", "loss_sum", "num_correct", "num_seen", "epoch_seconds"}
    after = progress.to_json()
    assert [after[key] for key in sorted(of_the_phase)] == [0, None, False, 0, 0, 0.5]
    others = before.keys() - of_the_phase - of_the_epoch
    assert {key: after[key] for key in others} == {key: before[key] for key in others}

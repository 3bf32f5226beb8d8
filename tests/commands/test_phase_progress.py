"""How much of a phase is done, also where a run goes on."""

from __future__ import annotations

import pytest

from tests.training_samples import StopAt, head_phase, strategy, tiny_setup, tuning_phase
from tlft_desktop.commands.phase_progress import PhaseProgress
from tlft_desktop.core.control import Control
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import BatchEnd, CacheProgress, Event, PhaseStart

# 22 images in batches of 8: 3 steps an epoch, 12 in the second phase.
HYBRID = strategy(head_phase(), tuning_phase(epochs=4), target=1.0)


def followed(events: list[Event]) -> list[tuple[Event, float]]:
    """Return each event with the share that is shown behind it."""
    done, shares = PhaseProgress(), []
    for event in events:
        done.follow(event)
        shares.append((event, done.share))
    return shares


def share_at_start(shares: list[tuple[Event, float]], index: int) -> float:
    return next(share for event, share in shares if isinstance(event, PhaseStart) and event.index == index)


def test_a_phase_starts_at_nothing_and_ends_at_its_last_step() -> None:
    shares = followed(list(Trainer(tiny_setup(HYBRID), Control()).fit()))
    assert [share_at_start(shares, index) for index in (0, 1)] == [0.0, 0.0]
    assert shares[-1][1] == 1.0


@pytest.mark.parametrize("step", [0, 1, 3, 7])
def test_a_run_that_goes_on_in_its_second_phase_starts_where_it_was(step: int) -> None:
    # The first requests for a pause come from the features of the head.
    before = list(Trainer(tiny_setup(HYBRID), Control()).fit())
    stopped = Trainer(tiny_setup(HYBRID), _StopInTuning(step))
    list(stopped.fit())
    assert (stopped.progress.phase, stopped.progress.phase_step) == (1, step)
    state = stopped.state()
    resumed = Trainer(tiny_setup(HYBRID), Control(), TrainerState(dict(state.tensors), dict(state.meta)))
    events = list(resumed.fit())
    (start,) = [event for event in events if isinstance(event, PhaseStart)]
    assert (start.index, start.phase_step, start.num_steps) == (1, step, 12)
    assert start.phase_epoch == step // 3
    assert start.epoch_step == start.step - step % 3
    first = next(event for event in before if isinstance(event, PhaseStart) and event.index == 1)
    assert start.epoch - start.phase_epoch == first.epoch
    assert start.step - start.phase_step == first.step
    shares = followed(events)
    assert share_at_start(shares, 1) == pytest.approx(step / 12)
    told = [share for _, share in shares[events.index(start) :]]
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_is_computed_after_the_start_is_features() -> None:
    done = PhaseProgress()
    done.follow(CacheProgress(done=1, total=4))
    assert (done.share, done.detail) == (0.25, "reading images 1 of 4")
    events = list(Trainer(tiny_setup(HYBRID), Control()).fit())
    done.follow(events[0])
    done.follow(CacheProgress(done=2, total=4))
    assert done.detail == "computing features 2 of 4"


def test_a_batch_before_a_phase_is_no_progress() -> None:
    done = PhaseProgress()
    done.follow(BatchEnd(step=3, loss=1.0, learning_rates={}, images_per_second=7.0))
    assert (done.share, done.detail) == (0.0, "7 images/s")


class _StopInTuning(StopAt):
    """Asks for a stop before a step of the second phase."""

    def raise_if_stopped(self) -> None:
        """Let the head be solved."""

"""A network that gives one answer for every image is started again with a lower rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import torch

import pytest

from tests.training_samples import copied, differing, head_phase, strategy, tiny_setup, tuning_phase, weights_of
from tlft_desktop.commands.phase_progress import PhaseProgress
from tlft_desktop.core.control import Control
from tlft_desktop.core.training.dead_network import is_dead
from tlft_desktop.core.training.metrics import Evaluation
from tlft_desktop.core.training.setup import TrainingContext, TrainingSetup
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import Checkpoint, EpochEnd, Event, FitEnd, Notice, PhaseStart, ValidationEnd
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import Strategy

TUNING = strategy(tuning_phase(epochs=6, plan=FreezePlan(norm=NormPolicy.FULL)))
HYBRID = strategy(head_phase(), tuning_phase(epochs=6), target=1.0)
Kill = Callable[[int, float], None]


@pytest.mark.parametrize(
    ("logits", "dead"),
    [
        ([[1.0, 2.0]] * 3, True),
        ([[1.0, 2.0], [1.0, 2.0 + 1e-6]], False),
        # Of one image nobody knows.
        ([[1.0, 2.0]], False),
    ],
)
def test_a_dead_network_cannot_tell_any_images_apart(logits: list[list[float]], dead: bool) -> None:
    assert is_dead(torch.tensor(logits)) is dead


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch) -> Kill:
    """Return what lets a network die in an epoch while its rates are at least a part of those planned."""
    evaluate = TrainingContext.evaluate

    def plan(epoch: int, least_scale: float) -> None:
        def dying(context: TrainingContext) -> Evaluation:
            progress = context.progress
            is_tuning = not context.is_convex(context.phase)
            if is_tuning and progress.phase_epoch == epoch and progress.rate_scale >= least_scale:
                with torch.no_grad():
                    for parameter in context.model.parameters():
                        parameter.zero_()
            return evaluate(context)

        monkeypatch.setattr(TrainingContext, "evaluate", dying)

    return plan


def fit(chosen: Strategy) -> tuple[Trainer, list[Event]]:
    trainer = Trainer(tiny_setup(chosen), Control())
    return trainer, list(trainer.fit())


def rate_notices(events: Sequence[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice) and event.kind == "rate"]


def epochs_of(events: Sequence[Event]) -> list[EpochEnd]:
    return [event for event in events if isinstance(event, EpochEnd)]


def peak_rate(epochs: Sequence[EpochEnd]) -> float:
    return max(max(event.learning_rates.values()) for event in epochs)


def until_started_again(events: Iterator[Event]) -> None:
    next(event for event in events if isinstance(event, Notice) and event.kind == "rate")


@pytest.mark.parametrize("epoch", [1, 3])
def test_it_starts_again_with_a_third_of_the_rate(kill: Kill, epoch: int) -> None:
    _, undisturbed = fit(TUNING)
    kill(epoch, 1.0)
    _, events = fit(TUNING)
    assert rate_notices(events) == [
        f"After epoch {epoch} the network gave the same answer for every validation image: the learning rate was too "
        "high for it. The phase starts again with 33 % of it."
    ]
    epochs = epochs_of(events)
    assert [event.epoch for event in epochs] == list(range(1, epoch + 7))
    assert [event.phase_epoch for event in epochs] == [*range(1, epoch + 1), *range(1, 7)]
    assert peak_rate(epochs[epoch:]) == pytest.approx(peak_rate(epochs_of(undisturbed)) / 3)
    assert epochs[-1].train_loss < epochs[0].train_loss


def test_it_begins_where_it_began_at_first(kill: Kill) -> None:
    kill(1, 1.0)
    setup = tiny_setup(TUNING)
    before = copied_weights(setup.model)
    until_started_again(Trainer(setup, Control()).fit())
    assert not differing(before, weights_of(setup.model))


def copied_weights(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    return {name: tensor.clone() for name, tensor in weights_of(model).items()}


def test_a_later_phase_begins_again_with_what_the_one_before_it_found(kill: Kill) -> None:
    alone, _ = fit(strategy(head_phase()))
    kill(1, 1.0)
    setup = tiny_setup(HYBRID)
    until_started_again(Trainer(setup, Control()).fit())
    assert not differing(alone.best_state(), weights_of(setup.model))


@pytest.mark.parametrize("more", [0, 3])
def test_a_run_that_is_killed_behind_it_ends_with_the_same_bits(kill: Kill, more: int) -> None:
    kill(1, 1.0)
    whole, _ = fit(TUNING)
    cut = Trainer(tiny_setup(TUNING), Control())
    events = cut.fit()
    until_started_again(events)
    checkpoints = (event for event in events if isinstance(event, Checkpoint))
    assert len(list(islice(checkpoints, 1 + more))) == 1 + more
    resumed = Trainer(tiny_setup(TUNING), Control(), copied(cut.state()))
    list(resumed.fit())
    assert not differing(whole.best_state(), resumed.best_state())


def test_twice_and_no_more(kill: Kill) -> None:
    kill(1, 0.0)
    _, events = fit(TUNING)
    assert [message.rpartition("with ")[2] for message in rate_notices(events)] == ["33 % of it.", "11 % of it."]
    assert len([event for event in events if isinstance(event, ValidationEnd)]) == 8
    assert isinstance(events[-1], FitEnd)
    assert events[-1].state == "completed"


def test_who_follows_the_run_learns_that_the_phase_begins_anew(kill: Kill) -> None:
    kill(2, 1.0)
    _, events = fit(TUNING)
    starts = [event for event in events if isinstance(event, PhaseStart)]
    assert [(event.index, event.epoch, event.phase_epoch, event.phase_step) for event in starts] == [
        (0, 0, 0, 0),
        (0, 2, 0, 0),
    ]
    following, shares = PhaseProgress(), []
    for event in events:
        following.follow(event)
        shares.append(following.share)
    again = events.index(starts[1])
    assert shares[again] == 0
    assert shares[-1] == pytest.approx(1)


def test_a_budget_that_ends_with_a_dead_epoch_still_gives_a_result(kill: Kill) -> None:
    kill(1, 1.0)
    setup = tiny_setup(TUNING)
    limited = TrainingSetup(**{**vars(setup), "budget_seconds": 1e-9})
    trainer = Trainer(limited, Control())
    trainer.progress.num_steps = 100
    events = list(trainer.fit())
    assert rate_notices(events)
    end = events[-1]
    assert isinstance(end, FitEnd)
    assert end.best is not None

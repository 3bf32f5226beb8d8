"""Mixup: functions of seed and step, the same in parts and after a resume, and said in words."""

from __future__ import annotations

import itertools
from dataclasses import replace

import torch
from torch.nn import functional

import pytest

from tests.training_samples import (
    HEAD_ONLY,
    StopAt,
    copied,
    differing,
    head_phase,
    run,
    strategy,
    tiny_net,
    tiny_numerics,
    tiny_setup,
    tiny_tree,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.training import mixup
from tlft_desktop.core.training.batches import epoch_order
from tlft_desktop.core.training.head import class_weights
from tlft_desktop.core.training.mixup import Mixture, draw_mixture, require_mixable
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, Event, Notice, PhaseStart
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Phase

FRONT = FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)
IMAGES = tuning_phase(epochs=2, mixup=0.4)
KEPT = tuning_phase(epochs=3, plan=FRONT, views=2, mixup=0.4)
HEAD = tuning_phase(epochs=3, plan=HEAD_ONLY, head=HeadSolver.SGD, views=1, mixup=0.4)
PHASES = {"images": IMAGES, "kept": KEPT, "head": HEAD}


def setup_of(phase: Phase) -> TrainingSetup:
    """Return a setup whose front is kept where the head alone trains: with dropout in it, it could not be."""
    setup = tiny_setup(strategy(phase))
    setup.model.get_submodule("drop").p = 0.0 if phase.plan == HEAD_ONLY else 0.2  # type: ignore[assignment]
    return setup


def figures(events: list[Event]) -> list[tuple[float, float]]:
    return [(event.train_loss, event.train_accuracy) for event in events if isinstance(event, EpochEnd)]


# ------------------------------------------------------------------------------------------------------- what is drawn


def test_a_mixture_follows_from_the_seed_and_the_step() -> None:
    first, again = (draw_mixture(8, alpha=0.4, seed=3, step=7) for _ in range(2))
    assert first.share == again.share
    assert torch.equal(first.partners, again.partners)
    others = [draw_mixture(8, alpha=0.4, seed=seed, step=step) for seed, step in ((4, 7), (3, 8))]
    assert all(other.share != first.share for other in others)


@pytest.mark.parametrize("alpha", [1e-300, 0.1, 0.4, 1.0])
def test_shares_are_those_of_the_beta_distribution_folded_at_one_half(alpha: float) -> None:
    mixtures = [draw_mixture(5, alpha=alpha, seed=1, step=step) for step in range(2000)]
    shares = torch.tensor([mixture.share for mixture in mixtures], dtype=torch.float64)
    assert 0.5 <= float(shares.min()) <= float(shares.max()) <= 1
    # Folding leaves the variance about one half, which is 1 / (4 (2 alpha + 1)).
    assert float(((shares - 0.5) ** 2).mean()) == pytest.approx(1 / (4 * (2 * alpha + 1)), rel=0.05)
    assert all(sorted(mixture.partners.tolist()) == list(range(5)) for mixture in mixtures)
    # Every image is every image's partner as often.
    counts = torch.zeros(5, 5)
    for mixture in mixtures:
        counts[torch.arange(5), mixture.partners] += 1
    assert float((counts / 2000 - 0.2).abs().max()) < 0.05


def test_parts_of_a_batch_are_mixed_as_the_whole_is() -> None:
    values = torch.randn(6, 3, 4, 4)
    mixture = Mixture(0.75, torch.tensor([1, 0, 5, 3, 2, 4]))
    whole = mixture.of(values, 0, 6)
    expected = 0.75 * values + 0.25 * values[mixture.partners]
    assert torch.allclose(whole, expected, atol=1e-6)
    assert torch.allclose(torch.cat([mixture.of(values, 0, 4), mixture.of(values, 4, 6)]), whole, atol=1e-6)


def test_a_share_of_one_leaves_images_as_they_are() -> None:
    values = torch.randn(6, 3, 4, 4)
    assert torch.equal(Mixture(1.0, torch.randperm(6)).of(values, 0, 6), values)


# ------------------------------------------------------------------------------------------------- what it does to runs


@pytest.mark.parametrize("phase", PHASES.values(), ids=PHASES)
def test_it_changes_what_is_learned(phase: Phase) -> None:
    setups = [setup_of(replace(phase, mixup=alpha)) for alpha in (0.0, 0.4)]
    plain, mixed = [figures(run(setup)[1]) for setup in setups]
    assert all(first != second for first, second in zip(plain, mixed, strict=True))
    assert differing(weights_of(setups[0].model), weights_of(setups[1].model))


@pytest.mark.parametrize("phase", PHASES.values(), ids=PHASES)
def test_images_that_stay_whole_train_as_without_it(phase: Phase) -> None:
    """With such an alpha every share that is drawn is 1."""
    setups = [setup_of(replace(phase, mixup=alpha)) for alpha in (0.0, 1e-300)]
    plain, mixed = [figures(run(setup)[1]) for setup in setups]
    assert plain == mixed
    assert not differing(weights_of(setups[0].model), weights_of(setups[1].model))


@pytest.mark.parametrize("balanced", [False, True])
def test_the_loss_is_that_of_both_classes_by_their_shares(balanced: bool) -> None:
    """One step, by hand: labels with shares in place of two losses."""
    phase = tuning_phase(epochs=1, views=1, mixup=1.0, label_smoothing=0.0, balance_classes=balanced)
    setup = tiny_setup(strategy(phase), num_train=7)
    setup.model.get_submodule("drop").p = 0.0  # type: ignore[assignment]
    mixture = draw_mixture(7, alpha=1.0, seed=setup.seed, step=0)
    trainer = Trainer(setup, Control())
    seen: list[tuple[torch.Tensor, torch.Tensor]] = []
    setup.model.register_forward_hook(
        lambda model, inputs, output: seen.append((inputs[0].detach(), output.detach())) if model.training else None
    )
    events = list(trainer.fit())
    images, logits = seen[0]
    order = epoch_order(7, seed=setup.seed, epoch=0)
    labels = setup.train.labels[order]
    weights = class_weights(setup.train.labels, 3) if balanced else torch.ones(3)
    shares = mixture.share * functional.one_hot(labels, 3)
    shares = shares + (1 - mixture.share) * functional.one_hot(labels[mixture.partners], 3)
    total = -(shares * weights * torch.log_softmax(logits, dim=1)).sum() / (shares * weights).sum()
    assert figures(events)[0][0] == pytest.approx(float(total), rel=1e-5)
    right = int((logits.argmax(dim=1) == labels).sum())
    assert figures(events)[0][1] == right / 7
    assert len(images) == 7


@pytest.mark.parametrize("phase", [IMAGES, KEPT], ids=["images", "kept"])
def test_parts_give_the_step_of_the_whole_batch(phase: Phase) -> None:
    # Without BatchNorm in training mode and dropout the two are the same sum.
    plan = replace(phase.plan, norm=NormPolicy.AFFINE)
    phase = replace(phase, plan=plan, optimizer=OptimizerKind.SGD, balance_classes=True)
    whole, parts = (tiny_setup(strategy(phase), numerics=tiny_numerics(batch=8, micro_batch=size)) for size in (8, 3))
    for setup in (whole, parts):
        setup.model.get_submodule("drop").p = 0.0  # type: ignore[assignment]
        run(setup)
    for name, tensor in whole.model.state_dict().items():
        assert torch.allclose(tensor, parts.model.state_dict()[name], atol=1e-5), name


@pytest.mark.parametrize("phase", PHASES.values(), ids=PHASES)
@pytest.mark.parametrize("step", [1, 3, 5])
def test_b1_stopped_and_resumed_equals_uninterrupted(phase: Phase, step: int) -> None:
    whole, whole_events = run(setup_of(phase))
    stopped, events = run(setup_of(phase), StopAt(step))
    resumed, more = run(setup_of(phase), state=copied(stopped.state()))
    assert not differing(whole.best_state(), resumed.best_state())
    assert not differing(weights_of(whole._setup.model), weights_of(resumed._setup.model))
    assert figures(whole_events) == figures(events + more)


@pytest.mark.parametrize("phase", PHASES.values(), ids=PHASES)
def test_it_is_said_what_is_mixed_and_what_the_figures_mean(phase: Phase) -> None:
    _, events = run(setup_of(phase))
    said = [event.message for event in events if isinstance(event, Notice) and event.kind == "mixup"]
    cache = next(event.cache for event in events if isinstance(event, PhaseStart))
    mixed = "The training images" if cache is None else f"The kept outputs of '{cache['boundary']}'"
    assert (cache is None) is (phase is IMAGES)
    assert said == [
        f"{mixed} are mixed in pairs (mixup 0.4). Training loss and training accuracy are those of the mixtures: they "
        "look worse than those of validation images, which are never mixed."
    ]


def test_without_it_nothing_is_drawn_or_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mixup, "derive_seed", lambda *_: pytest.fail("something was drawn"))
    _, events = run(tiny_setup(strategy(tuning_phase(epochs=1))))
    assert not any(isinstance(event, Notice) and event.kind == "mixup" for event in events)


# -------------------------------------------------------------------------------------------------- where it is refused


def test_a_head_that_is_solved_exactly_and_single_images_cannot_be_mixed() -> None:
    tree = tiny_tree(tiny_net())
    exact = replace(head_phase(), mixup=0.2)
    with pytest.raises(UsageError, match="'head', whose head is solved exactly"):
        require_mixable(strategy(exact), tree, batch=8)
    for phase, batch in itertools.product(PHASES.values(), (2, 8)):
        require_mixable(strategy(phase), tree, batch=batch)
    with pytest.raises(UsageError, match="two images at least"):
        require_mixable(strategy(IMAGES), tree, batch=1)
    require_mixable(strategy(replace(IMAGES, mixup=0.0), head_phase()), tree, batch=1)

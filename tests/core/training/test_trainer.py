"""The trainer as a whole: what it tells, what it changes, and that stopping leaves no trace."""

from __future__ import annotations

from contextlib import closing

import torch

import pytest

from tests.training_samples import (
    BODY,
    HEAD_ONLY,
    StopAt,
    copied,
    differing,
    head_phase,
    run,
    strategy,
    tiny_numerics,
    tiny_setup,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.training.setup import DivergedError, TrainingSetup
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, Event, FitEnd, Gate, LayerHeat, PhaseStart, ValidationEnd
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Strategy


def results(events: list[Event]) -> list[dict[str, object]]:
    """Return the deterministic columns."""
    timed = {"seq", "seconds", "epoch_seconds", "images_per_second", "peak_memory_bytes"}
    timed |= {"phase_peak_memory_bytes"}
    kept = [event.to_json() for event in events if isinstance(event, (EpochEnd, ValidationEnd, LayerHeat, Gate))]
    return [{key: value for key, value in line.items() if key not in timed} for line in kept]


def end_of(events: list[Event]) -> FitEnd:
    last = events[-1]
    assert isinstance(last, FitEnd)
    return last


HYBRID = strategy(head_phase(), tuning_phase(epochs=2), target=1.0)
FROZEN_STAGE = tuning_phase(epochs=2, plan=FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL))


def test_training_learns_colours() -> None:
    _, events = run(tiny_setup(strategy(tuning_phase(epochs=12))))
    best = end_of(events).best
    assert best is not None
    assert best["val_accuracy"] > 0.9


def test_events_come_in_the_promised_order() -> None:
    _, events = run(tiny_setup(HYBRID))
    names = [event.name for event in events if event.name not in ("batch_end", "cache_progress", "notice")]
    assert names[:2] == ["fit_start", "phase_start"]
    assert names[-1] == "fit_end"
    middle = names[2:-1]
    first_gate = middle.index("gate")
    assert middle[first_gate - 1] == "checkpoint"
    assert middle[first_gate + 1] == "phase_start"
    epochs = [event.epoch for event in events if isinstance(event, EpochEnd)]
    assert epochs == list(range(1, len(epochs) + 1))


@pytest.mark.parametrize("optimizer", list(OptimizerKind))
@pytest.mark.parametrize("step", range(7))
def test_stopped_and_resumed_equals_uninterrupted(step: int, optimizer: OptimizerKind) -> None:
    chosen = strategy(tuning_phase(epochs=2, optimizer=optimizer))
    whole, whole_events = run(tiny_setup(chosen))
    stopped, events = run(tiny_setup(chosen), StopAt(step))
    state = copied(stopped.state())
    if step < 6:
        assert end_of(events).state == "stopped"
        assert events[-2].name == "checkpoint"
    resumed, more = run(tiny_setup(chosen), state=state) if step < 6 else (stopped, [])
    assert not differing(whole.best_state(), resumed.best_state())
    assert not differing(weights_of(whole._setup.model), weights_of(resumed._setup.model))
    assert results(whole_events) == results(events + more)


def test_stopped_and_resumed_with_factors_on_rates_equals_uninterrupted() -> None:
    plan = FreezePlan(norm=NormPolicy.FULL).with_rate("conv1", 0.1).with_rate("bn2", 5)
    chosen = strategy(tuning_phase(epochs=2, plan=plan))
    plain, _ = run(tiny_setup(strategy(tuning_phase(epochs=2))))
    whole, whole_events = run(tiny_setup(chosen))
    stopped, events = run(tiny_setup(chosen), StopAt(2))
    resumed, more = run(tiny_setup(chosen), state=copied(stopped.state()))
    assert not differing(whole.best_state(), resumed.best_state())
    assert results(whole_events) == results(events + more)
    assert "conv1.weight" in differing(whole.best_state(), plain.best_state())


@pytest.mark.parametrize("step", [0, 1, 2, 3, 4, 6])
def test_stopped_hybrid_equals_uninterrupted(step: int) -> None:
    whole, whole_events = run(tiny_setup(HYBRID))
    stopped, events = run(tiny_setup(HYBRID), StopAt(step))
    assert end_of(events).state == "stopped"
    resumed, more = run(tiny_setup(HYBRID), state=copied(stopped.state()))
    assert end_of(more).state == "completed"
    assert not differing(whole.best_state(), resumed.best_state())
    assert results(whole_events) == results(events + more)


@pytest.mark.parametrize("back", [1, 2, 3, 4])
def test_stopped_in_the_second_phase_of_a_hybrid_equals_uninterrupted(back: int) -> None:
    counter = StopAt()
    whole, whole_events = run(tiny_setup(HYBRID), counter)
    stopped, events = run(tiny_setup(HYBRID), StopAt(counter.num_checks - back))
    assert end_of(events).state == "stopped"
    assert sum(isinstance(event, PhaseStart) for event in events) == 2
    resumed, more = run(tiny_setup(HYBRID), state=copied(stopped.state()))
    assert not differing(whole.best_state(), resumed.best_state())
    assert results(whole_events) == results(events + more)


@pytest.mark.parametrize("kind", ["checkpoint", "validation_end", "gate"])
@pytest.mark.parametrize("number", range(4))
def test_killed_behind_any_safe_point_equals_uninterrupted(kind: str, number: int) -> None:
    whole, whole_events = run(tiny_setup(HYBRID))
    killed = Trainer(tiny_setup(HYBRID), Control())
    events: list[Event] = []
    state, kept = None, 0
    with closing(killed.fit()) as told:
        for event in told:
            events.append(event)
            if event.name == kind and killed.is_between_steps:
                state, kept, number = copied(killed.state()), len(events), number - 1
                if number < 0:
                    break
    resumed, more = run(tiny_setup(HYBRID), state=state)
    assert not differing(whole.best_state(), resumed.best_state())
    # The gate is passed again: its events behind the safe point are told twice, the results are not.
    assert epochs_of(whole_events) == epochs_of(events[:kept] + more)


def epochs_of(events: list[Event]) -> list[dict[str, object]]:
    return [line for line in results(events) if line["event"] != "gate"]


def test_two_stops_equal_none() -> None:
    chosen = strategy(tuning_phase(epochs=3))
    whole, whole_events = run(tiny_setup(chosen))
    all_events: list[Event] = []
    state = None
    for step in (2, 3, 100):
        trainer, events = run(tiny_setup(chosen), StopAt(step), state)
        all_events += events
        state = copied(trainer.state())
    assert not differing(whole.best_state(), trainer.best_state())
    assert results(whole_events) == results(all_events)


def test_frozen_stage_does_not_change_at_all() -> None:
    setup = tiny_setup(strategy(FROZEN_STAGE))
    before = weights_of(setup.model)
    _, events = run(setup)
    changed = differing(before, weights_of(setup.model))
    assert not [name for name in changed if name.startswith(("conv1", "bn1"))]
    assert {"conv2.weight", "bn2.weight", "bn2.running_mean", "head.weight"} <= set(changed)
    assert end_of(events).frozen_proof == "verified"


def test_running_statistics_stay_unless_they_are_to_follow() -> None:
    setup = tiny_setup(strategy(tuning_phase(epochs=1, plan=FreezePlan(norm=NormPolicy.AFFINE))))
    before = weights_of(setup.model)
    run(setup)
    changed = differing(before, weights_of(setup.model))
    assert "bn1.weight" in changed
    assert not [name for name in changed if "running" in name or "tracked" in name]


def test_proof_finds_a_frozen_layer_that_changed() -> None:
    setup = tiny_setup(strategy(FROZEN_STAGE))
    trainer = Trainer(setup, Control())
    events = []
    for event in trainer.fit():
        events.append(event)
        if isinstance(event, EpochEnd):
            with torch.no_grad():
                setup.model.get_parameter("conv1.weight")[0] += 1e-6
    assert end_of(events).frozen_proof == "violated"


def test_head_phase_changes_the_head_only() -> None:
    setup = tiny_setup(strategy(head_phase()))
    before = weights_of(setup.model)
    _, events = run(setup)
    assert set(differing(before, weights_of(setup.model))) == {"head.weight", "head.bias"}
    start = next(event for event in events if isinstance(event, PhaseStart))
    assert start.cache is not None
    assert start.trainable_parameters == 12 * 3 + 3


def test_result_of_the_head_phase_is_what_the_network_answers() -> None:
    setup = tiny_setup(strategy(head_phase()))
    trainer, _ = run(setup)
    setup.model.load_state_dict(trainer.best_state())
    evaluation = trainer._context.evaluate()
    assert trainer.best_logits is not None
    # The features of the solver are rounded to float16, those of the network are not.
    assert torch.allclose(evaluation.logits, trainer.best_logits, atol=2e-2)
    assert evaluation.num_correct == int((trainer.best_logits.argmax(1) == setup.val.labels).sum())


def test_worse_second_phase_is_rolled_back() -> None:
    ruin = tuning_phase(epochs=1, learning_rate=30.0, head_learning_rate=30.0, optimizer=OptimizerKind.SGD)
    setup = tiny_setup(strategy(head_phase(), ruin, target=1.0))
    trainer, events = run(setup)
    gates = [event for event in events if isinstance(event, Gate)]
    assert [gate.decision for gate in gates] == ["switch", "roll_back"]
    assert "McNemar p" in gates[1].reason
    alone, _ = run(tiny_setup(strategy(head_phase())))
    assert not differing(alone.best_state(), trainer.best_state())
    assert not differing(trainer.best_state(), weights_of(setup.model))


def test_each_phase_has_a_peak_of_its_own_memory() -> None:
    trainer, events = run(tiny_setup(HYBRID))
    end = end_of(events)
    assert list(end.phase_peak_memory_bytes) == ["head", "tuning"]
    assert max(end.phase_peak_memory_bytes.values()) == trainer.progress.peak_memory_bytes
    for phase in ("head", "tuning"):
        seen = [
            event.phase_peak_memory_bytes for event in events if isinstance(event, EpochEnd) and event.phase == phase
        ]
        assert seen == sorted(seen)
        assert 0 < seen[-1] <= end.phase_peak_memory_bytes[phase]


def test_the_peak_of_a_phase_goes_on_after_a_stop() -> None:
    control = Control()
    stopped = Trainer(tiny_setup(HYBRID), control)
    for event in stopped.fit():
        if isinstance(event, EpochEnd) and event.phase == "tuning":
            control.request_stop()
    assert (stopped.progress.phase, stopped.progress.phase_ended) == (1, False)
    state = copied(stopped.state())
    state.meta["progress"]["phase_peaks"]["tuning"] = 2**50
    _, events = run(tiny_setup(HYBRID), state=state)
    peaks = end_of(events).phase_peak_memory_bytes
    assert peaks["tuning"] == 2**50
    assert 0 < peaks["head"] < 2**50


def test_gate_stops_when_the_target_is_reached() -> None:
    _, events = run(tiny_setup(strategy(head_phase(), tuning_phase(), target=0.01)))
    gates = [event for event in events if isinstance(event, Gate)]
    assert [(gate.rule, gate.decision) for gate in gates] == [("target", "stop")]


def test_early_stopping_counts_across_a_stop() -> None:
    # Rates of almost nothing: the loss falls no further once it is rounded.
    phase = tuning_phase(epochs=40, learning_rate=1e-12, head_learning_rate=1e-12, patience=3, views=1)
    _, whole_events = run(tiny_setup(strategy(phase)))
    epochs = [event for event in whole_events if isinstance(event, EpochEnd)]
    assert len(epochs) < 40
    stopped, events = run(tiny_setup(strategy(phase)), StopAt(7))
    _, more = run(tiny_setup(strategy(phase)), state=copied(stopped.state()))
    assert results(whole_events) == results(events + more)


def test_accumulated_micro_batches_equal_the_whole_batch() -> None:
    # Without BatchNorm in training mode and dropout the two are the same sum.
    phase = tuning_phase(epochs=1, plan=FreezePlan(norm=NormPolicy.AFFINE), views=1, optimizer=OptimizerKind.SGD)
    whole = tiny_setup(strategy(phase), numerics=tiny_numerics(batch=8))
    parts = tiny_setup(strategy(phase), numerics=tiny_numerics(batch=8, micro_batch=3))
    for setup in (whole, parts):
        setup.model.get_submodule("drop").p = 0.0  # type: ignore[assignment]
        run(setup)
    for name, tensor in whole.model.state_dict().items():
        assert torch.allclose(tensor, parts.model.state_dict()[name], atol=1e-5), name


@pytest.mark.parametrize("num_train", [9, 17])
def test_b10_a_single_left_over_image_trains_with_batchnorm(num_train: int) -> None:
    setup = tiny_setup(strategy(tuning_phase(epochs=1)), num_train=num_train)
    _, events = run(setup)
    assert end_of(events).state == "completed"


def test_head_by_batches() -> None:
    phase = tuning_phase(epochs=3, plan=HEAD_ONLY, head=HeadSolver.SGD, views=1)
    setup = tiny_setup(strategy(phase))
    before = weights_of(setup.model)
    _, events = run(setup)
    assert set(differing(before, weights_of(setup.model))) == {"head.weight", "head.bias"}
    assert end_of(events).frozen_proof == "verified"


def test_planned_steps_end_the_phase() -> None:
    setup = tiny_setup(strategy(tuning_phase(epochs=50)))
    limited = TrainingSetup(**{**vars(setup), "budget_seconds": 1e6})
    planned = Trainer(limited, Control())
    planned.progress.num_steps = 4
    trainer, events = run(limited, state=copied(planned.state()))
    assert trainer.progress.step == 4
    assert end_of(events).state == "completed"


@pytest.mark.parametrize("rate", [1e30, 1e8])
def test_b5_divergence_stops_and_keeps_the_last_finite_result(rate: float) -> None:
    ruin = tuning_phase(epochs=30, learning_rate=rate, head_learning_rate=rate, optimizer=OptimizerKind.SGD)
    trainer = Trainer(tiny_setup(strategy(head_phase(), ruin, target=1.0)), Control())
    with pytest.raises(DivergedError, match="lower learning rate"):
        list(trainer.fit())
    alone, _ = run(tiny_setup(strategy(head_phase())))
    assert not differing(alone.best_state(), trainer.best_state())


def test_network_is_in_its_best_state_at_the_end() -> None:
    setup = tiny_setup(strategy(tuning_phase(epochs=5)))
    trainer, events = run(setup)
    assert not differing(trainer.best_state(), weights_of(setup.model))
    validations = {event.epoch: event for event in events if isinstance(event, ValidationEnd)}
    best = end_of(events).best
    assert best is not None
    assert validations[best["epoch"]].val_accuracy == max(event.val_accuracy for event in validations.values())


def test_strategies_see_the_same_order_and_views() -> None:
    """Two plans with one seed: the pictures of an epoch are the same, so that a comparison is fair."""
    seen: list[list[tuple[object, ...]]] = []
    for plan in (FreezePlan(), FreezePlan(frozenset(BODY))):
        setup = tiny_setup(_by_batches(plan))
        requests: list[tuple[object, ...]] = []
        original = setup.train.batches

        def spying(asked, num_threads=2, *, _keep=requests, _original=original):  # type: ignore[no-untyped-def]
            listed = list(asked)
            _keep.extend((request.indices, request.views) for request in listed)
            return _original(listed, num_threads)

        setup.train.batches = spying  # type: ignore[method-assign]
        run(setup)
        seen.append(requests)
    assert seen[0] == seen[1]


def _by_batches(plan: FreezePlan) -> Strategy:
    return strategy(tuning_phase(epochs=2, plan=plan, head=HeadSolver.SGD))

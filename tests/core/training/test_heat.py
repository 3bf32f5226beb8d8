"""Heat: gradients by weights, distances from the pretrained weights, and that a resumed run tells the same."""

from __future__ import annotations

import math

import torch
from torch import nn

import pytest

from tests.training_samples import (
    HEAD_ONLY,
    StopAt,
    copied,
    head_phase,
    run,
    strategy,
    tiny_net,
    tiny_setup,
    tiny_tree,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.freezing.apply import apply_plan
from tlft_desktop.core.models.builder import is_norm
from tlft_desktop.core.training.heat import HeatMeter, start_of
from tlft_desktop.core.values.events import Event, LayerHeat
from tlft_desktop.core.values.heat import Heat
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver

STAGE_ONE = FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)


def heats(events: list[Event]) -> list[LayerHeat]:
    return [event for event in events if isinstance(event, LayerHeat)]


def with_gradients(seed: int) -> nn.Module:
    net = tiny_net()
    net(torch.randn(4, 3, 16, 16, generator=torch.Generator().manual_seed(seed))).square().sum().backward()
    return net


def meter_of(net: nn.Module, *names: str) -> HeatMeter:
    return HeatMeter(net, names, {name: net.get_parameter(name).detach().clone() for name in names})


def test_norm_of_all_gradients_is_that_of_torch_to_the_bit() -> None:
    first, second = with_gradients(1), with_gradients(1)
    names = [name for name, _ in first.named_parameters()]
    norm = meter_of(first, *names).gradient_norm()
    nn.utils.clip_grads_with_norm_(first.parameters(), 0.5, norm)
    expected = nn.utils.clip_grad_norm_(second.parameters(), 0.5)
    assert torch.equal(norm, expected)
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(one.grad, other.grad)  # type: ignore[arg-type]


def test_gradient_is_the_root_mean_square_over_the_counted_steps() -> None:
    net = tiny_net()
    meter = meter_of(net, "head.weight", "head.bias")
    for scale, counts in ((1.0, True), (100.0, False), (3.0, True)):
        net.head.weight.grad = torch.full_like(net.head.weight, scale)
        net.head.bias.grad = torch.full_like(net.head.bias, scale)
        meter.gradient_norm()
        if counts:
            meter.count()
    heat = meter.end_epoch()["head"]
    size = net.head.weight.numel() + net.head.bias.numel()
    assert heat.gradient == pytest.approx(math.sqrt(size * (1 + 9) / 2))
    weight = math.sqrt(sum(float(each.detach().square().sum()) for each in net.head.parameters()))
    assert heat.relative_gradient == pytest.approx(heat.gradient / weight, rel=1e-5)
    assert (heat.moved, heat.relative_change) == (0.0, 0.0)
    assert meter.sums.tolist() == [0.0, 0.0, 0.0]


def test_parameter_that_a_step_does_not_reach_is_not_pulled_at() -> None:
    net = tiny_net()
    meter = meter_of(net, "conv2.weight", "head.bias")
    net.head.bias.grad = torch.ones_like(net.head.bias)
    assert float(meter.gradient_norm()) == pytest.approx(math.sqrt(3))
    meter.count()
    heat = meter.end_epoch()
    assert heat["conv2"].gradient == 0.0
    assert heat["head"].gradient == pytest.approx(math.sqrt(3))


def test_a_parameter_without_pretrained_value_has_no_change() -> None:
    net = tiny_net()
    net.extra = nn.Linear(2, 2)
    meter = HeatMeter(net, ["extra.weight", "conv1.weight"], {"conv1.weight": net.conv1.weight.detach() - 1.0})
    heat = meter.end_epoch()
    assert heat["extra"].relative_change is None
    assert heat["conv1"].moved == pytest.approx(math.sqrt(net.conv1.weight.numel()))


@pytest.mark.parametrize("sums", [torch.ones(3), torch.ones(2), torch.zeros(0)])
def test_an_epoch_in_work_goes_on_where_its_sums_fit(sums: torch.Tensor) -> None:
    net = tiny_net()
    meter = HeatMeter(net, ["head.weight", "head.bias"], {}, sums)
    assert torch.equal(meter.sums, sums if len(sums) == 3 else torch.zeros(3))


def test_start_holds_what_some_phase_trains_batch_by_batch_but_not_the_head() -> None:
    net = tiny_net()
    tree = tiny_tree(net)
    phases = (head_phase(), tuning_phase(plan=STAGE_ONE))
    start = start_of(net, tree, phases, is_convex=lambda phase: phase.name == "head")
    assert set(start) == {"conv2.weight", "bn2.weight", "bn2.bias"}
    assert start_of(net, tree, phases[:1], is_convex=lambda _: True) == {}
    net.conv2.weight.data.zero_()
    assert float(start["conv2.weight"].norm()) > 0


def test_heat_of_a_run_tells_how_far_each_trained_layer_is_from_its_start() -> None:
    setup = tiny_setup(strategy(tuning_phase(epochs=2, plan=STAGE_ONE)))
    before = {name: value.clone() for name, value in weights_of(setup.model).items()}
    _, events = run(setup)
    first, last = heats(events)
    assert (first.phase, first.epoch, last.epoch) == ("tuning", 1, 2)
    assert set(last.owners) == {"conv2", "bn2", "head"}
    assert first.owners != last.owners
    conv = Heat.from_json(first.owners["conv2"])
    assert conv.start == pytest.approx(float(before["conv2.weight"].norm()), rel=1e-5)
    assert 0 < conv.relative_change < 1  # type: ignore[operator]
    assert conv.relative_gradient > 0  # type: ignore[operator]
    assert Heat.from_json(last.owners["head"]).relative_change is None


def test_the_last_epoch_measures_the_weights_that_the_run_has_then() -> None:
    setup = tiny_setup(strategy(tuning_phase(epochs=1)))
    before = {name: value.clone() for name, value in weights_of(setup.model).items()}
    _, events = run(setup)
    after = weights_of(setup.model)
    (heat,) = heats(events)
    for owner, norms in heat.owners.items():
        names = [name for name, _ in setup.model.named_parameters() if name.rpartition(".")[0] == owner]
        assert norms[1] == pytest.approx(math.hypot(*(float(after[name].norm()) for name in names)), rel=1e-4)
        if owner != "head":
            moved = math.hypot(*(float((after[name] - before[name]).norm()) for name in names))
            assert norms[2] == pytest.approx(moved, rel=1e-4)


def test_a_head_that_is_solved_exactly_has_no_heat_and_one_that_is_trained_has() -> None:
    assert heats(run(tiny_setup(strategy(head_phase())))[1]) == []
    by_batches = tuning_phase(epochs=1, plan=HEAD_ONLY, head=HeadSolver.SGD)
    (heat,) = heats(run(tiny_setup(strategy(by_batches)))[1])
    assert set(heat.owners) == {"head"}


@pytest.mark.parametrize("step", [1, 2, 4])
def test_a_run_that_was_stopped_within_an_epoch_tells_the_same_heat(step: int) -> None:
    chosen = strategy(tuning_phase(epochs=2))
    whole = heats(run(tiny_setup(chosen))[1])
    stopped, events = run(tiny_setup(chosen), StopAt(step))
    _, more = run(tiny_setup(chosen), state=copied(stopped.state()))
    assert [event.owners for event in whole] == [event.owners for event in heats(events + more)]


def test_a_state_of_an_earlier_version_goes_on_without_its_sums() -> None:
    chosen = strategy(tuning_phase(epochs=2))
    stopped, _ = run(tiny_setup(chosen), StopAt(1))
    state = copied(stopped.state())
    assert state.tensors.pop("heat/sums").tolist()[-1] == 1.0
    _, events = run(tiny_setup(chosen), state=state)
    assert [event.epoch for event in heats(events)] == [1, 2]


def test_meter_names_owners_as_the_plan_does() -> None:
    net = tiny_net()
    applied = apply_plan(net, STAGE_ONE, is_norm=is_norm)
    assert set(HeatMeter(net, applied.trainable, {}).end_epoch()) == {"conv2", "bn2", "head"}

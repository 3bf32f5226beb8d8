"""Groups, rates, and a state that continues to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import nn

import pytest

from tests.training_samples import TinyNet, tiny_net, tiny_tree, tuning_phase
from tlft_desktop.core.freezing.apply import owner_of_parameters
from tlft_desktop.core.models.builder import build_on_meta
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.training.optim import (
    build_optimizer,
    load_optimizer_tensors,
    optimizer_tensors,
    param_groups,
    set_rates,
)
from tlft_desktop.core.training.schedule import rate_factor
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import OptimizerKind, Phase
from tlft_desktop.core.workflows.networks import layer_tree

PHASE = tuning_phase(layer_decay=0.5, learning_rate=1e-2, head_learning_rate=0.2, weight_decay=0.03, warmup_share=0.2)


def groups_of(net: TinyNet, phase: Phase = PHASE, *, trainable: Sequence[str] | None = None) -> list[dict[str, Any]]:
    names = [name for name, _ in net.named_parameters()] if trainable is None else trainable
    return param_groups(net, tiny_tree(net), phase, trainable=names)


def test_every_trainable_parameter_is_in_one_group() -> None:
    net = tiny_net()
    groups = groups_of(net)
    names = [name for group in groups for name in group["names"]]
    assert sorted(names) == sorted(name for name, _ in net.named_parameters())
    parameters = dict(net.named_parameters())
    for group in groups:
        assert all(parameters[name] is tensor for name, tensor in zip(group["names"], group["params"], strict=True))


def test_frozen_parameters_are_not_passed_on() -> None:
    groups = groups_of(tiny_net(), trainable=["conv2.weight", "head.bias"])
    assert [group["names"] for group in groups] == [["conv2.weight"], ["head.bias"]]


def test_biases_and_norm_parameters_are_not_decayed() -> None:
    decays = {name: group["weight_decay"] for group in groups_of(tiny_net()) for name in group["names"]}
    assert decays == {
        "conv1.weight": 0.03,
        "bn1.weight": 0.0,
        "bn1.bias": 0.0,
        "conv2.weight": 0.03,
        "bn2.weight": 0.0,
        "bn2.bias": 0.0,
        "head.weight": 0.03,
        "head.bias": 0.0,
    }


def test_rates_fall_from_stage_to_stage_and_the_head_has_its_own() -> None:
    rates = {name: group["peak_rate"] for group in groups_of(tiny_net()) for name in group["names"]}
    assert rates["head.weight"] == rates["head.bias"] == 0.2
    assert rates["conv2.weight"] == rates["bn2.bias"] == 1e-2
    assert rates["conv1.weight"] == rates["bn1.weight"] == 5e-3


def test_factors_of_the_plan_multiply_the_rates_of_stages_and_head() -> None:
    plan = FreezePlan().with_rate("conv1", 0.1).with_rate("bn2", 3).with_rate("head", 0.5)
    rates = {
        name: group["peak_rate"]
        for group in groups_of(tiny_net(), replace(PHASE, plan=plan))
        for name in group["names"]
    }
    assert rates["conv1.weight"] == pytest.approx(5e-4)
    assert rates["bn1.weight"] == 5e-3
    assert rates["conv2.weight"] == 1e-2
    assert rates["bn2.weight"] == rates["bn2.bias"] == pytest.approx(3e-2)
    assert rates["head.weight"] == rates["head.bias"] == 0.1


def test_a_factor_for_the_whole_network_multiplies_every_rate() -> None:
    plan = FreezePlan().with_rate("", 0.5)
    halved, plain = groups_of(tiny_net(), replace(PHASE, plan=plan)), groups_of(tiny_net())
    assert [group["names"] for group in halved] == [group["names"] for group in plain]
    assert [group["peak_rate"] * 2 for group in halved] == [group["peak_rate"] for group in plain]


def test_parts_of_a_stage_with_different_factors_have_groups_of_their_own() -> None:
    plan = FreezePlan().with_rate("conv1", 0.1).with_rate("bn2", 3)
    groups = groups_of(tiny_net(), replace(PHASE, plan=plan))
    named = [(group["stage"], group["names"]) for group in groups]
    assert named == [
        ("stage1", ["conv1.weight"]),
        ("stage1", ["bn1.weight", "bn1.bias"]),
        ("stage2", ["conv2.weight"]),
        ("stage2", ["bn2.weight", "bn2.bias"]),
        ("head", ["head.weight"]),
        ("head", ["head.bias"]),
    ]


def test_of_a_stage_with_several_rates_the_highest_is_told() -> None:
    plan = FreezePlan().with_rate("conv1", 0.1).with_rate("bn2", 3)
    phase = replace(PHASE, plan=plan)
    optimizer = build_optimizer(phase, groups_of(tiny_net(), phase))
    factor = rate_factor(4, 12, warmup_share=phase.warmup_share)
    rates = set_rates(optimizer, phase, step=4, num_steps=12)
    assert rates == pytest.approx({"stage1": 5e-3 * factor, "stage2": 3e-2 * factor, "head": 0.2 * factor})
    assert list(rates) == ["stage1", "stage2", "head"]


@pytest.mark.parametrize("name", ["timm:vit_tiny_patch16_224", "timm:convnext_tiny", "torchvision:resnet18"])
def test_factors_in_real_networks_count_stages_from_the_last(name: str) -> None:
    tree = layer_tree(name, 3, 224)
    model = build_on_meta(find_backbone(name), num_classes=3)
    parameters = dict(model.named_parameters())
    owners = owner_of_parameters(model)
    groups = param_groups(model, tree, PHASE, trainable=list(parameters))
    body = [stage for stage in tree.stages if stage != "head"]
    seen = set()
    for group in groups:
        for parameter in group["names"]:
            stage = tree.node(owners[parameter]).stage
            seen.add(parameter)
            expected = 0.2 if stage == "head" else 1e-2 * 0.5 ** (len(body) - 1 - body.index(stage))
            assert group["peak_rate"] == pytest.approx(expected), parameter
            assert (group["weight_decay"] > 0) is (parameters[parameter].ndim > 1)
    assert seen == set(parameters)
    assert len({group["peak_rate"] for group in groups}) == len(body) + 1


def test_a_parameter_without_a_node_takes_the_stage_of_its_module() -> None:
    """A parameter inside of an owner is not a node of the tree: `bn1.weight` is found as `bn1`."""
    net = tiny_net()
    assert "bn1.weight" not in tiny_tree(net)
    group = next(group for group in groups_of(net) if "bn1.weight" in group["names"])
    assert group["stage"] == "stage1"


@pytest.mark.parametrize("kind", list(OptimizerKind))
def test_kinds_of_optimisers(kind: OptimizerKind) -> None:
    phase = tuning_phase(optimizer=kind)
    optimizer = build_optimizer(phase, groups_of(tiny_net(), phase))
    if kind is OptimizerKind.ADAMW:
        assert isinstance(optimizer, torch.optim.AdamW)
    else:
        assert isinstance(optimizer, torch.optim.SGD)
        assert all((group["momentum"], group["nesterov"]) == (0.9, True) for group in optimizer.param_groups)
    assert all(group["fused"] for group in optimizer.param_groups)


def test_rates_are_a_function_of_the_step_alone() -> None:
    steps = list(range(12))
    forwards, backwards = (build_optimizer(PHASE, groups_of(tiny_net())) for _ in range(2))
    first = {step: set_rates(forwards, PHASE, step=step, num_steps=12) for step in steps}
    second = {step: set_rates(backwards, PHASE, step=step, num_steps=12) for step in reversed(steps)}
    assert first == second
    for step in steps:
        factor = rate_factor(step, 12, warmup_share=PHASE.warmup_share)
        assert first[step] == {"stage1": 5e-3 * factor, "stage2": 1e-2 * factor, "head": 0.2 * factor}
    assert {group["stage"]: group["lr"] for group in forwards.param_groups} == first[11]


def train(net: nn.Module, optimizer: torch.optim.Optimizer, phase: Phase, steps: range) -> None:
    for step in steps:
        generator = torch.Generator().manual_seed(step)
        images = torch.randn(6, 3, 16, 16, generator=generator).to(memory_format=torch.channels_last)
        set_rates(optimizer, phase, step=step, num_steps=8)
        optimizer.zero_grad()
        nn.functional.cross_entropy(net.eval()(images), torch.arange(6) % 3).backward()
        optimizer.step()


@pytest.mark.parametrize("kind", list(OptimizerKind))
@pytest.mark.parametrize("stored_as", [torch.contiguous_format, torch.channels_last])
def test_state_by_name_continues_to_the_bit(kind: OptimizerKind, stored_as: torch.memory_format) -> None:
    # Factors make more groups than stages have: the state goes by the names of parameters, not by groups.
    plan = FreezePlan().with_rate("bn1", 0.3).with_rate("head", 2)
    phase = tuning_phase(optimizer=kind, learning_rate=1e-2, weight_decay=0.01, plan=plan)
    whole = tiny_net().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = build_optimizer(phase, groups_of(whole, phase))
    train(whole, optimizer, phase, range(4))
    weights = {name: tensor.clone() for name, tensor in whole.state_dict().items()}
    saved = {
        name: tensor.clone(memory_format=stored_as) if tensor.ndim == 4 else tensor.clone()
        for name, tensor in optimizer_tensors(optimizer).items()
    }
    train(whole, optimizer, phase, range(4, 8))

    again = tiny_net(seed=9).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    again.load_state_dict(weights)
    resumed = build_optimizer(phase, groups_of(again, phase))
    load_optimizer_tensors(resumed, saved)
    moments = [key for state in resumed.state.values() for key, value in state.items() if value.ndim == 4]
    assert moments
    for parameter, state in resumed.state.items():
        assert all(value.stride() == parameter.stride() for key, value in state.items() if key != "step")
    train(again, resumed, phase, range(4, 8))
    for name, tensor in whole.state_dict().items():
        assert torch.equal(tensor, again.state_dict()[name]), name
    after = optimizer_tensors(resumed)
    assert all(torch.equal(tensor, after[name]) for name, tensor in optimizer_tensors(optimizer).items())


def test_state_is_a_copy_and_a_fresh_optimiser_has_none() -> None:
    net = tiny_net()
    optimizer = build_optimizer(PHASE, groups_of(net))
    assert optimizer_tensors(optimizer) == {}
    load_optimizer_tensors(optimizer, {})
    assert not optimizer.state
    train(net, optimizer, PHASE, range(1))
    saved = optimizer_tensors(optimizer)
    assert {"head.weight/exp_avg", "bn1.bias/step"} <= set(saved)
    other_net = tiny_net()
    other = build_optimizer(PHASE, groups_of(other_net))
    load_optimizer_tensors(other, saved)
    train(other_net, other, PHASE, range(1, 2))
    assert float(saved["head.weight/step"]) == 1.0


def test_numbers_in_the_state_become_tensors() -> None:
    optimizer = build_optimizer(PHASE, groups_of(tiny_net()))
    parameter = optimizer.param_groups[0]["params"][0]
    optimizer.state[parameter]["count"] = 3
    assert [float(value) for value in optimizer_tensors(optimizer).values()] == [3.0]

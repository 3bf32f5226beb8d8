"""Optimisers with a rate per stage, and their state by parameter name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn

from tlft_desktop.core.training.schedule import rate_factor
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import is_within
from tlft_desktop.core.values.strategy import OptimizerKind, Phase

_MOMENTUM = 0.9


def param_groups(model: nn.Module, tree: LayerTree, phase: Phase, *, trainable: Sequence[str]) -> list[dict[str, Any]]:
    """Return one group per stage, rate and kind of parameter, each with its peak rate and the names of its parameters.

    The head has its own rate; stages before it are multiplied by `layer_decay` once per stage, counted from the last
    one. The factors of the plan multiply all of these. Biases and norm parameters (at most one dimension) are never
    decayed.

    Source: layer-wise decay as `timm.optim.param_groups_layer_decay`.
    """
    parameters = dict(model.named_parameters())
    stages = [stage for stage in tree.stages if stage != tree.node(tree.head_path).stage]
    groups: dict[tuple[str, bool, float], dict[str, Any]] = {}
    for name in trainable:
        is_head = is_within(name, tree.head_path)
        stage = "head" if is_head else _stage_of(name, tree)
        decayed = parameters[name].ndim > 1
        depth = 0 if is_head or stage not in stages else len(stages) - 1 - stages.index(stage)
        rate = phase.head_learning_rate if is_head else phase.learning_rate * phase.layer_decay**depth
        rate *= phase.plan.rate_of(name)
        empty = {"params": [], "names": [], "stage": stage, "peak_rate": rate, "lr": rate}
        group = groups.setdefault(
            (stage, decayed, rate), empty | {"weight_decay": phase.weight_decay if decayed else 0.0}
        )
        group["params"].append(parameters[name])
        group["names"].append(name)
    return list(groups.values())


def _stage_of(name: str, tree: LayerTree) -> str:
    path = name
    while path not in tree:
        path = path.rpartition(".")[0]
    return tree.node(path).stage


def build_optimizer(phase: Phase, groups: list[dict[str, Any]]) -> torch.optim.Optimizer:
    """Return the optimiser of a phase; only the parameters in `groups` are passed to it."""
    device_type = groups[0]["params"][0].device.type
    fused = device_type in ("cpu", "cuda")
    if phase.optimizer is OptimizerKind.ADAMW:
        return torch.optim.AdamW(groups, lr=phase.learning_rate, fused=fused)
    return torch.optim.SGD(groups, lr=phase.learning_rate, momentum=_MOMENTUM, nesterov=True, fused=fused)


def set_rates(
    optimizer: torch.optim.Optimizer, phase: Phase, *, step: int, num_steps: int, scale: float = 1.0
) -> dict[str, float]:
    """Set the rate of every group for a step of the phase, as a part `scale` of its plan; return the rates by stage.

    Where the plan gives parts of a stage different factors, its highest rate is returned: the others are fixed parts
    of it. The rates are computed from the peak, never from the rate before: a resumed run has the same ones.
    """
    factor = scale * rate_factor(step, num_steps, warmup_share=phase.warmup_share)
    for group in optimizer.param_groups:
        group["lr"] = group["peak_rate"] * factor
    rates: dict[str, float] = {}
    for group in optimizer.param_groups:
        rates[group["stage"]] = max(group["lr"], rates.get(group["stage"], 0.0))
    return rates


def optimizer_tensors(optimizer: torch.optim.Optimizer) -> dict[str, torch.Tensor]:
    """Return the state of the optimiser as tensors named `PARAMETER/KEY`."""
    tensors = {}
    for group in optimizer.param_groups:
        for name, parameter in zip(group["names"], group["params"], strict=True):
            for key, value in optimizer.state.get(parameter, {}).items():
                tensors[f"{name}/{key}"] = value if isinstance(value, torch.Tensor) else torch.tensor(value)
    return tensors


def load_optimizer_tensors(optimizer: torch.optim.Optimizer, tensors: Mapping[str, torch.Tensor]) -> None:
    """Give an optimiser the state that `optimizer_tensors` returned."""
    by_parameter: dict[str, dict[str, torch.Tensor]] = {}
    for full_name, value in tensors.items():
        name, _, key = full_name.rpartition("/")
        by_parameter.setdefault(name, {})[key] = value
    for group in optimizer.param_groups:
        for name, parameter in zip(group["names"], group["params"], strict=True):
            if name in by_parameter:
                # As torch's `Optimizer.load_state_dict`: fused kernels read the step where the parameters are.
                step_device = parameter.device if group["fused"] else torch.device("cpu")
                optimizer.state[parameter] = {
                    key: value.to(step_device, copy=True) if key == "step" else _like(value, parameter)
                    for key, value in by_parameter[name].items()
                }


def _like(value: torch.Tensor, parameter: nn.Parameter) -> torch.Tensor:
    # The moments keep the memory layout of their parameter, as the optimiser itself makes them.
    copy = torch.empty_like(parameter, dtype=value.dtype, memory_format=torch.preserve_format, requires_grad=False)
    return copy.copy_(value)

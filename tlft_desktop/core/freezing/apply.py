"""Make a network obey a freeze plan: gradients, and the mode of norm and dropout layers."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass

from torch import nn

from tlft_desktop.core.models.layer_tree import owner_of_parameter
from tlft_desktop.core.models.low_rank import is_adapter
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy, is_bias


@dataclass(frozen=True)
class AppliedPlan:
    """A network under a plan.

    Attributes:
        trainable: Names of the parameters that train.
        kept_in_eval: Modules that stay in evaluation mode while the network trains.
        frozen_tensors: Names of the parameters and buffers that must not change.
    """

    model: nn.Module
    trainable: tuple[str, ...]
    kept_in_eval: tuple[nn.Module, ...]
    frozen_tensors: tuple[str, ...]

    def train_mode(self) -> None:
        """Put the network into training mode, except what is frozen; call it wherever `model.train()` would stand.

        A frozen BatchNorm in training mode would normalise with batch statistics and move its running ones, whatever
        `requires_grad` says.
        """
        self.model.train()
        for module in self.kept_in_eval:
            # Not `eval()`, which would reach into children that train.
            module.training = False


def owner_of_parameters(model: nn.Module) -> dict[str, str]:
    """Map the name of every parameter to its owner, as the layer tree names it."""
    return {name: owner_of_parameter(name, model) for name, _ in model.named_parameters()}


def apply_plan(model: nn.Module, plan: FreezePlan, *, is_norm: Callable[[nn.Module], bool]) -> AppliedPlan:
    """Set `requires_grad` of every parameter and find what must stay in evaluation mode.

    Args:
        model: The network, with the adapters of the plan; its parameters are changed in place.
        plan: What is frozen.
        is_norm: Tells norm layers from others.
    """
    owners = owner_of_parameters(model)
    modules = dict(model.named_modules())
    for name, parameter in model.named_parameters():
        owner = owners[name]
        fixed_norm = owner in modules and is_norm(modules[owner]) and plan.norm_policy_of(owner) is NormPolicy.EVAL
        trains = owner not in plan.frozen or (plan.biases and is_bias(name)) or is_adapter(name)
        parameter.requires_grad_(trains and not fixed_norm)
    touched = {owners[name] for name, parameter in model.named_parameters() if parameter.requires_grad}
    kept_in_eval = tuple(_kept_in_eval(model, plan, owners, touched, is_norm))
    trainable = tuple(name for name, parameter in model.named_parameters() if parameter.requires_grad)
    return AppliedPlan(model, trainable, kept_in_eval, _frozen_tensors(model, kept_in_eval))


def _kept_in_eval(
    model: nn.Module,
    plan: FreezePlan,
    owners: Mapping[str, str],
    touched: Container[str],
    is_norm: Callable[[nn.Module], bool],
) -> Iterator[nn.Module]:
    """Yield the norm layers whose statistics are fixed, and every module that lies in a part that is frozen altogether.

    A module without parameters (dropout, or a norm layer that has none) lies in the smallest part around it that has
    some; so the children of timm's norm layers follow the norm layer itself.
    """
    untouched = {owner for owner in plan.frozen if owner not in touched}
    inside: dict[str, set[str]] = {"": set(owners.values())}
    for name, owner in owners.items():
        parts = name.split(".")
        for end in range(1, len(parts)):
            inside.setdefault(".".join(parts[:end]), set()).add(owner)
    for path, module in model.named_modules():
        part = path
        while part not in inside:
            part = part.rpartition(".")[0]
        is_fixed = path in plan.frozen or plan.norm_policy_of(path) is not NormPolicy.FULL
        if (is_norm(module) and is_fixed) or (inside[part] and inside[part] <= untouched):
            yield module


def _frozen_tensors(model: nn.Module, kept_in_eval: tuple[nn.Module, ...]) -> tuple[str, ...]:
    frozen = [name for name, parameter in model.named_parameters() if not parameter.requires_grad]
    fixed = {id(module) for module in kept_in_eval}
    paths = [path for path, module in model.named_modules() if id(module) in fixed]
    for path in paths:
        buffers = model.get_submodule(path).named_buffers(recurse=False)
        frozen += [f"{path}.{name}" if path else name for name, _ in buffers]
    return tuple(sorted(frozen))

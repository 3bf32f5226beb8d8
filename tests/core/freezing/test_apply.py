"""A network under a plan: what trains, what stays in evaluation mode, what cannot change."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import nn

import pytest

from tests.plan_samples import NormNet
from tlft_desktop.core.freezing.apply import AppliedPlan, apply_plan, owner_of_parameters
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.models.builder import build_network, build_on_meta, is_norm
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.layer_tree import owner_names
from tlft_desktop.core.models.low_rank import set_adapters
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.workflows.networks import layer_tree

OWNERS = ("scale", "stem.0", "stem.1", "bare.0", "body.0", "body.1", "head")
BODY = frozenset(OWNERS[:-1])


def applied(plan: FreezePlan) -> AppliedPlan:
    torch.manual_seed(0)
    return apply_plan(NormNet(), plan, is_norm=is_norm)


def modes(under: AppliedPlan) -> dict[str, bool]:
    """Return whether each module is in training mode after `train_mode`."""
    under.train_mode()
    return {path: module.training for path, module in under.model.named_modules()}


def changed_by_training(under: AppliedPlan, *, size: int = 8, steps: int = 2) -> set[str]:
    """Train the trainable parameters for real and return the names of what is not as before."""
    model = under.model
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    parameters = dict(model.named_parameters())
    optimizer = torch.optim.SGD([parameters[name] for name in under.trainable], lr=0.1)
    generator = torch.Generator().manual_seed(1)
    for _ in range(steps):
        under.train_mode()
        images = torch.randn(4, 3, size, size, generator=generator) * 3 + 1
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(images), torch.tensor([0, 1, 2, 0])).backward()
        optimizer.step()
    return {name for name, tensor in model.state_dict().items() if not torch.equal(before[name], tensor)}


def statistics(name: str) -> bool:
    return name.endswith(("running_mean", "running_var", "num_batches_tracked"))


def test_owners_are_modules_or_parameters() -> None:
    owners = owner_of_parameters(NormNet())
    assert owners["stem.1.weight"] == "stem.1"
    assert owners["scale"] == "scale"
    assert set(owners.values()) == set(OWNERS)


def test_nothing_frozen_trains_everything() -> None:
    under = applied(FreezePlan(norm=NormPolicy.FULL))
    assert all(modes(under).values())
    assert set(under.trainable) == {name for name, _ in under.model.named_parameters()}
    assert under.frozen_tensors == ()
    assert changed_by_training(under) >= {"stem.1.running_mean", "bare.1.running_mean", "scale", "head.weight"}


def test_a_plan_replaces_the_one_before() -> None:
    model = NormNet()
    apply_plan(model, FreezePlan(BODY), is_norm=is_norm)
    under = apply_plan(model, FreezePlan(norm=NormPolicy.FULL), is_norm=is_norm)
    assert all(parameter.requires_grad for parameter in model.parameters())
    assert all(modes(under).values())


@pytest.mark.parametrize("norm", list(NormPolicy))
def test_frozen_body_changes_nothing_but_the_head(norm: NormPolicy) -> None:
    under = applied(FreezePlan(BODY, norm=norm))
    assert under.trainable == ("head.weight", "head.bias")
    assert changed_by_training(under) == {"head.weight", "head.bias"}
    assert {"stem.1.running_mean", "bare.1.running_var", "stem.0.weight", "scale"} <= set(under.frozen_tensors)


@pytest.mark.parametrize("norm", list(NormPolicy))
def test_modes_of_a_frozen_body(norm: NormPolicy) -> None:
    training = modes(applied(FreezePlan(BODY, norm=norm)))
    # The dropout between body and head belongs to the part that trains.
    assert {path for path, on in training.items() if on} == {"", "drop", "head"}


def test_dropout_in_a_frozen_part_stays_off_and_elsewhere_on() -> None:
    under = applied(FreezePlan(frozenset({"stem.0", "stem.1"}), norm=NormPolicy.FULL))
    training = modes(under)
    assert not training["stem.2"]
    assert training["drop"]
    images = torch.randn(4, 3, 8, 8)
    stem = under.model.get_submodule("stem")
    assert torch.equal(stem(images), stem(images))


def test_a_part_that_trains_a_little_is_in_training_mode() -> None:
    training = modes(applied(FreezePlan(frozenset({"stem.0"}), norm=NormPolicy.FULL)))
    assert training["stem"]
    assert training["stem.2"]
    assert not training["stem.0"]


def test_affine_policy_trains_scales_and_keeps_statistics() -> None:
    under = applied(FreezePlan(norm=NormPolicy.AFFINE))
    training = modes(under)
    assert not any(training[path] for path in ("stem.1", "bare.1", "body.1"))
    changed = changed_by_training(under)
    assert {"stem.1.weight", "body.1.bias", "stem.0.weight"} <= changed
    assert not list(filter(statistics, changed))
    assert {name for name in under.frozen_tensors if statistics(name)} == set(under.frozen_tensors)


def test_eval_policy_keeps_norm_layers_as_they_are() -> None:
    under = applied(FreezePlan(norm=NormPolicy.EVAL))
    changed = changed_by_training(under)
    assert not [name for name in changed if name.startswith(("stem.1.", "bare.1.", "body.1."))]
    assert {"stem.0.weight", "body.0.weight", "scale", "head.weight"} <= changed
    assert {"stem.1.weight", "stem.1.running_mean"} <= set(under.frozen_tensors)


@pytest.mark.parametrize("norm", list(NormPolicy))
def test_biases_of_frozen_layers_train_where_the_plan_says_so(norm: NormPolicy) -> None:
    under = applied(FreezePlan(frozenset(OWNERS), norm=norm, biases=True))
    norms = set() if norm is NormPolicy.EVAL else {"stem.1.bias", "body.1.bias"}
    expected = {"stem.0.bias", "bare.0.bias", "body.0.bias", "head.bias"} | norms
    assert set(under.trainable) == expected
    # Running statistics of a frozen norm layer stay, whatever its policy says.
    changed = {name for name in changed_by_training(under) if not name.startswith("bare.1.")}
    # What a norm with statistics of the batch takes away again moves a bias by rounding only, or not at all.
    taken_away = {"stem.0.bias", "bare.0.bias", "body.0.bias"} if norm is NormPolicy.FULL else set()
    assert expected - taken_away <= changed <= expected


def test_dropout_is_on_where_a_bias_trains() -> None:
    training = modes(applied(FreezePlan(frozenset(OWNERS[:-1]), biases=True)))
    assert training["stem.2"]
    assert not training["stem.1"]


def test_overrides_hold_for_their_part() -> None:
    plan = FreezePlan(norm=NormPolicy.FULL).with_norm(NormPolicy.EVAL, "stem").with_norm(NormPolicy.AFFINE, "body.1")
    under = applied(plan)
    changed = changed_by_training(under)
    assert not [name for name in changed if name.startswith("stem.1.")]
    assert "bare.1.running_mean" in changed
    assert "body.1.weight" in changed
    assert "body.1.running_mean" not in changed


def test_children_of_a_norm_layer_follow_it_when_frozen() -> None:
    frozen = modes(applied(FreezePlan(frozenset({"stem.1"}), norm=NormPolicy.FULL)))
    assert not any(on for path, on in frozen.items() if path.startswith("stem.1"))
    free = modes(applied(FreezePlan(norm=NormPolicy.FULL)))
    assert all(on for path, on in free.items() if path.startswith("stem.1"))


def test_kept_children_of_a_part_that_trains_are_not_dragged_along() -> None:
    """A norm layer kept in evaluation mode does not switch the modules inside of it."""
    training = modes(applied(FreezePlan(norm=NormPolicy.AFFINE)))
    assert not training["stem.1"]
    assert training["stem.1.drop"]


@pytest.mark.parametrize("preset", list(Preset))
@pytest.mark.parametrize("backbone", [DEFAULT_BACKBONE, "timm:vit_tiny_patch16_224", "torchvision:vit_b_16"])
def test_tree_and_network_agree_on_what_trains(backbone: str, preset: Preset) -> None:
    tree = layer_tree(backbone, 3, 224)
    model = build_on_meta(find_backbone(backbone), num_classes=3, image_size=224)
    set_adapters(model, tree.adapters(preset_plan(tree, preset)), seed=0)
    under = apply_plan(model, preset_plan(tree, preset), is_norm=is_norm)
    sizes = {name: parameter.numel() for name, parameter in model.named_parameters()}
    assert sum(sizes[name] for name in under.trainable) == tree.trainable_parameters(preset_plan(tree, preset))


@lru_cache(maxsize=1)
def lite0() -> nn.Module:
    return build_network(find_backbone(DEFAULT_BACKBONE), num_classes=3, seed=0, image_size=32)


@pytest.mark.parametrize("norm", list(NormPolicy))
def test_frozen_stages_of_a_real_cnn_do_not_move(norm: NormPolicy) -> None:
    model = lite0()
    early = [owner for owner in owner_names(model) if owner.startswith(("conv_stem", "bn1", "blocks.0", "blocks.1"))]
    under = apply_plan(model, FreezePlan(frozenset(early), norm=norm), is_norm=is_norm)
    changed = changed_by_training(under, size=32, steps=1)
    assert not [name for name in changed if name.startswith(("conv_stem.", "bn1.", "blocks.0.", "blocks.1."))]
    assert any(map(statistics, changed)) is (norm is NormPolicy.FULL)
    assert ("blocks.6.0.bn1.weight" in changed) is (norm is not NormPolicy.EVAL)
    assert not changed & set(under.frozen_tensors)


def test_a_real_transformer_has_owners_that_are_parameters() -> None:
    model = build_network(find_backbone("timm:vit_tiny_patch16_224"), num_classes=3, seed=0, image_size=32)
    owners = set(owner_names(model))
    assert {"cls_token", "pos_embed", "patch_embed.proj", "blocks.0.norm1", "head"} <= owners
    frozen = frozenset(owner for owner in owners if not owner.startswith(("blocks.11.", "norm", "head")))
    under = apply_plan(model, FreezePlan(frozen), is_norm=is_norm)
    changed = changed_by_training(under, size=32, steps=1)
    assert {name.partition(".")[0] for name in changed} == {"blocks", "norm", "head"}
    assert all(name.startswith(("blocks.11.", "norm.", "head.")) for name in changed)
    assert not model.cls_token.requires_grad  # type: ignore[union-attr]
    assert {"cls_token", "pos_embed"} <= set(under.frozen_tensors)
    assert not model.get_submodule("blocks.0.attn.attn_drop").training
    assert model.get_submodule("blocks.11.attn.attn_drop").training
    only_token = apply_plan(model, FreezePlan(frozenset({"pos_embed"})), is_norm=is_norm)
    assert model.cls_token.requires_grad  # type: ignore[union-attr]
    assert only_token.frozen_tensors == ("pos_embed",)

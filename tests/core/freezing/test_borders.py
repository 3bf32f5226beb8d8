"""The depths at which networks of the catalogue can be cut."""

from __future__ import annotations

import pytest

from tests.plan_samples import line_tree
from tlft_desktop.core.freezing.borders import DepthScale
from tlft_desktop.core.freezing.presets import Preset, freeze_up_to, preset_plan, with_preset
from tlft_desktop.core.models.catalog import backbones
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.workflows.networks import layer_tree

BLOCKS = {
    "timm:tf_efficientnet_lite0": (21, ("conv_stem", "bn1", "blocks.0", "blocks.1.0")),
    "timm:tf_efficientnet_lite1": (26, ("conv_stem", "bn1", "blocks.0", "blocks.1.0")),
    "timm:tf_efficientnet_lite2": (26, ("conv_stem", "bn1", "blocks.0", "blocks.1.0")),
    "timm:vit_tiny_patch16_224": (17, ("patch_embed", "cls_token", "pos_embed", "blocks.0")),
    "timm:convnext_tiny": (24, ("stem", "stages.0.blocks.0", "stages.0.blocks.1", "stages.0.blocks.2")),
    "timm:swin_tiny_patch4_window7_224": (18, ("patch_embed", "layers.0.blocks.0", "layers.0.blocks.1")),
    "timm:resnet50": (19, ("conv1", "bn1", "layer1.0", "layer1.1")),
    "torchvision:googlenet": (13, ("conv1", "conv2", "conv3", "inception3a")),
    "torchvision:mobilenet_v3_small": (15, ("features.0", "features.1", "features.2")),
}


@pytest.mark.parametrize("backbone", BLOCKS)
def test_positions_are_blocks_in_execution_order(backbone: str) -> None:
    tree = layer_tree(backbone, 3, 224)
    scale = DepthScale(tree)
    count, first = BLOCKS[backbone]
    assert len(scale.borders) == count
    assert tuple(border.path for border in scale.borders[1 : len(first) + 1]) == first
    numbers = [border.num_owners for border in scale.borders]
    assert numbers == sorted(set(numbers))
    assert scale.plan_at(scale.deepest, FreezePlan()) == preset_plan(tree, Preset.TRANSFER)
    assert scale.plan_at(0, FreezePlan()) == preset_plan(tree, Preset.FINETUNE)


@pytest.mark.full
@pytest.mark.parametrize("backbone", [entry.name for entry in backbones()])
def test_every_backbone_has_depths(backbone: str) -> None:
    tree = layer_tree(backbone, 3, 224)
    scale = DepthScale(tree)
    assert 9 <= len(scale.borders) <= 70
    for position, border in enumerate(scale.borders[1:], start=1):
        plan = freeze_up_to(tree, FreezePlan(), border.path)
        assert scale.plan_at(position, FreezePlan()).frozen == plan.frozen
        assert (scale.position_of(plan), scale.is_prefix(plan), scale.last_frozen(plan)) == (
            position,
            True,
            border.path,
        )


def test_the_scale_follows_a_plan() -> None:
    scale = DepthScale(line_tree("a", "b", "c", "head"))
    plan = FreezePlan(frozenset("ab"), NormPolicy.FULL, (("a", NormPolicy.EVAL),))
    assert (scale.position_of(plan), scale.is_prefix(plan), scale.last_frozen(plan)) == (2, True, "b")
    assert scale.plan_at(1, plan) == FreezePlan(frozenset("a"), NormPolicy.FULL, (("a", NormPolicy.EVAL),))
    for frozen, position in ((frozenset("ac"), 1), (frozenset("c"), 0)):
        assert (scale.position_of(FreezePlan(frozen)), scale.is_prefix(FreezePlan(frozen))) == (position, False)
    everything = FreezePlan(frozenset({"a", "b", "c", "head"}))
    assert (scale.position_of(everything), scale.is_prefix(everything)) == (3, False)
    assert scale.last_frozen(FreezePlan()) == ""


def test_a_front_that_ends_inside_of_a_block_is_a_front() -> None:
    tree = layer_tree("timm:resnet50", 3, 224)
    plan = freeze_up_to(tree, FreezePlan(), "layer2.1.conv2")
    scale = DepthScale(tree)
    assert scale.borders[scale.position_of(plan)].path == "layer2.0"
    assert scale.is_prefix(plan)
    assert scale.last_frozen(plan) == "layer2.1.conv2"


def test_a_preset_keeps_the_norm_policies() -> None:
    tree = line_tree("a", "b", "head")
    plan = FreezePlan(frozenset("a"), NormPolicy.FULL, (("b", NormPolicy.EVAL),))
    transfer = with_preset(tree, plan, Preset.TRANSFER)
    assert transfer.frozen == {"a", "b"}
    assert (transfer.norm, transfer.norm_overrides) == (plan.norm, plan.norm_overrides)

"""What plans cost: shares of the computation, memory, and the time model."""

from __future__ import annotations

import torch

import pytest

from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.freezing.presets import Preset, freeze_up_to, preset_plan
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.workflows.networks import layer_tree

NETWORKS = ("torchvision:resnet18", "timm:vit_tiny_patch16_224", "timm:mobilenetv3_small_100")


def node(
    path: str,
    order: int,
    *,
    macs: int = 0,
    parameters: int = 0,
    shape: tuple[int, ...] = (),
    type_: str = "Conv2d",
    children: tuple[LayerNode, ...] = (),
) -> LayerNode:
    return LayerNode(
        path,
        path,
        NodeKind.MODULE,
        type_,
        parameters,
        macs,
        shape,
        path,
        order,
        is_norm=type_ == "LayerNorm",
        is_owner=parameters > 0 and not children,
        children=children,
    )


def small_tree() -> LayerTree:
    """Return a network of 450 MACs, 50 of them in the product of an attention between its two layers."""
    query = node("query", 3, macs=150, parameters=30, shape=(5, 2))
    out = node("out", 4, macs=50, parameters=10, shape=(5, 1))
    attention = node("attention", 2, macs=250, parameters=0, shape=(5, 1), type_="Attention", children=(query, out))
    stem = node("stem", 1, macs=100, parameters=20, shape=(4,))
    norm = node("norm", 5, parameters=4, shape=(4,), type_="LayerNorm")
    drop = node("drop", 6, shape=(4,), type_="Dropout")
    head = node("head", 7, macs=100, parameters=8, shape=(2,), type_="Linear")
    root = node("", 0, macs=450, parameters=72, type_="Net", children=(stem, attention, norm, drop, head))
    return LayerTree("test:small", root, ("stem", "head"), "head")


def test_everything_trains() -> None:
    measured = PlanMeter(small_tree()).measure(FreezePlan(), batch=10)
    assert (measured.trainable, measured.num_frozen, measured.first_trained) == (72, 0, "stem")
    assert (measured.trained_share, measured.front_share) == (1, 0)
    memory = measured.memory
    # Outputs: stem 4, query 10, out 5, norm 4, head 2; dropout keeps none.
    assert (memory.weights, memory.gradients, memory.optimizer, memory.activations) == (288, 288, 576, 1000)
    assert memory.total == 2152


def test_the_front_of_a_head_is_all_but_the_head() -> None:
    meter = PlanMeter(small_tree())
    measured = meter.measure(FreezePlan(frozenset({"stem", "query", "out", "norm"})), batch=1)
    assert measured.is_head_only
    assert measured.front_share == pytest.approx(350 / 450)
    assert measured.trained_share == pytest.approx(100 / 450)
    assert measured.memory.activations == 4 * 2
    assert meter.front_share(0) == 0
    assert meter.front_share(1) == pytest.approx(100 / 450)
    assert meter.front_share(5) == 1


def test_a_large_frozen_front_is_worth_keeping() -> None:
    measured = PlanMeter(small_tree()).measure(FreezePlan(frozenset({"stem", "query", "out"})))
    assert not measured.is_head_only
    assert measured.keeps_front


def test_a_small_frozen_front_is_not_worth_keeping() -> None:
    measured = PlanMeter(small_tree()).measure(FreezePlan(frozenset({"stem"})))
    assert measured.front_share == pytest.approx(100 / 450)
    assert not measured.keeps_front


def test_a_product_without_weights_belongs_to_the_front_when_all_around_it_does() -> None:
    meter = PlanMeter(small_tree())
    assert meter.measure(FreezePlan(frozenset({"stem", "query"}))).front_share == pytest.approx(250 / 450)
    assert meter.measure(FreezePlan(frozenset({"stem", "query", "out"}))).front_share == pytest.approx(350 / 450)


def test_a_tick_behind_a_layer_that_trains_is_named() -> None:
    measured = PlanMeter(small_tree()).measure(FreezePlan(frozenset({"head"})))
    assert measured.late_frozen == ("head",)


def test_everything_frozen() -> None:
    tree = small_tree()
    measured = PlanMeter(tree).measure(FreezePlan(frozenset(tree.owners)))
    assert (measured.first_trained, measured.trainable, measured.front_share) == ("", 0, 1)
    assert measured.memory.activations == 0


def test_a_norm_layer_that_keeps_everything_does_not_train() -> None:
    tree, plan = small_tree(), FreezePlan().with_norm(NormPolicy.EVAL, "norm")
    assert PlanMeter(tree).measure(plan).trainable == tree.trainable_parameters(plan) == 68
    assert PlanMeter(tree).measure(FreezePlan().with_norm(NormPolicy.FULL)).trainable == 72


@pytest.mark.parametrize("backbone", ["timm:vit_tiny_patch16_224", "timm:convnext_tiny", "torchvision:vit_b_16"])
def test_shares_of_real_networks(backbone: str) -> None:
    tree = layer_tree(backbone, 3, 224)
    meter = PlanMeter(tree)
    transfer = meter.measure(preset_plan(tree, Preset.TRANSFER))
    assert transfer.front_share > 0.999
    assert meter.measure(preset_plan(tree, Preset.FINETUNE)).front_share == 0


@pytest.mark.parametrize("backbone", NETWORKS)
def test_activations_are_near_what_autograd_keeps(backbone: str) -> None:
    """The estimate against the storage that autograd saves: a factor of two at most."""
    size, batch = 64, 2
    tree = layer_tree(backbone, 3, size)
    model = build_network(find_backbone(backbone), num_classes=3, seed=0, image_size=size).train()
    parameters = {item.untyped_storage().data_ptr() for item in model.parameters()}
    saved: dict[int, int] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in parameters:
            saved[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        output = model(torch.zeros(batch, 3, size, size))
    kept = sum(saved.values())
    del output
    estimate = PlanMeter(tree).measure(FreezePlan(), batch=batch).memory.activations
    assert 0.5 < estimate / kept < 2, (estimate, kept)


def test_memory_grows_with_what_trains() -> None:
    tree = layer_tree("torchvision:resnet18", 3, 224)
    meter = PlanMeter(tree)
    totals = [
        meter.measure(plan).memory.total
        for plan in (FreezePlan(), freeze_up_to(tree, FreezePlan(), "layer2"), preset_plan(tree, Preset.TRANSFER))
    ]
    assert totals == sorted(totals, reverse=True)
    assert len(set(totals)) == 3

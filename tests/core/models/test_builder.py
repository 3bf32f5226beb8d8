"""Networks: reproducible, with a new head, and with the weights that they were given."""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from torch import nn

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import build_network, build_pretrained, head_path, is_norm
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, backbones, find_backbone
from tlft_desktop.core.models.weights import LoadedWeights, WeightsStore
from weight_files import random_state

LITE0 = find_backbone(DEFAULT_BACKBONE)


def digest(model: nn.Module) -> str:
    total = hashlib.sha256()
    for key, tensor in model.state_dict().items():
        total.update(key.encode())
        total.update(tensor.numpy().tobytes())
    return total.hexdigest()


@pytest.fixture(scope="module")
def lite0_weights(tmp_path_factory: pytest.TempPathFactory) -> LoadedWeights:
    return WeightsStore(tmp_path_factory.mktemp("models")).load(LITE0)


@pytest.mark.parametrize("name", [DEFAULT_BACKBONE, "timm:vit_tiny_patch16_224", "torchvision:googlenet"])
def test_equal_seeds_give_equal_networks_whatever_came_before(name: str) -> None:
    entry = find_backbone(name)
    first = digest(build_network(entry, num_classes=3, seed=1))
    torch.rand(7)
    assert digest(build_network(entry, num_classes=3, seed=1)) == first
    assert digest(build_network(entry, num_classes=3, seed=2)) != first


def test_the_global_random_state_is_left_alone(lite0_weights: LoadedWeights) -> None:
    before = torch.get_rng_state()
    build_network(LITE0, num_classes=3, seed=1)
    build_pretrained(LITE0, num_classes=3, weights=lite0_weights, seed=1)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_new_head_is_small_and_reproducible(lite0_weights: LoadedWeights) -> None:
    model = build_pretrained(LITE0, num_classes=7, weights=lite0_weights, seed=5)
    head = model.get_submodule(head_path(LITE0))
    assert isinstance(head, nn.Linear)
    assert (head.in_features, head.out_features) == (1280, 7)
    assert 0.005 < float(head.weight.detach().std()) < 0.02
    assert not head.bias.any()
    again = build_pretrained(LITE0, num_classes=7, weights=lite0_weights, seed=5)
    other = build_pretrained(LITE0, num_classes=7, weights=lite0_weights, seed=6)
    assert digest(model) == digest(again) != digest(other)
    assert all(parameter.requires_grad for parameter in model.parameters())


def test_all_but_the_head_is_pretrained(lite0_weights: LoadedWeights) -> None:
    state = build_pretrained(LITE0, num_classes=1000, weights=lite0_weights, seed=0).state_dict()
    differing = [key for key, tensor in state.items() if not torch.equal(tensor, lite0_weights.state[key])]
    assert differing == ["classifier.weight", "classifier.bias"]


def test_weights_of_another_backbone_are_refused(lite0_weights: LoadedWeights) -> None:
    for name in ("timm:resnet18", "timm:efficientnet_b0"):
        with pytest.raises(InputError, match="do not belong to"):
            build_pretrained(find_backbone(name), num_classes=3, weights=lite0_weights, seed=0)


def test_weights_of_another_width_are_refused_at_another_size() -> None:
    weights = LoadedWeights(random_state(find_backbone("timm:deit3_small_patch16_224")), "")
    with pytest.raises(InputError, match="do not belong to timm:vit_tiny"):
        build_pretrained(
            find_backbone("timm:vit_tiny_patch16_224"), num_classes=3, weights=weights, seed=0, image_size=64
        )


def test_one_class_is_refused() -> None:
    with pytest.raises(InputError, match="at least two classes"):
        build_network(LITE0, num_classes=1, seed=0)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("timm:vit_tiny_patch16_224", 64),
        ("timm:eva02_tiny_patch14_336", 56),
        ("timm:swin_tiny_patch4_window7_224", 128),
        pytest.param("timm:beit_base_patch16_224", 64, marks=pytest.mark.full),
        pytest.param("timm:vit_small_patch14_dinov2", 56, marks=pytest.mark.slow),
        pytest.param("torchvision:vit_b_16", 64, marks=pytest.mark.slow),
    ],
)
def test_position_tables_are_interpolated_to_another_size(name: str, size: int) -> None:
    entry = find_backbone(name)
    weights = LoadedWeights(random_state(entry), "0" * 64)
    model = build_pretrained(entry, num_classes=3, weights=weights, seed=0, image_size=size)
    state = model.state_dict()
    same = [key for key in state if key in weights.state and state[key].shape == weights.state[key].shape]
    assert all(torch.equal(state[key], weights.state[key]) for key in same if not key.startswith(entry.head))
    changed = [key for key in state if key not in same and not key.startswith(f"{entry.head}.")]
    assert all("pos" in key for key in changed)
    assert model.eval()(torch.zeros(1, 3, size, size)).shape == (1, 3)


def test_incomplete_weights_are_refused_at_any_size() -> None:
    entry = find_backbone("timm:vit_tiny_patch16_224")
    state = random_state(entry)
    del state["blocks.3.mlp.fc1.weight"]
    for size in (64, 224):
        with pytest.raises(InputError, match="do not belong to timm:vit_tiny"):
            build_pretrained(entry, num_classes=3, weights=LoadedWeights(state, ""), seed=0, image_size=size)


def test_googlenet_converts_its_input_as_its_weights_need() -> None:
    assert build_network(find_backbone("torchvision:googlenet"), num_classes=2, seed=0).transform_input is True


def test_norm_layers_are_recognised_in_both_libraries() -> None:
    kinds = set()
    for name in ("timm:resnet18", "timm:convnext_tiny", "torchvision:convnext_tiny", DEFAULT_BACKBONE):
        model = build_network(find_backbone(name), num_classes=2, seed=0, image_size=64)
        kinds |= {type(module).__name__ for module in model.modules() if is_norm(module)}
    assert kinds == {"BatchNorm2d", "BatchNormAct2d", "LayerNorm", "LayerNorm2d"}
    assert is_norm(nn.GroupNorm(1, 2))
    assert not is_norm(nn.Linear(2, 2))
    assert not is_norm(nn.ReLU())


def test_every_entry_names_its_linear_head() -> None:
    assert all(head_path(entry) for entry in backbones())


def test_building_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    build_network(LITE0, num_classes=2, seed=0)
    assert list(tmp_path.iterdir()) == []

"""The catalogue: complete, truthful, and quick to read."""

from __future__ import annotations

import re
import subprocess
import sys

import timm
import torchvision
from timm.data import resolve_data_config

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import build_on_meta
from tlft_desktop.core.models.catalog import (
    DEFAULT_BACKBONE,
    BackboneEntry,
    BackboneKind,
    Library,
    WeightsKind,
    backbones,
    find_backbone,
)
from tlft_desktop.core.models.cost import count_macs

ENTRIES = backbones()
LITE = tuple(f"timm:tf_efficientnet_lite{depth}" for depth in range(3))
SAMPLE = (*LITE, "timm:swin_tiny_patch4_window7_224", "torchvision:vit_b_16", "timm:resnet18")


def test_offers_both_libraries_both_kinds_and_all_sizes() -> None:
    assert len(ENTRIES) >= 25
    assert ENTRIES[0].name == DEFAULT_BACKBONE
    assert ENTRIES[0].weights.kind is WeightsKind.BUNDLED
    assert {entry.library for entry in ENTRIES} == set(Library)
    assert {entry.kind for entry in ENTRIES} == set(BackboneKind)
    sizes = [entry.parameters for entry in ENTRIES]
    assert min(sizes) < 3e6
    assert max(sizes) > 80e6
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert len({entry.weights.file_name for entry in ENTRIES}) == len(ENTRIES)


def test_is_read_without_torch() -> None:
    code = (
        "import sys; from tlft_desktop.core.models import catalog, weights_folder; catalog.backbones(); "
        "from pathlib import Path; weights_folder.availability(Path('none'), catalog.backbones()[0]); "
        "sys.exit(bool({'torch', 'timm', 'torchvision', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_entry_says_where_its_figures_and_weights_come_from(entry: BackboneEntry) -> None:
    assert (entry.top1 is None) == (entry.top1_source == "")
    assert entry.top1 is None or 50 < entry.top1 < 90
    assert entry.licence in ("Apache-2.0", "MIT", "BSD-3-Clause", "CC-BY-NC-4.0")
    weights = entry.weights
    if weights.kind is WeightsKind.BUNDLED:
        assert weights.url == ""
        assert len(weights.sha256) == 64
        assert weights.package
    else:
        assert weights.url.startswith("https://")
        assert weights.package == ""
    if weights.kind is WeightsKind.TORCHVISION:
        assert re.fullmatch("[0-9a-f]{8,}", weights.hash_prefix)
        assert f"-{weights.hash_prefix}." in weights.file_name
        assert weights.url.endswith(weights.file_name)
        assert re.fullmatch("([0-9a-f]{64})?", weights.sha256)
        assert weights.sha256.startswith(weights.hash_prefix) or not weights.sha256


@pytest.mark.parametrize(
    "entry", [e for e in ENTRIES if e.library is Library.TORCHVISION], ids=lambda entry: entry.name
)
def test_torchvision_entries_say_what_torchvision_says(entry: BackboneEntry) -> None:
    weights = torchvision.models.get_model_weights(entry.architecture)[entry.tag]
    transforms = weights.transforms()
    assert entry.weights.url == weights.url
    assert entry.top1 == weights.meta["_metrics"]["ImageNet-1K"]["acc@1"]
    assert abs(entry.macs / 1e9 - weights.meta["_ops"]) < 0.001
    assert entry.parameters == weights.meta["num_params"] or entry.architecture == "googlenet"
    assert [entry.preprocessing.input_size] == transforms.crop_size
    assert [entry.preprocessing.resize_side] == transforms.resize_size
    assert list(entry.preprocessing.mean) == transforms.mean
    assert list(entry.preprocessing.std) == transforms.std
    assert entry.preprocessing.interpolation == transforms.interpolation.value


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.library is Library.TIMM], ids=lambda entry: entry.name)
def test_timm_entries_say_what_timm_says(entry: BackboneEntry) -> None:
    config = timm.get_pretrained_cfg(f"{entry.architecture}.{entry.tag}")
    data = resolve_data_config(pretrained_cfg=config.to_dict())
    assert entry.licence.lower() == config.license
    assert entry.head == config.classifier
    assert entry.weights.num_classes == config.num_classes
    assert entry.weights.native_size == config.input_size[1]
    if entry.weights.kind is WeightsKind.TIMM:
        assert entry.weights.url == f"https://huggingface.co/{config.hf_hub_id}/resolve/main/model.safetensors"
    assert (entry.preprocessing.mean, entry.preprocessing.std) == (data["mean"], data["std"])
    assert entry.preprocessing.interpolation == data["interpolation"]
    if "dinov2" not in entry.name:  # used at the size at which its authors evaluate it; its note says so
        assert (entry.preprocessing.input_size, entry.preprocessing.crop_pct) == (
            data["input_size"][1],
            data["crop_pct"],
        )


@pytest.mark.parametrize(
    "entry",
    [pytest.param(e, marks=() if e.name in SAMPLE else pytest.mark.full, id=e.name) for e in ENTRIES],
)
def test_parameters_and_macs_are_what_a_fresh_count_gives(entry: BackboneEntry) -> None:
    model = build_on_meta(entry, num_classes=1000)
    assert sum(parameter.numel() for parameter in model.parameters()) == entry.parameters
    assert count_macs(model, image_size=entry.preprocessing.input_size) == entry.macs


def test_a_backbone_is_found_by_its_name() -> None:
    assert find_backbone("torchvision:resnet18").tag == "IMAGENET1K_V1"
    assert find_backbone(" timm:resnet18 ").library is Library.TIMM
    assert find_backbone("googlenet").name == "torchvision:googlenet"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("timm:resnet81", "timm:resnet18"),
        ("resnet18", "timm:resnet18 or torchvision:resnet18"),
        ("torchvision:vit_tiny_patch16_224", "timm:vit_tiny_patch16_224"),
        ("", "tlft backbones"),
        ("zzzz", "tlft backbones"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(name: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        find_backbone(name)
    assert f"'{name}'" in caught.value.message
    assert hint in caught.value.remedy


def test_a_licence_that_excludes_commercial_use_is_told() -> None:
    excluded = [entry for entry in ENTRIES if not entry.allows_commercial_use]
    assert [entry.licence for entry in excluded] == ["CC-BY-NC-4.0"]
    assert "commercial" in excluded[0].note

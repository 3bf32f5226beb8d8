"""A bundle comes back exactly, and works with timm alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import timm
import torch
from torch import nn

import pytest
import safetensors.torch

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import build_network, build_pretrained
from tlft_desktop.core.models.catalog import (
    DEFAULT_BACKBONE,
    BackboneEntry,
    BackboneKind,
    Library,
    backbones,
    find_backbone,
)
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.values.manifest import PixelScaling
from tlft_desktop.core.workflows import bundle as bundles
from tlft_desktop.core.workflows.bundle import Bundle, read_bundle

ENTRY = find_backbone(DEFAULT_BACKBONE)
CLASSES = ("Ärger", "cat 2", "dog")
STATE = {"weight": torch.randn(3, 4, 2, 2).to(memory_format=torch.channels_last), "count": torch.tensor(7)}


def write_bundle(folder: Path, written: Bundle, entry: BackboneEntry) -> None:
    bundles.write_bundle(folder, written, entry, card="# A card with an Ä\n")


def bundle(*, state: Mapping[str, torch.Tensor] = STATE, scaling: PixelScaling | None = None) -> Bundle:
    return Bundle(ENTRY.name, CLASSES, ENTRY.preprocessing.at_size(64), scaling, state)


@pytest.mark.parametrize("scaling", [None, PixelScaling(100.0, 4095.5)])
def test_round_trip(tmp_path: Path, scaling: PixelScaling | None) -> None:
    written = bundle(scaling=scaling)
    write_bundle(tmp_path / "final", written, ENTRY)
    read = read_bundle(tmp_path / "final")
    assert (read.backbone, read.classes, read.preprocessing, read.scaling) == (
        written.backbone, CLASSES, written.preprocessing, scaling,
    )  # fmt: skip
    assert set(read.state) == set(STATE)
    assert all(torch.equal(tensor, read.state[name]) for name, tensor in STATE.items())


def test_configuration_has_the_promised_keys(tmp_path: Path) -> None:
    write_bundle(tmp_path / "final", bundle(scaling=PixelScaling(0.0, 1023.0)), ENTRY)
    config = json.loads((tmp_path / "final" / "config.json").read_text())
    assert (config["architecture"], config["num_classes"]) == ("tf_efficientnet_lite0", 3)
    assert config["label_names"] == list(CLASSES)
    wanted = {"input_size": [3, 64, 64], "crop_pct": 0.875, "interpolation": "bicubic", "mean": [0.5] * 3}
    assert {key: config["pretrained_cfg"][key] for key in wanted} == wanted
    assert config["tlft"]["scaling"] == [0.0, 1023.0]


def test_all_promised_files_are_there(tmp_path: Path) -> None:
    write_bundle(tmp_path / "final", bundle(), ENTRY)
    assert {path.name for path in (tmp_path / "final").iterdir()} == {
        "model.safetensors", "config.json", "README.md", "predict_example.py", "MANIFEST.json",
    }  # fmt: skip
    assert (tmp_path / "final" / "README.md").read_text(encoding="utf-8") == "# A card with an Ä\n"
    compile((tmp_path / "final" / "predict_example.py").read_bytes(), "predict_example.py", "exec")


def test_a_bundle_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    write_bundle(tmp_path / "new", bundle(), ENTRY)
    with fsio.FolderWriter(tmp_path / "old") as writer:
        for name in ("model.safetensors", "config.json"):
            writer.add(name, (tmp_path / "new" / name).read_bytes())
    assert read_bundle(tmp_path / "old").classes == CLASSES


def test_a_new_bundle_replaces_the_old_one(tmp_path: Path) -> None:
    write_bundle(tmp_path / "final", bundle(), ENTRY)
    write_bundle(tmp_path / "final", bundle(state={"other": torch.zeros(1)}), ENTRY)
    assert set(read_bundle(tmp_path / "final").state) == {"other"}
    assert [path.name for path in tmp_path.iterdir()] == ["final"]


def test_tensors_that_share_memory_or_train_are_written(tmp_path: Path) -> None:
    base = torch.nn.Parameter(torch.arange(6.0))
    write_bundle(tmp_path / "final", bundle(state={"all": base, "part": base[2:4]}), ENTRY)
    state = read_bundle(tmp_path / "final").state
    assert state["part"].tolist() == [2.0, 3.0]
    assert not state["all"].requires_grad


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "README.md", "predict_example.py"])
def test_one_wrong_byte_is_noticed(tmp_path: Path, name: str) -> None:
    write_bundle(tmp_path / "final", bundle(), ENTRY)
    path = tmp_path / "final" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(fsio.DamagedError, match=name):
        read_bundle(tmp_path / "final")


@pytest.mark.parametrize(
    "change",
    [
        {"tlft": None},
        {"tlft": []},
        {"tlft": {}},
        {"label_names": "abc"},
        {"label_names": [1, 2]},
        {"tlft": {"backbone": "x", "scaling": [5.0, 1.0], "preprocessing": ENTRY.preprocessing.to_json()}},
        {"tlft": {"backbone": "x", "scaling": [5.0], "preprocessing": ENTRY.preprocessing.to_json()}},
        {"tlft": {"backbone": "x", "scaling": None, "preprocessing": {"input_size": 5}}},
        {"tlft": {"backbone": "x", "scaling": None, "preprocessing": "224"}},
    ],
    ids=lambda change: json.dumps(change)[:40],
)
def test_foreign_configurations(tmp_path: Path, change: dict[str, Any]) -> None:
    write_bundle(tmp_path / "first", bundle(), ENTRY)
    files = fsio.read_folder(tmp_path / "first")
    config = {**json.loads(files["config.json"]), **change}
    with fsio.FolderWriter(tmp_path / "second") as writer:
        writer.add("model.safetensors", files["model.safetensors"])
        writer.add("config.json", json.dumps(config).encode())
    with pytest.raises(InputError, match="is not a bundle"):
        read_bundle(tmp_path / "second")


@pytest.mark.parametrize("weights", [b"", b"\xff" * 64, (2**40).to_bytes(8, "little") + b"{}", b"PK\x03\x04" * 9])
def test_e2_hostile_weights_are_refused_before_they_are_parsed(tmp_path: Path, weights: bytes) -> None:
    write_bundle(tmp_path / "first", bundle(), ENTRY)
    with fsio.FolderWriter(tmp_path / "second") as writer:
        writer.add("model.safetensors", weights)
        writer.add("config.json", (tmp_path / "first" / "config.json").read_bytes())
    with pytest.raises(InputError, match="not a usable safetensors file"):
        read_bundle(tmp_path / "second")


def test_a_folder_that_is_no_bundle(tmp_path: Path) -> None:
    with fsio.FolderWriter(tmp_path / "other") as writer:
        writer.add("model.safetensors", safetensors.torch.save({"a": torch.zeros(1)}))
    with pytest.raises(InputError, match="is not a bundle"):
        read_bundle(tmp_path / "other")
    with pytest.raises(InputError):
        read_bundle(tmp_path / "nothing")


def same_outputs(folder: Path, model: nn.Module, size: int) -> nn.Module:
    """Load a bundle with timm alone, compare outputs to the bit, and return the network."""
    loaded = timm.create_model(f"local-dir:{folder}", pretrained=True).eval()
    images = torch.randn(2, 3, size, size, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        assert torch.equal(model.eval()(images), loaded(images))
    return loaded


@pytest.mark.slow
def test_timm_loads_the_bundled_backbone(tmp_path: Path) -> None:
    weights = WeightsStore(tmp_path / "models").load(ENTRY)
    model = build_pretrained(ENTRY, num_classes=3, weights=weights, seed=1, image_size=64)
    write_bundle(tmp_path / "a bundle", bundle(state=model.state_dict()), ENTRY)
    loaded = same_outputs(tmp_path / "a bundle", model, 64)
    config = timm.data.resolve_model_data_config(loaded)
    pre = ENTRY.preprocessing
    assert config["input_size"] == [3, 64, 64]
    assert (config["crop_pct"], config["interpolation"]) == (pre.crop_pct, pre.interpolation)
    assert (config["mean"], config["std"]) == (list(pre.mean), list(pre.std))
    assert loaded.pretrained_cfg["label_names"] == list(CLASSES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("timm:vit_tiny_patch16_224", 64),
        ("timm:swin_tiny_patch4_window7_224", 64),
        ("timm:eva02_tiny_patch14_336", 70),
        ("timm:mobilenetv3_small_100", 48),
    ],
)
def test_timm_loads_other_networks_at_other_sizes(tmp_path: Path, name: str, size: int) -> None:
    entry = find_backbone(name)
    model = build_network(entry, num_classes=3, seed=0, image_size=size)
    written = Bundle(entry.name, CLASSES, entry.preprocessing.at_size(size), None, model.state_dict())
    write_bundle(tmp_path / "final", written, entry)
    same_outputs(tmp_path / "final", model, size)


def test_transformers_of_timm_are_those_with_a_fixed_size() -> None:
    """The configuration names the size for these only: others would not accept it."""
    for entry in backbones():
        if entry.library is Library.TIMM:
            fixed = timm.get_pretrained_cfg(f"{entry.architecture}.{entry.tag}").fixed_input_size
            assert bool(fixed) is (entry.kind is BackboneKind.TRANSFORMER), entry.name

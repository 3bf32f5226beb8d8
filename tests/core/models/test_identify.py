"""Which backbone a file belongs to."""

from __future__ import annotations

from pathlib import Path

import torch

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.identify import identify_weights
from weight_files import SMALL, SMALL_TORCHVISION, pickle_bytes, random_state, safetensors_bytes


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("resnet18-f37072fd.pth", "torchvision:resnet18"),
        ("resnet18.a1_in1k.safetensors", "timm:resnet18"),
        ("resnet18.a1_in1k/model.safetensors", "timm:resnet18"),
        ("timm--resnet18.a1_in1k/model.safetensors", "timm:resnet18"),
        ("efficientnet-lite0-57934424.pth", "timm:tf_efficientnet_lite0"),
        ("efficientnet-lite2-9656183e.pth", "timm:tf_efficientnet_lite2"),
    ],
)
def test_by_name(tmp_path: Path, path: str, expected: str) -> None:
    assert identify_weights(tmp_path / path).name == expected


def test_by_the_description_that_timm_writes(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"architecture": "resnet50", "num_classes": 3}')
    assert identify_weights(tmp_path / "model.safetensors").name == "timm:resnet50"


@pytest.mark.parametrize("name", [SMALL, SMALL_TORCHVISION])
def test_by_tensors_whatever_the_classifier(tmp_path: Path, name: str) -> None:
    path = tmp_path / "trained.safetensors"
    path.write_bytes(safetensors_bytes(random_state(find_backbone(name), num_classes=4)))
    assert identify_weights(path).name == name


def test_a_file_that_fits_several_names_them(tmp_path: Path) -> None:
    path = tmp_path / "trained.safetensors"
    path.write_bytes(safetensors_bytes(random_state(find_backbone("timm:resnet18"))))
    with pytest.raises(InputError, match="fits several backbones: timm:resnet18, torchvision:resnet18"):
        identify_weights(path)


def test_a_file_that_fits_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trained.safetensors"
    path.write_bytes(safetensors_bytes({"weight": torch.zeros(2)}))
    with pytest.raises(InputError, match="belongs to no backbone"):
        identify_weights(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.pt").write_bytes(pickle_bytes({"a": torch.zeros(1)}))
    with pytest.raises(InputError, match="not a safetensors file"):
        identify_weights(tmp_path / "model.pt")
    with pytest.raises(InputError, match="cannot be read"):
        identify_weights(tmp_path / "missing.safetensors")


def test_a_folder_is_no_file_of_weights(tmp_path: Path) -> None:
    for folder in (tmp_path, Path(tmp_path.anchor)):
        with pytest.raises(InputError, match="cannot be read"):
            identify_weights(folder)

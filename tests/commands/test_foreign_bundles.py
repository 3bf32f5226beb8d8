"""`tlft predict` with bundles that somebody else made: what does not fit together is refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

import pytest
import safetensors.torch

from command_line import call, coloured_images, sentence
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.workflows import prediction
from tlft_desktop.core.workflows.bundle import Bundle, write_bundle

ENTRY = find_backbone(DEFAULT_BACKBONE)
HEAD = "classifier.weight"
Change = Callable[[dict[str, Any], dict[str, torch.Tensor]], object]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a bundle and an image."""
    place = tmp_path_factory.mktemp("bundles")
    coloured_images(place / "images", num_per_class=1)
    state = build_network(ENTRY, num_classes=3, seed=0, image_size=32).state_dict()
    bundle = Bundle(ENTRY.name, ("blue", "green", "red"), ENTRY.preprocessing.at_size(32), None, state)
    write_bundle(place / "bundle", bundle, ENTRY, card="")
    return place


def of_config(**values: object) -> Change:
    """Return a change of the configuration."""
    return lambda config, state: config.update(values)


def of_own(**values: object) -> Change:
    """Return a change of what this program adds to the configuration."""
    return lambda config, state: config["tlft"].update(values)


def of_images(**values: object) -> Change:
    """Return a change of what the network expects of an image."""
    return lambda config, state: config["tlft"]["preprocessing"].update(values)


def named(names: object, **values: object) -> Change:
    """Return a change of the names of the classes."""
    return of_config(label_names=names, **values)


def of_head(new: Callable[[torch.Tensor], torch.Tensor]) -> Change:
    """Return a change of the weights of the head."""
    return lambda config, state: state.update({HEAD: new(state[HEAD])})


MANY = [f"c{number}" for number in range(10**6)]
MUTANTS: dict[str, tuple[Change, str]] = {
    "a million classes": (named(MANY, num_classes=10**6), "with 1,000,000 classes: 'classifier.weight' has the shape"),
    "more names than classes": (named(["a", "b", "c", "d"]), "it names 4 of 3 classes"),
    "one class": (named(["a"], num_classes=1), "never writes"),
    "number of classes as a list": (of_config(num_classes=[3]), "it names 3 of [3] classes"),
    "names twice": (named(["a", "b", "a"]), "two classes have the same name"),
    "names as numbers": (named([1, 2, 3]), "not a list of texts"),
    "names as a text": (named("abc"), "not a list of texts"),
    "no names": (lambda config, state: config.pop("label_names"), "label_names"),
    "own part as a list": (of_config(tlft=[]), "'tlft' is []"),
    "backbone as a list": (of_own(backbone=["x"]), "name of the backbone"),
    "backbone without end": (of_own(backbone="x" * 10**6), "name of the backbone"),
    "another backbone": (of_own(backbone="torchvision:resnet18"), "do not fit torchvision:resnet18"),
    "window as a number": (of_own(scaling=3), "is not a bundle"),
    "window beyond every number": (of_own(scaling=[0, 10**400]), "is not a bundle"),
    "preprocessing as a text": (of_own(preprocessing="224"), "is not a bundle"),
    "size as a text": (of_images(input_size="32"), "'input_size' is '32'"),
    "size as a fraction": (of_images(input_size=32.5), "'input_size' is 32.5"),
    "size negative": (of_images(input_size=-32), "'input_size' is -32"),
    "size of a wall": (of_images(input_size=10**9), "never writes"),
    "mean of two channels": (of_images(mean=[0.5, 0.5]), "is not a bundle"),
    "mean as texts": (of_images(mean=["0.5", "0.5", "0.5"]), "'mean' is '0.5'"),
    "mean beyond every number": (of_images(mean=[10**400, 0, 0]), "'mean' is 1000"),
    "std of zero": (of_images(std=[0.0, 1.0, 1.0]), "never writes"),
    "std negative": (of_images(std=[-1.0, 1.0, 1.0]), "'std' is -1.0"),
    "std of four channels": (of_images(std=[1.0] * 4), "is not a bundle"),
    "crop of nothing": (of_images(crop_pct=0), "never writes"),
    "crop as a flag": (of_images(crop_pct=True), "'crop_pct' is True"),
    "interpolation unknown": (of_images(interpolation="nearest"), "never writes"),
    "integers in place of floats": (of_head(lambda value: value.to(torch.int32)), "'classifier.weight' is torch.int32"),
    "half in place of single": (of_head(lambda value: value.half()), "'classifier.weight' is torch.float16"),
    "head as a vector": (of_head(lambda value: value[:, 0].contiguous()), "'classifier.weight' is F32 [3]"),
    "head of more classes": (of_head(lambda value: value.repeat(2, 1)), "has the shape [6, 1280]"),
    "head without a number": (of_head(lambda value: value * float("nan")), "not finite"),
    "head missing": (lambda config, state: state.pop(HEAD), "they lack 'classifier.weight'"),
    "weight missing": (lambda config, state: state.pop("conv_stem.weight"), "lacks 'conv_stem.weight'"),
    "weight too many": (lambda config, state: state.update(extra=torch.zeros(2)), "it holds 'extra'"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_bundle_that_does_not_fit_together_is_refused_before_its_network_is_built(
    name: str, pristine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change, words = MUTANTS[name]
    files = fsio.read_folder(pristine / "bundle")
    config, state = json.loads(files["config.json"]), safetensors.torch.load(files["model.safetensors"])
    change(config, state)
    with fsio.FolderWriter(tmp_path / "bundle") as writer:
        writer.add("config.json", json.dumps(config).encode())
        writer.add("model.safetensors", safetensors.torch.save(state))
    built: list[int] = []

    def build(*arguments: Any, num_classes: int, **options: Any) -> torch.nn.Module:
        built.append(num_classes)
        return build_network(*arguments, num_classes=num_classes, **options)

    monkeypatch.setattr(prediction, "build_network", build)
    image = pristine / "images" / "red" / "000.png"
    result = call(("predict", tmp_path / "bundle", image, "--quiet"), home=tmp_path / "home", capsys=capsys)
    assert result.returncode == ExitCode.BAD_INPUT
    assert words in sentence(result)
    assert len(sentence(result)) < 1000
    assert max(built, default=0) <= 6


def test_the_bundle_itself_is_used(pristine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = pristine / "images" / "red" / "000.png"
    result = call(("predict", pristine / "bundle", image, "--quiet"), home=tmp_path / "home", capsys=capsys)
    assert result.returncode == ExitCode.DONE

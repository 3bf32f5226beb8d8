"""The program in a bundle: it works without ours, and gives the same answers."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import timm
import torch
from torch import nn

import numpy as np
import pytest
import tifffile
from PIL import Image

from image_files import SMALL, encode, picture, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.decode import decode_to_side
from tlft_desktop.core.data.transforms import evaluation_view, normalise
from tlft_desktop.core.export import predict_example
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, BackboneEntry, Library, backbones, find_backbone
from tlft_desktop.core.values.manifest import PixelScaling
from tlft_desktop.core.workflows.bundle import Bundle, bundle_config, read_bundle, write_bundle
from tlft_desktop.core.workflows.prediction import predict_with_bundle

CLASSES = ("Ärger", "a\nb", "cat", "dog", "<b>")
DEEP = np.random.default_rng(0).integers(0, 4000, (40, 48)).astype(np.uint16)
DEEP_COLOUR = np.random.default_rng(1).integers(0, 4000, (40, 48, 4)).astype(np.uint16)


def image_of(mode: str) -> Image.Image:
    return Image.fromarray(picture(3)).convert(mode)


def tiff(values: np.ndarray, **options: Any) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, values, **options)
    return buffer.getvalue()


def transparent() -> Image.Image:
    image = image_of("RGBA")
    image.putalpha(Image.fromarray(picture(4)[..., 0]))
    return image


def rotated() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return encode(picture(5, width=70), "JPEG", exif=exif)


def files() -> dict[str, bytes]:
    """Return an image file of every kind that the program reads."""
    return {
        "colour.png": encode(picture(1)),
        "gray.png": encode(image_of("L")),
        "palette.gif": encode(image_of("P"), "GIF"),
        "one-bit.png": encode(image_of("1")),
        "transparent.png": encode(transparent()),
        "transparent.webp": encode(transparent(), "WEBP", lossless=True),
        "large.jpg": encode(picture(6, width=700, height=500), "JPEG"),
        "rotated.jpg": rotated(),
        "cmyk.jpg": encode(image_of("CMYK"), "JPEG"),
        "lab.tif": encode(image_of("LAB"), "TIFF"),
        "colour.bmp": encode(picture(7, width=30, height=90), "BMP"),
        "deep.png": encode(DEEP),
        "deep.tif": tiff(DEEP, photometric="minisblack"),
        "white-is-zero.tif": tiff(DEEP, photometric="miniswhite"),
        "fractions.tif": tiff(DEEP.astype(np.float32) / 5000),
        "deep-colour.tif": tiff(DEEP_COLOUR[..., :3], photometric="rgb"),
        "deep-transparent.tif": tiff(DEEP_COLOUR, photometric="rgb", extrasamples=["unassalpha"]),
        "frames.tif": tiff(np.stack([DEEP, DEEP]), photometric="minisblack"),
    }


@pytest.mark.parametrize("window", [None, (100.0, 3000.0)])
@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
def test_images_are_prepared_to_the_bit_as_the_program_does(
    tmp_path: Path, window: tuple[float, float] | None, interpolation: str
) -> None:
    preprocessing = replace(SMALL, interpolation=interpolation)
    scaling = PixelScaling(*window) if window else None
    config = {"tlft": {"preprocessing": preprocessing.to_json(), "scaling": window}}
    different = []
    for name, data in files().items():
        side = preprocessing.resize_side
        stored = decode_to_side(data, side=side, interpolation=interpolation, scaling=scaling)
        expected = normalise(evaluation_view(stored.pixels, preprocessing)[None], preprocessing)[0]
        if not torch.equal(predict_example.read_image(write(tmp_path / name, data), config), expected):
            different.append(name)
    assert different == []


@pytest.mark.parametrize(
    "data", [b"", b"no image", encode(picture(1))[:90], tiff(np.full((40, 40), np.nan, np.float32))]
)
def test_what_is_no_image_is_an_error_that_the_example_reports(tmp_path: Path, data: bytes) -> None:
    config = {"tlft": {"preprocessing": SMALL.to_json(), "scaling": None}}
    with pytest.raises((OSError, ValueError, SyntaxError)):
        predict_example.read_image(write(tmp_path / "bad.tif", data), config)


def lively(entry: BackboneEntry, size: int) -> nn.Module:
    """Return a random network whose answers differ clearly from image to image."""
    model = build_network(entry, num_classes=len(CLASSES), seed=5, image_size=size).eval()
    head = model.get_submodule(entry.head)
    assert isinstance(head, nn.Linear)
    with torch.inference_mode():
        inputs: list[torch.Tensor] = []
        handle = head.register_forward_pre_hook(lambda module, values: inputs.append(values[0]))
        model(torch.randn(16, 3, size, size, generator=torch.Generator().manual_seed(0)))
        handle.remove()
    with torch.no_grad():
        weight = torch.randn(head.weight.shape, generator=torch.Generator().manual_seed(1))
        spread = (inputs[0] - inputs[0].mean(dim=0)).norm(dim=1).mean()
        head.weight.copy_(weight / spread)
        head.bias.copy_(-head.weight @ inputs[0].mean(dim=0))
    return model


def answers(output: str) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield image and probabilities from what the example prints."""
    lines = output.splitlines()
    for start in range(0, len(lines), 1 + len(CLASSES)):
        pairs = (line.split(maxsplit=1) for line in lines[start + 1 : start + 1 + len(CLASSES)])
        yield lines[start], {name: float(probability) for probability, name in pairs}


@pytest.mark.slow
@pytest.mark.parametrize("name", [DEFAULT_BACKBONE, "torchvision:mobilenet_v3_small"])
def test_it_answers_as_the_program_does_where_that_is_not_installed(tmp_path: Path, name: str) -> None:
    entry = find_backbone(name)
    folder = tmp_path / "a bundle #1"
    model = lively(entry, 64)
    scaling = PixelScaling(0.0, 4095.0)
    written = Bundle(entry.name, CLASSES, entry.preprocessing.at_size(64), scaling, model.state_dict())
    write_bundle(folder, written, entry, card="")
    names = ("colour.png", "large.jpg", "deep.tif", "deep-colour.tif", "transparent.png")
    images = [write(tmp_path / name, files()[name]) for name in names]
    block = "import runpy, sys; sys.modules['tlft_desktop'] = None; path = sys.argv.pop(1); sys.argv[0] = path; "
    code = block + "runpy.run_path(path, run_name='__main__')"
    command = [sys.executable, "-I", "-X", "utf8", "-c", code, str(folder / "predict_example.py"), *map(str, images)]
    child = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert (child.returncode, child.stderr) == (0, "")
    given = list(answers(child.stdout))
    expected = list(predict_with_bundle(read_bundle(folder), images, control=Control()))
    assert [path for path, _ in given] == [str(prediction.path) for prediction in expected]
    for (_, found), prediction in zip(given, expected, strict=True):
        wanted = {name.replace("\n", "?"): probability for name, probability in prediction.top}
        assert next(iter(found)) == next(iter(wanted))
        assert found == pytest.approx(wanted, abs=1e-4)
    assert len({round(prediction.probability, 3) for prediction in expected}) == len(images)


@pytest.mark.slow
def test_timm_gives_the_same_answers_from_the_folder_of_a_bundle(tmp_path: Path) -> None:
    entry = find_backbone(DEFAULT_BACKBONE)
    model = lively(entry, 64)
    written = Bundle(entry.name, CLASSES, entry.preprocessing.at_size(64), None, model.state_dict())
    write_bundle(tmp_path / "bundle", written, entry, card="")
    loaded = timm.create_model(f"local-dir:{tmp_path / 'bundle'}", pretrained=True).eval()
    example = predict_example.load_network(tmp_path / "bundle", predict_example.read_config(tmp_path / "bundle"))
    images = torch.randn(3, 3, 64, 64, generator=torch.Generator().manual_seed(2))
    with torch.inference_mode():
        assert torch.equal(loaded(images), model(images))
        assert torch.equal(example(images), model(images))


def test_the_example_names_images_that_it_cannot_read(tmp_path: Path) -> None:
    entry = find_backbone("torchvision:mobilenet_v3_small")
    model = build_network(entry, num_classes=2, seed=0, image_size=32)
    written = Bundle(entry.name, ("a", "b"), entry.preprocessing.at_size(32), None, model.state_dict())
    write_bundle(tmp_path / "bundle", written, entry, card="")
    good, bad = write(tmp_path / "good.png", encode(picture(1))), write(tmp_path / "bad.png", b"no image")
    namespace: dict[str, Any] = {"__name__": "example", "__file__": str(tmp_path / "bundle" / "predict_example.py")}
    exec(compile((tmp_path / "bundle" / "predict_example.py").read_bytes(), "example", "exec"), namespace)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
        patch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
        code = namespace["main"]([str(bad), str(tmp_path / "none.png"), str(good)])
        sys.stdout.flush()
        sys.stderr.flush()
        output, errors = (stream.buffer.getvalue().decode() for stream in (sys.stdout, sys.stderr))  # type: ignore[attr-defined]
    assert code == 1
    assert [line.split(": ")[0] for line in errors.splitlines()] == [str(bad), str(tmp_path / "none.png")]
    assert output.splitlines()[0] == str(good)
    assert len(output.splitlines()) == 3


@pytest.mark.full
@pytest.mark.parametrize("entry", backbones(), ids=lambda entry: entry.name)
def test_it_builds_every_network_of_the_catalogue(tmp_path: Path, entry: BackboneEntry) -> None:
    size = 224 if entry.architecture.startswith(("vit", "swin", "deit", "beit", "eva")) else 96
    size = 56 if "patch14" in entry.architecture else size
    model = build_network(entry, num_classes=3, seed=0, image_size=size).eval()
    written = Bundle(entry.name, ("a", "b", "c"), entry.preprocessing.at_size(size), None, model.state_dict())
    write_bundle(tmp_path / "bundle", written, entry, card="")
    assert entry.library in (Library.TIMM, Library.TORCHVISION)
    loaded = predict_example.load_network(tmp_path / "bundle", bundle_config(written, entry))
    images = torch.randn(1, 3, size, size, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        assert torch.equal(loaded(images), model(images))

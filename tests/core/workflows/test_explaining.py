"""What networks look at: maps of bundles, images of every kind, names of images, and states of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from image_files import encode, picture, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.transforms import evaluation_view
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.saliency import agreement
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, PixelScaling, Split
from tlft_desktop.core.workflows.bundle import Bundle
from tlft_desktop.core.workflows.explaining import ExplainedNetwork, PictureReader, find_image

SIZE = 96


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    entry = find_backbone(DEFAULT_BACKBONE)
    model = build_network(entry, num_classes=3, seed=0, image_size=SIZE)
    return Bundle(
        backbone=entry.name,
        classes=("blue", "green", "red"),
        preprocessing=entry.preprocessing.at_size(SIZE),
        scaling=None,
        state={
            name: value * 30 if name == "classifier.weight" else value for name, value in model.state_dict().items()
        },
    )


@pytest.fixture(scope="module")
def network(bundle: Bundle) -> ExplainedNetwork:
    return ExplainedNetwork(bundle)


@pytest.fixture
def reader() -> Iterator[PictureReader]:
    with PictureReader() as pictures:
        yield pictures


def vision_transformer(size: int) -> Bundle:
    entry = find_backbone("timm:vit_tiny_patch16_224")
    model = build_network(entry, num_classes=2, seed=0, image_size=size)
    return Bundle(entry.name, ("a", "b"), entry.preprocessing.at_size(size), None, model.state_dict())


def pixels_of(bundle: Bundle) -> np.ndarray:
    return picture(3, width=160, height=bundle.preprocessing.resize_side)


def test_the_map_is_of_the_answer_at_the_last_stage_with_places(network: ExplainedNetwork, bundle: Bundle) -> None:
    pixels = pixels_of(bundle)
    found = network.explain(pixels)
    assert found.class_name == found.answer == max(found.probabilities, key=lambda name: found.probabilities[name])
    assert sum(found.probabilities.values()) == pytest.approx(1)
    assert (found.stage, found.saliency.values.shape) == ("bn2", (3, 3))
    assert "3 x 3 places only" in found.remark
    other = network.explain(pixels, class_name="green", stage="blocks.2")
    assert (other.class_name, other.answer, other.stage) == ("green", found.answer, "blocks.2")
    assert other.saliency.values.shape == (12, 12)
    assert other.probability == pytest.approx(found.probabilities["green"], rel=1e-4)


def test_a_network_keeps_its_weights_once_and_tells_its_stages(network: ExplainedNetwork, bundle: Bundle) -> None:
    assert not network.bundle.state
    assert network.num_bytes == sum(tensor.nbytes for tensor in bundle.state.values())
    assert network.stages[-2:] == ("blocks.5", "blocks.6")


def test_the_map_lies_on_the_part_of_the_picture_that_the_network_receives(
    network: ExplainedNetwork, bundle: Bundle
) -> None:
    pixels = pixels_of(bundle)
    height, width = pixels.shape[:2]
    left, top, right, bottom = network.explain(pixels).saliency.box
    columns = slice(round(left * width), round(right * width))
    part = pixels[round(top * height) : round(bottom * height), columns]
    np.testing.assert_array_equal(part, evaluation_view(pixels, bundle.preprocessing).permute(1, 2, 0).numpy())


def test_the_checks_of_a_map(network: ExplainedNetwork, bundle: Bundle) -> None:
    pixels = pixels_of(bundle)
    found = network.explain(pixels, stage="blocks.4")
    steps = network.occlude(pixels, found.class_name, control=Control())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            occlusion = end.value
            break
    assert occlusion.values.shape == (SIZE, SIZE)
    assert occlusion.box == found.saliency.box
    assert np.abs(occlusion.values).max() > 0
    figure = agreement(found.saliency, occlusion)
    assert figure is not None
    assert -1 <= figure <= 1
    randomised = network.randomise(pixels, found)
    assert randomised.head is not None
    assert randomised.head < 0.9
    assert randomised.last_stage is not None
    assert network.explain(pixels, stage="blocks.4").probabilities == found.probabilities


def test_what_cannot_be_asked_is_a_sentence(network: ExplainedNetwork, bundle: Bundle) -> None:
    pixels = pixels_of(bundle)
    for options, text in (
        ({"class_name": "violet"}, "no class 'violet'. It has 'blue', 'green', 'red'."),
        ({"stage": "blocks.77"}, "no layer 'blocks.77'"),
        ({"stage": "head"}, "'head' has no spatial extent"),
        ({"stage": "global_pool"}, "'global_pool' has no spatial extent"),
    ):
        with pytest.raises(InputError) as caught:
            network.explain(pixels, **options)
        assert text in str(caught.value)


def test_a_network_without_places_or_without_a_finite_answer_is_a_sentence(bundle: Bundle) -> None:
    tiny = vision_transformer(16)
    with pytest.raises(InputError, match="No stage of timm:vit_tiny_patch16_224 tells places of an image of 16 pixels"):
        ExplainedNetwork(tiny).explain(picture(0, width=30, height=tiny.preprocessing.resize_side))
    huge = {**bundle.state, "classifier.weight": bundle.state["classifier.weight"].sign() * 3e38}
    with pytest.raises(InputError, match="not a number"):
        ExplainedNetwork(replace(bundle, state=huge)).explain(pixels_of(bundle))


def test_a_class_token_behind_the_last_attention_is_passed_over() -> None:
    bundle = vision_transformer(64)
    network = ExplainedNetwork(bundle)
    pixels = picture(1, width=100, height=bundle.preprocessing.resize_side)
    found = network.explain(pixels)
    assert (found.stage, found.saliency.values.shape) == ("blocks.10", (4, 4))
    with pytest.raises(InputError, match="the class token alone is read"):
        network.explain(pixels, stage="blocks.11")


def test_images_of_every_kind_and_size(
    bundle: Bundle, network: ExplainedNetwork, reader: PictureReader, tmp_path: Path
) -> None:
    deep = np.linspace(0, 65535, 60 * 50).reshape(60, 50).astype(np.uint16)
    for name, data in {
        "gray.png": encode(picture(1)[..., 0]),
        "deep.tif": encode(deep, "TIFF"),
        "long.png": encode(picture(2, width=300, height=20)),
        "small.png": encode(picture(3, width=16, height=16)),
    }.items():
        scaled = replace(bundle, scaling=PixelScaling(0, 65535) if name == "deep.tif" else None)
        pixels = reader.read(write(tmp_path / name, data), scaled, control=Control())
        assert min(pixels.shape[:2]) == bundle.preprocessing.resize_side
        assert np.isfinite(network.explain(pixels).saliency.values).all()
        assert min(reader.read(tmp_path / name, scaled, side=200, control=Control()).shape[:2]) == 200


def test_images_that_cannot_be_read_are_named(bundle: Bundle, reader: PictureReader, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.png", encode(picture(1))[:200])
    for path, text in ((bad, "damaged"), (tmp_path / "none.png", "not there"), (tmp_path, "a folder")):
        with pytest.raises(InputError) as caught:
            reader.read(path, bundle, control=Control())
        assert str(path) in str(caught.value)
        assert text in str(caught.value)


def test_an_image_is_kept_until_its_file_changes(bundle: Bundle, reader: PictureReader, tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encode(picture(1)))
    first = reader.read(path, bundle, control=Control())
    assert reader.read(path, bundle, control=Control()) is first
    write(path, encode(picture(2, width=70)))
    assert reader.read(path, bundle, control=Control()).shape != first.shape
    path.unlink()
    with pytest.raises(InputError, match="not there"):
        reader.read(path, bundle, control=Control())


def test_images_are_found_by_file_by_path_and_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ("cat/1.png", "dog/1.png", "dog/2.png")
    records = tuple(ImageRecord(path, "", path[:3], Split.TRAIN, 4, 4, "RGB") for path in paths)
    manifest = Manifest(records, ("cat", "dog"))
    inside = write(tmp_path / "data" / "dog" / "2.png", b"")
    outside = write(tmp_path / "2.png", b"")
    by_path = {record.path: record for record in records}
    assert find_image("cat/1.png", manifest, tmp_path / "data") == (tmp_path / "data/cat/1.png", by_path["cat/1.png"])
    assert find_image("2.png", manifest, tmp_path / "data") == (inside, by_path["dog/2.png"])
    assert find_image(str(inside), manifest, tmp_path / "data") == (inside, by_path["dog/2.png"])
    assert find_image(str(outside), manifest, tmp_path / "data") == (outside, None)
    monkeypatch.chdir(tmp_path)
    assert find_image("2.png", manifest, tmp_path / "data") == (Path("2.png"), None)
    with pytest.raises(InputError, match=r"means 2 images of the project: 'cat/1\.png', 'dog/1\.png'"):
        find_image("1.png", manifest, tmp_path / "data")
    with pytest.raises(InputError, match=r"'3\.png' is neither a file nor an image of the project"):
        find_image("3.png", manifest, tmp_path / "data")

"""The networks in the box: whole, in their places, and right about photographs whose classes they were taught."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

import torch
from torch import Tensor

import pytest

from tlft_desktop.core.data.decode import decode_to_side
from tlft_desktop.core.data.transforms import evaluation_view, normalise
from tlft_desktop.core.models.builder import build_original, create
from tlft_desktop.core.models.catalog import BackboneEntry, WeightsKind, backbones
from tlft_desktop.core.models.conversion import lite_key
from tlft_desktop.core.models.folding import FoldedFeatures
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.models.weights_folder import Availability

BUNDLED = [entry for entry in backbones() if entry.weights.kind is WeightsKind.BUNDLED]
NUM_TENSORS = {"timm:tf_efficientnet_lite0": 296, "timm:tf_efficientnet_lite1": 386, "timm:tf_efficientnet_lite2": 386}
PALACE, ESPRESSO, TRIPOD, MOPED, SCOOTER, DAISY, HONEYCOMB = 698, 967, 872, 665, 670, 985, 599
CATS = (281, 282, 285)  # tabby, tiger cat, Egyptian cat
PHOTOS = {
    ("sklearn", "datasets/images/china.jpg"): (PALACE,),
    ("skimage", "data/chelsea.png"): CATS,
    ("skimage", "data/coffee.png"): (ESPRESSO,),
    ("skimage", "data/camera.png"): (TRIPOD,),
    ("skimage", "data/motorcycle_left.png"): (MOPED, SCOOTER),
}
# With the package that the weights were made for.
PALACE_PROBABILITY = {
    "timm:tf_efficientnet_lite0": 0.30,
    "timm:tf_efficientnet_lite1": 0.55,
    "timm:tf_efficientnet_lite2": 0.38,
}
FLOWER = {
    "timm:tf_efficientnet_lite0": DAISY,
    "timm:tf_efficientnet_lite1": HONEYCOMB,
    "timm:tf_efficientnet_lite2": HONEYCOMB,
}


def file_of(package: str, path: str) -> Path:
    """Return a file of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / path


def seen(entry: BackboneEntry, data: bytes, size: int) -> Tensor:
    """Return a photograph as this program shows it to the network for an evaluation."""
    expected = entry.preprocessing.at_size(size)
    stored = decode_to_side(data, side=expected.resize_side, interpolation=expected.interpolation, scaling=None)
    return normalise(evaluation_view(stored.pixels, expected)[None], expected)


def answers(entry: BackboneEntry, path: Path, size: int | None = None) -> Tensor:
    """Return the probabilities of the 1,000 classes for one photograph."""
    model = build_original(entry, WeightsStore(Path("nowhere")).load(entry)).eval()
    with torch.inference_mode():
        return model(seen(entry, path.read_bytes(), size or entry.preprocessing.input_size)).softmax(1)[0]


def test_three_come_with_the_program(weights_store: WeightsStore) -> None:
    assert [entry.name for entry in BUNDLED] == list(NUM_TENSORS)
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for entry in BUNDLED:
        assert weights_store.availability(entry) is Availability.BUNDLED
        weights = weights_store.load(entry)
        assert weights.sha256 == entry.weights.sha256
        assert len(weights.state) == NUM_TENSORS[entry.name]
        assert f"{entry.weights.package}>=0.1.0" in project["dependencies"]
    assert not weights_store.models_folder.exists()


@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.title)
def test_every_tensor_has_its_place_in_the_order_of_the_network(entry: BackboneEntry) -> None:
    state = WeightsStore(Path("nowhere")).load(entry).state
    model = create(entry, image_size=entry.weights.native_size, num_classes=1000)
    network = model.state_dict()
    assert list(state) == list(network)
    assert [tensor.shape for tensor in state.values()] == [tensor.shape for tensor in network.values()]
    model.load_state_dict(state, strict=True)
    assert all(bool(torch.isfinite(tensor).all()) for tensor in state.values())


@pytest.mark.parametrize(
    ("depth", "key", "expected"),
    [
        (0, "_conv_stem.weight", "conv_stem.weight"),
        (0, "_bn1.running_var", "bn2.running_var"),
        (0, "_fc.bias", "classifier.bias"),
        (0, "_blocks.0._depthwise_conv.weight", "blocks.0.0.conv_dw.weight"),
        (0, "_blocks.0._project_conv.weight", "blocks.0.0.conv_pw.weight"),
        (0, "_blocks.1._expand_conv.weight", "blocks.1.0.conv_pw.weight"),
        (0, "_blocks.2._bn2.bias", "blocks.1.1.bn3.bias"),
        (0, "_blocks.15._project_conv.weight", "blocks.6.0.conv_pwl.weight"),
        (1, "_blocks.3._bn2.bias", "blocks.1.2.bn3.bias"),
        (1, "_blocks.15._expand_conv.weight", "blocks.5.0.conv_pw.weight"),
        (2, "_blocks.20._project_conv.weight", "blocks.6.0.conv_pwl.weight"),
    ],
)
def test_names_of_the_published_files(depth: int, key: str, expected: str) -> None:
    assert lite_key(f"tf_efficientnet_lite{depth}", key) == expected


@pytest.mark.parametrize("key", ["_blocks.21._bn0.weight", "_blocks.1._other.weight", "_other.weight"])
def test_a_name_that_no_published_file_has_is_noticed(key: str) -> None:
    with pytest.raises((KeyError, IndexError)):
        lite_key("tf_efficientnet_lite2", key)


@pytest.mark.parametrize("size", [None, 224])
@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.title)
def test_photographs_are_told_to_be_what_they_show(entry: BackboneEntry, size: int | None) -> None:
    """Three of four photographs are published to be told rightly; these five and the wrong one are what is at hand."""
    for (package, path), right in PHOTOS.items():
        assert int(answers(entry, file_of(package, path), size).argmax()) in right, path


@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.title)
def test_answers_are_those_of_the_package_that_the_weights_were_made_for(entry: BackboneEntry) -> None:
    palace = answers(entry, file_of("sklearn", "datasets/images/china.jpg"))
    assert float(palace[PALACE]) == pytest.approx(PALACE_PROBABILITY[entry.name], abs=0.1)
    flower = answers(entry, file_of("sklearn", "datasets/images/flower.jpg"))
    assert int(flower.argmax()) == FLOWER[entry.name]


@pytest.mark.parametrize("size", [224, 240, 260])
@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.title)
def test_quick_features_are_right_where_sides_are_odd_on_the_way(entry: BackboneEntry, size: int) -> None:
    """240 and 260 pixels become 15 and 65, 33, 17: TensorFlow's padding is another in each layer."""
    model = build_original(entry, WeightsStore(Path("nowhere")).load(entry)).eval()
    image = seen(entry, file_of("sklearn", "datasets/images/flower.jpg").read_bytes(), size)
    with torch.inference_mode():
        expected = HeadFeatures(model, entry.head)(image)
        found = FoldedFeatures(model, entry.head)(image)
    assert expected.shape == (1, 1280)
    assert float((found - expected).norm() / expected.norm()) < 1e-4

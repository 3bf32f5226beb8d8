"""Maps of features: the plane of PCA, maps laid over each other, UMAP where it is installed, and what has no map."""

from __future__ import annotations

import sys
import types
from importlib.machinery import ModuleSpec
from typing import Any

import numpy as np
import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation import embedding
from tlft_desktop.core.evaluation.embedding import laid_over, map_points, neighbour_share
from tlft_desktop.core.values.image_map import MapMethod

Values = np.ndarray[Any, np.dtype[np.float64]]


def flat(num_images: int = 40, num_features: int = 700) -> tuple[Values, Values]:
    """Return points of a plane, the first axis longer, and the same points in a space of many dimensions."""
    generator = np.random.default_rng(0)
    plane = generator.normal(size=(num_images, 2)) * (5, 1)
    axes, _ = np.linalg.qr(generator.normal(size=(num_features, 2)))
    return plane - plane.mean(axis=0), plane @ axes.T + 3


def distances(points: Values) -> Values:
    gaps: Values = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return gaps


@pytest.mark.parametrize("num_features", [3, 700])
def test_a_plane_in_many_dimensions_is_found_again(num_features: int) -> None:
    plane, features = flat(num_features=num_features)
    points, explained = map_points(features, MapMethod.PCA)
    assert explained == pytest.approx(1.0)
    np.testing.assert_allclose(distances(points), distances(plane), atol=1e-8)
    again, _ = map_points(features, MapMethod.PCA)
    np.testing.assert_array_equal(points, again)


def test_noise_in_many_directions_is_said_to_be_left_out() -> None:
    features = np.random.default_rng(1).normal(size=(200, 50))
    _, explained = map_points(features, MapMethod.PCA)
    assert explained is not None
    assert 0.04 < explained < 0.2


def test_a_turned_and_mirrored_map_lies_on_the_first_again() -> None:
    plane, _ = flat()
    turn = np.array([[0.6, 0.8], [0.8, -0.6]])
    placed = laid_over(plane, 7 * plane @ turn + 100)
    np.testing.assert_allclose(placed, plane, atol=1e-8)


def test_a_map_of_one_place_lies_in_the_middle() -> None:
    plane, _ = flat()
    placed = laid_over(plane + 4, np.ones_like(plane))
    np.testing.assert_allclose(placed, np.full_like(plane, 4), atol=1e-8)


def test_images_without_any_difference_and_with_one_feature_have_a_map() -> None:
    points, explained = map_points(np.ones((10, 6)), MapMethod.PCA)
    assert (points == 0).all()
    assert explained is None
    line, explained = map_points(np.arange(10.0)[:, None], MapMethod.PCA)
    assert explained == pytest.approx(1.0)
    assert np.ptp(line[:, 0]) == pytest.approx(9)


@pytest.mark.parametrize(
    ("features", "text"),
    [(np.ones((2, 5)), "needs 3 images"), (np.full((9, 5), np.nan), "not finite"), (np.empty((0, 0)), "there are 0")],
)
def test_what_has_no_map_is_a_sentence(features: Values, text: str) -> None:
    with pytest.raises(InputError, match=text):
        map_points(features, MapMethod.PCA)


def test_the_nearest_other_image_decides_whether_a_class_is_together() -> None:
    angles = np.array([0.0, 0.02, 1.0, 1.01, 1.5])
    features = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    assert neighbour_share(features, np.array([0, 0, 1, 1, 0])) == pytest.approx(4 / 5)


def test_umap_is_asked_for_a_start_that_it_can_make(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    class Umap:
        def __init__(self, **options: Any) -> None:
            asked.append(options)

        def fit_transform(self, values: Values) -> Values:
            return values[:, :2].astype(np.float32)

    module = types.ModuleType("umap")
    module.UMAP = Umap  # type: ignore[attr-defined]
    module.__spec__ = ModuleSpec("umap", None)
    monkeypatch.setitem(sys.modules, "umap", module)
    points, explained = map_points(flat(8)[1], MapMethod.UMAP)
    assert points.shape == (8, 2)
    assert explained is None
    map_points(flat(40)[1], MapMethod.UMAP)
    assert [(each["n_neighbors"], each["init"]) for each in asked] == [(7, "random"), (15, "spectral")]
    assert all(each["random_state"] == 0 for each in asked), "the same features give the same map"


def test_without_its_package_umap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "has_umap", lambda: False)
    with pytest.raises(InputError, match="umap-learn"):
        map_points(flat()[1], MapMethod.UMAP)

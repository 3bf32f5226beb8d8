"""The depth curve of a project: real features of every depth, of training images only."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import torch

import pytest

from tests.run_samples import new_project
from tlft_desktop.core.advice.depth_curve import DepthCurve
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import exclude, move
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.cut_points import find_cuts
from tlft_desktop.core.models.split import network_with_taps
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.workflows import depth
from tlft_desktop.core.workflows.depth import depth_curve, pooled
from tlft_desktop.core.workflows.probe_subject import spread_records
from tlft_desktop.paths import AppPaths

NETWORKS = ("timm:tf_efficientnet_lite0", "torchvision:resnet18", "timm:vit_tiny_patch16_224", "timm:convnext_tiny")


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


def curve_of(project: Project, profile: Path, control: Control | None = None) -> DepthCurve:
    """Return the last item, which is the curve."""
    *steps, curve = depth_curve(project, paths=AppPaths.below(profile), control=control or Control())
    assert all(isinstance(step, ProbeProgress) for step in steps)
    assert isinstance(curve, DepthCurve)
    return curve


def test_a_curve_reaches_from_the_first_block_to_the_head(project: Project, profile: Path) -> None:
    before = sorted(path.name for path in project.root.rglob("*"))
    curve = curve_of(project, profile)
    shares = [point.place.frozen_share for point in curve.points]
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert shares[-1] > 0.99
    assert [point.place.cut for point in curve.points].count("") == 1
    assert curve.points[-1].place.cut == ""
    assert all(point.low <= point.accuracy <= point.high for point in curve.points)
    assert curve.points[curve.best].accuracy == max(point.accuracy for point in curve.points)
    asked = [place for place, point in enumerate(curve.points) if point.logistic is not None]
    assert tuple(asked) == curve.turns
    assert curve.num_images == len(project.edited_manifest.used(Split.TRAIN))
    assert sorted(path.name for path in project.root.rglob("*")) == before, "nothing is written into the project"


def test_a_curve_is_the_same_each_time(project: Project, profile: Path) -> None:
    first, second = (curve_of(project, profile) for _ in range(2))
    assert [replace(point, seconds=0.0) for point in first.points] == [
        replace(point, seconds=0.0) for point in second.points
    ]


@pytest.mark.parametrize("backbone", NETWORKS)
def test_what_is_tapped_is_what_modules_give(backbone: str) -> None:
    size = 64 if "vit" not in backbone else 224
    model = build_network(find_backbone(backbone), num_classes=3, seed=0, image_size=size).eval()
    cuts = [cut for cut in find_cuts(model, image_size=size) if cut.owners][:: max(1, 9)]
    head = find_backbone(backbone).head
    images = torch.randn(2, 3, size, size, generator=torch.Generator().manual_seed(0))
    seen: list[torch.Tensor] = []
    handle = model.get_submodule(head).register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0]))
    with torch.inference_mode():
        *taps, last = network_with_taps(model, head, cuts, pooled)(images)
        model(images)
    handle.remove()
    torch.testing.assert_close(last, seen[0].flatten(1), rtol=1e-4, atol=1e-5)
    assert len(taps) == len(cuts)
    for tap, cut in zip(taps, cuts, strict=True):
        is_last = len(cut.shape) == 2 or (len(cut.shape) == 3 and cut.shape[0] == cut.shape[1])
        channels = cut.shape[-1] if is_last else cut.shape[0]
        assert tap.shape == (2, channels), cut
        assert tap.dtype == torch.float32


@pytest.mark.parametrize(
    ("shape", "expected"), [((2, 5, 4, 4), (2, 5)), ((2, 4, 4, 5), (2, 5)), ((2, 7, 5), (2, 5)), ((2, 5), (2, 5))]
)
def test_pooling_leaves_channels(shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert pooled(torch.zeros(shape, dtype=torch.bfloat16)).shape == expected


def test_validation_images_stay_unseen(project: Project, profile: Path) -> None:
    before = curve_of(project, profile)
    manifest = project.edited_manifest
    project.edits.append(exclude(manifest, [record.path for record in manifest.used(Split.VAL)][1:]))
    assert [point.accuracy for point in curve_of(project, profile).points] == [p.accuracy for p in before.points]


def test_two_classes_are_needed(project: Project, profile: Path) -> None:
    manifest = project.edited_manifest
    rest = [record.path for record in manifest.used(Split.TRAIN) if record.label != "class 0"]
    project.edits.append(move(manifest, rest, Split.VAL))
    with pytest.raises(InputError, match="two classes"):
        curve_of(project, profile)


def test_one_image_a_class_says_nothing_and_fails_nothing(project: Project, profile: Path) -> None:
    manifest = project.edited_manifest
    first = {record.label: record.path for record in reversed(manifest.used(Split.TRAIN))}
    rest = [record.path for record in manifest.used(Split.TRAIN) if record.path not in first.values()]
    project.edits.append(move(manifest, rest, Split.VAL))
    curve = curve_of(project, profile)
    assert (curve.num_images, curve.knee, curve.loses) == (3, 0, False)


def test_a_network_that_cannot_be_traced_is_named(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise UntraceableError("It decides by values.")

    monkeypatch.setattr(depth, "find_cuts", fail)
    with pytest.raises(InputError, match=r"cannot be told apart\. It decides by values"):
        curve_of(project, profile)


@pytest.mark.parametrize("stage", ["pass", "probe", "folds"])
def test_a_stop_is_answered_in_every_stage(project: Project, profile: Path, stage: str) -> None:
    control = Control()

    def go_on_until(steps: Generator[ProbeProgress | DepthCurve, None, None]) -> None:
        for step in steps:
            assert isinstance(step, ProbeProgress)
            if step.stage == stage:
                control.request_stop()

    curve = depth_curve(project, paths=AppPaths.below(profile), control=control)
    with closing(curve) as steps, pytest.raises(StoppedError):
        go_on_until(steps)


def test_many_images_are_thinned_evenly_and_small_classes_kept() -> None:
    def record(number: int, label: str) -> ImageRecord:
        return ImageRecord(f"{number}.png", f"{number:064x}", label, Split.TRAIN, 8, 8, "RGB")

    records = [record(number, "rare" if number < 3 else f"class {number % 2}") for number in range(1003)]
    chosen = spread_records(records, seed=1, at_most=100)
    assert len(chosen) == 100
    assert [item.path for item in chosen] == [item.path for item in records if item in chosen], "in their order"
    counts = {label: sum(item.label == label for item in chosen) for label in ("rare", "class 0", "class 1")}
    assert counts["rare"] >= 1
    assert abs(counts["class 0"] - counts["class 1"]) <= 2
    assert spread_records(records, seed=1, at_most=100) == chosen
    assert spread_records(records, seed=2, at_most=100) != chosen
    assert spread_records(records[:50], seed=1, at_most=100) == records[:50]

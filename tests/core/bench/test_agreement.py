"""Training with and without kept outputs: the same plan, views and order, compared on the same images."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tlft_desktop.core.bench.agreement import Agreement, Trained, agreement_rows, summary, train_both_ways
from tlft_desktop.core.bench.assembled import made_project
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.batches import view_of
from tlft_desktop.core.values.strategy import Augmentation, HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.paths import AppPaths


def trained(loss: float, right: str) -> Trained:
    return Trained(loss, np.array([letter == "+" for letter in right]), (1.0,))


SAME = Agreement(trained(2.5, "++-+"), trained(2.5003, "++-+"))
OTHER = Agreement(trained(2.5, "+---"), trained(2.501, "++++"))


def test_the_worst_seed_and_the_answers_of_all_seeds_count() -> None:
    assert SAME.discordant == (0, 0)
    assert OTHER.discordant == (0, 3)
    low, high = OTHER.interval
    assert low < -0.75 < high
    figures = summary([SAME, OTHER])
    assert figures == {"loss_difference": pytest.approx(0.001), "only_kept": 0, "only_live": 3}


@pytest.mark.parametrize(
    ("figures", "reached"),
    [
        ({"loss_difference": 0.0005, "only_kept": 4, "only_live": 2}, (True, True)),
        ({"loss_difference": 0.0011, "only_kept": 0, "only_live": 6}, (False, False)),
    ],
)
def test_rows_say_whether_both_ways_agree(figures: dict[str, float], reached: tuple[bool, bool]) -> None:
    rows = agreement_rows("last stage", figures)
    assert tuple(row.reached for row in rows) == reached
    assert {row.target for row in rows} == {5}


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.below(tmp_path / "home")


@pytest.fixture
def project(tmp_path: Path, paths: AppPaths) -> Project:
    """Two classes that differ in colour, 32 pixels."""
    for channel, label in ((0, "red"), (2, "blue")):
        for number in range(10):
            pixels = np.zeros((40, 40, 3), dtype=np.uint8)
            pixels[:, : 10 + number, channel] = 150 + number
            path = tmp_path / "images" / label / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(path)
    return made_project(NewProject(tmp_path / "made.tlft", tmp_path / "images", image_size=32), paths=paths)


def strategy(project: Project, *, epochs: int) -> Strategy:
    plan = preset_plan(layer_tree_of(project), Preset.TRANSFER)
    phase = Phase("head", plan, epochs, head=HeadSolver.SGD, augmentation=Augmentation.LIGHT, views=2)
    return Strategy(StrategyKind.CUSTOM, (phase,))


@pytest.mark.slow
def test_both_ways_start_with_the_same_loss(project: Project, paths: AppPaths) -> None:
    assert any(view_of(image, seed=0, epoch=0, views=2) == 1 for image in range(10))
    with project:
        found = train_both_ways(project, strategy(project, epochs=3), paths=paths, seed=0)
    assert 0 < found.loss_difference < 1e-3
    assert len(found.kept.right) == len(found.live.right) == 4
    assert len(found.kept.epoch_seconds) == len(found.live.epoch_seconds) == 3


def test_a_front_that_is_not_kept_gives_nothing_to_compare(project: Project, paths: AppPaths) -> None:
    with project, pytest.raises(TlftError, match="nothing to compare"):
        train_both_ways(project, strategy(project, epochs=2), paths=paths, seed=0)

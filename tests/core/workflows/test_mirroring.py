"""Whether images are mirrored: asked for a training, else the project's answer, else yes; the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.run_samples import new_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.race import RaceStart
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows import advising
from tlft_desktop.core.workflows import pilot as trying
from tlft_desktop.core.workflows.experiment import TrainOptions, require_startable
from tlft_desktop.core.workflows.own_plan import split_options
from tlft_desktop.core.workflows.race import RaceOptions, run_race
from tlft_desktop.core.workflows.repeat import command_of_project
from tlft_desktop.paths import AppPaths

CASES = [
    (None, None, True),
    (None, True, True),
    (None, False, False),
    (True, False, True),
    (False, True, False),
    (False, None, False),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mirroring")


@pytest.fixture(scope="module")
def project(home: Path) -> Iterator[Project]:
    with new_project(home) as opened:
        yield opened


def answer(project: Project, flip: bool | None) -> None:
    project.save(replace(project.config, flip=flip))


@pytest.mark.parametrize(("asked", "said", "expected"), CASES)
def test_a_training_mirrors_as_it_is_asked_else_as_the_project_says(
    project: Project, home: Path, asked: bool | None, said: bool | None, expected: bool
) -> None:
    answer(project, said)
    options = TrainOptions(flip=asked)
    for kind in (StrategyKind.FINETUNE, StrategyKind.HYBRID, StrategyKind.LORA):
        strategy = require_startable(project, kind, options)
        assert strategy.phases[-1].flip is expected
        assert strategy.mirrors is expected
    queued, rest = split_options(project, FreezePlan(), options)
    assert queued.mirrors is expected
    assert require_startable(project, queued, rest) is queued, "what the strategy says is no option any more"
    assert raced(project, home, asked) == {expected}


def raced(project: Project, home: Path, asked: bool | None) -> set[bool]:
    """Return what the strategies of a race that has just begun say."""
    kinds = (StrategyKind.FINETUNE, StrategyKind.HYBRID)
    events = run_race(project, kinds, options=RaceOptions(flip=asked), paths=AppPaths.below(home), control=Control())
    begun = next(events)
    events.close()  # type: ignore[attr-defined]
    assert isinstance(begun, RaceStart)
    return {strategy.mirrors for strategy in RaceStore(project.root).load(begun.race).strategies}


@pytest.mark.parametrize("said", [None, True, False])
def test_an_advice_and_its_pilot_train_as_the_project_says(project: Project, home: Path, said: bool | None) -> None:
    answer(project, said)
    settings = advising._settings(project, project.edited_manifest)
    assert settings[StrategyKind.FINETUNE].flip is (said is not False)
    trial = trying._Trial(project, device="cpu", paths=AppPaths.below(home), control=Control())
    assert trial._default(StrategyKind.FINETUNE).mirrors is (said is not False)


def test_images_that_are_not_varied_are_not_mirrored(project: Project) -> None:
    answer(project, None)
    assert not require_startable(project, StrategyKind.TRANSFER, TrainOptions()).mirrors
    assert not require_startable(project, StrategyKind.FINETUNE, TrainOptions(views=1)).mirrors


def test_the_answer_is_kept_and_told_by_the_command_that_makes_the_project(project: Project) -> None:
    for said, words in ((None, set()), (True, {"--flip"}), (False, {"--no-flip"})):
        answer(project, said)
        read = open_project_read_only(project.root)
        assert read.config.flip is said
        assert {"--flip", "--no-flip"} & set(command_of_project(read).arguments) == words


def test_a_strategy_from_a_file_says_it_itself(project: Project) -> None:
    answer(project, None)
    whole = require_startable(project, StrategyKind.FINETUNE, TrainOptions())
    answer(project, False)
    read = Strategy.from_json(whole.to_json())
    assert require_startable(project, read, TrainOptions()).mirrors

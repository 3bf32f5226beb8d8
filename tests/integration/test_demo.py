"""The demonstration as a whole, with as little training as possible, and what it says for every outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.evaluation.comparison import Comparison
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.events import PhaseStart
from tlft_desktop.core.workflows.demo import (
    DEMO_SETS,
    DemoEffort,
    DemoResult,
    DemoSet,
    _explanation,
    run_demo,
)
from tlft_desktop.paths import AppPaths


@pytest.mark.slow
@pytest.mark.parametrize(
    "sets", [DEMO_SETS[:1], pytest.param(DEMO_SETS, marks=pytest.mark.full)], ids=["digits", "both"]
)
def test_demo_tries_every_way_and_says_what_came_out(profile: Path, sets: tuple[DemoSet, ...]) -> None:
    effort = DemoEffort(finetune_epochs=1, hybrid_epochs=1)
    items = list(run_demo(paths=AppPaths.below(profile), control=Control(), effort=effort, sets=sets))
    results = [item for item in items if isinstance(item, DemoResult)]
    assert [result.demo_set for result in results] == list(sets)
    for result in results:
        assert [run.strategy for run in result.runs] == ["transfer", "finetune", "hybrid"]
        transfer = result.runs[0]
        # Far above chance: the network that comes with the package is a trained one.
        assert transfer.val_accuracy is not None
        assert transfer.val_accuracy > 0.8
        assert transfer.trainable_parameters < 0.01 * result.total_parameters
        assert "rule of thumb" in result.verdict
        open_project(result.root).close()


@pytest.mark.slow
def test_stopped_demo_keeps_its_run(profile: Path) -> None:
    control = Control()

    def stop_in_fine_tuning() -> None:
        for item in run_demo(paths=AppPaths.below(profile), control=control, sets=DEMO_SETS[:1]):
            if isinstance(item, PhaseStart) and item.phase == "fine-tuning":
                control.request_stop()

    with pytest.raises(StoppedError, match="kept"):
        stop_in_fine_tuning()


@pytest.mark.parametrize("demo_set", DEMO_SETS, ids=lambda demo_set: demo_set.sample.value)
@pytest.mark.parametrize(
    ("points", "p_value", "said"),
    [(8.0, 0.001, "tuned is better"), (-8.0, 0.001, "transfer is better"), (1.0, 0.8, "nothing measured")],
)
def test_every_outcome_has_its_own_words(demo_set: object, points: float, p_value: float, said: str) -> None:
    outcomes = [(8.0, 0.001), (-8.0, 0.001), (1.0, 0.8)]
    texts = {
        outcome: _explanation(demo_set, Comparison("a", "b", "", 100, outcome[0], 0, 0, outcome[1]))  # type: ignore[arg-type]
        for outcome in outcomes
    }
    assert len(set(texts.values())) == 3
    holds = {"tuned is better": False, "transfer is better": True, "nothing measured": True}
    if demo_set is DEMO_SETS[1]:
        assert ("It holds" in texts[points, p_value]) == holds[said]
    else:
        assert ("It holds" in texts[points, p_value]) == (said == "tuned is better")

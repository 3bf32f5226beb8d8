"""The benchmark of the advice: its images are what they are called, and its score counts what it should."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.benchmarks._processes import environment
from tests.benchmarks.advice import calibrate, score
from tests.benchmarks.advice.image_sets import SIDE, image_sets, images_of
from tlft_desktop.core.advice.evidence import Evidence

SETS = image_sets()
EVIDENCE = Evidence(
    num_train=40, num_val=10, num_classes=10, images_per_class=4, probe=(0.5, 0.4, 0.6), knn_accuracy=0.4,
    best_accuracy=0.5, head_accuracy=0.5, loses=False, detectable=0.3, shift=(0.1, 0.1, 0.1), entropy=2.0,
    near_misses=0.0, gain_of_doubling=0.1,
)  # fmt: skip


def cell(name: str, **ways: tuple[float, float]) -> dict[str, Any]:
    """Return a cell in which each way has an accuracy on either half of the test images."""
    halves = {way: {"a": a, "b": b, "num_b": 10, "seconds": 1.0} for way, (a, b) in ways.items()}
    return {"set": name, "per_class": 5, "seed": 0, "evidence": asdict(EVIDENCE), "ways": halves}


@pytest.mark.parametrize("chosen", SETS, ids=lambda item: item.name)
def test_images_of_a_set_are_repeatable_distinct_and_of_one_size(chosen: Any) -> None:
    first, again = (images_of(chosen, per_class=3, seed=1, is_test=False) for _ in range(2))
    pixels = [np.asarray(image) for _, image in first]
    assert [name for name, _ in first] == [name for name in chosen.classes for _ in range(3)]
    assert all((one == np.asarray(other)).all() for one, (_, other) in zip(pixels, again, strict=True))
    assert len({array.tobytes() for array in pixels}) == len(pixels)
    assert len({array.shape for array in pixels}) == 1
    assert len(chosen.classes) <= 10
    assert chosen.name == "digits" or pixels[0].shape == (SIDE, SIDE, 3)


def test_digits_for_tests_are_never_learned_from() -> None:
    digits = next(item for item in SETS if item.name == "digits")
    learned, tested = (
        {np.asarray(image).tobytes() for _, image in images_of(digits, per_class=60, seed=3, is_test=is_test)}
        for is_test in (False, True)
    )
    assert not learned & tested


def test_the_best_is_chosen_on_one_half_and_counted_on_the_other() -> None:
    lucky = cell("x", transfer=(0.9, 0.5), hybrid=(0.8, 0.7))
    assert score.regret(lucky, "transfer") == 0
    assert score.regret(lucky, "hybrid") == pytest.approx(-20)
    assert score.advised(lucky) == "hybrid", "few images"
    assert score.rule_of_thumb(lucky) == "transfer"


def test_scores_are_printed_for_the_advice_and_for_fixed_rules(tmp_path: Path) -> None:
    for number, name in enumerate(("x", "y", "z")):
        made = cell(
            name, transfer=(0.5, 0.5), last_stage=(0.5, 0.5), hybrid=(0.6, 0.6), finetune=(0.6, 0.6 + number / 10)
        )
        (tmp_path / f"{name}.json").write_text(json.dumps(made))
    command = [sys.executable, score.__file__, str(tmp_path)]
    rows = [json.loads(line) for line in _output([*command, "--json"]).splitlines()]
    by_choice = {row["choice"]: row for row in rows}
    assert by_choice["always transfer"]["regret_points"] == pytest.approx(10)
    assert by_choice["always hybrid"]["regret_points"] == pytest.approx(0)
    for row in rows:
        assert row["low"] <= row["regret_points"] <= row["high"]
    assert "mean regret in points" in _output(command)


def test_a_pilot_counts_where_a_cell_has_one(tmp_path: Path) -> None:
    hits = {"transfer": [True] * 40, "hybrid": [False] * 40, "finetune": [True] * 20 + [False] * 20}
    ways = [
        {"kind": kind, "hits": found, "epochs": 2, "seconds": 1.0, "gain": 0.0, "is_finished": True}
        for kind, found in hits.items()
    ]
    pilot = {"ways": ways, "num_train": 60, "num_held_out": 40, "share": 1.0, "refusal": "", "seconds": 3.0}
    tried = cell("x", transfer=(0.9, 0.9), hybrid=(0.5, 0.5), finetune=(0.8, 0.8))
    (tmp_path / "x.json").write_text(json.dumps({**tried, "pilot": pilot}))
    (tmp_path / "y.json").write_text(json.dumps(tried))
    assert score.advised(tried) == "hybrid"
    command = [sys.executable, score.__file__, str(tmp_path), "--json"]
    rows = {row["choice"]: row for row in map(json.loads, _output([*command, "--pilot"]).splitlines())}
    assert {row["cells"] for row in rows.values()} == {1}
    assert rows["the advice"]["regret_points"] == pytest.approx(40)
    assert rows["the advice after a pilot"]["regret_points"] == pytest.approx(0)
    assert {row["cells"] for row in map(json.loads, _output(command).splitlines())} == {2}


def _output(command: list[str]) -> str:
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=True).stdout


def test_fitted_rules_follow_the_cells_and_are_judged_by_others() -> None:
    cells = [cell(name, transfer=(0.9, 0.8), hybrid=(0.5, 0.5), finetune=(0.5, 0.4)) for name in ("one", "two")]
    known = [calibrate.Known(item, EVIDENCE.figures) for item in cells]
    table = calibrate.fitted(known)
    assert [item.chosen(table) for item in known] == ["transfer", "transfer"]
    assert "few_images: hybrid -> transfer" in calibrate.changes(table)
    assert calibrate.cost(table, known) == 0


def test_noise_changes_no_rule() -> None:
    known = [
        calibrate.Known(cell("one", transfer=(0.5, 0.5), hybrid=(0.4995, 0.5), finetune=(0.5, 0.5)), EVIDENCE.figures)
    ]
    assert calibrate.changes(calibrate.fitted(known)) == []


def test_calibration_says_what_rules_lose_on_a_set_that_they_have_not_seen(tmp_path: Path) -> None:
    for name in ("one", "two"):
        data = cell(name, transfer=(0.9, 0.8), hybrid=(0.5, 0.5), finetune=(0.5, 0.4))
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    command = [sys.executable, calibrate.__file__, str(tmp_path), "--json"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    assert result["left_one_set_out"]["regret_points"] == 0
    assert result["cells"] == 2

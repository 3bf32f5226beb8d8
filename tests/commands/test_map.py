"""`tlft map`: points of two runs over each other, a table, and what has no map."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, World, records, sentence
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.evaluation import embedding
from tlft_desktop.core.runs.store import RunStore

Caller = Callable[..., Result]
pytestmark = pytest.mark.slow


def test_two_runs_have_a_point_for_each_validation_image(world: World, run: Caller, tmp_path: Path) -> None:
    first, second = world.both
    table = tmp_path / "map.csv"
    (found,) = records(run("map", world.project, first, second, "--csv", table, "--json"))
    assert [each["run"] for each in found["maps"]] == [first, second]
    known = {row.run: row.val_accuracy for row in RunStore(world.project).summaries()}
    num_images = len(found["images"])
    assert num_images == len(set(found["images"])) > 5
    for each in found["maps"]:
        assert len(each["points"]) == num_images
        right = sum(answer == label for answer, label in zip(each["predicted"], found["labels"], strict=True))
        assert right / num_images == pytest.approx(known[each["run"]]), "the answers are those of the run"
        assert 0 < each["explained"] <= 1
        assert 0 <= each["neighbours"] <= 1
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert len(rows) == 2 * num_images
    assert [rows[0]["path"], rows[0]["class"]] == [found["images"][0], found["classes"][found["labels"][0]]]
    assert float(rows[0]["x"]) == pytest.approx(found["maps"][0]["points"][0][0], rel=1e-4)
    again = run("map", world.project, "--csv", table)
    assert (again.returncode, "exists" in again.stderr) == (ExitCode.USAGE, True), "nothing is overwritten"


def test_a_table_for_people(world: World, run: Caller) -> None:
    result = run("map", world.project, world.both[1])
    header, _, row, meaning = result.stdout.splitlines()
    assert meaning == "Next to their class: the image most like it has the same class, whatever the run answers."
    assert header.split()[:3] == ["run", "images", "wrong"]
    assert row.startswith("fine-tuning 2")


def test_what_has_no_map_is_a_sentence(
    world: World, run: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "has_umap", lambda: False)
    for arguments, code, text in (
        (("nobody",), ExitCode.BAD_INPUT, "There is no run 'nobody'"),
        ((world.both[0], "--method", "umap"), ExitCode.BAD_INPUT, "umap-learn"),
        ((world.both[0], "--csv", tmp_path), ExitCode.USAGE, "is not a table"),
    ):
        result = run("map", world.project, *arguments)
        assert result.returncode == code, result.stderr
        assert text in sentence(result)

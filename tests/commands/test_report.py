"""`tlft compare --html`: the figures of the other commands and of the files, and where it writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CLASSES, Result, World, records, sentence
from html_check import Page
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.number_words import interval, percent

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]


def written(run: Caller, world: World, path: Path, *options: object) -> tuple[Page, Result]:
    """Write a report about the first two runs and look at it strictly."""
    result = run("compare", world.project, *world.both, "--html", path, *options)
    assert result.returncode == ExitCode.DONE, result.stderr
    return Page(path.read_text(encoding="utf-8")), result


def test_the_report_tells_what_the_other_commands_tell(world: World, run: Caller, tmp_path: Path) -> None:
    page, result = written(run, world, tmp_path / "report.html", "--json")
    compared = records(run("compare", world.project, *world.both, "--json"))
    assert [json.loads(line) for line in result.stdout.splitlines()] == compared
    note = result.stderr.splitlines()[-1]
    assert note.startswith(f"The report is in '{tmp_path / 'report.html'}' (")
    (pair,) = compared
    assert pair["sentence"] in page.section("comparison").text
    _, row = page.rows("Pairs of runs on the same validation images")
    assert row[2] == f"{pair['difference_points']:.1f}"
    assert row[6:] == [str(pair[key]) for key in ("only_a_correct", "only_b_correct", "num_images")]
    table = page.rows("The runs")[1:]
    listed = {line["run"]: line for line in records(run("runs", world.project, "--json"))}
    for place, name in enumerate(world.both):
        (figures,) = records(run("evaluate", world.project, name, "--json"))
        cells = page.rows("On the validation images")[1 + place]
        assert cells[1:4] == [
            str(figures["num_images"]),
            percent(figures["accuracy"]),
            interval(figures["low"], figures["high"]),
        ]
        assert cells[4:6] == [percent(figures["balanced_accuracy"]), percent(figures["macro_f1"])]
        article = page.section(f"run-{name}")
        classes = page.rows("Class by class, on the validation images", article)[1:]
        expected = [[item["class"], str(item["support"]), percent(item["recall"])] for item in figures["classes"]]
        assert [[line[0], line[1], line[4]] for line in classes] == expected
        summary = listed[name]
        assert table[place][:4] == [
            summary["name"],
            "completed",
            percent(summary["val_accuracy"]),
            interval(summary["low"], summary["high"]),
        ]
        best = summary["best_epoch"]
        solved, trained = f"solved ({best} steps)", f"{best} of {summary['num_epochs']}"
        assert (summary["is_head_solved"], table[place][4]) == ((True, solved), (False, trained))[place]
        counts = [int(text.text) for text in page.all("text") if text.is_within(article) and text.text.isdigit()]
        matrix = [count for line in figures["confusion"] for count in line if count]
        assert ",".join(map(str, matrix)) in ",".join(map(str, counts))


def test_the_report_tells_the_files_and_the_commands_that_repeat_the_runs(
    world: World, run: Caller, tmp_path: Path
) -> None:
    page, _ = written(run, world, tmp_path / "report.html")
    repeat = page.section("repeat").text
    for name in world.both:
        config = json.loads((world.project / "runs" / name / "run.json").read_text())
        files = json.loads((world.project / "runs" / name / "final" / "MANIFEST.json").read_text())["files"]
        for value in (config["manifest"], config["weights_sha256"], files["model.safetensors"]["sha256"], name):
            assert value in repeat
        assert f"tlft train {world.project} --strategy {config['strategy']['kind']}" in repeat
        methods = page.section("methods").text
        assert f"PyTorch {config['versions']['torch']}" in methods
        assert f"Python {config['versions']['python']}" in methods
    assert f"tlft new {world.project} --data {world.images}" in repeat
    for number in (world.transfer, world.finetune):
        last = [event for event in number if event["event"] == "validation_end"][-1]
        assert last["val_accuracy"] is not None
    assert "EfficientNet-Lite0" in page.section("methods").text
    rows = {
        row[0]: row[3:] for row in page.rows("Layers in the order of execution, and what trained in each phase")[1:]
    }
    assert rows["classifier"] == ["trained"]
    assert rows["blocks"] == ["frozen"]


def test_pictures_stand_in_the_page_itself(world: World, run: Caller, tmp_path: Path) -> None:
    page, _ = written(run, world, tmp_path / "report.html")
    shown = [image for image in page.all("img") if image.is_within(page.section("data"))]
    assert len(shown) == 4 * len(CLASSES)
    assert all(str(image.attributes["src"]).startswith("data:image/jpeg;base64,/9j/") for image in shown)
    assert (tmp_path / "report.html").stat().st_size < 500_000


def test_nothing_is_overwritten_and_odd_names_are_refused(world: World, run: Caller, tmp_path: Path) -> None:
    kept = tmp_path / "kept.html"
    kept.write_text("mine")
    (tmp_path / "folder.html").mkdir()
    cases = (
        (kept, (), ExitCode.USAGE, "exists and is not overwritten"),
        (tmp_path / "folder.html", (), ExitCode.USAGE, "exists and is no file"),
        (tmp_path, (), ExitCode.USAGE, "is no name of a page. Name a file NAME.html."),
        (tmp_path / "report", (), ExitCode.USAGE, "is no name of a page"),
        (tmp_path / "no" / "report.html", (), ExitCode.BAD_INPUT, "There is no folder"),
        (tmp_path / "a.html", ("--metric", "macro-f1"), ExitCode.USAGE, "Leave out --metric"),
        (tmp_path / "a.html", ("--pool",), ExitCode.USAGE, "Leave out --pool"),
        (tmp_path / "a.html", ("nothing",), ExitCode.BAD_INPUT, "There is no run 'nothing'"),
    )
    for path, more, code, words in cases:
        result = run("compare", world.project, *more, "--html", path)
        assert result.returncode == code, words
        assert words in sentence(result)
    assert kept.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.html", "kept.html"]


def test_what_folds_showed_is_told_where_somebody_asked(world: World, run: Caller, tmp_path: Path) -> None:
    (line,) = records(run("evaluate", world.project, "transfer 1", "--folds", "--json"))
    target = tmp_path / "folds.html"
    assert run("compare", world.project, "transfer 1", "--html", target).returncode == 0
    assert line["sentence"] in target.read_text(encoding="utf-8")


def test_one_run_is_enough_for_a_report(world: World, run: Caller, tmp_path: Path) -> None:
    result = run("compare", world.project, "transfer 1", "--html", tmp_path / "one.HTM")
    assert result.returncode == ExitCode.DONE
    assert result.stdout == ""
    assert "Two runs with results are needed" in result.stderr
    assert (tmp_path / "one.HTM").is_file()


def test_images_that_moved_away_leave_a_report_that_says_so(world: World, run: Caller, tmp_path: Path) -> None:
    copy = world.copy(tmp_path)
    config = json.loads((copy / "project.json").read_text())
    # Without pixels in the cache and without originals nothing can be shown.
    result = run("--home", tmp_path / "empty", "compare", copy, "--html", tmp_path / "report.html")
    assert result.returncode == ExitCode.DONE
    aside = world.images.with_name("aside")
    world.images.rename(aside)
    try:
        result = run("compare", copy, "--home", tmp_path / "other", "--html", tmp_path / "moved.html")
    finally:
        aside.rename(world.images)
    assert result.returncode == ExitCode.DONE
    page = Page((tmp_path / "moved.html").read_text(encoding="utf-8"))
    assert page.all("img") == []
    assert page.all("div", "missing")
    assert config["data_root"] == str(world.images)

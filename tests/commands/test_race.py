"""`tlft race`: one standing in words, as JSON and in the list of runs; kills, and what is refused in a sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command_line import Result, World, events, records, sentence, start
from tlft_desktop.commands.race import exit_code_of
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.values.race import EntryEnd

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]
KEYS = {
    "race_start": {"race", "strategies", "seeds", "budget_seconds", "manifest", "num_entries", "num_done"},
    "entry_start": {"race", "entry", "num_entries", "strategy", "seed", "resumed"},
    "entry_end": {"race", "entry", "strategy", "seed", "state", "val_accuracy", "low", "high", "problem", "exit_code"},
    "race_end": {"race", "state", "budget_seconds", "shared_seconds", "standing", "comparisons", "sentences"},
}
PLACE_KEYS = {
    *("strategy", "state", "num_results", "accuracy", "low", "high", "lowest", "highest"),
    *("seconds", "best_seconds", "runs", "remarks"),
}
RACE = ("--strategies", "transfer,norm-bias", "--threads", 1)


@pytest.fixture
def project(world: World, tmp_path: Path) -> Iterator[Path]:
    """Return a project that has had no race."""
    copy = world.copy(tmp_path)
    yield copy
    shutil.rmtree(copy)


def test_the_same_numbers_stand_in_the_lines_in_the_words_and_in_the_runs(project: Path, run: Caller) -> None:
    lines = records(run("race", project, *RACE, "--budget", 0.5, "--json"))
    told: dict[str, list[dict[str, object]]] = {name: [] for name in KEYS}
    for line in lines:
        assert set(line) >= {"event", "run", "seq", "seconds", *KEYS.get(line["event"], ())}
        told.setdefault(line["event"], []).append(line)
    assert (lines[0]["event"], lines[-1]["event"]) == ("race_start", "race_end")
    ends, (standing,) = told["entry_end"], told["race_end"]
    assert [end["strategy"] for end in ends] == ["transfer", "norm-bias"]
    assert [end["run"] for end in ends] == [line["run"] for line in told["fit_end"]]

    rows = {row["run"]: row for row in records(run("runs", project, "--json"))}
    words = run("race", project, "--show").stdout
    assert records(run("race", project, "--show", "last", "--json")) == [standing]
    for end, place in zip(ends, lines[-1]["standing"], strict=True):
        assert set(place) == PLACE_KEYS
        row = rows[end["run"]]
        assert (place["accuracy"], place["low"], place["high"]) == (row["val_accuracy"], row["low"], row["high"])
        assert (place["seconds"], place["state"]) == (row["total_seconds"], row["state"])
        cells = f"{100 * place['accuracy']:.1f} %  [{100 * place['low']:.1f}, {100 * place['high']:.1f}]"
        assert [line.split()[:2] for line in words.splitlines() if cells in line] == [[place["strategy"], "completed"]]
    (pair,) = records(run("compare", project, *(end["run"] for end in ends), "--json"))
    assert lines[-1]["comparisons"] == [pair]
    assert pair["sentence"] in words


def test_a_race_says_first_which_differences_can_be_seen(project: Path, run: Caller) -> None:
    shown = run("race", project, *RACE, "--budget", 0.3).stdout.splitlines()
    assert "two ways of which only one is right on one image in ten cannot be told apart" in shown[1]
    assert len([line for line in shown if "cannot be told apart" in line]) == 1


def test_the_end_of_a_try_is_told_as_that_of_the_try(project: Path, run: Caller) -> None:
    shown = run("race", project, *RACE, "--budget", 0.3, "--tries", 2, "--quiet").stdout.splitlines()
    ends = [line for line in shown if line.startswith("Validation accuracy")]
    assert [line.startswith("Validation accuracy of this try: ") for line in ends] == [False, True, True]
    assert all(" % [" in line and "peak memory" in line for line in ends)


def test_a_killed_race_goes_on(project: Path, world: World, run: Caller) -> None:
    number = -1
    with start("race", project, *RACE, "--budget", 0.5, "--json", home=world.home) as process:
        for event in events(process):
            number += event["event"] == "entry_start"
            if event["event"] == "epoch_end" and number == 1:
                process.kill()
                break
    shown = run("race", project, "--show")
    assert "The race is interrupted: " in shown.stdout
    result = run("race", project, "--resume", "last", "--json")
    lines = records(result)
    assert (lines[0]["num_entries"], lines[0]["num_done"]) == (2, 1)
    (entry,) = [line for line in lines if line["event"] == "entry_start"]
    assert (entry["run"], entry["resumed"], entry["entry"]) == (event["run"], True, 1)
    assert [place["state"] for place in lines[-1]["standing"]] == ["completed", "completed"]
    assert len(records(run("runs", project, "--json"))) == 2 + 2
    again = run("race", project, "--resume", lines[-1]["race"])
    assert again.returncode == ExitCode.BAD_INPUT
    assert "nothing of it is left to train" in sentence(again)


def test_a_race_killed_between_its_tries_goes_on_and_says_what_was_selected(
    project: Path, world: World, run: Caller
) -> None:
    tries: list[tuple[str, int, float]] = []
    with start("race", project, *RACE, "--budget", 0.5, "--tries", 3, "--json", home=world.home) as process:
        for event in events(process):
            if event["event"] == "race_start":
                transfer, rates = event["rates"]
                assert (transfer, len(rates), event["num_entries"]) == ([], 3, 4)
            if event["event"] == "entry_start" and event["strategy"] == "norm-bias":
                tries.append((event["run"], event["attempt"], event["learning_rate"]))
            if event["event"] == "epoch_end" and len(tries) == 2:
                process.kill()
                break
    lines = records(run("race", project, "--resume", "last", "--json"))
    starts = [line for line in lines if line["event"] == "entry_start"]
    assert [(line["attempt"], line["resumed"]) for line in starts] == [(1, True), (2, False)]
    assert starts[0]["run"] == tries[1][0]
    assert [rate for _run, _try, rate in tries] + [starts[1]["learning_rate"]] == rates
    ends = [line for line in lines if line["event"] == "entry_end"]
    assert [(line["attempt"], line["learning_rate"]) for line in ends] == list(enumerate(rates))[1:]

    transfer, tuned = lines[-1]["standing"]
    assert set(transfer) == PLACE_KEYS
    assert set(tuned) == PLACE_KEYS | {"num_tries", "tries_seconds", "tries"}
    (counted,) = [each for each in tuned["tries"] if each["counts"]]
    assert (tuned["runs"], tuned["accuracy"], tuned["seconds"]) == (
        [counted["run"]], counted["accuracy"], counted["seconds"],
    )  # fmt: skip
    assert records(run("race", project, "--show", "--json")) == [lines[-1]]
    shown = run("race", project, "--show").stdout
    assert "transfer trains once with each seed: its head is solved exactly" in shown
    assert "best of 3" in shown
    words = "validation-selected" if len({each["accuracy"] for each in tuned["tries"]}) > 1 else "nothing was selected"
    assert words in shown


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--strategies", "transfer,finetun"), "there is no strategy 'finetun'"),
        (("--strategies", "transfer"), "at least two strategies"),
        (("--strategies", "transfer,transfer"), "each named once"),
        (("--strategies", ""), "there is no strategy ''"),
        (("--seeds", 0), "must be a whole number from 1"),
        (("--seeds", -2), "must be a whole number from 1"),
        (("--tries", 0), "must be a whole number from 1 to 9"),
        (("--tries", -1), "must be a whole number from 1 to 9"),
        (("--tries", 10), "must be a whole number from 1 to 9"),
        (("--tries", "many"), "must be a whole number from 1 to 9, not 'many'"),
        (("--tries", "2.5"), "must be a whole number from 1 to 9"),
        (("--tries", ""), "must be a whole number from 1 to 9"),
        (("--show", "last", "--tries", 2), "Leave out --tries"),
        (("--resume", "last", "--tries", 1), "Leave out --tries"),
        (("--budget", 0), "must be a number above 0"),
        (("--budget", "nan"), "must be a number above 0"),
        (("--resume", "last", "--seeds", 2, "--no-flip"), "Leave out --seeds, --no-flip"),
        (("--show", "last", "--budget", 2), "Leave out --budget"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(
    options: tuple[object, ...], words: str, world: World, capsys: pytest.CaptureFixture[str], run: Caller
) -> None:
    before = sorted(path.name for path in world.project.iterdir())
    result = run("race", world.project, *options)
    assert result.returncode == ExitCode.USAGE
    assert words in result.stderr
    assert sorted(path.name for path in world.project.iterdir()) == before


def test_a_further_try_that_failed_is_no_failure_of_a_race_that_is_complete() -> None:
    fact = {"race": "R", "strategy": "x", "seed": 0, "val_accuracy": None, "low": None, "high": None}

    def end(attempt: int, code: ExitCode) -> EntryEnd:
        rest = {"entry": attempt, "state": "failed", "attempt": attempt, "learning_rate": 0.1, "exit_code": int(code)}
        return EntryEnd(**fact, **rest)  # type: ignore[arg-type]

    ends = [end(0, ExitCode.DONE), end(1, ExitCode.BAD_INPUT)]
    assert exit_code_of(ends, "completed") == ExitCode.DONE
    assert exit_code_of(ends, "stopped") == ExitCode.BAD_INPUT
    assert exit_code_of([end(0, ExitCode.BAD_INPUT), ends[1]], "completed") == ExitCode.BAD_INPUT


def test_races_that_cannot_be_read_are_named(project: Path, run: Caller) -> None:
    missing = run("race", project, "--show")
    assert (missing.returncode, sentence(missing)) == (ExitCode.BAD_INPUT, "tlft: This project has had no race yet.")
    path = project / "races" / "01JD8X3V2Q4N5P6R7S8T9VABCD.json"
    fsio.make_folder(path.parent)
    path.write_text(json.dumps({"schema": 1}), encoding="utf-8")
    for option in ("--resume", "--show"):
        damaged = run("race", project, option, "last")
        assert damaged.returncode == ExitCode.BAD_INPUT
        assert "start a new race" in sentence(damaged)
    assert str(path) in run("check", project).stdout
    fsio.write_json(path, {"schema": 2}, seal=True)
    newer = run("race", project, "--resume", "last")
    assert newer.returncode == ExitCode.BAD_INPUT
    assert "newer version of this program" in sentence(newer)
    assert run("check", project).returncode == ExitCode.DONE

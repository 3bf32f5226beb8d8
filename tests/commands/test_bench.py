"""`tlft bench`: rows in words and as JSON, and what it says where fastai is wanted but not there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tlft_desktop import cli
from tlft_desktop.commands import bench
from tlft_desktop.core.bench.cases import BenchStep
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.errors import ExitCode

ROWS = (
    Row(4, "70 % frozen, an epoch", 0.43, 5, reference="the usual loop", ratio=25.2),
    Row(5, "difference of the first loss", 0.01, 0.001, unit="", bound=Bound.AT_MOST),
)


@pytest.fixture
def wanted(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Let everything be measured at once; return what was asked for."""
    asked: list[dict[str, object]] = []

    def measure(folder: Path, **options: object) -> Iterator[BenchStep | Row]:
        asked.append(options)
        yield BenchStep("the usual loop", 0, 1)
        yield from ROWS

    monkeypatch.setattr(bench, "measure", measure)
    return asked


def test_words_name_reference_ratio_goal_and_whether_it_was_reached(
    wanted: list[dict[str, object]], profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--home", str(profile), "bench", "--rounds", "2"]) == ExitCode.DONE
    header, _, reached, missed = capsys.readouterr().out.splitlines()[-4:]
    assert header.split() == ["target", "what", "this", "program", "against", "ratio", "goal"]
    for word in ("70 % frozen, an epoch", "0.43 s", "the usual loop", "25.2", "at least 5", "reached"):
        assert word in reached
    assert missed.endswith("at most 0.001  missed")
    assert [(item["rounds"], item["with_fastai"]) for item in wanted] == [(2, False)]


@pytest.mark.usefixtures("wanted")
def test_json_has_a_row_a_line(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--home", str(profile), "bench", "--json"]) == ExitCode.DONE
    rows = [Row.from_json(json.loads(line)) for line in capsys.readouterr().out.splitlines()]
    assert rows == list(ROWS)


def test_fastai_that_is_not_installed_is_a_usage_error(
    wanted: list[dict[str, object]],
    profile: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "fastai", None)
    assert cli.main(["--home", str(profile), "bench", "--fastai"]) == ExitCode.USAGE
    told = capsys.readouterr().err
    assert "fastai is not installed" in told
    assert 'pip install "tlft-desktop[bench]"' in told
    assert not wanted

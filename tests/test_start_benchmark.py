"""The benchmark of starts: what it takes for a window, how it reads its command line, and what it tells."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.benchmarks import start_beside_others as bench
from tests.benchmarks._report import Report

TOLD = "WINDOW=1\nX=0\nY=0\nWIDTH={}\nHEIGHT={}\nSCREEN=0\n"


def test_programs_are_named_with_their_commands() -> None:
    assert bench.named_command('tlft="/Meine Programme/tlft" gui') == ("tlft", ["/Meine Programme/tlft", "gui"])
    with pytest.raises(argparse.ArgumentTypeError):
        bench.named_command("tlft")


@pytest.mark.parametrize(("width", "height", "count"), [(1280, 800, 1), (500, 350, 1), (480, 360, 0), (1600, 20, 0)])
def test_what_shows_while_a_program_loads_is_no_window(width: int, height: int, count: int) -> None:
    assert len(list(bench.geometries(TOLD.format(width, height)))) == count


def test_every_window_is_looked_at_by_itself() -> None:
    told = TOLD.format(10, 10) + TOLD.format(900, 600)
    assert [window["WIDTH"] for window in bench.geometries(told)] == [900]


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes")
def test_a_program_that_ends_without_a_window_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "has_window", lambda _: False)
    program = bench.Program("quick", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    with pytest.raises(SystemExit, match=r"quick shows no window \(exit code 3\)"):
        bench.start_once(program, ":9")


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes")
def test_a_program_is_ended_with_the_processes_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = tmp_path / "number"
    inner = "import signal; signal.pause()"
    outer = (
        f"import pathlib, subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', {inner!r}])\n"
        f"pathlib.Path({str(number)!r}).write_text(str(child.pid))\nchild.wait()"
    )
    monkeypatch.setattr(bench, "has_window", lambda _: number.exists() and bool(number.read_text()))
    assert bench.start_once(bench.Program("two", [sys.executable, "-c", outer], tmp_path), ":9") > 0
    child = int(number.read_text())
    with suppress(psutil.NoSuchProcess):
        psutil.Process(child).wait(20)
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


def test_medians_minima_and_ratios_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ours = bench.Program("tlft", [], tmp_path, {"cold": [], "warm": [0.6, 0.5, 0.9]})
    other = bench.Program("other", [], tmp_path, {"cold": [], "warm": [1.5, 1.2, 1.0]})
    report = Report(as_json=False)
    bench.tell([ours, other], report)
    report.close()
    told = capsys.readouterr().out
    assert "tlft, warm: median 0.60 s, minimum 0.50 s of 3" in told
    assert "other, warm: median 1.20 s, minimum 1.00 s; 2.0 and 2.0 times tlft's" in told
    assert "cold" not in told
    assert "at most 0.7" in told

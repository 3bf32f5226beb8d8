"""The benchmarks: each is found, each can print rows, and one table shows them all; none is run here in earnest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks._processes import environment
from tests.benchmarks.all import FOLDER, rows_of, scripts
from tlft_desktop.core.bench.rows import Row

ROW = Row(10, "largest gap", 87.0, 100, unit="ms")
LINE = json.dumps(ROW.to_json())


def test_benchmarks_are_found_by_name(tmp_path: Path) -> None:
    for name in ("speed.py", "event_loop.py", "_shared.py", "all.py", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in scripts(tmp_path, ())] == ["event_loop.py", "speed.py"]
    assert [path.name for path in scripts(tmp_path, ("speed",))] == ["speed.py"]
    assert scripts(tmp_path, ("nothing",)) == []


@pytest.mark.full
@pytest.mark.parametrize("script", scripts(FOLDER, ()), ids=lambda path: path.stem)
def test_each_benchmark_can_be_quick_and_print_json(script: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(script), "--help"], env=environment(), capture_output=True, text=True, check=True
    )
    assert {"--quick", "--json"} <= set(done.stdout.replace("]", " ").replace("[", " ").split())


def test_rows_come_as_they_are_printed_and_words_in_between_go_elsewhere(tmp_path: Path) -> None:
    script = tmp_path / "made.py"
    script.write_text(f"import sys\nprint('words', file=sys.stderr)\nprint({LINE!r})\n")
    assert list(rows_of(script)) == [ROW]


def test_a_benchmark_that_breaks_off_is_told_after_its_rows(tmp_path: Path) -> None:
    script = tmp_path / "made.py"
    script.write_text(f"print({LINE!r})\nraise SystemExit(3)\n")
    rows = rows_of(script)
    assert next(rows) == ROW
    with pytest.raises(subprocess.CalledProcessError):
        next(rows)


def test_an_unknown_name_is_refused_with_those_that_there_are() -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "all.py"), "nothing"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "first_window" in done.stderr

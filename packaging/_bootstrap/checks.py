"""What `lint`, `test` and `bench` run, as data."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CHECKED_FOLDERS = ("tlft_desktop", "tests", "packaging")


@dataclass(frozen=True)
class Step:
    """One check: arguments for the environment's Python."""

    name: str
    arguments: tuple[str, ...]


LINT_STEPS = (
    Step("ruff check", ("-m", "ruff", "check", *CHECKED_FOLDERS)),
    Step("ruff format", ("-m", "ruff", "format", "--check", *CHECKED_FOLDERS)),
    Step("mypy", ("-m", "mypy")),
    Step("mypy of packaging", ("-m", "mypy", "--strict", "--no-warn-unused-configs", "packaging")),
    Step(
        "lint-imports",
        ("-c", "import sys; from importlinter.cli import lint_imports_command as main; sys.exit(main())"),
    ),
)


def clean_profile(
    environment: Mapping[str, str], *, home: Path, root: Path, platform: str = sys.platform
) -> dict[str, str]:
    """Return the environment of a test run: no display, a throwaway home, nothing of this user's settings."""
    values = dict(environment)
    values.setdefault("QT_QPA_PLATFORM", "offscreen")
    values["TLFT_HOME"] = str(home / "profile")
    for name in ("HOME", "USERPROFILE"):
        values[name] = str(home)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        values[name] = str(home / name.lower())
    if platform == "win32":
        # There the offscreen platform looks for fonts in a folder that no longer exists, and warns for each test.
        values.setdefault("QT_QPA_FONTDIR", str(Path(values.get("SystemRoot", r"C:\Windows")) / "Fonts"))
    values["PYTHONPATH"] = str(root / "tests")  # the plug-in no_qt.py; an inherited PYTHONPATH could hide packages
    values["PYTHONNOUSERSITE"] = "1"
    return values


def test_commands(rest: Sequence[str], *, root: Path, is_full: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Return the two pytest calls: the core where importing Qt fails, then everything else."""
    # One worker a core: every test computes with one thread.
    parallel = ("-n", "auto", "--dist", "worksteal")
    selected = parallel if is_full else (*parallel, "-m", "not full")
    core = ("-m", "pytest", "-p", "no_qt", "-p", "no:pytest-qt", *selected, "tests/core", *rest)
    others = ("-m", "pytest", *selected, "tests", "--ignore=tests/core", *rest)
    calls = [("Tests of the core, with Qt made impossible to import", core), ("All other tests", others)]
    return calls if (root / "tests" / "core").is_dir() else calls[1:]


def bench_command(rest: Sequence[str]) -> tuple[str, ...]:
    """Return the call that runs all benchmarks, or those that `rest` names, and prints one table."""
    return (str(Path("tests", "benchmarks", "all.py")), *rest)

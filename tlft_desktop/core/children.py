"""The processes that this program starts of itself: how, from a checkout, an installed package or a frozen program.

None of them finds modules in the folder that somebody stands in: a `json.py` among images must not run.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tlft_desktop.core import pattern_search

_HELPER_WORD = "--helper"
_SAFE_PATH = "PYTHONSAFEPATH"
_PATTERN_SEARCH = pattern_search.__name__
_HELPERS = ("tlft_desktop.core.data.probe", "tlft_desktop.core.models.pickle_reader", _PATTERN_SEARCH)
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


def program_command(*arguments: str) -> list[str]:
    """Return the command line that runs this program with the arguments that are typed behind `tlft`."""
    if _is_frozen():
        return [sys.executable, *arguments]
    return [sys.executable, "-P", "-m", "tlft_desktop", *arguments]


def helper_command(module: str) -> list[str]:
    """Return the command line that runs a module of this package as a helper; it must be one of `_HELPERS`."""
    if _is_frozen():
        return [sys.executable, _HELPER_WORD, module]
    return [sys.executable, "-P", "-m", module]


def pattern_search_command() -> list[str]:
    """Return the command line of the helper that searches; as a bare script it starts in a third of the time."""
    if _is_frozen():
        return helper_command(_PATTERN_SEARCH)
    return [sys.executable, "-I", "-S", str(pattern_search.__file__)]


def run_helper(arguments: Sequence[str]) -> bool:
    """Run the helper that the arguments of a frozen program ask for; return whether they ask for one.

    A frozen program has no interpreter that takes `-m`: it is its own.
    """
    if not (_is_frozen() and len(arguments) == 2 and arguments[0] == _HELPER_WORD and arguments[1] in _HELPERS):
        return False
    sys.exit(importlib.import_module(arguments[1]).main())


def environment() -> dict[str, str]:
    """Return the variables of a child: it finds this package wherever the parent found it."""
    # An empty or relative place in PYTHONPATH is the folder that somebody stands in.
    inherited = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(place)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(_PACKAGE_ROOT), *inherited])}


@contextlib.contextmanager
def safe_workers() -> Iterator[None]:
    """Let processes that `multiprocessing` starts import nothing from where somebody stands, as others of this program.

    It starts them by `-c` with the variables of this process, and asks nobody for others.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def helper_environment() -> dict[str, str]:
    """Return the variables of a helper, which computes with one thread."""
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**environment(), **single}


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))

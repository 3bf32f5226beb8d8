"""Values of options: what cannot be meant is refused before a command begins."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from pathlib import Path

MOST = 1_000_000
"""The largest whole number that an option takes where nothing else limits it."""

RUN_HELP = "identifier or name of a run, the unique beginning of either, `last` or `best`"
"""What a run is called on the command line."""


def path(text: str) -> Path:
    """Return a path; an empty variable of a script would silently mean the current folder."""
    return Path(_given(text, "a path"))


def run(text: str) -> str:
    """Return what names a run; empty it would silently mean another one, or none."""
    return _given(text, "the name of a run")


def word(text: str) -> str:
    """Return a word that is not empty."""
    return _given(text, "this")


def _given(text: str, what: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError(f"{what} cannot be empty")
    return text


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a function that reads a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be a whole number from {low} to {high}, not '{text[:40]}'")
        return value

    return parse


seed = whole(0, 2**31 - 1)
"""Reads a seed."""


def share(text: str) -> float:
    """Return a share in [0, 1)."""
    value = _number(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"must be a share from 0 to below 1, not '{text[:40]}'")
    return value


def accuracy(text: str) -> float:
    """Return an accuracy in (0, 1]."""
    value = _number(text)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"must be an accuracy above 0 and up to 1, not '{text[:40]}'")
    return value


def mixing(text: str) -> float:
    """Return how strongly images are mixed, in (0, 1]."""
    value = _number(text)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"must be a number above 0 and up to 1, not '{text[:40]}'")
    return value


def positive(text: str) -> float:
    """Return a finite number above 0."""
    value = _number(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"must be a number above 0, not '{text[:40]}'")
    return value


def number_in(low: float, high: float) -> Callable[[str], float]:
    """Return a function that reads a number from `low` to `high`."""

    def parse(text: str) -> float:
        value = _number(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be a number from {low:g} to {high:g}, not '{text[:40]}'")
        return value

    return parse


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan

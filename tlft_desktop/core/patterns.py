"""Searching with a regular expression that somebody typed, with an end to it; a leaf that every package may use."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Sequence

from tlft_desktop.core import children
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ResourceError

SECONDS = 5.0
_POLL_SECONDS = 0.1
_MARGIN_SECONDS = 1.0
"""The helper ends itself so much later than it is ended from here."""


class PatternError(ValueError):
    """A sentence about an expression that is none, or that takes too long; the remedy of the second is `remedy`."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def search_each(
    pattern: str, texts: Sequence[str], *, seconds: float = SECONDS, control: Control | None = None
) -> list[str | None]:
    """Search a regular expression in texts: return the first group of each, or the whole match of one without groups.

    Some expressions take longer than the age of the universe on a name of 40 letters, and Python's engine can be ended
    only with its process. So it works in one of its own, which takes 30 ms to start.

    Args:
        pattern: The expression.
        texts: Where to search.
        seconds: How long all of them together may take.
        control: Asked while the process works.

    Returns:
        An item for each text; None where the expression was not found, empty for a group that took no part.

    Raises:
        PatternError: If it is no regular expression, or takes longer.
        ResourceError: If the process cannot be started, or is ended from outside.
        StoppedError: If `control` asks to stop.
    """
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"'{pattern}' is not a regular expression: {error}.") from error
    request = json.dumps({"pattern": pattern, "texts": list(texts), "seconds": seconds + _MARGIN_SECONDS})
    child = _started(pattern)
    with child:
        try:
            answer = _answer_of(child, request, seconds, control)
        finally:
            child.kill()
    if control is not None:
        # A signal to the whole group may have ended the helper before it could ignore it.
        control.raise_if_stopped()
    if answer is None:
        raise PatternError(
            f"Searching with '{pattern}' takes longer than {seconds:g} s.",
            remedy="Repetitions within repetitions, as in '(a+)+', do that: write it with one of the two.",
        )
    if child.returncode:
        raise ResourceError(
            f"The helper that searches with '{pattern}' ended before it was done (exit status {child.returncode}).",
            remedy="Close other programs and try again.",
        )
    found: list[str | None] = json.loads(answer)
    return found


def _started(pattern: str) -> subprocess.Popen[str]:
    """Return a helper that waits for its request."""
    try:
        return subprocess.Popen(
            children.pattern_search_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="ascii",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open a console
        )
    except OSError as error:
        raise ResourceError(
            f"The helper that searches with '{pattern}' could not be started: {error}.",
            remedy="Check the installation with `tlft doctor`.",
        ) from error


def _answer_of(child: subprocess.Popen[str], request: str, seconds: float, control: Control | None) -> str | None:
    """Return what a helper answers; None where it takes longer."""
    deadline = time.monotonic() + seconds
    wanted: str | None = request
    while time.monotonic() < deadline:
        try:
            return child.communicate(wanted, timeout=_POLL_SECONDS)[0]
        except subprocess.TimeoutExpired:
            # It goes on with what it has of the request.
            wanted = None
        if control is not None:
            control.raise_if_stopped()
    return None

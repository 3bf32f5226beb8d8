"""Searching with a regular expression that somebody typed, with an end to it; a leaf that every package may use."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence

from tlft_desktop.core import pattern_search
from tlft_desktop.core.errors import ResourceError

SECONDS = 5.0


class PatternError(ValueError):
    """A sentence about an expression that is none, or that takes too long; the remedy of the second is `remedy`."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def search_each(pattern: str, texts: Sequence[str], *, seconds: float = SECONDS) -> list[str | None]:
    """Search a regular expression in texts: return the first group of each, or the whole match of one without groups.

    Some expressions take longer than the age of the universe on a name of 40 letters, and Python's engine can be ended
    only with its process. So it works in one of its own, which takes 30 ms to start.

    Args:
        pattern: The expression.
        texts: Where to search.
        seconds: How long all of them together may take.

    Returns:
        An item for each text; None where the expression was not found, empty for a group that took no part.

    Raises:
        PatternError: If it is no regular expression, or takes longer.
        ResourceError: If the process cannot be started.
    """
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"'{pattern}' is not a regular expression: {error}.") from error
    request = json.dumps({"pattern": pattern, "texts": list(texts), "seconds": seconds})
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-S", pattern_search.__file__],
            input=request,
            capture_output=True,
            timeout=seconds,
            check=True,
            encoding="ascii",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open a console
        )
    except subprocess.TimeoutExpired as error:
        raise PatternError(
            f"Searching with '{pattern}' takes longer than {seconds:g} s.",
            remedy="Repetitions within repetitions, as in '(a+)+', do that: write it with one of the two.",
        ) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise ResourceError(
            f"The helper that searches with '{pattern}' could not be started: {error}.",
            remedy="Check the installation with 'tlft doctor'.",
        ) from error
    found: list[str | None] = json.loads(child.stdout)
    return found

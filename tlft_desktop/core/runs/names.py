"""Names of runs: the one that the program gives, and what a person may choose instead."""

from __future__ import annotations

import re
import unicodedata

from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.values.strategy import StrategyKind

MAX_NAME_LENGTH = 80
_RESERVED_NAMES = ("last", "best")
"""What means a run of its own wherever one is named."""
_TITLES = {StrategyKind.FINETUNE.value: "fine-tuning", StrategyKind.GRADUAL.value: "gradual unfreezing"}


def title_of(strategy: str) -> str:
    """Return what a kind of strategy is called in words, such as `fine-tuning`."""
    return _TITLES.get(strategy, strategy)


def first_name(strategy: str, number: int, run: str) -> str:
    """Return the name that a run has until somebody gives it one, such as `transfer 3`."""
    return f"{title_of(strategy)} {number or run[-4:]}"


def checked_name(text: str) -> str:
    """Return a name as it is kept: without spaces around it, accents in one form; empty for none.

    Raises:
        UsageError: If it is too long, cannot be shown or typed, or means something else wherever a run is named.
    """
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in text)
    name = unicodedata.normalize("NFC", spaced.strip())
    if not name.isprintable():
        raise UsageError(
            "The name holds characters that cannot be shown, such as a line break.", remedy="Nothing was changed."
        )
    if len(name) > MAX_NAME_LENGTH:
        raise UsageError(
            f"A run's name has at most {MAX_NAME_LENGTH} characters; this one has {len(name):,}.",
            remedy="Nothing was changed.",
        )
    if name.casefold() in _RESERVED_NAMES:
        best = f"A run cannot be called '{name}': the word means the best run of the project."
        last = f"A run cannot be called '{name}': the word means the last run of the project."
        raise UsageError(best if name.casefold() == "best" else last, remedy="Nothing was changed.")
    return name


def is_first_name(name: str) -> bool:
    """Tell whether a name looks like one that the program gives: the next run may get it."""
    titles = "|".join(map(title_of, StrategyKind))
    return re.fullmatch(rf"(?:{titles}) [0-9]+", name, re.IGNORECASE) is not None

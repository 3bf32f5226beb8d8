"""Identifiers that sort by age: 48 bits of milliseconds and 80 random bits, as 26 letters and digits."""

from __future__ import annotations

import re
import secrets
import time
from datetime import UTC, datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80
_PATTERN = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def new_ulid(after: str = "") -> str:
    """Return a new identifier that sorts behind `after`, even when the clock went back since then.

    Args:
        after: The newest identifier that exists; empty for none.

    Source: https://github.com/ulid/spec, whose monotonic rule (add one) is applied to what lies on disk.
    """
    milliseconds = min(max(int(time.time() * 1000), 0), (1 << 48) - 1)
    value = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    if after:
        value = max(value, _decode(after) + 1)
    return _encode(value)


def is_ulid(text: str) -> bool:
    """Tell whether `text` is a complete identifier in capital letters."""
    return _PATTERN.fullmatch(text) is not None


def made_at(text: str) -> datetime:
    """Return when an identifier was made, to the millisecond.

    Raises:
        ValueError: If it is none.
    """
    if not is_ulid(text):
        raise ValueError(f"no identifier: '{text[:40]}'")
    return datetime.fromtimestamp((_decode(text) >> _RANDOM_BITS) / 1000, UTC)


def _encode(value: int) -> str:
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def _decode(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value

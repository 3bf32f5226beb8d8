"""HTML that cannot be broken by what stands in it: text is escaped, markup is made by `tag` only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TypeAlias

MAX_NAME = 120
"""Characters of a name that somebody chose; longer ones are cut."""
_VOID = frozenset({"br", "img", "link", "meta"})
# What HTML forbids, and what turns the direction of the text around it: names of files and classes come from others.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content: TypeAlias = "str | Iterable[Content] | None"
"""A text, which is escaped unless it is markup; several; or nothing."""


def escaped(text: str) -> Markup:
    """Return a text as HTML that shows it and does nothing else."""
    return Markup(html.escape(_HARMFUL.sub("\ufffd", text)))


def join(*content: Content) -> Markup:
    """Return contents one after the other."""
    return Markup("".join(_flat(content)))


def tag(element: str, *content: Content, **attributes: object) -> Markup:
    """Return an element.

    Args:
        element: Its name; never of a foreign source.
        content: What stands in it.
        attributes: Their values are escaped; None leaves one out. `class_` stands for `class`, and another `_` for a
            hyphen.
    """
    shown = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if element in _VOID:
        return Markup(f"<{element}{shown}>")
    return Markup(f"<{element}{shown}>{join(*content)}</{element}>")


def named(name: str) -> Markup:
    """Return a name that somebody chose: shortened, and with a direction of writing of its own."""
    return tag("bdi", shortened(name))


def shortened(name: str, length: int = MAX_NAME) -> str:
    """Return a name with at most so many characters, of which the last one says that some are missing."""
    plain = " ".join(name.split()) or "(no name)"
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"


def _flat(content: Content) -> Iterable[str]:
    if content is None:
        return
    if isinstance(content, str):
        yield content if isinstance(content, Markup) else escaped(content)
        return
    for item in content:
        yield from _flat(item)

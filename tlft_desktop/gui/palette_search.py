"""What the command palette finds for the words that the user types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_STARTS, _INSIDE, _SCATTERED = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be chosen.

    Attributes:
        text: What it is called.
        place: Where it stands, such as the title of its menu.
        shortcut: Its keys; empty for none.
        reason: Why it cannot be chosen now; empty where it can.
        icon: Name; empty for none.
        act: Does it.
    """

    text: str
    place: str
    shortcut: str = ""
    reason: str = ""
    icon: str = ""
    act: Callable[[], object] = field(default=lambda: None, compare=False)


def find(entries: Sequence[Entry], query: str) -> list[Entry]:
    """Return the entries that match every word, the best first; what cannot be chosen now stands last.

    A word matches where a word of the entry begins with it, where it stands inside of the text, or where its letters
    follow each other anywhere in the text, in this order of worth.
    """
    words = query.casefold().split()
    found = []
    for number, entry in enumerate(entries):
        scores = [_score(word, entry) for word in words]
        if all(scores):
            found.append((bool(entry.reason), -sum(scores), number, entry))
    return [entry for *_key, entry in sorted(found, key=lambda item: item[:3])]


def _score(word: str, entry: Entry) -> int:
    text = entry.text.casefold()
    everything = f"{text} {entry.place.casefold()}"
    if any(part.startswith(word) for part in text.split()):
        return _STARTS
    if word in everything:
        return _INSIDE
    letters = iter(text)
    return _SCATTERED if all(letter in letters for letter in word) else 0

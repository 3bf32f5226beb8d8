"""Sentences of the core in the user's language: they arrive as finished English text, since the core knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

PLACE = re.compile(r"\{(\d+)\}")
_SENTENCE_END = re.compile(r"(?<=[.?:]) ")
# A path or a name is never said in another language, whatever it is called.
_QUOTES = ("'", "`")
_LONGEST_SPAN = 8
"""Sentences in a row that one template may stand for, those within its places counted."""
_MOST_TRIALS = 6000
"""Templates that are held against the pieces of one text; more than any real sentence needs."""

_DEEPEST = 6
"""Sentences within places of sentences; deeper ones stay as they are."""


class SentencePatterns:
    """Finds the sentences that a text was made from, and says them in another language.

    A template such as `There is no run {1}.` fits a text that has its fixed words in their order; what stands at its
    places is taken over, and is said in the other language itself where it is a sentence, too. Where a text can be
    read in several ways, the one that explains most of it by fixed words is right. What no template fits stays as it
    is.

    Args:
        templates: Translations by source template; places are numbered `{1}`, `{2}` in both.
    """

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = tuple(_template(source, said) for source, said in templates.items())
        self.translated = lru_cache(maxsize=512)(self._translated)

    def _translated(self, text: str) -> str:
        """Return a text of one or several sentences in the other language, as far as it is known."""
        possible = [template for template in self._templates if template.longest in text]
        return _Reader(possible).read(text).said


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence with places.

    Attributes:
        fixed: What stands before, between and behind the places.
        said: The same in the other language.
        names: Places in quotation marks, counted from 0.
        longest: The longest of the fixed parts.
        weight: Characters of all fixed parts.
    """

    fixed: tuple[str, ...]
    said: str
    names: frozenset[int]
    longest: str
    weight: int

    def parts_of(self, text: str) -> list[str] | None:
        """Return what stands at the places, each as short as can be and never empty; None if the text does not fit.

        Takes the first place where a fixed part stands: if any choice fits, this one does.
        """
        first, last = self.fixed[0], self.fixed[-1]
        if len(self.fixed) == 1:
            return [] if text == first else None
        if not (text.startswith(first) and text.endswith(last)):
            return None
        start, end = len(first), len(text) - len(last)
        parts = []
        for words in self.fixed[1:-1]:
            found = text.find(words, start + 1, end)
            if found < 0:
                return None
            parts.append(text[start:found])
            start = found + len(words)
        return [*parts, text[start:end]] if start < end else None


def _template(source: str, said: str) -> _Template:
    fixed = tuple(PLACE.split(source)[::2])
    names = {
        place
        for place, (before, after) in enumerate(pairwise(fixed))
        if before.endswith(_QUOTES) and after.startswith(before[-1])
    }
    return _Template(fixed, said, frozenset(names), max(fixed, key=len), sum(map(len, fixed)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand a text: what it says in the other language, and how many fixed characters explain it."""

    said: str
    weight: int = 0


@dataclass
class _Reader:
    """Reads one text with the templates that can occur in it, each piece once and all with a limited effort."""

    templates: Sequence[_Template]
    _known: dict[str, _Reading] = field(default_factory=dict)
    _trials: int = 0
    _depth: int = 0

    def read(self, text: str) -> _Reading:
        """Return the best way to read sentences in a row."""
        if text in self._known:
            return self._known[text]
        if self._depth == _DEEPEST:
            return _Reading(text)
        self._depth += 1
        self._known[text] = self._read(text)
        self._depth -= 1
        return self._known[text]

    def _read(self, text: str) -> _Reading:
        borders = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text) + 1]
        # From the last sentence to the first: the best of what follows is known then.
        best = [_Reading("")] * len(borders)
        for start in reversed(range(len(borders) - 1)):
            ends = range(start + 1, min(start + 1 + _LONGEST_SPAN, len(borders)))
            # Of equal readings the one of single sentences is right, since `max` takes the first.
            choices = (
                _joined(reading, best[end])
                for end in ends
                for reading in self._readings(text[borders[start] : borders[end] - 1], alone=end == start + 1)
            )
            best[start] = max(choices, key=lambda reading: reading.weight)
        return best[0]

    def _readings(self, text: str, *, alone: bool) -> Iterable[_Reading]:
        """Yield the ways to read a piece by a single template, and a single sentence also as it is."""
        if alone:
            yield _Reading(text)
        if self._trials >= _MOST_TRIALS:
            return
        self._trials += len(self.templates)
        for template in self.templates:
            parts = template.parts_of(text)
            if parts is not None:
                yield self._filled(template, parts)

    def _filled(self, template: _Template, parts: Sequence[str]) -> _Reading:
        inner = [
            # Every template has two words at least.
            _Reading(part) if place in template.names or " " not in part else self.read(part)
            for place, part in enumerate(parts)
        ]
        said = PLACE.sub(lambda place: inner[int(place[1]) - 1].said, template.said)
        return _Reading(said, template.weight + sum(reading.weight for reading in inner))


def _joined(reading: _Reading, rest: _Reading) -> _Reading:
    return _Reading(f"{reading.said} {rest.said}", reading.weight + rest.weight) if rest.said else reading

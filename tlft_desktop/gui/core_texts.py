"""Sentences of the core in the user's language: they arrive as finished English text, since the core knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

PLACE = re.compile(r"\{(\d+)\}")
_SENTENCE_END = re.compile(r"(?<=[.?:]) ")


class SentencePatterns:
    """Finds the sentence that a text was made from, and says it in another language.

    A template such as `There is no run {1}.` becomes a pattern; what stands at its places is taken over, and is
    translated itself where it is a sentence, too. Texts that no template fits stay as they are.

    Args:
        templates: Translations by source template; places are numbered `{1}`, `{2}` in both.
    """

    def __init__(self, templates: Mapping[str, str]) -> None:
        # The most specific first: the one with the most fixed text.
        ordered = sorted(templates.items(), key=lambda item: -len(PLACE.sub("", item[0])))
        self._patterns = [(_pattern(source), target) for source, target in ordered]
        self.translated = lru_cache(maxsize=512)(self._translated)

    def _translated(self, text: str) -> str:
        """Return a text of one or several sentences in the other language, as far as it is known."""
        whole, parts = self._match(text)
        if whole and not any(_SENTENCE_END.search(part) for part in parts):
            return self._filled(whole, parts)
        for border in reversed([found.start() for found in _SENTENCE_END.finditer(text)]):
            head, head_parts = self._match(text[:border])
            if head and not any(_SENTENCE_END.search(part) for part in head_parts):
                return f"{self._filled(head, head_parts)} {self.translated(text[border + 1 :])}"
        return self._filled(whole, parts) if whole else text

    def _match(self, text: str) -> tuple[str, Sequence[str]]:
        """Return the translated template of a sentence with what stands at its places; empty where none fits."""
        for pattern, target in self._patterns:
            found = pattern.fullmatch(text)
            if found is not None:
                return target, found.groups()
        return "", ()

    def _filled(self, target: str, parts: Sequence[str]) -> str:
        return PLACE.sub(lambda place: self.translated(parts[int(place[1]) - 1]), target)


def _pattern(template: str) -> re.Pattern[str]:
    fixed = PLACE.split(template)[::2]
    # A place holds something: an empty one would let a shorter sentence fit a longer template.
    return re.compile("(.+?)".join(re.escape(part) for part in fixed), re.DOTALL)

"""Sentences of the core in another language."""

from __future__ import annotations

import pytest

from tlft_desktop.gui.core_texts import SentencePatterns

TEMPLATES = {
    "There is no run {1}.": "Es gibt keinen Lauf {1}.",
    "There is no run {1} in '{2}'.": "In '{2}' gibt es keinen Lauf {1}.",
    "Train it to its end first.": "Trainieren Sie ihn erst zu Ende.",
    "The settings could not be read: {1}": "Die Einstellungen sind nicht lesbar: {1}",
    "{1} of {2} images": "{1} von {2} Bildern",
}


@pytest.fixture
def sentences() -> SentencePatterns:
    return SentencePatterns(TEMPLATES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("There is no run 01J.", "Es gibt keinen Lauf 01J."),
        ("There is no run 01J in 'a b'.", "In 'a b' gibt es keinen Lauf 01J."),
        (
            "There is no run 01J. Train it to its end first.",
            "Es gibt keinen Lauf 01J. Trainieren Sie ihn erst zu Ende.",
        ),
        (
            "The settings could not be read: There is no run 7.",
            "Die Einstellungen sind nicht lesbar: Es gibt keinen Lauf 7.",
        ),
        ("There is no run a.b. Then something unknown.", "Es gibt keinen Lauf a.b. Then something unknown."),
        ("Something unknown.", "Something unknown."),
        ("", ""),
        ("There is no run .", "There is no run ."),
        ("There is no run two\nlines.", "Es gibt keinen Lauf two\nlines."),
        ("There is no run {2}.", "Es gibt keinen Lauf {2}."),
        ("There is no run \\1(.*).", "Es gibt keinen Lauf \\1(.*)."),
    ],
)
def test_sentences_are_found_and_filled(sentences: SentencePatterns, text: str, said: str) -> None:
    assert sentences.translated(text) == said


def test_long_text_without_a_pattern_is_quick_to_refuse(sentences: SentencePatterns) -> None:
    text = "of ".join(["1"] * 3000)
    assert sentences.translated(text) == text

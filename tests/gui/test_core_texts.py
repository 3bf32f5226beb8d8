"""Sentences of the core in another language."""

from __future__ import annotations

import pytest

from tlft_desktop.gui import core_texts
from tlft_desktop.gui.core_texts import PLACE, SentencePatterns
from tlft_desktop.gui.format import CORE_CONTEXT
from tlft_desktop.gui.translation import read_texts
from tlft_desktop.paths import resource_path

TEMPLATES = {
    "There is no run {1}.": "Es gibt keinen Lauf {1}.",
    "There is no run {1} in '{2}'.": "In '{2}' gibt es keinen Lauf {1}.",
    "Train it to its end first.": "Trainieren Sie ihn erst zu Ende.",
    "The settings could not be read: {1}": "Die Einstellungen sind nicht lesbar: {1}",
    "{1} of {2} images": "{1} von {2} Bildern",
    "'{1}' is damaged: {2}.": "'{1}' ist beschädigt: {2}.",
    "'{1}' is damaged: its content does not match.": "'{1}' ist beschädigt: Der Inhalt passt nicht.",
    "The project '{1}' is open for reading only: {2}": "Das Projekt '{1}' ist nur zum Lesen offen: {2}",
    "The project '{1}' is open in another program.": "Das Projekt '{1}' ist anderswo offen.",
    "{1} It holds here.": "{1} Hier gilt sie.",
    "The rule of thumb: few images need no more.": "Die Faustregel: Wenige Bilder brauchen nicht mehr.",
    "{1} and {2} more": "{1} und {2} weitere",
    "The classes {1} have no image.": "Die Klassen {1} haben kein Bild.",
    "It took {1} times as long.": "Es dauerte {1}-mal so lange.",
}


CATALOGUE = {
    text: said for (name, text), said in read_texts(resource_path("i18n/tlft_de.ts")).items() if name == CORE_CONTEXT
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
        ("'/a' is damaged: its content does not match.", "'/a' ist beschädigt: Der Inhalt passt nicht."),
        (
            "The settings could not be read: '/a' is damaged: its content does not match.",
            "Die Einstellungen sind nicht lesbar: '/a' ist beschädigt: Der Inhalt passt nicht.",
        ),
        (
            "The project '/a' is open for reading only: The project '/a' is open in another program.",
            "Das Projekt '/a' ist nur zum Lesen offen: Das Projekt '/a' ist anderswo offen.",
        ),
        (
            "The rule of thumb: few images need no more. It holds here.",
            "Die Faustregel: Wenige Bilder brauchen nicht mehr. Hier gilt sie.",
        ),
        ("Something unknown. Train it to its end first.", "Something unknown. Trainieren Sie ihn erst zu Ende."),
        ("The classes 'a', 'b' and 3 more have no image.", "Die Klassen 'a', 'b' und 3 weitere haben kein Bild."),
    ],
)
def test_sentences_are_found_and_filled(sentences: SentencePatterns, text: str, said: str) -> None:
    assert sentences.translated(text) == said


def test_names_in_quotation_marks_are_never_translated(sentences: SentencePatterns) -> None:
    name = "Train it to its end first."
    said = sentences.translated(f"The project '{name}' is open in another program.")
    assert said == f"Das Projekt '{name}' ist anderswo offen."


@pytest.mark.parametrize("source", sorted(CATALOGUE))
def test_every_sentence_of_the_core_is_found_among_all_others(core: SentencePatterns, source: str) -> None:
    filled, wanted = (PLACE.sub(lambda place: f"x{place[1]}", text) for text in (source, CATALOGUE[source]))
    assert core.translated(filled) == wanted
    assert core.translated(f"No such words: {filled}") == f"No such words: {wanted}"


@pytest.fixture(scope="module")
def core() -> SentencePatterns:
    return SentencePatterns(CATALOGUE)


def test_long_text_without_a_pattern_is_quick_to_refuse(sentences: SentencePatterns) -> None:
    text = "of ".join(["1"] * 3000)
    assert sentences.translated(text) == text


@pytest.mark.parametrize(
    "piece",
    ["of 1 images ", "There is no run a. ", "The memory was not enough. ", "{1} points 2, 3 ", "Unknown thing: ", ". "],
)
@pytest.mark.parametrize("times", [20, 3000])
def test_effort_for_texts_of_any_kind_is_limited(monkeypatch: pytest.MonkeyPatch, piece: str, times: int) -> None:
    trials = 0
    parts_of = core_texts._Template.parts_of

    def counted(template: core_texts._Template, text: str) -> list[str] | None:
        nonlocal trials
        trials += 1
        return parts_of(template, text)

    monkeypatch.setattr(core_texts._Template, "parts_of", counted)
    SentencePatterns(CATALOGUE).translated(piece * times)
    # Counted instead of timed: a trial takes about a microsecond.
    assert trials < core_texts._MOST_TRIALS + len(CATALOGUE)


def test_sentences_within_sentences_end_somewhere(core: SentencePatterns) -> None:
    piece = "The memory was not enough. "
    assert "Der Speicher reichte nicht aus." in core.translated(piece * 2000)
    assert core.translated(f"{piece * 4}Stop it first.").endswith("Halten Sie ihn zuerst an.")

"""The language of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject

from tlft_desktop.core.settings import Language
from tlft_desktop.gui import translation
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.translation import Catalogue, read_texts, wanted_locale

TEXTS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context><name>Base</name>
<message><source>Stop</source><translation>Anhalten</translation></message>
<message><source>Start</source><translation type="unfinished">Los</translation></message>
</context>
<context><name></name><message><source>gate</source><translation>Tor</translation></message></context>
<context><name>core</name>
<message><source>There is no run {1}.</source><translation>Es gibt keinen Lauf {1}.</translation></message>
</context>
</TS>
"""


class Base(QObject):
    pass


class Derived(Base):
    pass


@pytest.fixture
def catalogue(tmp_path: Path, qapp: QCoreApplication) -> Catalogue:
    path = tmp_path / "tlft_de.ts"
    path.write_text(TEXTS, encoding="utf-8")
    return Catalogue(path)


def test_texts_are_found_by_class_and_those_without_a_class_everywhere(
    catalogue: Catalogue, qapp: QCoreApplication
) -> None:
    assert qapp.installTranslator(catalogue)
    try:
        assert Derived().tr("Stop") == "Anhalten"
        assert Base().tr("Start") == "Start"
        assert QCoreApplication.translate("format", "gate") == "Tor"
        assert from_core("There is no run 7.") == "Es gibt keinen Lauf 7."
        assert from_core("Something else.") == "Something else."
    finally:
        qapp.removeTranslator(catalogue)
    assert Derived().tr("Stop") == "Stop"


def test_unfinished_translations_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.ts"
    path.write_text(TEXTS, encoding="utf-8")
    assert ("Base", "Start") not in read_texts(path)


@pytest.mark.parametrize(
    ("system", "languages", "choice", "wanted"),
    [
        ("C", ["C"], Language.SYSTEM, "en_US"),
        ("de_AT", ["de-AT", "de"], Language.SYSTEM, "de_AT"),
        ("de_AT", ["de-AT", "de"], Language.GERMAN, "de_AT"),
        ("de_AT", ["de-AT", "de"], Language.ENGLISH, "en_US"),
        ("en_GB", ["en-GB"], Language.SYSTEM, "en_GB"),
        ("en_GB", ["en-GB"], Language.GERMAN, "de_DE"),
        ("fr_FR", ["fr-FR"], Language.SYSTEM, "en_US"),
        # Numbers as in Switzerland, texts in English: the language of the texts decides for both.
        ("de_CH", ["en-US", "de-CH"], Language.SYSTEM, "en_US"),
    ],
)
def test_the_locale_follows_the_choice_and_the_system(
    monkeypatch: pytest.MonkeyPatch, system: str, languages: list[str], choice: Language, wanted: str
) -> None:
    class FakeLocale(QLocale):
        @staticmethod
        def system() -> QLocale:
            found = QLocale(system) if system != "C" else QLocale.c()

            class System(QLocale):
                def uiLanguages(self) -> list[str]:
                    return languages

            return System(found)

    monkeypatch.setattr(translation, "QLocale", FakeLocale)
    assert wanted_locale(choice).name() == wanted

"""The language of the window: our texts from the file that translators edit, Qt's own from the files beside Qt."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.settings import Language
from tlft_desktop.gui.core_texts import SentencePatterns
from tlft_desktop.gui.format import CORE_CONTEXT
from tlft_desktop.paths import resource_path

_NO_CLASS = ""
# Functions outside of classes are listed without a class, or as if the module they are called through were one.
_MODULES = frozenset({"fmt"})
_SOURCE = QLocale.Language.English
_CATALOGUES = {QLocale.Language.German: "i18n/tlft_de.ts"}
_LOCALES = {
    Language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
    Language.GERMAN: QLocale(QLocale.Language.German, QLocale.Country.Germany),
}


class Catalogue(QTranslator):
    """Texts of one language.

    Reads Qt's translation source (`.ts`) as it is: a compiled copy would be a generated file that can lag behind.

    Args:
        path: A `.ts` file that comes with the program.
    """

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = read_texts(path)
        self._sentences = SentencePatterns(
            {text: said for (name, text), said in self._texts.items() if name == CORE_CONTEXT}
        )

    def isEmpty(self) -> bool:
        return not self._texts

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the translation, or None where there is none; Qt then shows the source text."""
        if context == CORE_CONTEXT:
            return self._sentences.translated(text)
        return self._texts.get((context, text)) or self._texts.get((_NO_CLASS, text))


def read_texts(path: Path) -> dict[tuple[str, str], str]:
    """Return the finished translations of a `.ts` file by context and source text."""
    texts = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        name = _NO_CLASS if name in _MODULES else name
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.text and not translation.get("type"):
                texts[name, message.findtext("source") or ""] = translation.text
    return texts


def wanted_locale(choice: Language) -> QLocale:
    """Return the locale for texts and numbers: the chosen one, or the system's where the program speaks its language.

    A system without a locale (`C`) has no group separators, so English of the United States stands in for it.
    """
    system = QLocale.system()
    if choice in _LOCALES:
        chosen = _LOCALES[choice]
        # Someone in Austria who chooses German keeps Austrian numbers.
        return system if system.language() is chosen.language() else chosen
    wanted = next((QLocale(name) for name in system.uiLanguages()), system)
    if wanted.language() in (_SOURCE, *_CATALOGUES):
        return system if system.language() is wanted.language() else QLocale(wanted.language())
    return _LOCALES[Language.ENGLISH]


def install_language(app: QApplication, choice: Language) -> list[QTranslator]:
    """Let the window speak the user's language from here on; return the translators, which must be kept alive."""
    locale = wanted_locale(choice)
    QLocale.setDefault(locale)
    if locale.language() is _SOURCE:
        return []
    own = Catalogue(resource_path(_CATALOGUES[locale.language()]), app)
    of_qt = QTranslator(app)
    of_qt.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    translators: list[QTranslator] = [of_qt, own]
    for translator in translators:
        app.installTranslator(translator)
    return translators


def translations_found() -> str:
    """Load the texts of all languages, ours and Qt's, and return the names of the languages.

    Raises:
        TlftError: If the installation lacks some.
    """
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for language, name in _CATALOGUES.items():
        of_qt = QTranslator()
        if Catalogue(resource_path(name)).isEmpty() or not of_qt.load(QLocale(language), "qtbase", "_", folder):
            raise TlftError(f"This installation lacks texts for {language.name}.", remedy="Install the program again.")
    return ", ".join(language.name for language in (_SOURCE, *_CATALOGUES))

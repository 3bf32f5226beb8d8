"""A window of one sentence where the policy of this computer cannot be used: a menu entry has no terminal."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.settings import Language
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.process_signals import ProcessSignals
from tlft_desktop.gui.translation import install_language


def refuse(app: QApplication, problem: str) -> int:
    """Say why the program does not start, wait until that is closed, and return the exit code."""
    translators = install_language(app, Language.SYSTEM)
    signals, box = ProcessSignals(app), make_box(problem)
    signals.end_requested.connect(box.close)
    box.exec()
    signals.release()
    for translator in translators:
        app.removeTranslator(translator)
    return ExitCode.BAD_INPUT


def make_box(problem: str) -> QMessageBox:
    """Return the window; what it says comes from a file and is no markup."""
    title = QCoreApplication.translate("PolicyRefusal", "The program cannot start")
    remedy = QCoreApplication.translate("PolicyRefusal", "Tell who looks after this computer.")
    box = QMessageBox(QMessageBox.Icon.Critical, title, from_core(problem), QMessageBox.StandardButton.Close)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(remedy)
    return box

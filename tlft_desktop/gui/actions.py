"""Everything the user can ask for, as one table: text, shortcut, icon, menu, and when it is enabled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from tlft_desktop.gui.icons import IconSet

_CONTEXT = "actions"
# The name is what the translation tools look for; PySide6 declares the result as an object.
QT_TRANSLATE_NOOP = cast("Callable[[str, str], str]", QtCore.QT_TRANSLATE_NOOP)


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether an action is enabled.

    Attributes:
        has_project: A project is open.
        is_writable: It may be changed.
        is_training, is_paused, is_stopping: What the training thread does.
        can_start: A training may start now.
        can_undo, can_redo: Of the undo stack.
        has_result: A run with a result exists.
    """

    has_project: bool = False
    is_writable: bool = False
    is_training: bool = False
    is_paused: bool = False
    is_stopping: bool = False
    can_start: bool = False
    can_undo: bool = False
    can_redo: bool = False
    has_result: bool = False


def _always(_situation: Situation) -> bool:
    return True


def _free(situation: Situation) -> bool:
    return not situation.is_training


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: Key of its handler.
        menu: Title of its menu.
        text: With a mnemonic.
        shortcut: In portable form; empty for none.
        icon: Name; empty for none.
        enabled: Tells whether it may be chosen.
        hint: Longer explanation for the tool tip.
    """

    id: str
    menu: str
    text: str
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[Situation], bool] = _always
    hint: str = ""


FILE, EDIT, VIEW, TRAINING, HELP = (
    QT_TRANSLATE_NOOP("actions", "&File"),
    QT_TRANSLATE_NOOP("actions", "&Edit"),
    QT_TRANSLATE_NOOP("actions", "&View"),
    QT_TRANSLATE_NOOP("actions", "&Training"),
    QT_TRANSLATE_NOOP("actions", "&Help"),
)
MENUS = (FILE, EDIT, VIEW, TRAINING, HELP)

TABLE = (
    ActionSpec(
        "new", FILE, QT_TRANSLATE_NOOP("actions", "Open a folder of &images…"), "Ctrl+N", "images", _free,
        QT_TRANSLATE_NOOP("actions", "Make a project of a folder that holds one folder for each class"),
    ),
    ActionSpec("open", FILE, QT_TRANSLATE_NOOP("actions", "&Open a project…"), "Ctrl+O", "project", _free),
    ActionSpec("photos", FILE, QT_TRANSLATE_NOOP("actions", "Sample: &photographs"), "", "sample", _free),
    ActionSpec("digits", FILE, QT_TRANSLATE_NOOP("actions", "Sample: handwritten &digits"), "", "sample", _free),
    ActionSpec(
        "close", FILE, QT_TRANSLATE_NOOP("actions", "&Close the project"), "Ctrl+W", "close",
        lambda s: s.has_project and not s.is_training,
    ),
    ActionSpec("quit", FILE, QT_TRANSLATE_NOOP("actions", "&Quit"), "Ctrl+Q"),
    ActionSpec("undo", EDIT, QT_TRANSLATE_NOOP("actions", "&Undo"), "Ctrl+Z", "undo", lambda s: s.can_undo),
    ActionSpec("redo", EDIT, QT_TRANSLATE_NOOP("actions", "&Redo"), "Ctrl+Shift+Z", "redo", lambda s: s.can_redo),
    ActionSpec("page_data", VIEW, QT_TRANSLATE_NOOP("actions", "&Data"), "Ctrl+1", "data"),
    ActionSpec("page_layers", VIEW, QT_TRANSLATE_NOOP("actions", "&Layers"), "Ctrl+2", "layers"),
    ActionSpec("page_train", VIEW, QT_TRANSLATE_NOOP("actions", "&Train"), "Ctrl+3", "train"),
    ActionSpec("page_compare", VIEW, QT_TRANSLATE_NOOP("actions", "&Compare"), "Ctrl+4", "compare"),
    ActionSpec("page_use", VIEW, QT_TRANSLATE_NOOP("actions", "&Use"), "Ctrl+5", "use"),
    ActionSpec("theme_system", VIEW, QT_TRANSLATE_NOOP("actions", "Colours of the &system")),
    ActionSpec("theme_light", VIEW, QT_TRANSLATE_NOOP("actions", "Li&ght colours")),
    ActionSpec("theme_dark", VIEW, QT_TRANSLATE_NOOP("actions", "Dar&k colours")),
    ActionSpec(
        "start", TRAINING, QT_TRANSLATE_NOOP("actions", "&Start training"), "Ctrl+Return", "play",
        lambda s: s.can_start, QT_TRANSLATE_NOOP("actions", "Train with the strategy chosen on the page Train"),
    ),
    ActionSpec(
        "pause", TRAINING, QT_TRANSLATE_NOOP("actions", "&Pause"), "Ctrl+P", "pause",
        lambda s: s.is_training and not s.is_paused and not s.is_stopping,
        QT_TRANSLATE_NOOP("actions", "Let the training wait and use no processor time"),
    ),
    ActionSpec(
        "go_on", TRAINING, QT_TRANSLATE_NOOP("actions", "&Go on"), "Ctrl+G", "resume", lambda s: s.is_paused,
        QT_TRANSLATE_NOOP("actions", "Let the paused training go on"),
    ),
    ActionSpec(
        "stop", TRAINING, QT_TRANSLATE_NOOP("actions", "S&top and keep"), "Ctrl+.", "stop",
        lambda s: s.is_training and not s.is_stopping,
        QT_TRANSLATE_NOOP("actions", "Save the run as it is and end it; it can be resumed"),
    ),
    ActionSpec(
        "predict", TRAINING, QT_TRANSLATE_NOOP("actions", "Classify &images…"), "Ctrl+I", "use", lambda s: s.has_result,
    ),
    ActionSpec("help", HELP, QT_TRANSLATE_NOOP("actions", "&Help"), "F1", "help"),
    ActionSpec("about", HELP, QT_TRANSLATE_NOOP("actions", "&About this program"), "", "info"),
)  # fmt: skip


def translated(text: str) -> str:
    """Return a text of the table in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def build_actions(icons: IconSet, handlers: Mapping[str, Callable[[], None]], parent: QObject) -> dict[str, QAction]:
    """Return the actions of the table by id.

    Raises:
        KeyError: If an action has no handler.
    """
    actions = {}
    for spec in TABLE:
        action = QAction(translated(spec.text), parent)
        action.setObjectName(spec.id)
        hint = translated(spec.hint) if spec.hint else translated(spec.text).replace("&", "").rstrip("…")
        if spec.shortcut:
            sequence = QKeySequence(spec.shortcut)
            action.setShortcut(sequence)
            hint = f"{hint} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(hint)
        if spec.icon:
            icons.attach(action, spec.icon)
        action.triggered.connect(handlers[spec.id])
        actions[spec.id] = action
    return actions


def update_actions(actions: Mapping[str, QAction], situation: Situation) -> None:
    """Enable what can be chosen now."""
    for spec in TABLE:
        actions[spec.id].setEnabled(spec.enabled(situation))

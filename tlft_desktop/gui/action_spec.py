"""What an action of the window is, and what decides whether it can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6 import QtCore

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
    """

    has_project: bool = False
    is_writable: bool = False
    is_training: bool = False
    is_paused: bool = False
    is_stopping: bool = False
    can_start: bool = False
    can_undo: bool = False
    can_redo: bool = False


def _always(_situation: Situation) -> bool:
    return True


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
        needs: Why it cannot be chosen where `enabled` says no; a sentence.
    """

    id: str
    menu: str
    text: str
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[Situation], bool] = _always
    hint: str = ""
    needs: str = QT_TRANSLATE_NOOP("actions", "This cannot be done now.")

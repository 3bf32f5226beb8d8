"""The one undo command of the window: an old and a new immutable value, and what puts a value in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QUndoCommand

Value = TypeVar("Value")


class SwapCommand(QUndoCommand, Generic[Value]):
    """Replaces one value by another, and back.

    Args:
        old: What `undo` applies.
        new: What `redo` applies.
        text: What the user did.
        apply: Puts a value in its place.
        is_done: Whether the change was carried out before the command is made, as where it may be refused. The first
            `redo`, which the undo stack calls when it takes a command, does nothing then.
    """

    def __init__(
        self, old: Value, new: Value, *, text: str, apply: Callable[[Value], None], is_done: bool = False
    ) -> None:
        super().__init__(text)
        self._old, self._new, self._apply = old, new, apply
        self._is_done = is_done

    def redo(self) -> None:
        if not self._is_done:
            self._apply(self._new)
        self._is_done = False

    def undo(self) -> None:
        self._apply(self._old)

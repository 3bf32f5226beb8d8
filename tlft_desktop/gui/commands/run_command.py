"""Undo of what is done to runs: names, notes, stars, the trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QUndoCommand

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.runs.store import RunStore


class RunField(StrEnum):
    """What can be changed of a run."""

    NAME = "name"
    NOTE = "note"
    STAR = "star"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class RunMark:
    """What one field of one run shall be.

    Attributes:
        run: Identifier.
        field: Which field.
        text: Of a name or note; the empty name brings the derived one back.
        is_on: Of a star, and whether the run lies in the trash.
    """

    run: str
    field: RunField
    text: str = ""
    is_on: bool = False


Marks = tuple[RunMark, ...]


def apply_marks(store: RunStore, marks: Sequence[RunMark]) -> tuple[Marks, TlftError | None]:
    """Change runs on disk, in order, until one refuses.

    Returns:
        What brings the changed runs back, and why the first refused; None if all were changed.
    """
    inverse: list[RunMark] = []
    for mark in marks:
        try:
            inverse.insert(0, _apply(store, mark))
        except TlftError as error:
            return tuple(inverse), error
    return tuple(inverse), None


def _apply(store: RunStore, mark: RunMark) -> RunMark:
    run = mark.run
    if mark.field is RunField.NAME:
        before = RunMark(run, mark.field, text=store.given_name(run))
        store.rename(run, mark.text)
    elif mark.field is RunField.NOTE:
        before = RunMark(run, mark.field, text=store.summary(run).note)
        store.set_note(run, mark.text)
    elif mark.field is RunField.STAR:
        before = RunMark(run, mark.field, is_on=store.summary(run).starred)
        (store.star if mark.is_on else store.unstar)(run)
    else:
        before = RunMark(run, mark.field, is_on=not mark.is_on)
        (store.move_to_trash if mark.is_on else store.restore)(run)
    return before


class RunCommand(QUndoCommand):
    """Marks of runs that were changed, and what they were before.

    The change is on disk before the command is made, since it may be refused: the first `redo`, which the undo stack
    calls when it takes a command, does nothing.
    """

    def __init__(self, old: Marks, new: Marks, *, text: str, apply: Callable[[Marks], None]) -> None:
        super().__init__(text)
        self._old, self._new, self._apply = old, new, apply
        self._is_done = True

    def redo(self) -> None:
        if not self._is_done:
            self._apply(self._new)
        self._is_done = False

    def undo(self) -> None:
        self._apply(self._old)

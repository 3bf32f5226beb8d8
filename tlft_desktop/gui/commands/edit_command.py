"""Undo of changes of images: each command holds the values before and after, and is written to the disk first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from tlft_desktop.core.project.edits import Edit

Write = Callable[[tuple[Edit, ...]], None]


class EditCommand(QUndoCommand):
    """A change that is on the disk and shown already when the command is made.

    Args:
        edits: Old and new value of each image.
        text: What the user did.
        write: Writes edits and shows them once they are written.
    """

    def __init__(self, edits: tuple[Edit, ...], *, text: str, write: Write) -> None:
        super().__init__(text)
        self.edits = edits
        self._write = write
        self._is_done = True

    def redo(self) -> None:
        if self._is_done:
            # The stack calls this when it takes the command, which was carried out before.
            self._is_done = False
            return
        self._write(self.edits)

    def undo(self) -> None:
        self._write(tuple(edit.inverse for edit in reversed(self.edits)))

"""What can be changed of runs: names, notes, stars, the trash; each change gives the marks that take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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

"""Keeps the focus in its place when what has it can be pressed no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


@contextmanager
def handing_on(part: QWidget, heirs: Callable[[], Iterable[QWidget]]) -> Iterator[None]:
    """Hand the focus on where what happens inside of this takes it from a widget of `part`.

    Qt gives it to whatever comes next in the order of Tab, which may lie on another side of the window.

    Args:
        part: Only a focus inside of it is looked after.
        heirs: Returns who may have it, asked afterwards; the first one that can take it gets it. Where none can, it
            stays where Qt put it.
    """
    window = part.window()
    # Not that of the application, which has none while another program is in front.
    before = window.focusWidget()
    is_inside = before is not None and part.isAncestorOf(before)
    yield
    if before is None or not is_inside or _can_take(before):
        return
    heir = next((each for each in heirs() if _can_take(each)), None)
    if heir is not None:
        heir.setFocus(Qt.FocusReason.OtherFocusReason)


def _can_take(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus

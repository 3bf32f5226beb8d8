"""F6 walks through the parts of the window: header, steps, page, panels; Tab walks inside of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

NEXT_KEYS, PREVIOUS_KEYS = "Ctrl+Tab", "Ctrl+Shift+Tab"


class FocusRing(QObject):
    """Moves the focus from part to part; a part that was left gets it back where it was.

    Args:
        parts: Returns the parts of the moment in their order; parts may lie inside of each other, the inner one counts.
        window: The window.
    """

    def __init__(self, parts: Callable[[], Sequence[QWidget]], window: QWidget) -> None:
        super().__init__(window)
        self._parts = parts
        self._last: dict[QWidget, QWidget] = {}
        # Beside F6, which the table of actions has: people know these keys from browsers.
        for keys, move in ((NEXT_KEYS, self._go_next), (PREVIOUS_KEYS, self._go_back)):
            QShortcut(QKeySequence(keys), window).activated.connect(move)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {"next_part": self._go_next, "previous_part": self._go_back}

    @Slot()
    def _go_next(self) -> None:
        self._move(1)

    @Slot()
    def _go_back(self) -> None:
        self._move(-1)

    def go_to(self, part: QWidget) -> None:
        """Give the focus to a part, where it was there last."""
        target = self._target(part, [each for each in self._parts() if each.isVisible()])
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step: int) -> None:
        parts = [part for part in self._parts() if part.isVisible()]
        focused = QApplication.focusWidget()
        current = _innermost(parts, focused) if focused is not None else None
        if current is not None and focused is not None:
            self._last[current] = focused
        start = parts.index(current) if current is not None else (-1 if step > 0 else 0)
        for number in range(1, len(parts) + 1):
            part = parts[(start + step * number) % len(parts)]
            target = self._target(part, parts)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _target(self, part: QWidget, parts: Sequence[QWidget]) -> QWidget | None:
        candidates = [widget for widget in chain_of(part) if _innermost(parts, widget) is part]
        last = self._last.get(part)
        return last if last in candidates else next(iter(candidates), None)


def chain_of(part: QWidget) -> list[QWidget]:
    """Return what Tab reaches inside of a part, in the order of Tab."""
    chain = _chain_of_window(part.window())
    start = chain.index(part)
    return [
        widget
        for widget in (*chain[start:], *chain[:start])
        if (part is widget or part.isAncestorOf(widget))
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]


def _chain_of_window(window: QWidget) -> list[QWidget]:
    """Return a window and everything in it, in the order of Tab.

    PySide takes what `nextInFocusChain` returns for a child of the widget that was asked: when that is deleted, the
    whole branch of the other one counts as deleted too, and whoever holds a part of it gets a `RuntimeError`. So the
    last widget is not asked, since it would return the window, and each gets its true parent back.
    """
    chain = [window]
    for _ in [widget for widget in window.findChildren(QWidget) if widget.window() is window]:
        following = chain[-1].nextInFocusChain()
        assert following is not None
        chain.append(following)
    for parent in {widget.parentWidget() for widget in chain[1:]}:
        assert parent is not None
        parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return chain


def _innermost(parts: Sequence[QWidget], widget: QWidget) -> QWidget | None:
    around = [part for part in parts if part is widget or part.isAncestorOf(widget)]
    return max(around, key=_depth, default=None)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)

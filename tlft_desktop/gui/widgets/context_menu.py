"""Context menus whose entries say why they cannot be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def make_menu(parent: QWidget) -> QMenu:
    """Return an empty menu that shows tool tips and goes away when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    return menu


class _Offer(QObject):
    def __init__(self, owner: QWidget, area: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(owner)
        self._owner, self._area, self._actions = owner, area, tuple(actions)
        owner.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        owner.customContextMenuRequested.connect(self._open)

    @Slot(QPoint)
    def _open(self, place: QPoint) -> None:
        menu = make_menu(self._owner)
        menu.addActions(list(self._actions))
        menu.popup(self._area.mapToGlobal(place))


def offer_menu(owner: QWidget, area: QWidget, actions: Sequence[QAction]) -> None:
    """Let a widget have a context menu of actions of the window.

    Args:
        owner: The widget.
        area: That the place of a click is told in: the viewport of a view, or the widget itself.
        actions: In their order.
    """
    _Offer(owner, area, actions)

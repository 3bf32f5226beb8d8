"""The context menu of the layer tree."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tlft_desktop.gui.actions import TABLE, translated
from tlft_desktop.gui.layer_actions import ADAPTERS, RATES

_MENU = (
    "freeze_up_to", "train_from", "", "freeze_layers", "train_layers", "", "norm_inherited", "norm_eval",
    "norm_affine", "norm_full", "", RATES, ADAPTERS, "", "expand_below", "collapse_below", "copy_path", "layer_columns",
)  # fmt: skip
"""Actions by id, submenus by title, and lines between groups."""


def layer_menu(actions: Mapping[str, QAction], parent: QWidget) -> QMenu:
    """Return the menu of what is selected; it deletes itself."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for key in _MENU:
        if key in actions:
            menu.addAction(actions[key])
        elif key:
            inner = menu.addMenu(translated(key))
            inner.addActions([actions[spec.id] for spec in TABLE if spec.menu == key])
        else:
            menu.addSeparator()
    return menu

"""Undo of another backbone: network and ticks are swapped together, since ticks name layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand

from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.gui.commands.freeze_command import FreezeChoice


@dataclass(frozen=True)
class NetworkChoice:
    """The network of a project with what is frozen of it.

    Attributes:
        backbone: Catalogue name.
        image_size: Side of the square input, in pixels.
        tree: Its layers.
        choice: Ticks and strategy.
    """

    backbone: str
    image_size: int
    tree: LayerTree
    choice: FreezeChoice


class NetworkCommand(QUndoCommand):
    """Replaces one network by another."""

    def __init__(
        self, old: NetworkChoice, new: NetworkChoice, *, text: str, apply: Callable[[NetworkChoice], None]
    ) -> None:
        super().__init__(text)
        self._old, self._new, self._apply = old, new, apply

    def redo(self) -> None:
        self._apply(self._new)

    def undo(self) -> None:
        self._apply(self._old)

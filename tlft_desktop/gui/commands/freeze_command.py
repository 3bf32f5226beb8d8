"""Undo of ticks and presets: two immutable values are swapped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtGui import QUndoCommand

from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind


@dataclass(frozen=True, slots=True)
class FreezeChoice:
    """What the user wants trained.

    Attributes:
        plan: The ticks of the layer tree.
        kind: The strategy; `custom` trains exactly what is not ticked.
    """

    plan: FreezePlan = field(default_factory=FreezePlan)
    kind: StrategyKind = StrategyKind.TRANSFER


class FreezeCommand(QUndoCommand):
    """Replaces one choice by another."""

    def __init__(
        self, old: FreezeChoice, new: FreezeChoice, *, text: str, apply: Callable[[FreezeChoice], None]
    ) -> None:
        super().__init__(text)
        self._old, self._new, self._apply = old, new, apply

    def redo(self) -> None:
        self._apply(self._new)

    def undo(self) -> None:
        self._apply(self._old)

"""A menu of further strategies, which would crowd a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.theme import set_role
from tlft_desktop.gui.widgets.buttons import PushButton


def explanations() -> dict[StrategyKind, str]:
    """Return what each of these strategies does, in a sentence."""
    return {
        StrategyKind.GRADUAL: tr("The head first, then stage by stage from the last to the first."),
        StrategyKind.LAST_STAGE: tr("Trains the head and the last stage before it; what lies in front is kept."),
        StrategyKind.NORM_BIAS: tr("Trains the head, norm layers and all biases: few parameters, in all layers."),
        StrategyKind.LORA: tr("Trains the head and small adapters beside frozen layers (LoRA)."),
    }


class MoreWays(PushButton):
    """Opens a menu of some strategies.

    Args:
        kinds: Which of them.

    Signals:
        chosen(StrategyKind): The user chose one.
    """

    chosen = Signal(object)

    def __init__(self, *kinds: StrategyKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "menu")
        self.setText(self.tr("&More ways"))
        self.setAutoDefault(False)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for kind in kinds:
            action = menu.addAction(fmt.strategy_name(kind))
            action.setData(kind.value)
            action.setToolTip(explanations()[kind])
        menu.triggered.connect(self._announce)
        self.setMenu(menu)

    @Slot(QAction)
    def _announce(self, action: QAction) -> None:
        self.chosen.emit(StrategyKind(action.data()))

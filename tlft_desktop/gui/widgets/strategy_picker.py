"""Cards for the strategies: what each does and when it fits, in two lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.buttons import PushButton
from tlft_desktop.gui.widgets.segmented import ChoiceFocus
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label


class StrategyPicker(QWidget):
    """One card for each strategy, of which one is down.

    Signals:
        chosen(StrategyKind): The user chose a card.
    """

    chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Strategy"))
        self._session = context.session
        self._group = QButtonGroup(self)
        self._focus = ChoiceFocus(self._group)
        self._cards: dict[StrategyKind, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        texts = {
            StrategyKind.TRANSFER: self.tr("Trains the new head only. Seconds; best for few images or photographs."),
            StrategyKind.FINETUNE: self.tr("Trains all layers. Minutes; best for many images unlike photographs."),
            StrategyKind.HYBRID: self.tr("The head first, then more layers, if validation says that it is worth it."),
            StrategyKind.CUSTOM: "",
        }
        self._custom_text: QLabel | None = None
        for kind, text in texts.items():
            card, label = self._card(kind, text)
            self._cards[kind] = card
            self._group.addButton(card)
            self._focus.watch(card)
            layout.addWidget(card)
            if kind is StrategyKind.CUSTOM:
                self._custom_text = label
        self._group.buttonClicked.connect(self._announce)

    def name_of(self, kind: StrategyKind) -> str:
        """Return the name of a strategy."""
        return {
            StrategyKind.TRANSFER: self.tr("Transfer"),
            StrategyKind.FINETUNE: self.tr("Fine-tune"),
            StrategyKind.HYBRID: self.tr("Hybrid"),
            StrategyKind.CUSTOM: self.tr("Custom"),
        }[kind]

    def card_of(self, kind: StrategyKind) -> QPushButton:
        """Return the card of a strategy."""
        return self._cards[kind]

    def show_choice(self) -> None:
        """Show the strategy of the session."""
        choice, tree = self._session.choice, self._session.layer_tree
        self._focus.check(self._cards[choice.kind])
        text = self.tr("Trains exactly the layers without a tick on the page Layers.")
        if tree is not None and choice.kind is StrategyKind.CUSTOM:
            text = self.tr("Trains the layers without a tick: {count} parameters.").format(
                count=fmt.short_count(tree.trainable_parameters(choice.plan))
            )
        if self._custom_text is not None:
            self._custom_text.setText(text)
        self._cards[StrategyKind.CUSTOM].setAccessibleDescription(text)

    def _card(self, kind: StrategyKind, text: str) -> tuple[QPushButton, QLabel]:
        card = PushButton()
        set_role(card, "choice")
        card.setCheckable(True)
        card.setAutoDefault(False)
        card.setAccessibleName(self.name_of(kind))
        card.setAccessibleDescription(text)
        title, label = plain_label(self.name_of(kind), "strong"), wrapped_label(text, "muted")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 6, 12, 6)
        inside.setSpacing(0)
        for part in (title, label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(part)
        card.setMinimumHeight(68)
        return card, label

    @Slot(QAbstractButton)
    def _announce(self, pressed: QAbstractButton) -> None:
        kind = next(kind for kind, card in self._cards.items() if card is pressed)
        self.chosen.emit(kind)

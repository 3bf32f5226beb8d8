"""Cards for the strategies: what each does and when it fits, in two lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.buttons import PushButton
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.more_ways import MoreWays, explanations
from tlft_desktop.gui.widgets.segmented import ChoiceFocus
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label


class StrategyPicker(QWidget):
    """One card for each strategy, of which one is down; each says what it will cost where that is known.

    Signals:
        chosen(StrategyKind): The user chose a card.
    """

    chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Strategy"))
        self._session, self._costs = context.session, context.costs
        self._group = QButtonGroup(self)
        self._focus = ChoiceFocus(self._group)
        self._cards: dict[StrategyKind, QPushButton] = {}
        self._times: dict[StrategyKind, QLabel] = {}
        self._texts: dict[StrategyKind, str] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        texts = {
            StrategyKind.TRANSFER: self.tr(
                "Trains the new head only: quick. A first answer, often enough for photographs."
            ),
            StrategyKind.FINETUNE: self.tr("Trains all layers: slow. Best where images are unlike photographs."),
            StrategyKind.HYBRID: self.tr("The head first, then all layers, unless it is nearly always right."),
            **explanations(),
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
        # Their cards are seen only while they are chosen.
        self._rare = tuple(explanations())
        self.more_ways = MoreWays(*self._rare)
        self.more_ways.chosen.connect(self.chosen)
        layout.addWidget(self.more_ways)
        self._show_rare(None)
        self._group.buttonClicked.connect(self._announce)
        self._costs.add_viewer(self)
        self._costs.changed.connect(self._show_costs)

    def card_of(self, kind: StrategyKind) -> QPushButton:
        """Return the card of a strategy."""
        return self._cards[kind]

    def show_choice(self) -> None:
        """Show the strategy of the session."""
        choice, tree = self._session.choice, self._session.layer_tree
        self._show_rare(choice.kind)
        self._focus.check(self._cards[choice.kind])
        text = self.tr("Trains exactly the layers without a tick on the page Layers.")
        if tree is not None and choice.kind is StrategyKind.CUSTOM:
            text = self.tr("Trains the layers without a tick: {count} parameters.").format(
                count=fmt.short_count(tree.trainable_parameters(choice.plan))
            )
        if self._custom_text is not None:
            self._custom_text.setText(text)
        self._texts[StrategyKind.CUSTOM] = text
        self._show_costs()

    def _show_rare(self, chosen: StrategyKind | None) -> None:
        for kind in self._rare:
            self._cards[kind].setVisible(kind is chosen)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._costs.look()

    @Slot()
    def _show_costs(self) -> None:
        """Show on each card how long its training will take."""
        for kind, label in self._times.items():
            plan = self._plan_of(kind)
            cost = self._costs.of(kind, plan) if plan is not None else None
            time = self.tr("about {time}").format(time=fmt.rough_duration(cost.total)) if cost is not None else ""
            label.setText(time)
            self._cards[kind].setAccessibleDescription(f"{self._texts[kind]} {time}".rstrip())

    def _plan_of(self, kind: StrategyKind) -> FreezePlan | None:
        """Return the ticks that a click on a card would train with; None where there would be none of the user's."""
        choice = self._session.choice
        return self._session.own_ticks if kind is StrategyKind.CUSTOM is not choice.kind else choice.plan

    def _card(self, kind: StrategyKind, text: str) -> tuple[QPushButton, QLabel]:
        card = PushButton()
        set_role(card, "choice")
        card.setCheckable(True)
        card.setAutoDefault(False)
        card.setAccessibleName(fmt.strategy_name(kind))
        self._texts[kind] = text
        title, label = plain_label(fmt.strategy_name(kind), "strong"), wrapped_label(text, "muted")
        self._times[kind] = plain_label("", "muted")
        head = row(title, self._times[kind])
        head.setStretchFactor(title, 1)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 6, 12, 6)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(label)
        for part in (title, self._times[kind], label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card.setMinimumHeight(68)
        return card, label

    @Slot(QAbstractButton)
    def _announce(self, pressed: QAbstractButton) -> None:
        kind = next(kind for kind, card in self._cards.items() if card is pressed)
        self.chosen.emit(kind)

"""Trying the strategies out, beside the advice: a button, how far it is, and what each strategy came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.advice_desk import AdviceDesk
from tlft_desktop.gui.desks.pilot_desk import PilotDesk
from tlft_desktop.gui.theme import set_role
from tlft_desktop.gui.widgets.facts import FactList
from tlft_desktop.gui.widgets.layout import column, row
from tlft_desktop.gui.widgets.text import button, plain_label, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.core.advice.pilot import Pilot, PilotWay

_WAYS = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)


class PilotBox(QWidget):
    """Shows what a pilot desk knows; there is nothing to see before there is an advice.

    Args:
        desk: Tries the strategies out.
        advising: Has the advice, revised by what came of it.
    """

    def __init__(self, desk: PilotDesk, advising: AdviceDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._advising = desk, advising
        self.heading = plain_label(self.tr("Tried out"), "strong")
        self.text = wrapped_label("")
        self.start = button(self.tr("Try it &out"))
        self.start.clicked.connect(desk.measure)
        self.cancel = button(self.tr("Cancel tr&ying"), hint=self.tr("Stop; the advice stays as it is"))
        self.cancel.clicked.connect(desk.cancel)
        self._facts = FactList()
        hint = self.tr(
            "Accuracy on training images that were held out, with its 95 % interval, and what the second half of the "
            "epochs brought for each. A short training tells which way leads, not how far it comes."
        )
        self._found = {kind: self._facts.add(fmt.strategy_name(kind), hint) for kind in _WAYS}
        buttons = row(self.start, self.cancel)
        buttons.addStretch(1)
        self.setLayout(column(self.heading, self.text, self._facts, buttons))
        desk.changed.connect(self.show_pilot)
        self.show_pilot()

    @Slot()
    def show_pilot(self) -> None:
        """Show what the desks know."""
        advice, desk = self._advising.advice, self._desk
        pilot = None if advice is None else advice.pilot
        self.setVisible(advice is not None)
        if advice is None:
            return
        self.heading.setVisible(pilot is not None or desk.is_measuring)
        # Where it decided, the sentence stands above as what the advice rests on.
        told = next((reason.text for reason in advice.reasons[1:] if reason.name == "pilot"), "")
        asks = self.tr("Unsure: a short training of each strategy, about a minute, tells more.")
        proposal = asks if advice.confidence.value == "low" and pilot is None else ""
        self.text.setText(desk.progress or desk.problem or fmt.from_core(told) or proposal)
        set_role(self.text, "warning" if desk.problem and not desk.is_measuring else "")
        self.text.setVisible(bool(self.text.text()))
        self._facts.setVisible(pilot is not None and bool(pilot.ways) and not desk.is_measuring)
        if pilot is not None:
            self._show_ways(pilot)
        self.start.setVisible(not desk.is_measuring)
        self.cancel.setVisible(desk.is_measuring)
        self.start.setEnabled(not desk.reason)
        what = self.tr("Train each strategy for a moment on the training images: about a minute, nothing is kept")
        self.start.setToolTip(plain_tooltip(desk.reason or what))

    def _show_ways(self, pilot: Pilot) -> None:
        for kind, label in self._found.items():
            way = pilot.of(kind)
            self._facts.show_value(label, self.tr("no time for it") if way is None else self._in_words(way))

    def _in_words(self, way: PilotWay) -> str:
        reached = fmt.accuracy(way.accuracy, *way.interval)
        if not way.epochs:
            return reached
        slope = fmt.decimal(way.points_per_epoch, 1)
        epochs = self.tr("epochs: {number}").format(number=fmt.count(way.epochs))
        rising = self.tr("{slope} points each").format(slope=slope)
        return f"{reached}\n{epochs}\n{rising}"

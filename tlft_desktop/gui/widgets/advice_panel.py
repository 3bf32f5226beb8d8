"""The advice beside the layer tree: what to train, how surely, what to expect, and what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.advice_desk import AdviceDesk
from tlft_desktop.gui.desks.pilot_desk import PilotDesk
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.facts import FactList
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.pilot_box import PilotBox
from tlft_desktop.gui.widgets.text import button, plain_label, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.core.advice.advisor import Advice, Expectation

LEAST_WIDTH = 31 * GRID
_WAYS = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)


class AdvicePanel(QScrollArea):
    """Shows the advice of a desk.

    Args:
        desk: Measures for the advice.
        piloting: Tries the strategies out.

    Signals:
        strategy_chosen(StrategyKind): The user wants what is advised.
    """

    strategy_chosen = Signal(object)

    def __init__(self, desk: AdviceDesk, piloting: PilotDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._can_choose = False
        self._lines: list[QLabel] = []
        self.setAccessibleName(self.tr("Advice"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(LEAST_WIDTH)
        self.strategy = plain_label("", "figure")
        self.confidence = wrapped_label("", "muted")
        self.text = wrapped_label("")
        self.use = button(self.tr("&Use this"), "primary", hint=self.tr("Choose the advised strategy; can be undone"))
        self.use.clicked.connect(self._choose)
        self.measure = button("")
        self.measure.clicked.connect(desk.measure)
        self._facts = FactList()
        hint = self.tr(
            "Accuracy on images that were not learned from, with what it may well be, and the time on this machine. Of "
            "transfer: measured on folds of the training images. Of the others: that, and what training more layers "
            "brought with other images like these."
        )
        self._expected = {kind: self._facts.add(fmt.strategy_name(kind), hint) for kind in _WAYS}
        self.settings = wrapped_label("", "muted")
        self.earlier = wrapped_label("", "muted")
        self.pilot = PilotBox(piloting, desk)
        self._heading = plain_label(self.tr("What was measured"), "strong")
        self._build()
        desk.changed.connect(self.show_advice)
        self.show_advice()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The measured reasons as they are shown."""
        return tuple(line.text() for line in self._lines)

    def set_can_choose(self, can_choose: bool) -> None:
        """Tell whether the strategy may be changed."""
        self._can_choose = can_choose
        self.show_advice()

    @Slot()
    def show_advice(self) -> None:
        """Show what the desk knows."""
        desk, advice = self._desk, self._desk.advice
        for widget in (self.strategy, self.confidence, self._facts, self.use, self.settings):
            widget.setVisible(advice is not None)
        self.use.setEnabled(self._can_choose)
        self.text.setText(self._words(advice))
        self.text.setToolTip(plain_tooltip(advice.source if advice is not None else ""))
        set_role(self.text, "warning" if desk.problem else "muted" if advice is None else "")
        self.measure.setText(self.tr("A&gain") if advice is not None else self.tr("Mea&sure"))
        name = self.tr("Measure again") if advice is not None else self.tr("Measure")
        self.measure.setAccessibleName(name)
        self.measure.setEnabled(not desk.reason)
        self.measure.setToolTip(plain_tooltip(desk.reason or name))
        self.earlier.setText(fmt.from_core(desk.earlier))
        self.earlier.setVisible(advice is not None and bool(desk.earlier))
        if advice is not None:
            self._show_expected(advice)
        self._show_reasons()

    def _words(self, advice: Advice | None) -> str:
        if self._desk.problem:
            return self._desk.problem
        if advice is not None:
            return fmt.from_core(advice.reasons[0].text)
        if self._desk.is_measuring:
            return self.tr("Your images are looked at. What is found appears here one after the other.")
        return self.tr(
            "Which strategy fits your images? Their distance to the network's own, what a head would reach, what is "
            "confused, and what each way costs here are measured: within a minute. Nothing is trained, unless the "
            "rules disagree: then the strategies are tried out for another minute."
        )

    def _show_expected(self, advice: Advice) -> None:
        settings = advice.settings.get(advice.strategy)
        self.settings.setText("" if settings is None else fmt.from_core(settings.in_words()))
        self.strategy.setText(fmt.strategy_name(advice.strategy))
        sure = {
            "low": self.tr("low confidence"),
            "medium": self.tr("medium confidence"),
            "high": self.tr("high confidence"),
        }[advice.confidence.value]
        runner_up = fmt.strategy_name(advice.runner_up)
        self.confidence.setText(self.tr("{sure}; otherwise {other}").format(sure=sure, other=runner_up))
        self.confidence.setToolTip(
            plain_tooltip(self.tr("How far the rules agree that apply, and how narrow the measured interval is"))
        )
        for kind, label in self._expected.items():
            self._facts.show_value(label, self._expectation(advice.expected[kind]))

    def _expectation(self, expected: Expectation) -> str:
        reached = fmt.accuracy(expected.accuracy, expected.low, expected.high)
        if expected.seconds is None:
            return reached
        time = self.tr("about {time}").format(time=fmt.rough_duration(expected.seconds))
        return f"{reached}\n{time}"

    def _show_reasons(self) -> None:
        texts = [fmt.from_core(text) for text in self._desk.reasons]
        for line in self._lines[len(texts) :]:
            self._column.removeWidget(line)
            line.deleteLater()
        del self._lines[len(texts) :]
        while len(self._lines) < len(texts):
            line = wrapped_label()
            self._lines.append(line)
            self._column.insertWidget(self._column.indexOf(self._heading) + len(self._lines), line)
        for line, text in zip(self._lines, texts, strict=True):
            line.setText(text)
        self._heading.setVisible(bool(texts))

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scroll_content")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        for widget in (self.strategy, self.confidence, self.text):
            self._column.addWidget(widget)
        buttons = row(self.use, self.measure)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        for part in (self._facts, self.settings, self.pilot, self.earlier):
            self._column.addWidget(part)
        self._column.addWidget(self._heading)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

    @Slot()
    def _choose(self) -> None:
        if self._desk.advice is not None and self._can_choose:
            self.strategy_chosen.emit(self._desk.advice.strategy)

"""The figures of a run that are single numbers, with what each of them means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.facts import FactList
from tlft_desktop.gui.widgets.layout import column, scrollable
from tlft_desktop.gui.widgets.text import wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.run_evaluation import RunEvaluation

WIDTH = 29 * GRID


class FigureFacts(QWidget):
    """A column that scrolls where it is low, and is as wide as its figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        facts = self.facts = FactList()
        self._accuracy = facts.add(self.tr("Accuracy"), self.tr("Share of right answers, with its 95 % interval"))
        self._top5 = facts.add(
            self.tr("Among the likeliest 5"), self.tr("Share of images whose class is among the five likeliest")
        )
        self._balanced = facts.add(
            self.tr("Balanced accuracy"), self.tr("Mean over the classes of the share that is found: all count equally")
        )
        self._f1 = facts.add(self.tr("Macro F1"), self.tr("Mean F1 of the classes"))
        self._loss = facts.add(
            self.tr("Log loss"), self.tr("Mean cross-entropy in nats: punishes answers that are sure and wrong")
        )
        self._ece = facts.add(
            self.tr("Calibration error"), self.tr("Mean distance between probability and share of right answers")
        )
        self._auc = facts.add(
            self.tr("ROC area"),
            self.tr("How often an image of the second class gets a higher probability of it than one of the first"),
        )
        self._average = facts.add(self.tr("Average precision"), self.tr("Area under the precision-recall curve"))
        self.words = wrapped_label("", "muted")
        content = self._content = column(facts, self.words)
        content.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._area = scrollable(content, width=WIDTH)
        layout.addWidget(self._area)

    def show_figures(self, evaluation: RunEvaluation) -> None:
        """Show the figures of a run."""
        metrics, calibration, curves = evaluation.metrics, evaluation.calibration, evaluation.curves
        show = self.facts.show_value
        show(self._accuracy, fmt.accuracy(metrics.accuracy, metrics.low, metrics.high))
        show(self._top5, fmt.percent(metrics.top5))
        show(self._balanced, fmt.percent(metrics.balanced_accuracy))
        show(self._f1, fmt.percent(metrics.macro_f1))
        show(self._loss, "—" if metrics.log_loss is None else fmt.number(metrics.log_loss))
        show(self._ece, fmt.percent(calibration.ece))
        show(self._auc, "—" if curves is None else fmt.number(curves.roc_auc))
        show(self._average, "—" if curves is None else fmt.number(curves.average_precision))
        self.facts.set_shown(self._top5, metrics.top5 is not None)
        for label in (self._auc, self._average):
            self.facts.set_shown(label, curves is not None)
        self.words.setText("\n\n".join(self._sentences(evaluation)))
        self._make_room()

    def _make_room(self) -> None:
        """Be as wide as the longest name with its value, which depends on the language."""
        needed = self._content.minimumSize().width() + self._area.verticalScrollBar().sizeHint().width()
        self._area.setFixedWidth(max(WIDTH, needed))

    def _sentences(self, evaluation: RunEvaluation) -> list[str]:
        metrics, calibration, costs = evaluation.metrics, evaluation.calibration, evaluation.costs
        said = []
        if metrics.num_unanswered:
            text = self.tr("Answers that are no numbers, which count as wrong: {count}.")
            said.append(text.format(count=fmt.count(metrics.num_unanswered)))
        scaled = calibration.scaled
        if scaled is not None and scaled.ece < calibration.ece:
            text = (
                self.tr(
                    "The network is too sure: its percentages are off by {before} on average (calibration error). With "
                    "its raw outputs (logits) divided by {temperature} they would be off by {after}."
                )
                if scaled.temperature > 1
                else self.tr(
                    "The network is less sure than it could be: its percentages are off by {before} on average "
                    "(calibration error). With its raw outputs (logits) divided by {temperature} they would be off by "
                    "{after}."
                )
            )
            before, after = fmt.percent(calibration.ece), fmt.percent(scaled.ece)
            said.append(text.format(temperature=fmt.number(scaled.temperature), before=before, after=after))
        if costs is not None:
            text = self.tr(
                "By your costs an image costs {likeliest} with the likeliest class as the answer, and {cheapest} with "
                "the cheapest one, which is another one for {changed}."
            )
            said.append(
                text.format(
                    likeliest=fmt.number(costs.likeliest, 4),
                    cheapest=fmt.number(costs.cheapest, 4),
                    changed=fmt.num_images(costs.num_changed),
                )
            )
        return said

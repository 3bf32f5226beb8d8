"""What the choice in the table of runs says in words: about one run, or about several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.engine import Verdict
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.text import wrapped_label


class PairCard(QFrame):
    """A sentence with an icon, and a remark below it."""

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._icons = icons
        self.sentence = wrapped_label()
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sentence.setAccessibleName(self.tr("The chosen runs in words"))
        self.remark = wrapped_label("", "muted")
        self._picture = QLabel()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.sentence)
        words.addWidget(self.remark)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def show_choice(self, chosen: Sequence[RunSummary], verdict: Verdict | None) -> None:
        """Say what is known of the chosen runs; `verdict` is about two or more, None while it is computed."""
        if len(chosen) > 1:
            self._show_verdict(chosen, verdict)
        elif len(chosen) == 1:
            self._show_one(chosen[0])
        else:
            self._show("compare", Tint.MUTED, self.tr("Choose two runs to read which one is better."))

    def _show_verdict(self, chosen: Sequence[RunSummary], verdict: Verdict | None) -> None:
        if verdict is None:
            self._show("compare", Tint.MUTED, self.tr("The runs are being compared…"))
        elif not verdict.is_possible:
            self._show("warning", Tint.WARNING, verdict.sentence)
        else:
            self._show("compare", Tint.ACCENT, verdict.sentence, self._remark(chosen))

    def _remark(self, chosen: Sequence[RunSummary]) -> str:
        """Say of which runs an epoch was chosen; of a head that was solved none was."""
        selected = [run for run in chosen if not run.is_head_solved and run.epoch > 1]
        if len(selected) == len(chosen):
            return self.tr(
                "The best epoch of each run was chosen on these validation images, so the accuracies are a little too "
                "high; the test images of a project are free of that."
            )
        if not selected:
            return ""
        text = self.tr(
            "The best epoch of {names} was chosen on these validation images, which makes an accuracy a little too "
            "high; the test images of a project are free of that."
        )
        return text.format(names=", ".join(map(name_of, selected)))

    def _show_one(self, run: RunSummary) -> None:
        if run.problem:
            damaged = self.tr("{name} is damaged. {why} The other runs are not touched by that.")
            failed = self.tr("{name} failed. {why}")
            text = damaged if run.state is RunState.DAMAGED else failed
            self._show("error", Tint.ERROR, text.format(name=name_of(run), why=from_core(run.problem)))
        elif run.val_accuracy is None:
            text = self.tr("{name} has no validation result yet.").format(name=name_of(run))
            self._show("info", Tint.MUTED, text)
        else:
            text = self.tr("Choose a second run, with Ctrl or Shift held, to read which one is better.")
            self._show("compare", Tint.MUTED, text)

    def _show(self, icon: str, tint: Tint, sentence: str, remark: str = "") -> None:
        self._icons.attach(self._picture, icon, tint=tint, size=20)
        self.sentence.setText(sentence)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

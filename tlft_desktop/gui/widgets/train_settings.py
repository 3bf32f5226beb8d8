"""Simple settings of a training, and more for those who want them; everything has a good default."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip

FIELD_HEIGHT = 28
Number = TypeVar("Number", int, float)


class TrainSettingsForm(QWidget):
    """Fields whose lowest value means "automatic"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        automatic = self.tr("automatic")
        self.epochs = self._whole(self.tr("Epochs"), automatic, 0, 10_000)
        self.seed = self._whole(self.tr("Seed"), "", 0, 2**31 - 1)
        self.batch = self._whole(self.tr("Images per step"), automatic, 0, 4096)
        self.target = self._fraction(self.tr("Target accuracy"), automatic, 100.0, 1)
        self.target.setSuffix(" %")
        self.minutes = self._fraction(self.tr("Time limit"), self.tr("none"), 100_000.0, 1)
        self.minutes.setSuffix(self.tr(" min"))
        self.rate = self._fraction(self.tr("Learning rate"), automatic, 10.0, 6)
        self.rate.setSingleStep(0.0001)
        hints = {
            self.epochs: self.tr("Passes over the training images; for a head trained alone, at most so many steps"),
            self.seed: self.tr("The same seed gives the same result on the same computer"),
            self.batch: self.tr("Images that one optimiser step looks at"),
            self.target: self.tr("Hybrid stops after the head if validation reaches this"),
            self.minutes: self.tr("Training ends in good order when this time is over"),
            self.rate: self.tr("Largest step of the optimiser; too large a value diverges"),
        }
        for field, hint in hints.items():
            field.setToolTip(plain_tooltip(hint))
            field.setAccessibleDescription(hint)
        self._more = QWidget()
        self._more.hide()
        self._toggle = QToolButton()
        set_role(self._toggle, "flat")
        self._toggle.setText(self.tr("&More"))
        self._toggle.setAccessibleName(self.tr("More settings"))
        self._toggle.setCheckable(True)
        self._toggle.setArrowType(Qt.ArrowType.RightArrow)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.toggled.connect(self._show_more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        simple = self._form(self.epochs, self.seed)
        layout.addLayout(simple)
        layout.addWidget(self._toggle)
        self._more.setLayout(self._form(self.batch, self.rate, self.target, self.minutes))
        layout.addWidget(self._more)

    def settings(self, kind: StrategyKind) -> TrainSettings:
        """Return what the user chose; what has no meaning for `kind` is left out."""
        return TrainSettings(
            epochs=self.epochs.value() or None,
            seed=self.seed.value(),
            batch_size=self._unless_transfer(kind, self.batch.value()),
            learning_rate=self._unless_transfer(kind, self.rate.value()),
            target=self.target.value() / 100 or None if kind is StrategyKind.HYBRID else None,
            budget_seconds=60 * self.minutes.value() or None,
        )

    def show_kind(self, kind: StrategyKind) -> None:
        """Enable what has a meaning for a strategy."""
        is_convex = kind is StrategyKind.TRANSFER
        self.batch.setEnabled(not is_convex)
        self.rate.setEnabled(not is_convex)
        self.target.setEnabled(kind is StrategyKind.HYBRID)

    @staticmethod
    def _unless_transfer(kind: StrategyKind, value: Number) -> Number | None:
        return None if kind is StrategyKind.TRANSFER else value or None

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self._more.setVisible(shown)
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _form(self, *fields: QWidget) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for field in fields:
            label: QLabel = plain_label(field.accessibleName())
            label.setBuddy(field)
            form.addRow(label, field)
        return form

    def _whole(self, name: str, lowest: str, minimum: int, maximum: int) -> QSpinBox:
        field = QSpinBox()
        field.setRange(minimum, maximum)
        field.setSpecialValueText(lowest)
        field.setAccessibleName(name)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setMinimumHeight(FIELD_HEIGHT)
        return field

    def _fraction(self, name: str, lowest: str, maximum: float, decimals: int) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setRange(0.0, maximum)
        field.setDecimals(decimals)
        field.setSpecialValueText(lowest)
        field.setAccessibleName(name)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setMinimumHeight(FIELD_HEIGHT)
        return field

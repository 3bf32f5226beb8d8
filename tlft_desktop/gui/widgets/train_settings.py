"""Simple settings of a training, and more for those who want them; everything has a good default."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.engine import Device, TrainSettings
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.training_options import meaningful, reasons_against
from tlft_desktop.gui.widgets.buttons import ToolButton
from tlft_desktop.gui.widgets.fields import FIELD_HEIGHT, choice_field, flag_field, fraction_field, whole_field
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip, wrapped_label

MAX_VIEWS = 64
LABEL_WIDTH = 104
NUM_GENERAL_DEVICES = 2
"""That of the preferences, and the quickest."""


class TrainSettingsForm(QWidget):
    """Fields whose lowest value means "automatic".

    Signals:
        changed(): The user chose something else.
        flip_chosen(flip): The user said whether images may be mirrored, which belongs to the project.
    """

    changed = Signal()
    flip_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._head_only = StrategyKind.TRANSFER, True
        self._devices: tuple[Device, ...] = ()
        self._make_simple()
        self._make_more()
        self._hints = self._hints_by_field()
        self._fields: dict[str, QWidget] = {
            "learning_rate": self.rate,
            "optimizer": self.optimizer,
            "batch_size": self.batch,
            "views": self.views,
            "mixup": self.mixup,
            "checkpoint_activations": self.recompute,
            "head": self.head,
            "target": self.target,
        }
        self.note = wrapped_label("", "muted")
        self.note.setAccessibleName(self.tr("Why some settings cannot be changed"))
        self._lay_out()
        self._connect()
        self._show_meaning()

    def settings(self, kind: StrategyKind | None = None) -> TrainSettings:
        """Return what the user chose; what has no meaning for the strategy is left out."""
        head = self.head.currentData()
        head_only = self._head_only if kind is None or kind is self._kind else kind is StrategyKind.TRANSFER
        return meaningful(self.all_settings(), reasons_against(kind or self._kind, head_only=head_only, head=head))

    def set_settings(self, settings: TrainSettings) -> None:
        """Show settings; nothing is announced."""
        blocked = self.blockSignals(True)
        self.epochs.setValue(settings.epochs or 0)
        self.minutes.setValue((settings.budget_seconds or 0.0) / 60)
        self.target.setValue(100 * (settings.target or 0.0))
        self.seed.setValue(settings.seed)
        self.batch.setValue(settings.batch_size or 0)
        self.rate.setValue(settings.learning_rate or 0.0)
        self.views.setValue(-1 if settings.views is None else settings.views)
        self.mixup.setValue(settings.mixup or 0.0)
        self.threads.setValue(settings.threads or 0)
        self._list_devices(settings.device)
        for field, value in ((self.optimizer, settings.optimizer), (self.head, settings.head)):
            field.setCurrentIndex(max(0, field.findData(value or "")))
        self.balance.setChecked(settings.balance_classes)
        self.recompute.setChecked(settings.checkpoint_activations)
        self.cache.setChecked(settings.use_cache)
        self.blockSignals(blocked)
        self._show_meaning()

    def set_devices(self, devices: Sequence[Device]) -> None:
        """Offer the devices of this computer besides that of the preferences."""
        self._devices = tuple(devices)
        self._list_devices(self.device.currentData())

    def add_beside_more(self, widget: QWidget) -> None:
        """Put a button at the right end of the row in the middle."""
        self._row.addWidget(widget)

    def show_kind(self, kind: StrategyKind, *, head_only: bool | None = None) -> None:
        """Enable what has a meaning for a strategy, and say why the rest has none."""
        self._kind = kind
        self._head_only = kind is StrategyKind.TRANSFER if head_only is None else head_only
        self._show_meaning()

    def show_flip(self, answer: bool | None, *, changeable: bool) -> None:
        """Show whether the images of the project may be mirrored; without an answer they are."""
        self.flip.setChecked(answer is not False)
        self.flip.setEnabled(changeable)
        self._hints[self.flip] = self._flip_hint(answer)
        self._show_meaning()

    def all_settings(self) -> TrainSettings:
        """Return everything as it stands in the fields, whether or not it has a meaning now."""
        views = self.views.value()
        return TrainSettings(
            epochs=self.epochs.value() or None,
            seed=self.seed.value(),
            batch_size=self.batch.value() or None,
            learning_rate=self.rate.value() or None,
            target=self.target.value() / 100 or None,
            budget_seconds=60 * self.minutes.value() or None,
            device=self.device.currentData(),
            optimizer=self.optimizer.currentData() or None,
            head=self.head.currentData() or None,
            views=None if views < 0 else views,
            threads=self.threads.value() or None,
            use_cache=self.cache.isChecked(),
            balance_classes=self.balance.isChecked(),
            mixup=self.mixup.value() or None,
            checkpoint_activations=self.recompute.isChecked(),
        )

    def _make_simple(self) -> None:
        automatic = self.tr("automatic")
        self.epochs = whole_field(self.tr("Epochs"), automatic, 0, 10_000)
        self.minutes = fraction_field(self.tr("Time limit"), self.tr("none"), 100_000.0, 1)
        self.minutes.setSuffix(self.tr(" min"))
        self.target = fraction_field(self.tr("Target accuracy"), automatic, 100.0, 1)
        self.target.setSuffix(" %")
        self.seed = whole_field(self.tr("Seed"), "", 0, 2**31 - 1)

    def _make_more(self) -> None:
        automatic = self.tr("automatic")
        self.batch = whole_field(self.tr("Images per step"), automatic, 0, 4096)
        self.rate = fraction_field(self.tr("Learning rate"), automatic, 10.0, 6)
        self.rate.setSingleStep(0.0001)
        self.optimizer = choice_field(
            self.tr("Optimiser"),
            (("", automatic), (OptimizerKind.ADAMW.value, "AdamW"), (OptimizerKind.SGD.value, "SGD")),
        )
        self.head = choice_field(
            self.tr("Head"),
            (
                ("", automatic),
                (HeadSolver.CONVEX.value, self.tr("solved exactly")),
                (HeadSolver.SGD.value, self.tr("batch by batch")),
            ),
        )
        self.views = whole_field(self.tr("Views per image"), automatic, -1, MAX_VIEWS)
        self.mixup = fraction_field(self.tr("Mixup"), self.tr("none"), 1.0, 2)
        self.mixup.setSingleStep(0.1)
        self.device = choice_field(
            self.tr("Device"), (("", self.tr("as preferred")), ("auto", self.tr("the quickest")))
        )
        self.threads = whole_field(self.tr("Threads"), automatic, 0, os.cpu_count() or 1)
        self.flip = flag_field(self.tr("Images may be mirrored"), on=True)
        self.balance = flag_field(self.tr("Weigh all classes equally"), on=False)
        self.recompute = flag_field(self.tr("Less memory, more time"), on=False)
        self.cache = flag_field(self.tr("Keep features on disk for later runs"), on=True)

    def _hints_by_field(self) -> dict[QWidget, str]:
        return {
            self.epochs: self.tr("Passes over the training images; for a head trained alone, at most so many steps"),
            self.seed: self.tr("The same seed gives the same result on the same computer"),
            self.batch: self.tr(
                "Images that one optimiser step looks at: 32 by default, 16 with fewer than 200 training images"
            ),
            self.target: self.tr("Hybrid stops after the head if validation reaches this"),
            self.minutes: self.tr("Training ends in good order when this time is over"),
            self.rate: self.tr("Largest step of the optimiser; too large a value diverges"),
            self.optimizer: self.tr("How steps follow from gradients"),
            self.head: self.tr("How a phase that trains the head only finds its weights"),
            self.views: self.tr("Variants of each image; 0 draws a new one in each epoch, 1 shows the image as it is"),
            self.mixup: self.tr(
                "Learns from mixtures of two images and their classes: 0.1 mixes little, 1 a lot. Training loss and "
                "accuracy are then those of the mixtures"
            ),
            self.device: self.tr("What computes"),
            self.threads: self.tr("Threads of the processor; all cores by default"),
            self.flip: self._flip_hint(None),
            self.balance: self.tr("A rare class counts as much as a frequent one"),
            self.recompute: self.tr(
                "Keeps few tensors for the backward pass and computes the others again; the result is the same"
            ),
            self.cache: self.tr("The next run with the same frozen layers starts at once, for some space on disk"),
        }

    def _flip_hint(self, answer: bool | None) -> str:
        where = self.tr("Untick where left and right differ, as in writing. Holds for the whole project")
        return where if answer is not None else self.tr("Nobody has answered yet. {where}").format(where=where)

    def _lay_out(self) -> None:
        self._more = QWidget()
        self._more.hide()
        self._toggle = ToolButton()
        set_role(self._toggle, "flat")
        self._toggle.setText(self.tr("M&ore"))
        self._toggle.setAccessibleName(self.tr("More settings"))
        self._toggle.setCheckable(True)
        self._toggle.setArrowType(Qt.ArrowType.RightArrow)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._simple = self._form((self.epochs, self.minutes, self.target, self.seed))
        numbers = (self.batch, self.rate, self.optimizer, self.head, self.views, self.mixup, self.device, self.threads)
        more = self._form(numbers)
        for flag in (self.flip, self.balance, self.recompute, self.cache):
            more.addRow(flag)
        more.addRow(self.note)
        self._more.setLayout(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._simple)
        self._row = QHBoxLayout()
        self._row.addWidget(self._toggle)
        self._row.addStretch(1)
        layout.addLayout(self._row)
        layout.addWidget(self._more)

    def _connect(self) -> None:
        self._toggle.toggled.connect(self._show_more)
        for field in (self.epochs, self.minutes, self.target, self.seed, self.batch, self.rate, self.views):
            field.valueChanged.connect(self._note_change)
        for field in (self.mixup, self.threads):
            field.valueChanged.connect(self._note_change)
        for choice in (self.optimizer, self.head, self.device):
            choice.currentIndexChanged.connect(self._note_change)
        for flag in (self.balance, self.recompute, self.cache):
            flag.toggled.connect(self._note_change)
        # Of the project: only what the user does is an answer.
        self.flip.clicked.connect(self.flip_chosen)

    @Slot()
    def _note_change(self) -> None:
        if not self.signalsBlocked():
            self._show_meaning()
            self.changed.emit()

    def _list_devices(self, chosen: str) -> None:
        """List the devices, and the chosen one in any case: it may be gone, or nobody has looked for devices yet."""
        with QSignalBlocker(self.device):
            while self.device.count() > NUM_GENERAL_DEVICES:
                self.device.removeItem(NUM_GENERAL_DEVICES)
            for device in self._devices:
                self.device.addItem(fmt.from_core(device.text), device.id)
            if self.device.findData(chosen) < 0:
                self.device.addItem(chosen, chosen)
            self.device.setCurrentIndex(self.device.findData(chosen))

    def _show_meaning(self) -> None:
        reasons = reasons_against(self._kind, head_only=self._head_only, head=self.head.currentData())
        for name, field in self._fields.items():
            field.setEnabled(name not in reasons)
        for field, hint in self._hints.items():
            name = next((name for name, each in self._fields.items() if each is field), "")
            text = reasons.get(name, hint)
            field.setToolTip(plain_tooltip(text))
            field.setAccessibleDescription(text)
        self._simple.setRowVisible(self.target, "target" not in reasons)
        self.note.setText("\n".join(_each_once(reasons, self._names())))
        self.note.setVisible(bool(self.note.text()))

    def _names(self) -> dict[str, str]:
        # The target is not among them: where it has no meaning its row is hidden.
        return {name: field.accessibleName() for name, field in self._fields.items() if field is not self.target}

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self._more.setVisible(shown)
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _form(self, fields: Iterable[QWidget]) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for field in fields:
            label = plain_label(field.accessibleName())
            label.setBuddy(field)
            # The fields of both forms begin at one line.
            label.setMinimumWidth(LABEL_WIDTH)
            label.setMinimumHeight(FIELD_HEIGHT)
            if isinstance(field, QComboBox):
                field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            form.addRow(label, field)
        return form


def _each_once(reasons: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """Return each reason once, with the fields that it concerns."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        if name in names:
            by_reason.setdefault(reason, []).append(names[name])
    return [f"{', '.join(fields)}: {reason}" for reason, fields in by_reason.items()]

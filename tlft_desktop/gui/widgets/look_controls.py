"""What the user chooses beside the pictures of what networks looked at: image, class, stage, epoch and strength."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QProgressBar, QSlider, QVBoxLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.check_desk import CheckDesk
from tlft_desktop.gui.desks.explain_desk import ExplainDesk, MapOf
from tlft_desktop.gui.desks.look_networks import EpochChoice
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.image_grid_model import split_name
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.elided_label import ElidedLabel
from tlft_desktop.gui.widgets.fields import choice_field, flag_field
from tlft_desktop.gui.widgets.focus_keeping import handing_on
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import button, icon_button, plain_label, plain_tooltip, wrapped_label

GRAD_CAM, COVERED = "gradcam", "covered"
WIDTH = 36 * GRID
_PERCENT = 100


class LookControls(QWidget):
    """A column of controls over the desks.

    Args:
        icons: For buttons.
        desk: What is asked.
        checks: Checks of the maps.

    Signals:
        strength_changed(strength): How strong the map is painted, 0 to 1.
        kind_changed(): The other kind of map is wanted.
        image_wanted(): The user wants to choose a file.
        saving_wanted(): The user wants to save the pictures.
    """

    strength_changed = Signal(float)
    kind_changed = Signal()
    image_wanted = Signal()
    saving_wanted = Signal()

    def __init__(self, icons: IconSet, desk: ExplainDesk, checks: CheckDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._checks = desk, checks
        self.previous, self.next = icon_button(self.tr("Previous image")), icon_button(self.tr("Next image"))
        icons.attach(self.previous, "previous")
        icons.attach(self.next, "next")
        self.image = ElidedLabel("strong", mode=Qt.TextElideMode.ElideMiddle)
        self.about = ElidedLabel("muted")
        self.mistake = button(
            self.tr("&Wrong image"), hint=self.tr("Show an image that the first chosen run has wrong")
        )
        self.other = button(self.tr("An&y image…"), hint=self.tr("Look at any image; it may also be dropped here"))
        self.classes = choice_field(self.tr("Class whose map is shown"), ())
        self.stages = choice_field(self.tr("Stage at which the map is taken"), ())
        self.epochs = choice_field(
            self.tr("Epoch of the networks"),
            (
                (EpochChoice.BEST.value, self.tr("best epoch")),
                (EpochChoice.LAST.value, self.tr("last step")),
                (EpochChoice.BOTH.value, self.tr("best and last")),
            ),
        )
        self._epoch_label = plain_label(self.tr("Network"))
        self.base = flag_field(self.tr("Unt&ouched network first"), on=False)
        self.strength = self._make_strength()
        self._percent = plain_label("", "muted")
        self.kinds = self._make_kinds()
        self.check = button(self.tr("Chec&k the maps"))
        self.cancel = button(self.tr("Stop chec&king"), hint=self.tr("Stop; what was found stays"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the check"))
        self.bar.setTextVisible(False)
        self.save = button(
            self.tr("E&xport pictures…"),
            hint=self.tr("Write the pictures as they are shown into a new folder, as PNG files"),
        )
        self.notice = wrapped_label("", "warning")
        self._lay_out()
        self._connect()
        self._show_strength()

    @property
    def kind(self) -> str:
        """Which map is wanted: `GRAD_CAM` or `COVERED`."""
        return self.kinds.current

    @property
    def strength_now(self) -> float:
        """How strong the map is painted, 0 to 1."""
        return self.strength.value() / _PERCENT

    @Slot()
    def show_state(self) -> None:
        """Show what the desks know."""
        self._show_image()
        self._fill_classes()
        self._fill_stages()
        networks = self._desk.networks
        for widget in (self.epochs, self._epoch_label):
            widget.setVisible(networks.has_last)
        self.epochs.setCurrentIndex(self.epochs.findData(networks.epochs.value))
        self.base.setChecked(networks.with_base)
        self.base.setEnabled(not networks.why_no_base)
        hint = self.tr("Show the pretrained network with a head first: the best transfer run with the same classes")
        self.base.setToolTip(plain_tooltip(networks.why_no_base or hint))
        self._show_checking()
        self.save.setEnabled(bool(self._desk.looks))
        self.notice.setText(self._words())
        self.notice.setVisible(bool(self.notice.text()))

    # Inside

    def _make_strength(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName(self.tr("Strength of the map on the image, in percent"))
        slider.setRange(0, _PERCENT)
        slider.setValue(_PERCENT)
        slider.setPageStep(10)
        return slider

    def _make_kinds(self) -> SegmentedControl:
        kinds = SegmentedControl(self.tr("Which map is shown"))
        kinds.add(GRAD_CAM, self.tr("Heat"), hint=self.tr("What speaks for the class (Grad-CAM)"))
        hint = self.tr("Where a patch on the image costs the class its probability (occlusion)")
        kinds.add(COVERED, self.tr("Covered"), hint=hint)
        kinds.set_current(GRAD_CAM)
        return kinds

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(GRID // 2)
        steps = row(self.previous, self.next, self.image, spacing=GRID // 2)
        steps.setStretch(2, 1)
        for part in (steps, self.about, row(self.mistake, self.other), self.notice, self._make_form(), self.base):
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)
        kinds = row(self.kinds)
        kinds.addStretch(1)
        layout.addLayout(row(self.check, self.save))
        for widget in (self.bar, self.cancel):
            layout.addWidget(widget)
        layout.addLayout(kinds)
        layout.addStretch(1)

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(GRID)
        form.setVerticalSpacing(GRID // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in (
            (plain_label(self.tr("Map of")), self.classes),
            (plain_label(self.tr("Taken at")), self.stages),
            (self._epoch_label, self.epochs),
        ):
            self._add(form, label, field)
        strength = plain_label(self.tr("Strength"))
        strength.setBuddy(self.strength)
        line = row(self.strength, self._percent)
        line.setStretch(0, 1)
        form.addRow(strength, line)
        return form

    @staticmethod
    def _add(form: QFormLayout, label: QLabel, field: QComboBox) -> None:
        label.setBuddy(field)
        # A long name of a class must not widen the column.
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(8)
        form.addRow(label, field)

    def _connect(self) -> None:
        self.previous.clicked.connect(self._step_back)
        self.next.clicked.connect(self._step_on)
        self.mistake.clicked.connect(self._desk.show_mistake)
        self.other.clicked.connect(self.image_wanted)
        self.classes.activated.connect(self._choose_class)
        self.stages.activated.connect(self._choose_stage)
        self.epochs.activated.connect(self._choose_epochs)
        self.base.clicked.connect(self._desk.networks.set_with_base)
        self.strength.valueChanged.connect(self._show_strength)
        self.kinds.chosen.connect(self.kind_changed)
        self.check.clicked.connect(self._checks.check)
        self.cancel.clicked.connect(self._checks.cancel)
        self.save.clicked.connect(self.saving_wanted)

    def _show_image(self) -> None:
        images = self._desk.images
        path, record = images.path, images.record
        self.image.set_full_text("" if path is None else path.name)
        parts = []
        if images.is_listed:
            text = self.tr("{number} of {images}")
            parts.append(text.format(number=fmt.count(images.place), images=fmt.num_images(images.num_images)))
        if record is not None:
            parts.append(self.tr("class {label}, {split}").format(label=record.label, split=split_name(record.split)))
        elif path is not None:
            parts.append(self.tr("not an image of the project"))
        self.about.set_full_text(" · ".join(parts))
        self.previous.setEnabled(bool(images.num_images) and (images.place > 1 or not images.is_listed))
        self.next.setEnabled(bool(images.num_images) and (images.place < images.num_images or not images.is_listed))
        self.mistake.setEnabled(bool(self._desk.networks.runs) and bool(images.num_images))

    def _fill_classes(self) -> None:
        desk, record = self._desk, self._desk.images.record
        first = next(iter(desk.looks), None)
        answer = self.tr("the answer") if first is None else self.tr("the answer ({name})").format(name=first.answer)
        offers = [(answer, (MapOf.ANSWER, ""))]
        if record is not None:
            text = self.tr("the true class ({name})")
            offers.append((text.format(name=record.label), (MapOf.TRUTH, "")))
        offers += [(name, (MapOf.NAMED, name)) for name in self._known_classes()]
        self.classes.offer(offers, (desk.map_of, desk.class_name))

    def _known_classes(self) -> Sequence[str]:
        first = next(iter(self._desk.looks), None)
        known = self._desk.classes if first is None else first.classes
        named = self._desk.class_name
        return known if not named or named in known else (*known, named)

    def _fill_stages(self) -> None:
        desk = self._desk
        first = next(iter(desk.looks), None)
        stages = [self.stages.itemData(place) for place in range(1, self.stages.count())]
        if first is not None:
            stages = list(first.stages)
        elif desk.stage not in ("", *stages):
            stages = [desk.stage]
        offers = [(self.tr("last stage with places"), ""), *((stage, stage) for stage in stages)]
        self.stages.offer(offers, desk.stage)

    def _show_checking(self) -> None:
        with handing_on(self, self._heirs):
            self._show_checks()

    def _heirs(self) -> tuple[QWidget, ...]:
        return self.cancel, self.check, self.kinds.button_of(self.kinds.current), self.save, self.other

    def _show_checks(self) -> None:
        checks = self._checks
        self.kinds.setVisible(checks.has_checks)
        if not checks.has_checks and self.kinds.current != GRAD_CAM:
            self.kinds.set_current(GRAD_CAM)
        self.check.setVisible(not checks.is_checking)
        self.check.setEnabled(not checks.reason)
        hint = self.tr("Cover the image patch by patch, and look with shuffled weights, to see whether the map holds")
        self.check.setToolTip(plain_tooltip(checks.reason or hint))
        for widget in (self.bar, self.cancel):
            widget.setVisible(checks.is_checking)
        self.bar.setRange(0, checks.progress.total)
        self.bar.setValue(checks.progress.done)

    def _words(self) -> str:
        left_out = self._desk.networks.num_left_out
        lines = [self._desk.notice, self._checks.problem]
        if left_out:
            lines.append(self.tr("No room for {number} more: four are shown.").format(number=fmt.count(left_out)))
        return "\n".join(line for line in lines if line)

    @Slot()
    def _step_back(self) -> None:
        self._desk.step(-1)

    @Slot()
    def _step_on(self) -> None:
        self._desk.step(1)

    @Slot(int)
    def _choose_class(self, _place: int) -> None:
        map_of, name = self.classes.currentData()
        self._desk.choose_class(MapOf(map_of), name)

    @Slot(int)
    def _choose_stage(self, _place: int) -> None:
        self._desk.choose_stage(str(self.stages.currentData()))

    @Slot(int)
    def _choose_epochs(self, _place: int) -> None:
        self._desk.networks.set_epochs(EpochChoice(self.epochs.currentData()))

    @Slot()
    def _show_strength(self) -> None:
        self._percent.setText(fmt.percent(self.strength_now, 0))
        self.strength_changed.emit(self.strength_now)

"""What the user does to selected images: asks where something must be asked, and hands the change to the desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.data.edit_images import checked_class_name, exclude, include, move, relabel
from tlft_desktop.core.project.edits import Edit
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.data_problems import ProblemCase, Remedy, edits_of
from tlft_desktop.gui.desks.data_desk import DataDesk
from tlft_desktop.gui.dialogs.choose_text_dialog import ChooseTextDialog
from tlft_desktop.gui.item_models.image_grid_model import split_name


class ImageEditor(QObject):
    """Relabels, leaves out, takes in and moves images, and carries out remedies.

    Args:
        context: Parts of the program.
        desk: Makes the changes.
        chosen: Returns the selected images.
        window: Parent of dialogs.
    """

    def __init__(
        self, context: AppContext, desk: DataDesk, chosen: Callable[[], tuple[ImageRecord, ...]], window: QWidget
    ) -> None:
        super().__init__(window)
        self._context, self._desk, self._chosen, self._window = context, desk, chosen, window
        self._paths: tuple[str, ...] = ()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "image_label": self.ask_label,
            "image_exclude": self.ask_reason,
            "image_include": self.include,
            "image_train": self._move_to_train,
            "image_val": self._move_to_val,
            "image_test": self._move_to_test,
        }

    @Slot()
    def ask_label(self) -> None:
        """Ask which class the selected images belong to."""
        records, manifest = self._chosen(), self._context.session.manifest
        if not records or manifest is None:
            return
        labels = {record.label for record in records}
        others = [name for name in manifest.classes if name not in labels]
        dialog = ChooseTextDialog(
            self.tr("Change the class"),
            self.tr("Which class is right for {images}? Type a name to make a new class.").format(
                images=fmt.num_images(len(records))
            ),
            choices=[*others, *sorted(labels)],
            accept_text=self.tr("Change the &class"),
            check=checked_class_name,
            parent=self._window,
        )
        self._paths = tuple(record.path for record in records)
        dialog.answered.connect(self._relabel)
        dialog.open()

    @Slot()
    def ask_reason(self) -> None:
        """Ask why the selected images are left out."""
        records = self._chosen()
        if not records:
            return
        reasons = (self.tr("left out by hand"), self.tr("blurred"), self.tr("wrong subject"), self.tr("unsure"))
        dialog = ChooseTextDialog(
            self.tr("Leave out"),
            self.tr("Why leave {images} out? The files stay where they are.").format(
                images=fmt.num_images(len(records))
            ),
            choices=reasons,
            accept_text=self.tr("Leave &out"),
            check=lambda text: text.strip(),
            parent=self._window,
        )
        self._paths = tuple(record.path for record in records)
        dialog.answered.connect(self._exclude)
        dialog.open()

    @Slot()
    def include(self) -> None:
        """Take the selected images in again."""
        paths = self._selected()
        self._desk.edit(lambda manifest: include(manifest, paths), self.tr("Take images in"), self._tell_included)

    def move(self, split: Split) -> None:
        """Move the selected images, with the rest of their groups and their copies."""
        paths = self._selected()

        def tell(edits: tuple[Edit, ...]) -> str:
            extra = len({edit.image for edit in edits} - set(paths))
            text = self.tr("Moved {images} to {split}.").format(
                images=fmt.num_images(len(edits)), split=split_name(split)
            )
            more = self.tr("Among them {images} of the same groups, or copies, which must not be parted.")
            return f"{text} {more.format(images=fmt.num_images(extra))}" if extra else text

        text = self.tr("Move to {split}").format(split=split_name(split))
        self._desk.edit(lambda manifest: move(manifest, paths, split), text, tell if paths else None)

    def divide(self, val: float, test: float) -> None:
        """Divide all images anew."""
        self._desk.divide(val=val, test=test, text=self.tr("Divide the images anew"), tell=self._tell_divided)

    @Slot(object)
    def remedy(self, case: ProblemCase) -> None:
        """Do what solves a problem."""
        project = self._context.session.project
        if case.remedy is Remedy.DIVIDE and project is not None:
            self.divide(project.config.val_fraction, project.config.test_fraction)
        elif case.remedy is not None:
            self._desk.edit(edits_of(case.remedy, case.problem), self._name_of(case.remedy), self._tell_remedy)

    def _name_of(self, remedy: Remedy) -> str:
        names = {
            Remedy.LEAVE_COPIES_OUT: self.tr("Leave copies out"),
            Remedy.MOVE_TO_TRAIN: self.tr("Move to train"),
            Remedy.TAKE_IN: self.tr("Take images in"),
            Remedy.JOIN_CLASSES: self.tr("Join classes"),
        }
        return names.get(remedy, "")

    def _selected(self) -> tuple[str, ...]:
        return tuple(record.path for record in self._chosen())

    @Slot(str)
    def _relabel(self, label: str) -> None:
        paths = self._paths
        self._desk.edit(lambda manifest: relabel(manifest, paths, label), self.tr("Change the class"), self._tell_label)

    @Slot(str)
    def _exclude(self, reason: str) -> None:
        paths = self._paths
        self._desk.edit(
            lambda manifest: exclude(manifest, paths, reason), self.tr("Leave images out"), self._tell_excluded
        )

    @Slot()
    def _move_to_train(self) -> None:
        self.move(Split.TRAIN)

    @Slot()
    def _move_to_val(self) -> None:
        self.move(Split.VAL)

    @Slot()
    def _move_to_test(self) -> None:
        self.move(Split.TEST)

    def _tell_label(self, edits: tuple[Edit, ...]) -> str:
        if not edits:
            return ""
        text = self.tr("Changed the class of {images} to {label}; the files stay where they are.")
        return text.format(images=fmt.num_images(len(edits)), label=edits[0].new)

    def _tell_excluded(self, edits: tuple[Edit, ...]) -> str:
        text = self.tr("Left {images} out; the files stay where they are.")
        return text.format(images=fmt.num_images(len(edits))) if edits else ""

    def _tell_included(self, edits: tuple[Edit, ...]) -> str:
        text = self.tr("Took {images} in again.")
        return text.format(images=fmt.num_images(len(edits))) if edits else ""

    def _tell_remedy(self, edits: tuple[Edit, ...]) -> str:
        text = self.tr("Changed {images}. Undo takes it back.")
        return text.format(images=fmt.num_images(len(edits))) if edits else ""

    def _tell_divided(self, edits: tuple[Edit, ...]) -> str:
        if not edits:
            return self.tr("The images are divided like this already: classes and groups allow no closer shares.")
        text = self.tr("Moved {images} to another split. Undo brings the division from before back.")
        return text.format(images=fmt.num_images(len(edits)))

"""Asks for a short text: one of several, or one of the user's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tlft_desktop.core.errors import InputError
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.text import button, plain_label, wrapped_label


class ChooseTextDialog(QDialog):
    """A question, a box with choices in which one can type, and two buttons.

    Args:
        title: Of the window.
        question: What is asked, in a sentence.
        choices: Offered; the first one is chosen at the start.
        accept_text: On the button that takes the answer.
        check: Returns the text in its final form, or raises `InputError` with the reason why it cannot be used.

    Signals:
        answered(text): The user answered; the dialog closes.
    """

    answered = Signal(str)

    def __init__(
        self,
        title: str,
        question: str,
        *,
        choices: Sequence[str],
        accept_text: str,
        check: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._check, self._is_answered = check, False
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(48 * GRID)
        self.box = _make_box(question, choices)
        self._problem = plain_label("", "warning")
        self._problem.setWordWrap(True)
        self.accept_button = button(accept_text, "primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(wrapped_label(question))
        layout.addWidget(self.box)
        layout.addWidget(self._problem)
        layout.addLayout(self._buttons())
        self.box.editTextChanged.connect(self._look)
        edit = self.box.lineEdit()
        assert edit is not None
        # Where the text is one of the choices the box takes the key for itself.
        edit.returnPressed.connect(self.accept)
        self._look()
        self.box.setFocus()

    def _buttons(self) -> QHBoxLayout:
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        return buttons

    @property
    def problem(self) -> str:
        """Why the text cannot be used; empty where it can."""
        return self._problem.text()

    def accept(self) -> None:
        try:
            text = self._check(self.box.currentText())
        except InputError:
            return
        if self._is_answered:
            # Return reaches the box, and the default button as well.
            return
        self._is_answered = True
        self.answered.emit(text)
        super().accept()

    @Slot()
    def _look(self) -> None:
        try:
            self._check(self.box.currentText())
            self._problem.setText("")
        except InputError as error:
            self._problem.setText(from_core(error.message))
        self.accept_button.setEnabled(not self._problem.text())


def _make_box(question: str, choices: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setAccessibleName(question)
    box.addItems(list(choices))
    box.setCurrentIndex(0)
    edit = box.lineEdit()
    assert edit is not None
    edit.setAccessibleName(question)
    edit.selectAll()
    return box

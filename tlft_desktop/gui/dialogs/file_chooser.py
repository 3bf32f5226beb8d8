"""The system's dialog for files and folders, as the whole window uses it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from tlft_desktop.gui.window_state import WindowState

FOLDER_KEY = "dialogs/folder"


def file_chooser(parent: QWidget, title: str, mode: QFileDialog.FileMode, state: WindowState) -> QFileDialog:
    """Return a dialog that opens in the folder where the last one was answered, at first in the user's home.

    The folder that the program was started in says nothing about where somebody keeps images.

    Args:
        parent: What the dialog belongs to.
        title: Of its window.
        mode: What can be chosen.
        state: Remembers the folder.
    """
    last = state.value(FOLDER_KEY)
    # Where a folder is gone Qt falls back to the one that the program was started in.
    dialog = QFileDialog(parent, title, last if last and os.path.isdir(last) else str(Path.home()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)

    def remember(chosen: list[str]) -> None:
        if chosen:
            state.set_value(FOLDER_KEY, str(Path(chosen[0]).parent))

    dialog.filesSelected.connect(remember)
    return dialog

"""File choosers, help and about: all of them leave the window usable, none waits inside a slot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QTextBrowser, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.device_desk import DeviceDesk
from tlft_desktop.gui.dialogs.about_dialog import AboutDialog
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.dialogs.preferences_dialog import PreferencesDialog
from tlft_desktop.paths import resource_path


class Choosers(QObject):
    """Dialogs of the window.

    Signals:
        images_chosen(path): A folder of images.
        project_chosen(path): A project folder.
    """

    images_chosen = Signal(str)
    project_chosen = Signal(str)

    def __init__(self, context: AppContext, devices: DeviceDesk, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._devices = window, devices
        self._paths, self._preferences, self._state = context.paths, context.preferences, context.state

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {
            "new": self.choose_images,
            "open": self.choose_project,
            "help": self.show_help,
            "about": self.show_about,
            "preferences": self.show_preferences,
        }

    @Slot()
    def choose_images(self) -> None:
        """Let the user choose a folder of class folders."""
        dialog = self._folder_dialog(self.tr("Folder of images: one folder for each class"))
        roots = self._paths.policy.data_roots
        if roots and not any(Path(dialog.directory().absolutePath()).is_relative_to(root) for root in roots):
            dialog.setDirectory(str(roots[0]))
        dialog.fileSelected.connect(self.images_chosen)
        dialog.open()

    @Slot()
    def choose_project(self) -> None:
        """Let the user choose a project."""
        dialog = self._folder_dialog(self.tr("Project folder (its name ends in .tlft)"))
        dialog.fileSelected.connect(self.project_chosen)
        dialog.open()

    @Slot()
    def show_help(self) -> None:
        """Show the help pages."""
        dialog = self._dialog(self.tr("Help"))
        browser = QTextBrowser()
        browser.setAccessibleName(self.tr("Help text"))
        browser.setMarkdown(resource_path("help/en/index.md").read_text(encoding="utf-8"))
        browser.setOpenLinks(False)
        _fill(dialog, browser)
        dialog.resize(720, 560)
        dialog.show()

    @Slot()
    def show_about(self) -> None:
        """Tell name, versions and licence."""
        AboutDialog(self._paths.log, self._devices.text, self._window).open()

    @Slot()
    def show_preferences(self) -> None:
        """Show the settings."""
        PreferencesDialog(self._preferences, self._devices, self._paths.projects_folder, self._window).open()

    def open_folder(self, folder: Path) -> None:
        """Show a folder in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _folder_dialog(self, title: str) -> QFileDialog:
        dialog = file_chooser(self._window, title, QFileDialog.FileMode.Directory, self._state)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog

    def _dialog(self, title: str) -> QDialog:
        dialog = QDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        return dialog


def _fill(dialog: QDialog, *widgets: QWidget) -> None:
    layout = QVBoxLayout(dialog)
    for widget in widgets:
        layout.addWidget(widget)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    layout.addWidget(buttons)

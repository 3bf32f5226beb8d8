"""About this program: what a bug report needs to know, ready to be copied."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLayout, QVBoxLayout, QWidget

from tlft_desktop import __version__
from tlft_desktop.core.installation import NOTICES, installation_root
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, plain_label, wrapped_label


class AboutDialog(QDialog):
    """Name, versions, licence, log folder.

    Args:
        log_folder: Where the log lies.
        device: What trains, in words; empty while nobody knows.
    """

    def __init__(self, log_folder: Path, device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About this program"))
        self._log_folder = log_folder
        self.facts = facts(device, log_folder)
        text = self.tr(
            "See, measure and decide: transfer learning and fine-tuning of image classifiers on your own computer. "
            "The program uses the network only when you ask it to."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(plain_label(f"tlft {__version__}", "title"))
        layout.addWidget(self._paragraph(text))
        form = QFormLayout()
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(4)
        for name, value in self.facts.items():
            shown = plain_label(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(plain_label(name, "muted"), shown)
        layout.addLayout(form)
        text = self.tr(
            "The window is made with Qt {version}, used under the GNU Lesser General Public License 3: Qt's libraries "
            "may be replaced by others of your own."
        )
        layout.addWidget(self._paragraph(text.format(version=qVersion())))
        layout.addStretch(1)
        layout.addLayout(self._buttons(log_folder))

    def _paragraph(self, text: str) -> QWidget:
        paragraph = wrapped_label(text)
        paragraph.setMinimumWidth(56 * GRID)
        return paragraph

    def _buttons(self, log_folder: Path) -> QLayout:
        presses = [
            self._press(self.tr("Copy &details"), self.tr("Copy what a bug report needs"), self._copy),
            self._press(self.tr("Open the &log folder"), str(log_folder), self._open_log_folder),
        ]
        # A checkout or a wheel brings no licences of others: there the packages that were installed hold them.
        installation = installation_root()
        if installation is not None:
            self._notices = installation / NOTICES
            hint = self.tr("Who made what this program is built of, under which terms")
            presses.append(self._press(self.tr("&Licences"), hint, self._open_notices))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        line = row(*presses, buttons)
        line.setStretch(len(presses), 1)
        return line

    def _press(self, text: str, hint: str, act: Callable[[], None]) -> QWidget:
        press = button(text, hint=hint)
        press.clicked.connect(act)
        return press

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {value}" for name, value in self.facts.items()))

    @Slot()
    def _open_log_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder)))

    @Slot()
    def _open_notices(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._notices)))


def facts(device: str, log_folder: Path) -> dict[str, str]:
    """Return what a bug report needs, by name; the names are the same in every language, like the log itself."""
    return {
        "tlft": __version__,
        "Python": platform.python_version(),
        "Qt": f"{qVersion()}, {QGuiApplication.platformName()}",
        "PySide6": _version("PySide6_Essentials"),
        "torch": _version("torch"),
        "timm": _version("timm"),
        "System": platform.platform(),
        "Device": device or "not known yet",
        "Log": str(log_folder),
        "Licence": "Apache License 2.0",
    }


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"

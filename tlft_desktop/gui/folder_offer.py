"""The button of a message that shows a folder in the system's file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tlft_desktop.gui.widgets.messages import Offer


def folder_offer(text: str, folder: Path) -> Offer:
    """Return the offer to show a folder; `text` may mark a mnemonic."""

    def show() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.absolute())))

    return Offer(text, show)

"""A download: how far, how fast, how long still, and a button that cancels it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, plain_label


class Transferring(Protocol):
    """What the bar shows: bytes done and in total, bytes per second, seconds left where they can be told."""

    @property
    def title(self) -> str:
        """What is loaded."""

    @property
    def done(self) -> int:
        """Bytes done."""

    @property
    def total(self) -> int:
        """Bytes in total; 0 where nobody knows yet."""

    @property
    def speed(self) -> float:
        """Bytes per second; 0 before the first report."""

    @property
    def seconds_left(self) -> float | None:
        """Seconds left; None where it cannot be told."""


class TransferBar(QWidget):
    """Shows a download; hidden while there is none.

    Signals:
        cancel_asked(): The user wants it to stop.
    """

    cancel_asked = Signal()

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the download"))
        self.text = plain_label("", "muted")
        self.text.setMinimumWidth(34 * GRID)
        self.cancel = button(self.tr("Ca&ncel the download"))
        icons.attach(self.cancel, "stop")
        self.cancel.clicked.connect(self.cancel_asked)
        layout = row(self.bar, self.text, self.cancel, spacing=2 * GRID)
        layout.setStretchFactor(self.bar, 1)
        self.setLayout(layout)
        self.hide()

    def show_transfer(self, transfer: Transferring | None) -> None:
        """Show how a download stands."""
        self.setVisible(transfer is not None)
        if transfer is None:
            return
        self.bar.setAccessibleName(transfer.title)
        self.bar.setRange(0, 1000 if transfer.total else 0)
        if transfer.total:
            self.bar.setValue(round(1000 * transfer.done / transfer.total))
        self.text.setText(self._words(transfer))

    def _words(self, transfer: Transferring) -> str:
        if not transfer.total:
            return self.tr("Connecting…")
        parts = [
            self.tr("{done} of {total}").format(done=fmt.num_bytes(transfer.done), total=fmt.num_bytes(transfer.total)),
            self.tr("{speed}/s").format(speed=fmt.num_bytes(round(transfer.speed))),
        ]
        if transfer.seconds_left is not None:
            parts.append(self.tr("about {time} left").format(time=fmt.duration(transfer.seconds_left)))
        return ", ".join(parts)

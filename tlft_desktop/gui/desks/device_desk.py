"""The devices of this computer, and which one trains."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import Device
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.workers.task import JobContext

AUTO = "auto"


class DeviceDesk(QObject):
    """Knows the devices once the libraries are loaded.

    Signals:
        changed(): The devices are known, or another one is chosen.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.devices: tuple[Device, ...] = ()
        context.preferences.changed.connect(self.changed)

    def load(self) -> None:
        """Ask for the devices in the background."""
        engine = self._context.engine

        def work(_context: JobContext) -> tuple[Device, ...]:
            return engine.devices()

        failed = self._context.messages.show_program_failure
        self._context.tasks.start("", work, on_done=self._take, on_failed=failed)

    @property
    def text(self) -> str:
        """The device that trains, in words; empty while nobody knows."""
        wanted = self._context.preferences.settings.device
        if wanted == AUTO:
            return from_core(self.devices[0].text) if self.devices else ""
        known = {device.id: from_core(device.text) for device in self.devices}
        if not known:
            return ""
        return known.get(wanted) or self.tr("{device}: not in this computer").format(device=wanted)

    @property
    def hint(self) -> str:
        """Why it is this one."""
        if self._context.preferences.policy.device:
            return self.tr("Trainings run here, as the policy of this computer says.")
        if self._context.preferences.settings.device == AUTO:
            return self.tr("Trainings run here: the quickest device of this computer. Edit, Preferences changes it.")
        return self.tr("Trainings run here, as the preferences say.")

    def _take(self, devices: tuple[Device, ...]) -> None:
        self.devices = devices
        self.changed.emit()

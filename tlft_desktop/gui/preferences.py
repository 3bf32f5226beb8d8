"""Preferences while the program runs; saved in the background whenever they change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from tlft_desktop.core.policy import Policy
from tlft_desktop.core.settings import Settings, save_settings
from tlft_desktop.gui.workers.task import JobContext, TaskRunner


class Preferences(QObject):
    """Holds the settings of the user, some of which the policy of the computer may fix.

    What the user chose stays in the file behind a fixed value, and holds again when it is no longer fixed.

    Signals:
        changed(): Other settings hold.
        failed(Failure): They could not be saved.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        path: Path,
        tasks: TaskRunner,
        parent: QObject | None = None,
        *,
        policy: Policy | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._path, self._tasks = settings, path, tasks
        self.policy = policy or Policy()
        self._is_saving = False

    @property
    def settings(self) -> Settings:
        """The settings that hold."""
        return self.policy.applied(self._settings)

    def set_settings(self, settings: Settings) -> None:
        """Use other settings and save them; what the policy fixes stays as it is."""
        own: dict[str, Any] = {name: getattr(self._settings, name) for name in self.policy.fixed_settings()}
        settings = replace(settings, **own)
        if settings == self._settings:
            return
        self._settings = settings
        self.changed.emit()
        if not self._is_saving:
            self._save()

    def _save(self) -> None:
        self._is_saving = True
        settings = self._settings

        def work(_context: JobContext) -> Settings:
            save_settings(self._path, settings)
            return settings

        # A preference that cannot be kept is no reason to disturb anybody's work: `failed` tells it once.
        self._tasks.start("", work, on_done=self._saved, on_failed=self._not_saved)

    def _saved(self, saved: Settings) -> None:
        self._is_saving = False
        if saved != self._settings:
            self._save()

    def _not_saved(self, failure: object) -> None:
        self._is_saving = False
        self.failed.emit(failure)

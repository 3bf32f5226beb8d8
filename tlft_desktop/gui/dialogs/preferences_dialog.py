"""Preferences: every change holds at once, there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from tlft_desktop.core.project.cache_budget import DEFAULT_BYTES
from tlft_desktop.core.settings import Language, Theme
from tlft_desktop.gui.desks.device_desk import AUTO, DeviceDesk
from tlft_desktop.gui.format import from_core, num_bytes
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, plain_label, plain_tooltip, wrapped_label

_SPACES = tuple(gib << 30 for gib in (5, 10, 20, 50, 100, 200))


class PreferencesDialog(QDialog):
    """Shows the settings and follows them.

    Args:
        preferences: The settings.
        devices: The devices to choose from.
        projects_folder: Where new projects go.
    """

    def __init__(
        self, preferences: Preferences, devices: DeviceDesk, projects_folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self._preferences, self._devices, self._folder = preferences, devices, projects_folder
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)
        self._switches: dict[str, QCheckBox] = {}
        self._add_looks()
        self._add_training()
        self._add_files()
        self._add_policy()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(self._grid)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
        self.setMinimumWidth(70 * GRID)
        devices.changed.connect(self.show_settings)
        preferences.changed.connect(self.show_settings)
        self.show_settings()

    @Slot()
    def show_settings(self) -> None:
        """Show the settings that hold, whoever changed them."""
        settings = self._preferences.settings
        _select(self.language, settings.language)
        _select(self.theme, settings.theme)
        for name, switch in self._switches.items():
            switch.setChecked(bool(getattr(settings, name)))
        choices = [(AUTO, self.tr("Automatic: the quickest"))]
        choices += [(device.id, from_core(device.text)) for device in self._devices.devices]
        if settings.device not in dict(choices):
            choices.append((settings.device, settings.device))
        _fill(self.device, choices)
        _select(self.device, settings.device)
        self._show_space(settings.feature_bytes)

    def _show_space(self, limit: int | None) -> None:
        choices = [(AUTO, self.tr("Automatic: {size}").format(size=num_bytes(DEFAULT_BYTES)))]
        choices += [("0", self.tr("None: keep no features on disk"))]
        sizes = sorted({*_SPACES, *([limit] if limit else [])})
        choices += [(str(value), num_bytes(value)) for value in sizes]
        _fill(self.space, choices)
        _select(self.space, AUTO if limit is None else str(limit))

    def switch(self, name: str) -> QCheckBox:
        """Return the check box of a setting that is on or off."""
        return self._switches[name]

    def _add_looks(self) -> None:
        self._heading(self.tr("Window"))
        self.language = self._choice(self.tr("&Language"), "language")
        languages = (
            (Language.SYSTEM, self.tr("As the system")),
            (Language.ENGLISH, "English"),
            (Language.GERMAN, "Deutsch"),
        )
        _fill(self.language, languages)
        self._note(self.tr("Another language is spoken from the next start on."), of="language")
        self.theme = self._choice(self.tr("&Colours"), "theme")
        themes = (
            (Theme.SYSTEM, self.tr("As the system")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
        )
        _fill(self.theme, themes)
        self._switch("reopen", self.tr("&Open the last project again at the start"))

    def _add_training(self) -> None:
        self._heading(self.tr("Training"))
        self.device = self._choice(self.tr("&Device"), "device")
        self._switch("pause_on_battery", self.tr("&Pause when the battery falls below 20 %"))
        self._switch("inhibit_sleep", self.tr("Keep the computer &awake while training"))
        self._switch("notify", self.tr("&Notify when a training ends"))

    def _add_files(self) -> None:
        self._heading(self.tr("Files"))
        self._grid.addWidget(plain_label(self.tr("New projects")), self._grid.rowCount(), 0)
        folder = wrapped_label(str(self._folder))
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_folder = button(self.tr("Open &folder"), hint=self.tr("Show the folder in the file manager"))
        self.open_folder.clicked.connect(self._open_folder)
        line = row(folder, self.open_folder)
        line.setStretch(0, 1)
        self._grid.addLayout(line, self._grid.rowCount() - 1, 1)
        self.space = self._choice(self.tr("&Space for features"), "feature_bytes")
        self._note(self.tr("Kept for later runs; those not used for longest go first. At most half of the free disk."))

    def _add_policy(self) -> None:
        policy, lines = self._preferences.policy, []
        if policy.offline:
            lines.append(self.tr("Nothing is downloaded."))
        if policy.data_roots:
            folders = ", ".join(map(str, policy.data_roots))
            lines.append(self.tr("New projects take images from here only: {folders}").format(folders=folders))
        if policy.weights_folder:
            lines.append(self.tr("Weights for all users: {folder}").format(folder=policy.weights_folder))
        if policy.path:
            lines.append(self.tr("All of it stands in {file}.").format(file=policy.path))
            self._heading(self.tr("Policy of this computer"))
            self.policy = wrapped_label("\n".join(lines))
            self.policy.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(self.policy, self._grid.rowCount(), 0, 1, 2)

    def _heading(self, text: str) -> None:
        line = self._grid.rowCount()
        if line > 1:
            self._grid.setRowMinimumHeight(line, GRID)
        self._grid.addWidget(plain_label(text, "heading"), line + 1, 0, 1, 2)

    def _note(self, text: str, *, of: str = "") -> None:
        if of not in self._preferences.policy.fixed_settings():
            self._grid.addWidget(wrapped_label(text, "muted"), self._grid.rowCount(), 1)

    def _choice(self, text: str, setting: str) -> QComboBox:
        line = self._grid.rowCount()
        choice = QComboBox()
        choice.setAccessibleName(text.replace("&", ""))
        choice.activated.connect(self._save)
        label = QLabel(text)
        label.setBuddy(choice)
        self._grid.addWidget(label, line, 0)
        self._grid.addWidget(choice, line, 1)
        if setting in self._preferences.policy.fixed_settings():
            reason = self.tr("Fixed by the policy of this computer.")
            choice.setEnabled(False)
            choice.setToolTip(reason)
            choice.setAccessibleDescription(reason)
            self._note(reason)
        return choice

    def _switch(self, name: str, text: str) -> None:
        switch = QCheckBox(text)
        switch.clicked.connect(self._save)
        self._grid.addWidget(switch, self._grid.rowCount(), 1)
        self._switches[name] = switch

    @Slot()
    def _save(self) -> None:
        switches: dict[str, Any] = {name: switch.isChecked() for name, switch in self._switches.items()}
        self._preferences.set_settings(
            replace(
                self._preferences.settings,
                language=Language(self.language.currentData()),
                theme=Theme(self.theme.currentData()),
                device=str(self.device.currentData()),
                feature_bytes=None if self.space.currentData() == AUTO else int(self.space.currentData()),
                **switches,
            )
        )

    @Slot()
    def _open_folder(self) -> None:
        # Made when the first project is saved: until then the nearest folder above it is shown.
        folder = next(path for path in (self._folder, *self._folder.parents) if path.is_dir())
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _fill(choice: QComboBox, items: Sequence[tuple[str, str]]) -> None:
    if [choice.itemData(index) for index in range(choice.count())] == [str(value) for value, _text in items]:
        return
    choice.clear()
    for value, text in items:
        choice.addItem(text, str(value))
        choice.setItemData(choice.count() - 1, plain_tooltip(text), Qt.ItemDataRole.ToolTipRole)


def _select(choice: QComboBox, value: str) -> None:
    choice.setCurrentIndex(choice.findData(str(value)))

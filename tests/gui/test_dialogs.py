"""Preferences hold at once; About tells what a bug report needs."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from tests.gui.test_looks import nameless
from tlft_desktop.core.settings import Language, Theme
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.device_desk import DeviceDesk
from tlft_desktop.gui.dialogs import about_dialog
from tlft_desktop.gui.dialogs.about_dialog import AboutDialog
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.dialogs.preferences_dialog import PreferencesDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def devices(context: AppContext, window: QWidget, qtbot: Any) -> DeviceDesk:
    desk = DeviceDesk(context, window)
    assert desk.text == "", "not known before the libraries are loaded"
    desk.load()
    qtbot.waitUntil(lambda: bool(desk.devices))
    return desk


@pytest.fixture
def dialog(context: AppContext, devices: DeviceDesk, window: QWidget) -> PreferencesDialog:
    dialog = PreferencesDialog(context.preferences, devices, context.paths.projects_folder, window)
    dialog.open()
    return dialog


def test_changes_hold_at_once_and_are_saved(dialog: PreferencesDialog, context: AppContext, qtbot: Any) -> None:
    for switch in ("reopen", "pause_on_battery", "inhibit_sleep", "notify"):
        qtbot.keyClick(dialog.switch(switch), Qt.Key.Key_Space)
    for choice in (dialog.language, dialog.theme, dialog.device, dialog.space):
        qtbot.keyClick(choice, Qt.Key.Key_End)
    settings = context.preferences.settings
    assert settings.feature_bytes == 200 << 30
    assert (settings.language, settings.theme, settings.device) == (Language.GERMAN, Theme.DARK, "mps")
    switches = (settings.reopen, settings.pause_on_battery, settings.inhibit_sleep, settings.notify)
    assert switches == (False, False, False, False)
    qtbot.waitUntil(lambda: not context.tasks.jobs)
    saved = json.loads(context.paths.settings_file.read_text())
    assert (saved["language"], saved["device"], saved["reopen"]) == ("de", "mps", False)
    assert saved["feature_bytes"] == 200 << 30


def test_the_space_for_features(dialog: PreferencesDialog, context: AppContext, qtbot: Any) -> None:
    def choose(text: str) -> int | None:
        dialog.space.setCurrentIndex(dialog.space.findText(text))
        dialog.space.activated.emit(dialog.space.currentIndex())
        return context.preferences.settings.feature_bytes

    assert dialog.space.currentText() == "Automatic: 20.0 GiB"
    assert choose("None: keep no features on disk") == 0
    assert choose("50.0 GiB") == 50 << 30
    assert choose("Automatic: 20.0 GiB") is None
    # A size that somebody wrote into the file stays theirs.
    context.preferences.set_settings(replace(context.preferences.settings, feature_bytes=3 << 29))
    assert dialog.space.currentText() == "1.5 GiB"
    qtbot.keyClick(dialog.switch("reopen"), Qt.Key.Key_Space)
    assert context.preferences.settings.feature_bytes == 3 << 29
    qtbot.waitUntil(lambda: not context.tasks.jobs)


def test_the_dialog_follows_what_others_change(dialog: PreferencesDialog, context: AppContext, qtbot: Any) -> None:
    context.preferences.set_settings(replace(context.preferences.settings, theme=Theme.DARK, device="cuda:7"))
    assert dialog.theme.currentData() == "dark"
    assert dialog.device.currentData() == "cuda:7", "a device that is gone stays the user's choice"
    qtbot.waitUntil(lambda: not context.tasks.jobs)


def test_the_dialog_is_for_keyboard_and_screen_reader(dialog: PreferencesDialog) -> None:
    assert nameless(dialog) == []
    assert dialog.size().height() <= 680
    letters = [
        widget.text()[widget.text().index("&") + 1].casefold()
        for widget in dialog.findChildren(QWidget)
        if hasattr(widget, "text") and "&" in widget.text()
    ]
    assert len(letters) == len(set(letters)) >= 7


def test_the_device_in_words(devices: DeviceDesk, context: AppContext, qtbot: Any) -> None:
    assert devices.text == "CPU, 1 core"
    for wanted, said in (("mps", "Other GPU"), ("cuda", "cuda: not in this computer")):
        context.preferences.set_settings(replace(context.preferences.settings, device=wanted))
        assert devices.text == said
    qtbot.waitUntil(lambda: not context.tasks.jobs)


def test_about_copies_what_a_bug_report_needs(window: QWidget, tmp_path: Path, qtbot: Any) -> None:
    dialog = AboutDialog(tmp_path / "log", "CPU, 1 core", window)
    dialog.open()
    assert nameless(dialog) == []
    copy = next(press for press in dialog.findChildren(QPushButton) if press.accessibleName() == "Copy details")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    for name in ("tlft: ", "Python: 3.", "Qt: 6.", "torch: 2", "Device: CPU, 1 core", str(tmp_path / "log")):
        assert name in text


def test_about_names_qt_and_its_licence(window: QWidget, tmp_path: Path) -> None:
    dialog = AboutDialog(tmp_path, "", window)
    assert any(
        f"Qt {qVersion()}" in label.text() and "Lesser General Public License" in label.text()
        for label in dialog.findChildren(QLabel)
    )


def test_about_opens_the_licences_that_an_installer_brought(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(about_dialog, "installation_root", lambda: tmp_path)
    dialog = AboutDialog(tmp_path / "log", "", window)
    dialog.open()
    (press,) = (press for press in dialog.findChildren(QPushButton) if press.accessibleName() == "Licences")
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert opened == [str(tmp_path / "licences" / "NOTICES.txt")]


def test_files_are_looked_for_at_home_and_then_where_the_last_were(
    context: AppContext, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, pictures = tmp_path / "someone", tmp_path / "pictures"
    for folder in (home, pictures / "cats"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)

    def opened_in(mode: QFileDialog.FileMode) -> QFileDialog:
        return file_chooser(window, "", mode, context.state)

    first = opened_in(QFileDialog.FileMode.Directory)
    assert Path(first.directory().absolutePath()) == home
    first.selectFile(str(pictures / "cats"))
    first.accept()
    assert Path(opened_in(QFileDialog.FileMode.ExistingFiles).directory().absolutePath()) == pictures
    shutil.rmtree(pictures)
    assert Path(opened_in(QFileDialog.FileMode.ExistingFiles).directory().absolutePath()) == home, "it is gone"

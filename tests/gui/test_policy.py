"""What the window shows of the policy of a computer, and that it keeps to it."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from tests.gui.contexts import make_context
from tlft_desktop.core.errors import ExitCode, InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.policy import Policy
from tlft_desktop.core.settings import Language, Settings
from tlft_desktop.gui import lazy
from tlft_desktop.gui.desks.backbone_desk import BackboneDesk
from tlft_desktop.gui.desks.device_desk import DeviceDesk
from tlft_desktop.gui.dialogs.policy_refusal import make_box, refuse
from tlft_desktop.gui.dialogs.preferences_dialog import PreferencesDialog
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

POLICY = Policy(
    Path("/etc/xdg/tlft/policy.toml"),
    device="cpu",
    data_roots=(Path("/srv/images"),),
    offline=True,
    weights_folder=Path("/srv/weights"),
    feature_bytes=3 << 30,
    language=Language.GERMAN,
)


@pytest.fixture
def preferences(context: Any, window: QWidget) -> Preferences:
    mine = Settings(device="cuda", language=Language.ENGLISH)
    return Preferences(mine, context.paths.settings_file, context.tasks, window, policy=POLICY)


def test_the_preferences_show_what_is_fixed(context: Any, preferences: Preferences, window: QWidget) -> None:
    dialog = PreferencesDialog(preferences, DeviceDesk(context, window), context.paths.projects_folder, window)
    dialog.open()
    for choice, text in ((dialog.device, "cpu"), (dialog.space, "3.0 GiB"), (dialog.language, "Deutsch")):
        assert (choice.currentText(), choice.isEnabled()) == (text, False)
        assert choice.accessibleDescription() == choice.toolTip() == "Fixed by the policy of this computer."
    assert dialog.theme.isEnabled()
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert labels.count("Fixed by the policy of this computer.") == 3
    assert dialog.policy.text().splitlines() == [
        "Nothing is downloaded.",
        f"New projects take images from here only: {POLICY.data_roots[0]}",
        f"Weights for all users: {POLICY.weights_folder}",
        f"All of it stands in {POLICY.path}.",
    ]
    assert dialog.sizeHint().height() <= 720


def test_what_the_user_chose_stays_in_the_file(context: Any, preferences: Preferences, qtbot: Any) -> None:
    assert (preferences.settings.device, preferences.settings.feature_bytes) == ("cpu", 3 << 30)
    preferences.set_settings(replace(preferences.settings, notify=False, device="mps"))
    assert (preferences.settings.device, preferences.settings.notify) == ("cpu", False)
    qtbot.waitUntil(lambda: not context.tasks.jobs)
    saved = json.loads(context.paths.settings_file.read_text())
    assert (saved["device"], saved["language"], saved["feature_bytes"], saved["notify"]) == ("cuda", "en", None, False)


def test_nothing_is_offered_for_download(qapp: QApplication, tmp_path: Path, window: QWidget) -> None:
    context = make_context(qapp, tmp_path, window)
    desk = BackboneDesk(replace(context, paths=replace(context.paths, policy=POLICY)), window)
    assert desk.why_no_download().startswith("The policy of this computer allows no downloads")
    assert BackboneDesk(context, window).why_no_download() == ""
    desk.show_chooser()
    dialog = desk.dialog
    assert dialog is not None
    dialog.select(find_backbone("torchvision:resnet18").name, 224)
    assert dialog.fetch.isVisibleTo(dialog)
    assert not dialog.fetch.isEnabled()
    assert dialog.fetch.toolTip() == desk.why_no_download()
    dialog.close()


def test_the_real_core_offers_the_fixed_device_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    core = lazy.CoreEngine(replace(AppPaths.below(tmp_path), policy=Policy(device="cpu")))
    monkeypatch.setenv("TLFT_FIXED_DEVICE", "cpu")
    assert core.load()
    assert [device.id for device in core.devices()] == ["cpu"]
    monkeypatch.setenv("TLFT_FIXED_DEVICE", "cuda:99")
    assert core.load() == "", "the window is complete, and says it when it asks for the devices"
    with pytest.raises(InputError, match="not available"):
        core.devices()


def test_one_that_cannot_be_used_is_told_in_a_window(qapp: QApplication, qtbot: Any) -> None:
    box = make_box("The policy '<b>x</b>' cannot be used. It is not a text in UTF-8.")
    qtbot.addWidget(box)
    assert (box.text(), box.textFormat()) == (
        "The policy '<b>x</b>' cannot be used. It is not a text in UTF-8.",
        Qt.TextFormat.PlainText,
    )

    def close() -> None:
        (shown,) = [each for each in qapp.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]
        shown.close()

    QTimer.singleShot(50, close)
    assert refuse(qapp, "It is not there.") == ExitCode.BAD_INPUT
    # An installer that closes programs, or a logout, must not wait for somebody to read it.
    QTimer.singleShot(50, lambda: signal.raise_signal(signal.SIGTERM))
    assert refuse(qapp, "It is not there.") == ExitCode.BAD_INPUT

"""The settings of a training: what has no meaning says why, everything comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.engine import Device, TrainSettings
from tlft_desktop.gui.training_options import settings_from_json, settings_to_json
from tlft_desktop.gui.widgets.train_settings import TrainSettingsForm

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TRANSFER, FINETUNE = StrategyKind.TRANSFER, StrategyKind.FINETUNE
HYBRID, CUSTOM = StrategyKind.HYBRID, StrategyKind.CUSTOM
EVERYTHING = TrainSettings(
    epochs=7, seed=5, learning_rate=0.003, batch_size=16, target=0.9, budget_seconds=90.0, device="cpu",
    optimizer="sgd", head="sgd", views=2, threads=1, use_cache=False, balance_classes=True,
    mixup=0.2, checkpoint_activations=True,
)  # fmt: skip


@pytest.fixture
def form(qtbot) -> TrainSettingsForm:
    form = TrainSettingsForm()
    form.set_devices([Device("cpu", "CPU, 1 core")])
    qtbot.addWidget(form)
    return form


def test_what_is_set_comes_back(form: TrainSettingsForm) -> None:
    changes: list[int] = []
    form.changed.connect(lambda: changes.append(1))
    form.set_settings(EVERYTHING)
    assert form.all_settings() == EVERYTHING
    assert changes == []
    form.set_settings(TrainSettings())
    assert form.all_settings() == TrainSettings()
    form.seed.setValue(4)
    assert changes == [1]
    assert settings_from_json(settings_to_json(EVERYTHING)) == EVERYTHING
    assert settings_to_json(TrainSettings()) == {}


def test_settings_without_a_meaning_say_why_and_are_left_out(form: TrainSettingsForm) -> None:
    form.set_settings(EVERYTHING)
    form.show_kind(TRANSFER)
    assert form.rate.isEnabled(), "the head is trained batch by batch"
    form.head.setCurrentIndex(form.head.findData("convex"))
    assert not form.rate.isEnabled()
    assert "solved exactly" in form.rate.toolTip()
    assert "Learning rate" in form.note.text()
    settings = form.settings()
    assert (settings.learning_rate, settings.batch_size, settings.target) == (None, None, None)
    assert settings.mixup is None
    assert (settings.epochs, settings.seed, settings.threads) == (7, 5, 1)
    form.show_kind(FINETUNE)
    assert not form.head.isEnabled()
    assert form.settings().learning_rate == 0.003
    assert form.settings().head is None
    form.show_kind(HYBRID)
    assert form.note.text() == ""
    assert form.settings().target == 0.9
    form.show_kind(CUSTOM, head_only=True)
    assert not form.rate.isEnabled()


def test_a_device_stays_chosen_before_and_after_devices_are_known(form: TrainSettingsForm) -> None:
    changes: list[int] = []
    form.changed.connect(lambda: changes.append(1))
    form.set_settings(TrainSettings(device="mps"))
    assert form.all_settings().device == "mps"
    form.set_devices([Device("cpu", "CPU, 1 core"), Device("mps", "Other GPU")])
    assert form.device.currentText() == "Other GPU"
    form.set_devices([Device("cpu", "CPU, 1 core")])
    assert form.all_settings().device == "mps"
    form.set_settings(TrainSettings())
    assert form.device.findData("mps") < 0
    assert changes == []


def test_the_target_is_shown_where_it_has_a_meaning(form: TrainSettingsForm) -> None:
    form.show()
    form.show_kind(HYBRID)
    assert form.target.isVisible()
    form.show_kind(FINETUNE)
    assert not form.target.isVisible()


def test_the_wheel_scrolls_the_page_and_changes_no_field(form: TrainSettingsForm) -> None:
    for field in (form.epochs, form.minutes, form.head):
        before = form.all_settings()
        event = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field, event)
        assert form.all_settings() == before
        assert not event.isAccepted()

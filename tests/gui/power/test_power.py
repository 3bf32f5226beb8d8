"""Awake while training, asleep afterwards; a low battery pauses; the end is told."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.subprocesses import ROOT, environment
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.desks.attendant import Attendant
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.lazy_power import read_battery
from tlft_desktop.gui.power.battery import Battery
from tlft_desktop.gui.power.keepers import CaffeinateKeeper, Hold, WindowsKeeper
from tlft_desktop.gui.power.notifier import Notifier
from tlft_desktop.gui.power.sleep_inhibitor import SleepInhibitor
from tlft_desktop.gui.workers.run_controller import TrainingState
from tlft_desktop.gui.workers.task import TaskRunner

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Keeper:
    """Counts; may refuse or fail."""

    def __init__(self, *, may_wait: bool, refuses: bool = False, fails: bool = False) -> None:
        self.may_wait, self.refuses, self.fails = may_wait, refuses, fails
        self.held: list[int] = []
        self.num_asked = 0

    def acquire(self, why: str) -> Hold | None:
        self.num_asked += 1
        if self.fails:
            raise OSError("no bus")
        if self.refuses:
            return None
        self.held.append(self.num_asked)
        return Hold("test", self.num_asked)

    def drop(self, hold: Hold) -> None:
        self.held.remove(hold.number)


class Diary:
    """Stands for the keeper and the notifier."""

    def __init__(self) -> None:
        self.is_awake, self.told = False, list[tuple[str, str]]()

    def hold(self, why: str) -> None:
        self.is_awake = True

    def release(self) -> None:
        self.is_awake = False

    def is_needed(self) -> bool:
        return True

    def tell(self, title: str, text: str) -> None:
        self.told.append((title, text))


@pytest.mark.parametrize("may_wait", [True, False])
def test_the_last_wish_wins(qtbot, may_wait: bool) -> None:
    parent = QObject()
    tasks, keeper = TaskRunner(parent), Keeper(may_wait=may_wait)
    inhibitor = SleepInhibitor(lambda: keeper, tasks, parent)
    inhibitor.hold("training")
    inhibitor.release()
    inhibitor.hold("training")
    inhibitor.hold("training")
    qtbot.waitUntil(lambda: not tasks.jobs and inhibitor.is_holding)
    assert len(keeper.held) == 1
    inhibitor.release()
    qtbot.waitUntil(lambda: not tasks.jobs and not inhibitor.is_holding)
    assert keeper.held == []
    parent.deleteLater()


@pytest.mark.parametrize("trouble", ["refuses", "fails"])
def test_no_service_is_silent_and_asked_once_a_training(qtbot, trouble: str) -> None:
    parent = QObject()
    tasks, keeper, failures = TaskRunner(parent), Keeper(may_wait=True, **{trouble: True}), []
    tasks.failed.connect(failures.append)
    inhibitor = SleepInhibitor(lambda: keeper, tasks, parent)
    for _ in range(3):
        inhibitor.hold("training")
        qtbot.waitUntil(lambda: not tasks.jobs)
    assert keeper.num_asked == 1
    inhibitor.release()
    inhibitor.hold("training")
    qtbot.waitUntil(lambda: not tasks.jobs)
    assert keeper.num_asked == 2
    assert not failures
    parent.deleteLater()


def test_keepers_of_other_systems_do_not_fail_here() -> None:
    assert WindowsKeeper().acquire("x") is None or sys.platform == "win32"
    keeper = CaffeinateKeeper()
    hold = keeper.acquire("x")
    if hold is not None:
        keeper.drop(hold)
    assert hold is None or sys.platform == "darwin"
    assert read_battery() is None or read_battery().percent >= 0


BUS_SERVER = """
import os, sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor, QDBusVirtualObject
read_end, write_end = os.pipe()
class Service(QDBusVirtualObject):
    def handleMessage(self, message, connection):
        if message.member() == "Inhibit" and len(message.arguments()) == 4:
            answer = QDBusUnixFileDescriptor(write_end)
            connection.send(message.createReply(answer))
            print("inhibit", *message.arguments(), flush=True)
            return True
        return False
    def introspect(self, path):
        return ""
app = QCoreApplication([])
bus = QDBusConnection.systemBus()
service = Service()
assert bus.registerVirtualObject("/org/freedesktop/login1", service)
assert bus.registerService("org.freedesktop.login1")
print("ready", flush=True)
app.exec()
"""
BUS_CLIENT = """
from tlft_desktop.gui.power.linux_keeper import LinuxKeeper
import os
keeper = LinuxKeeper()
hold = keeper.acquire("A network is being trained")
print(hold.way if hold else hold, flush=True)
if hold:
    os.fstat(hold.number)
    keeper.drop(hold)
    try:
        os.fstat(hold.number)
    except OSError:
        print("dropped", flush=True)
"""


@pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs a message bus")
def test_linux_asks_the_login_manager_over_a_real_bus(tmp_path: Path) -> None:
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1", f"--address=unix:dir={tmp_path}"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    server: subprocess.Popen[str] | None = None
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        variables = {**environment(), "DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address}
        client = [sys.executable, "-c", BUS_CLIENT]
        alone = subprocess.run(client, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert alone.stdout == "None\n", (alone.stdout, alone.stderr)
        server = subprocess.Popen(
            [sys.executable, "-c", BUS_SERVER], env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        found = subprocess.run(client, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert found.stdout == "login1\ndropped\n", (found.stdout, found.stderr)
        assert server.stdout.readline() == "inhibit sleep:idle tlft A network is being trained block\n"
    finally:
        for child in (server, bus):
            if child is not None:
                child.terminate()
                child.communicate(timeout=10)


@pytest.mark.skipif(sys.platform != "linux", reason="the keeper of Linux")
def test_linux_without_a_bus_is_told_apart_from_a_fault(tmp_path: Path) -> None:
    nowhere = f"unix:path={tmp_path}/none"
    variables = {**environment(), "DBUS_SYSTEM_BUS_ADDRESS": nowhere, "DBUS_SESSION_BUS_ADDRESS": nowhere}
    client = [sys.executable, "-c", BUS_CLIENT]
    result = subprocess.run(client, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (0, "None\n"), result.stderr


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot) -> Iterator[TrainWorld]:
    parent = QObject()
    world = make_world(qapp, tmp_path, parent)
    world.engine.num_epochs, world.engine.pause_s = 10_000, 0.001
    world.open()
    yield world
    end_world(world, qtbot, parent)


def attend(world: TrainWorld, diary: Diary, charge: Battery | None = None) -> Attendant:
    return Attendant(world.context, awake=diary, teller=diary, battery=lambda: charge, parent=world.desk)


def train(world: TrainWorld, qtbot) -> None:
    world.desk.start(StrategyKind.TRANSFER, TrainSettings())
    qtbot.waitUntil(lambda: world.desk.live.epoch >= 1, timeout=10_000)


def test_awake_while_it_trains_and_the_end_is_told(world: TrainWorld, qtbot) -> None:
    diary, controller = Diary(), world.context.controller
    attend(world, diary)
    assert not diary.is_awake
    train(world, qtbot)
    assert diary.is_awake
    controller.pause()
    assert not diary.is_awake
    controller.go_on()
    assert diary.is_awake
    preferences = world.context.preferences
    preferences.set_settings(replace(preferences.settings, inhibit_sleep=False))
    assert not diary.is_awake
    preferences.set_settings(replace(preferences.settings, inhibit_sleep=True, notify=False))
    assert diary.is_awake
    controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    assert not diary.is_awake
    assert diary.told == []
    preferences.set_settings(replace(preferences.settings, notify=True))
    train(world, qtbot)
    controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    assert diary.told == [("cats", "The training stopped; the run is kept.")]


@pytest.mark.parametrize("charge", [None, Battery(80, False), Battery(5, True)])
def test_enough_charge_lets_it_train(world: TrainWorld, qtbot, charge: Battery | None) -> None:
    attendant = attend(world, Diary(), charge)
    train(world, qtbot)
    attendant.look_at_battery()
    assert world.context.controller.state is TrainingState.RUNNING


def test_a_low_battery_pauses_until_the_user_goes_on(world: TrainWorld, qtbot) -> None:
    attendant, controller = attend(world, Diary(), Battery(12.4, False)), world.context.controller
    attendant.look_at_battery()
    assert world.texts() == []
    train(world, qtbot)
    attendant.look_at_battery()
    assert controller.state is TrainingState.PAUSED
    assert "battery is at 12 %" in world.texts()[0]
    world.offer("Go on")()
    attendant.look_at_battery()
    assert controller.state is TrainingState.RUNNING, "the user has decided for this run"
    assert not any("battery" in text for text in world.texts())
    controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    train(world, qtbot)
    preferences = world.context.preferences
    preferences.set_settings(replace(preferences.settings, pause_on_battery=False))
    attendant.look_at_battery()
    assert controller.state is TrainingState.RUNNING
    preferences.set_settings(replace(preferences.settings, pause_on_battery=True))
    attendant.look_at_battery()
    assert controller.state is TrainingState.PAUSED, "another run, another decision"


def test_the_notifier_works_where_there_is_no_tray(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notifier = Notifier(window, window)
    notifier.tell("cats", "The training finished.")
    notifier.withdraw()

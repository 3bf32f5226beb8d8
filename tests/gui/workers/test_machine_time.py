"""One piece of work at a time, and none beside a training."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from tests.gui.fake_training import fake_training
from tlft_desktop.core.errors import InputError
from tlft_desktop.gui.workers.machine_time import Booking, MachineTime
from tlft_desktop.gui.workers.run_controller import RunController
from tlft_desktop.gui.workers.task import JobContext, TaskRunner


class World:
    """Machine, jobs, a training, and what was heard of the work."""

    def __init__(self, parent: QObject) -> None:
        self.tasks, self.controller = TaskRunner(parent), RunController(parent)
        self.machine = MachineTime(self.tasks, self.controller, parent)
        self.heard: list[str] = []
        self.running = self.most = 0
        self.gate = threading.Event()

    def booking(self, name: str, *, fails: bool = False, gives_way: bool = False) -> Booking:
        """Return work that waits for the gate."""

        def work(context: JobContext) -> str:
            self.running += 1
            self.most = max(self.most, self.running)
            try:
                while not self.gate.is_set():
                    context.control.raise_if_stopped()
                    time.sleep(0.002)
                if fails:
                    raise InputError("It cannot be.")
                return name
            finally:
                self.running -= 1

        return Booking(
            name,
            work,
            on_done=lambda result: self.heard.append(f"{result} done"),
            on_failed=lambda failure: self.heard.append(f"{name} failed: {failure.text}"),
            on_stopped=lambda for_training: self.heard.append(f"{name} stopped {for_training}"),
            gives_way=gives_way,
        )

    def train(self) -> None:
        """Start a training that lasts until it is stopped."""
        self.controller.start(lambda control: fake_training(control, num_epochs=10_000, pause_s=0.001))


@pytest.fixture
def world(qtbot: Any) -> Iterator[World]:
    parent = QObject()
    made = World(parent)
    yield made
    made.gate.set()
    made.controller.request_stop()
    qtbot.waitUntil(lambda: not made.controller.is_active and not made.tasks.jobs)
    parent.deleteLater()


def test_work_is_done_one_after_the_other(world: World, qtbot: Any) -> None:
    for name in ("first", "second", "third"):
        world.machine.book(world.booking(name, fails=name == "second"))
    assert [job.title for job in world.tasks.jobs] == ["first"]
    world.gate.set()
    qtbot.waitUntil(lambda: len(world.heard) == 3)
    assert world.heard == ["first done", "second failed: It cannot be.", "third done"]
    assert world.most == 1


def test_work_can_be_cancelled_while_it_runs_and_before(world: World, qtbot: Any) -> None:
    first, second = world.booking("first"), world.booking("second")
    world.machine.book(first)
    world.machine.book(second)
    world.machine.cancel(second)
    assert world.heard == ["second stopped False"]
    world.machine.cancel(first)
    qtbot.waitUntil(lambda: len(world.heard) == 2)
    assert world.heard[1] == "first stopped False"
    world.machine.cancel(first)
    qtbot.wait(20)
    assert len(world.heard) == 2, "what has ended cannot be cancelled"


def test_a_training_comes_first(world: World, qtbot: Any) -> None:
    world.machine.book(world.booking("first"))
    world.machine.book(world.booking("second"))
    with qtbot.waitSignal(world.machine.changed):
        world.machine.make_way(world.train)
    assert world.heard == ["second stopped True"]
    assert world.machine.is_taken
    assert not world.controller.is_active, "the first ends before"
    qtbot.waitUntil(lambda: world.controller.is_active)
    assert (world.heard[-1], world.running) == ("first stopped True", 0)
    world.machine.book(world.booking("third"))
    assert world.heard[-1] == "third stopped True"
    world.controller.request_stop()
    qtbot.waitUntil(lambda: not world.machine.is_taken)
    world.gate.set()
    world.machine.book(world.booking("fourth"))
    qtbot.waitUntil(lambda: world.heard[-1] == "fourth done")


def test_who_made_way_for_nothing_goes_on(world: World, qtbot: Any) -> None:
    called: list[bool] = []
    world.machine.make_way(lambda: called.append(True))
    assert called == [True]
    assert world.machine.is_taken
    world.machine.release()
    world.gate.set()
    world.machine.book(world.booking("first"))
    qtbot.waitUntil(lambda: world.heard == ["first done"])


def test_what_is_no_wish_gives_way_and_begins_anew(world: World, qtbot: Any) -> None:
    world.machine.book(world.booking("own idea", gives_way=True))
    world.machine.book(world.booking("first"))
    world.machine.book(world.booking("second"))
    qtbot.waitUntil(lambda: [job.title for job in world.tasks.jobs] == ["first"])
    assert world.heard == []
    world.gate.set()
    qtbot.waitUntil(lambda: len(world.heard) == 3)
    assert world.heard == ["first done", "second done", "own idea done"]
    assert world.most == 1


def test_what_is_no_wish_waits_behind_wishes(world: World, qtbot: Any) -> None:
    world.machine.book(world.booking("first"))
    world.machine.book(world.booking("own idea", gives_way=True))
    world.machine.book(world.booking("second"))
    world.gate.set()
    qtbot.waitUntil(lambda: len(world.heard) == 3)
    assert world.heard == ["first done", "second done", "own idea done"]


def test_what_gave_way_can_be_cancelled(world: World, qtbot: Any) -> None:
    idea = world.booking("own idea", gives_way=True)
    world.machine.book(idea)
    world.machine.cancel(idea)
    world.machine.book(world.booking("first"))
    qtbot.waitUntil(lambda: world.heard == ["own idea stopped False"])
    other = world.booking("other idea", gives_way=True)
    world.machine.book(other)
    world.machine.make_way(world.train)
    assert "other idea stopped True" in world.heard
    qtbot.waitUntil(lambda: world.controller.is_active)
    assert world.heard[-1] == "first stopped True"

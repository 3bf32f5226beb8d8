"""A page Train over a quick engine, with the actions of the window but without the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from tests.gui.contexts import make_context
from tests.gui.fakes import FakeEngine, make_manifest, make_project
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.project.project import open_project
from tlft_desktop.gui.actions import build_actions
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.race_desk import RaceDesk
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.pages.train_page import TrainPage
from tlft_desktop.gui.workers.gc_guard import GcGuard


@dataclass
class TrainWorld:
    """Everything around one page Train."""

    context: AppContext
    engine: FakeEngine
    desk: TrainingDesk
    races: RaceDesk
    page: TrainPage
    actions: dict[str, QAction]
    root: Path
    guard: GcGuard

    def open(self, *, flip: bool | None = True) -> None:
        """Open the project; it is made the first time, with this answer about mirrored images."""
        if not self.root.exists():
            make_project(self.root, flip=flip).close()
        project = open_project(self.root)
        self.context.session.set_project(project, make_manifest(), ())
        self.context.session.set_layer_tree(make_layer_tree())

    def close(self) -> None:
        """Close the project as the window does."""
        project = self.context.session.project
        if project is not None:
            self.context.session.clear_project()
            project.close()

    @property
    def is_idle(self) -> bool:
        """Whether nothing trains and nothing else works."""
        return not self.context.controller.is_active and not self.context.tasks.jobs

    def texts(self) -> list[str]:
        """Return the messages, the newest first."""
        return [message.text for message in self.context.messages.messages]

    def offer(self, text: str) -> Callable[[], None]:
        """Return what an offer of a message does, by a part of its text."""
        offers = [offer for message in self.context.messages.messages for offer in message.offers]
        return next(offer.act for offer in offers if text in offer.text)


def end_world(world: TrainWorld, qtbot: Any, parent: QObject) -> None:
    """Stop everything and take it apart, the widgets last: a training that ends tells it."""
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    world.close()
    world.context.state.flush(lambda: None)
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    for widget in (world.page, world.context.messages):
        widget.close()
        widget.deleteLater()
    world.guard.release()
    parent.deleteLater()


def make_world(app: QApplication, home: Path, parent: QObject, engine: FakeEngine | None = None) -> TrainWorld:
    """Return a page without a project."""
    engine = engine or FakeEngine()
    context = make_context(app, home, parent, engine=engine)
    actions = build_actions(context.icons, parent)
    runs = RunDesk(context, parent)
    desk = TrainingDesk(context, runs, parent)
    races = RaceDesk(context, desk, runs, parent)
    page = TrainPage(context, desk, races, actions)
    # As in the program: a collection in the training thread would free parts of the plots there.
    return TrainWorld(context, engine, desk, races, page, actions, home / "cats.tlft", GcGuard(parent))

"""The parts that pages share, made without the window: for tests of single widgets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import FakeEngine
from tlft_desktop.core.settings import Settings, Theme
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.cost_desk import CostDesk
from tlft_desktop.gui.engine import Engine
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.plan_saver import PlanSaver
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.messages import MessageArea
from tlft_desktop.gui.window_state import WindowState
from tlft_desktop.gui.workers.machine_time import MachineTime
from tlft_desktop.gui.workers.run_controller import RunController
from tlft_desktop.gui.workers.task import TaskRunner
from tlft_desktop.paths import AppPaths


def make_context(app: QApplication, home: Path, parent: QObject, *, engine: Engine | None = None) -> AppContext:
    """Return the parts over a quick engine; they live as long as `parent`."""
    paths = AppPaths.below(home)
    theme = ThemeController(app, parent)
    theme.apply(Theme.LIGHT)
    icons, tasks, session = IconSet(theme, parent), TaskRunner(parent), Session(parent)
    engine, controller = engine or FakeEngine(), RunController(parent)
    machine = MachineTime(tasks, controller, parent)
    preferences = Preferences(Settings(), paths.settings_file, tasks, parent)
    return AppContext(
        paths=paths,
        engine=engine,
        tasks=tasks,
        controller=controller,
        session=session,
        machine=machine,
        costs=CostDesk(engine, session, machine, preferences, parent),
        saver=PlanSaver(session, tasks, parent),
        preferences=preferences,
        state=WindowState({}, paths.state_file, tasks, parent),
        theme=theme,
        icons=icons,
        messages=MessageArea(icons),
    )

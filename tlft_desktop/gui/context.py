"""What pages and desks share: made once in `app.py` and handed to constructors, so that nothing is global."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class AppContext:
    """The parts of the program that live as long as the window.

    Attributes:
        paths: Folders of the program.
        engine: The core's workflows.
        tasks: Short jobs.
        controller: The one training.
        session: The open project.
        machine: Who may have the whole machine.
        costs: What trainings will cost.
        saver: Writes ticks.
        preferences: Settings of the user.
        state: What the window remembers between two starts.
        theme, icons: Looks.
        messages: Where everything is told.
    """

    paths: AppPaths
    engine: Engine
    tasks: TaskRunner
    controller: RunController
    session: Session
    machine: MachineTime
    costs: CostDesk
    saver: PlanSaver
    preferences: Preferences
    state: WindowState
    theme: ThemeController
    icons: IconSet
    messages: MessageArea

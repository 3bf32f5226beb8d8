"""The steps of the work: names, icons, explanations, and where each stands."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from tlft_desktop.gui.session import Session
from tlft_desktop.gui.widgets.frame import NavigationColumn, StepState
from tlft_desktop.gui.workers.run_controller import TrainingState


class Page(StrEnum):
    """Pages of the window."""

    START = "start"
    DATA = "data"
    LAYERS = "layers"
    TRAIN = "train"
    COMPARE = "compare"
    USE = "use"


PAGES = (Page.DATA, Page.LAYERS, Page.TRAIN, Page.COMPARE, Page.USE)


def add_steps(column: NavigationColumn) -> None:
    """Fill the navigation column."""
    texts = {
        Page.DATA: (_tr("Data"), _tr("The images, their classes and their split (Ctrl+1)")),
        Page.LAYERS: (_tr("Layers"), _tr("The layers of the network and which stay frozen (Ctrl+2)")),
        Page.TRAIN: (_tr("Train"), _tr("Choose a strategy, train, watch (Ctrl+3)")),
        Page.COMPARE: (_tr("Compare"), _tr("The runs of this project (Ctrl+4)")),
        Page.USE: (_tr("Use"), _tr("Classify new images (Ctrl+5)")),
    }
    for page in PAGES:
        text, hint = texts[page]
        column.add(page.value, text, page.value, hint=hint)


def show_steps(column: NavigationColumn, session: Session, state: TrainingState) -> None:
    """Show where each step stands."""
    has_project, has_result = session.project is not None, bool(session.finished_runs)
    worth_a_look = any(problem.kind not in ("note", "scaling") for problem in session.problems)
    data = StepState.EMPTY if not has_project else StepState.ATTENTION if worth_a_look else StepState.READY
    layers = StepState.READY if session.layer_tree is not None else StepState.EMPTY
    train = StepState.RUNNING if state is not TrainingState.IDLE else StepState.READY if has_result else StepState.EMPTY
    after = StepState.READY if has_result else StepState.EMPTY
    states = {Page.DATA: data, Page.LAYERS: layers, Page.TRAIN: train, Page.COMPARE: after, Page.USE: after}
    words = {
        StepState.EMPTY: _tr("nothing yet"),
        StepState.READY: _tr("ready"),
        StepState.RUNNING: _tr("running"),
        StepState.ATTENTION: _tr("needs attention"),
    }
    for page, step in states.items():
        column.set_state(page.value, step, words[step])


def _tr(text: str) -> str:
    return QCoreApplication.translate("steps", text)

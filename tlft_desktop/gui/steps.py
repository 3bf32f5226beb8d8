"""The steps of the work: names, icons, explanations, and where each stands."""

from __future__ import annotations

from enum import StrEnum

from tlft_desktop.gui.data_problems import QUIET_KINDS
from tlft_desktop.gui.format import tr
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
        Page.DATA: (tr("Data"), tr("The images, their classes and their split (Ctrl+1)")),
        Page.LAYERS: (tr("Layers"), tr("The layers of the network and which stay frozen (Ctrl+2)")),
        Page.TRAIN: (tr("Train"), tr("Choose a strategy, train, watch (Ctrl+3)")),
        Page.COMPARE: (tr("Compare"), tr("The runs of this project (Ctrl+4)")),
        Page.USE: (tr("Use"), tr("Classify new images (Ctrl+5)")),
    }
    for page in PAGES:
        text, hint = texts[page]
        column.add(page.value, text, page.value, hint=hint)


def show_steps(column: NavigationColumn, session: Session, state: TrainingState) -> None:
    """Show where each step stands."""
    has_project, has_result = session.project is not None, bool(session.finished_runs)
    worth_a_look = any(problem.kind not in QUIET_KINDS for problem in session.problems)
    data = StepState.EMPTY if not has_project else StepState.ATTENTION if worth_a_look else StepState.READY
    layers = StepState.READY if session.layer_tree is not None else StepState.EMPTY
    train = StepState.RUNNING if state is not TrainingState.IDLE else StepState.READY if has_result else StepState.EMPTY
    after = StepState.READY if has_result else StepState.EMPTY
    states = {Page.DATA: data, Page.LAYERS: layers, Page.TRAIN: train, Page.COMPARE: after, Page.USE: after}
    words = {
        StepState.EMPTY: tr("nothing yet"),
        StepState.READY: tr("ready"),
        StepState.RUNNING: tr("running"),
        StepState.ATTENTION: tr("needs attention"),
    }
    for page, step in states.items():
        column.set_state(page.value, step, words[step])

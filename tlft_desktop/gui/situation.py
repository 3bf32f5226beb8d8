"""What the window's actions depend on, read from the session, the training and the desks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction, QKeySequence, QUndoStack

from tlft_desktop.gui.action_spec import Situation
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.steps import Page
from tlft_desktop.gui.widgets.text import plain_tooltip
from tlft_desktop.gui.workers.run_controller import TrainingState


def show_undo_texts(actions: Mapping[str, QAction], stack: QUndoStack) -> None:
    """Let the tool tips of undo and redo say what they would change."""
    said = {
        "undo": (stack.undoText(), tr("Undo: {what} ({keys})"), tr("Undo ({keys})")),
        "redo": (stack.redoText(), tr("Redo: {what} ({keys})"), tr("Redo ({keys})")),
    }
    for key, (what, pattern, plain) in said.items():
        keys = actions[key].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        actions[key].setToolTip(plain_tooltip((pattern if what else plain).format(what=what, keys=keys)))


def primary_action(page: Page, *, is_training: bool) -> tuple[str, str]:
    """Return the id and the icon of the one action that a page asks for first; empty for none."""
    if is_training:
        return "stop", "stop"
    if page is Page.START:
        return "", ""
    return ("predict", "use") if page is Page.USE else ("start", "play")


def situation_of(context: AppContext, training: TrainingDesk) -> Situation:
    """Return the situation of the moment."""
    session, state = context.session, context.controller.state
    return Situation(
        has_project=session.project is not None,
        is_writable=session.is_writable,
        is_training=state is not TrainingState.IDLE,
        is_paused=state is TrainingState.PAUSED,
        is_stopping=state is TrainingState.STOPPING,
        can_start=training.can_start,
        can_undo=session.undo_stack.canUndo() and session.is_writable,
        can_redo=session.undo_stack.canRedo() and session.is_writable,
    )

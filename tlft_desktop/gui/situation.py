"""What the window's actions depend on, read from the session, the training and the desks."""

from __future__ import annotations

from tlft_desktop.gui.actions import Situation
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.workers.run_controller import TrainingState


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
        has_result=bool(session.finished_runs),
    )

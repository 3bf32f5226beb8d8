"""Failures of a run as plain values: what happened, in words, whether the run can go on, and what to do."""

from __future__ import annotations

import logging
from typing import Any

from tlft_desktop.core.errors import (
    ExitCode,
    InputError,
    ProjectMovedError,
    ResourceError,
    StoppedError,
    StorageError,
    TlftError,
)
from tlft_desktop.core.training.memory import is_out_of_memory
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import DivergedError, UnusableOutputsError
from tlft_desktop.core.training.state import StateMismatchError

_log = logging.getLogger(__name__)


def failure_of(error: BaseException, progress: Progress | None = None) -> dict[str, Any]:
    """Return the `failure` of a `fit_end` event; an unforeseen error is logged with its traceback.

    A run can go on (`resumable`) where that may end otherwise: not where the same would happen again at once.

    Keys: `kind`, `title`, `message` (with the remedy where the error has one), `remedy`, `resumable`, `exit_code`.

    Args:
        error: What ended the run.
        progress: How far the run was; None where that is not known.
    """
    if is_out_of_memory(error):
        return _out_of_memory(progress)
    match error:
        case DivergedError() | UnusableOutputsError():
            return _told("diverged", "The run cannot go on", error, ExitCode.BAD_INPUT, resumable=False)
        case StateMismatchError():
            return _told("input", "The run cannot go on", error, error.exit_code, resumable=False)
        case StoppedError():
            return _told("stopped", "The run was stopped", error, remedy="Go on with the run when you like.")
        case ProjectMovedError():
            return _told("moved", "The project has another place", error)
        case StorageError():
            remedy = "Make room or bring the disk back; then go on with the run from its last checkpoint."
            return _told("storage", "The run could not be saved", error, remedy=remedy)
        case ResourceError():
            remedy = "Close other programs; then go on with the run from its last checkpoint."
            return _told("resource", "Not enough resources on this computer", error, remedy=remedy)
        case InputError():
            remedy = "Mend what is named here; then go on with the run from its last checkpoint."
            return _told("input", "The input cannot be used", error, remedy=remedy)
        case TlftError():
            return _told("fault", "Training failed", error, remedy="Mend what is named here; then go on with the run.")
    return _unforeseen(error, progress)


def _told(
    kind: str,
    title: str,
    error: TlftError,
    exit_code: ExitCode | None = None,
    *,
    resumable: bool = True,
    remedy: str = "",
) -> dict[str, Any]:
    return _failure(kind, title, str(error), exit_code or error.exit_code, resumable, error.remedy or remedy)


def _out_of_memory(progress: Progress | None) -> dict[str, Any]:
    # A phase that never took a step, with its images in the smallest parts, will not take it next time either.
    never_fitted = progress is not None and progress.phase_step == 0
    if never_fitted:
        remedy = "Start a new run with smaller images or with more layers frozen, or close other programs before."
    else:
        remedy = (
            "Close other programs, then go on from the last checkpoint; if it happens again, start a new run with "
            "smaller images or with more layers frozen."
        )
    message = f"The memory was not enough. {remedy}"
    return _failure("memory", "Out of memory", message, ExitCode.OUT_OF_RESOURCE, not never_fitted, remedy)


def _unforeseen(error: BaseException, progress: Progress | None) -> dict[str, Any]:
    _log.error("Training failed by an unforeseen error", exc_info=error)
    message = f"An unforeseen error ended the run: {type(error).__name__}: {error}. The log has the details."
    never_began = progress is not None and progress.step == 0
    remedy = (
        "Please report it with the log; a new run would most likely end the same way."
        if never_began
        else "Go on from the last checkpoint; if it ends the same way, please report it with the log."
    )
    return _failure("fault", "A fault of the program", message, ExitCode.FAULT, not never_began, remedy)


def _failure(kind: str, title: str, message: str, exit_code: ExitCode, resumable: bool, remedy: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": title,
        "message": message,
        "remedy": remedy,
        "resumable": resumable,
        "exit_code": int(exit_code),
    }

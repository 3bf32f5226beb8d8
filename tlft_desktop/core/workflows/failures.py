"""Failures of a run as plain values: what happened, in words, and whether the run can go on."""

from __future__ import annotations

import logging
from typing import Any

import torch

from tlft_desktop.core.errors import ExitCode, InputError, ResourceError, StoppedError, StorageError, TlftError
from tlft_desktop.core.training.setup import DivergedError

_log = logging.getLogger(__name__)
_OUT_OF_MEMORY_WORDS = ("out of memory", "DefaultCPUAllocator", "can't allocate memory")


def failure_of(error: BaseException) -> dict[str, Any]:
    """Return the `failure` of a `fit_end` event; an unforeseen error is logged with its traceback.

    Keys: `kind`, `title`, `message`, `resumable`, `exit_code`.
    """
    if _is_out_of_memory(error):
        message = (
            "The memory was not enough. Choose a smaller batch or image size, or close other programs, then resume."
        )
        return _failure("memory", "Out of memory", message, ExitCode.OUT_OF_RESOURCE, resumable=True)
    match error:
        case DivergedError():
            return _failure("diverged", "The run cannot go on", str(error), ExitCode.BAD_INPUT, resumable=False)
        case StoppedError():
            return _failure("stopped", "Stopped", str(error), ExitCode.STOPPED, resumable=True)
        case StorageError():
            return _failure("storage", "The run could not be saved", str(error), error.exit_code, resumable=True)
        case ResourceError():
            return _failure("resource", "Out of a resource", str(error), error.exit_code, resumable=True)
        case InputError():
            return _failure("input", "The input cannot be used", str(error), error.exit_code, resumable=True)
        case TlftError():
            return _failure("fault", "Training failed", str(error), error.exit_code, resumable=True)
    _log.error("Training failed by an unforeseen error", exc_info=error)
    message = f"An unforeseen error ended the run: {type(error).__name__}: {error}. The log has the details."
    return _failure("fault", "A fault of the program", message, ExitCode.FAULT, resumable=True)


def _failure(kind: str, title: str, message: str, exit_code: ExitCode, *, resumable: bool) -> dict[str, Any]:
    return {"kind": kind, "title": title, "message": message, "resumable": resumable, "exit_code": int(exit_code)}


def _is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(word in str(error) for word in _OUT_OF_MEMORY_WORDS)

"""Errors with a sentence for the user; the exit codes of the command line belong to them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    BAD_INPUT = 3
    STOPPED = 4
    OUT_OF_RESOURCE = 5
    NOT_VERIFIED = 6


class TlftError(Exception):
    """A problem that the user can understand: what happened, what it means, what to do next.

    Args:
        message: One or two plain sentences; names the path or value concerned.
        remedy: What to do next; may be empty when the message says it already.
    """

    exit_code: ExitCode = ExitCode.FAULT

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(TlftError):
    """The options contradict each other or do not exist."""

    exit_code = ExitCode.USAGE


class InputError(TlftError):
    """What the user gave (images, project, weights) cannot be used."""

    exit_code = ExitCode.BAD_INPUT


class ProjectLockedError(InputError):
    """Another process has the project open."""


class ResourceError(TlftError):
    """Disk, memory or another resource ran out; the run can be resumed."""

    exit_code = ExitCode.OUT_OF_RESOURCE


class StorageError(ResourceError):
    """A file could not be written; the state before the write is intact."""


class ProjectMovedError(StorageError):
    """The folder of a project got another name or place while it was in use."""


class StoppedError(TlftError):
    """The user or a signal asked to stop."""

    exit_code = ExitCode.STOPPED


class NotVerifiedError(TlftError):
    """A result differs from what it must equal."""

    exit_code = ExitCode.NOT_VERIFIED

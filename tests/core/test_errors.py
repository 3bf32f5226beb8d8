"""Errors carry a sentence, a remedy and the exit code that the command line promises."""

from __future__ import annotations

import pytest

from tlft_desktop.core.errors import (
    ExitCode,
    InputError,
    NotVerifiedError,
    ProjectLockedError,
    ResourceError,
    StoppedError,
    StorageError,
    TlftError,
    UsageError,
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (TlftError, 1),
        (UsageError, 2),
        (InputError, 3),
        (ProjectLockedError, 3),
        (StoppedError, 4),
        (ResourceError, 5),
        (StorageError, 5),
        (NotVerifiedError, 6),
    ],
)
def test_exit_codes_are_the_promised_ones(kind: type[TlftError], code: int) -> None:
    assert kind("x").exit_code == code
    assert issubclass(kind, TlftError)


def test_done_is_zero() -> None:
    assert ExitCode.DONE == 0


def test_text_is_message_and_remedy() -> None:
    error = InputError("There is no 'x'.", remedy="Choose another.")
    assert (error.message, error.remedy) == ("There is no 'x'.", "Choose another.")
    assert str(error) == "There is no 'x'. Choose another."
    assert str(InputError("There is no 'x'.")) == "There is no 'x'."
    assert InputError("a").remedy == ""

"""Failures in words, with what can be done about them."""

from __future__ import annotations

import errno
import logging
from pathlib import Path

import torch

import pytest

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import (
    ExitCode,
    InputError,
    NotVerifiedError,
    ResourceError,
    StoppedError,
    TlftError,
    UsageError,
)
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import DivergedError, UnusableOutputsError
from tlft_desktop.core.training.state import StateMismatchError
from tlft_desktop.core.workflows.failures import failure_of

CPU_ALLOCATOR = (
    "[enforce fail at alloc_cpu.cpp:118] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 4 bytes."
)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        RuntimeError(CPU_ALLOCATOR),
        RuntimeError("MPS backend out of memory (MPS allocated: 9.0 GB)"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:121] data. DefaultCPUAllocator: not enough memory: you tried"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    ],
    ids=["python", "cuda", "cpu", "mps", "windows", "cublas"],
)
def test_a1_memory_ran_out(error: BaseException) -> None:
    failure = failure_of(error)
    assert (failure["kind"], failure["exit_code"], failure["resumable"]) == ("memory", 5, True)
    assert "smaller images" in failure["message"]
    assert "alloc" not in failure["message"]


def test_a_real_allocation_that_is_too_large() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**58, dtype=torch.uint8)
    assert failure_of(caught.value)["kind"] == "memory"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_the_disk_refused(number: int) -> None:
    error = fsio.classify(OSError(number, "x"), Path("/runs/a"))
    failure = failure_of(error)
    assert (failure["kind"], failure["exit_code"], failure["resumable"]) == ("storage", 5, True)
    assert "'/runs/a'" in failure["message"]


@pytest.mark.parametrize(
    ("error", "kind", "exit_code", "resumable"),
    [
        (DivergedError(7), "diverged", ExitCode.BAD_INPUT, False),
        (StoppedError("Stopped on request."), "stopped", ExitCode.STOPPED, True),
        (ResourceError("Too many files."), "resource", ExitCode.OUT_OF_RESOURCE, True),
        (InputError("An image is gone."), "input", ExitCode.BAD_INPUT, True),
        (fsio.DamagedError("A file is damaged."), "input", ExitCode.BAD_INPUT, True),
        (NotVerifiedError("It differs."), "fault", ExitCode.NOT_VERIFIED, True),
        (UsageError("No."), "fault", ExitCode.USAGE, True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_known_errors(error: TlftError, kind: str, exit_code: ExitCode, resumable: bool) -> None:
    failure = failure_of(error)
    assert (failure["kind"], failure["exit_code"], failure["resumable"]) == (kind, int(exit_code), resumable)
    assert failure["message"] == str(error)


def test_divergence_says_where_and_what_to_do() -> None:
    message = failure_of(DivergedError(7))["message"]
    assert "step 7" in message
    assert "lower learning rate" in message


@pytest.mark.parametrize("error", [ValueError("shapes differ"), RuntimeError("mat1 and mat2"), OSError(5, "x")])
def test_unforeseen_errors_are_logged_with_their_trace(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        failure = failure_of(error)
    assert (failure["kind"], failure["exit_code"]) == ("fault", 1)
    assert type(error).__name__ in failure["message"]
    assert str(error) in failure["message"]
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[1] is error


def test_known_errors_are_not_logged_as_faults(caplog: pytest.LogCaptureFixture) -> None:
    failure_of(InputError("x"))
    failure_of(MemoryError())
    assert not caplog.records


@pytest.mark.parametrize("error", [MemoryError(), torch.OutOfMemoryError("CUDA out of memory.")])
def test_a_network_that_never_fitted_is_not_to_be_tried_again(error: Exception) -> None:
    first, later = failure_of(error, Progress(step=40)), failure_of(error, Progress(step=41, phase_step=1))
    assert (first["resumable"], first["exit_code"]) == (False, 5)
    assert "Start a new run with smaller images" in first["remedy"]
    assert "go on" not in first["message"]
    assert later["resumable"]
    assert "Close other programs, then go on" in later["remedy"]


@pytest.mark.parametrize(("step", "resumable"), [(0, False), (1, True)])
def test_a_fault_before_the_first_step_would_come_again(step: int, resumable: bool) -> None:
    failure = failure_of(ValueError("shapes differ"), Progress(step=step))
    assert failure["resumable"] is resumable
    assert ("Go on from the last checkpoint" in failure["remedy"]) is resumable
    assert "report it with the log" in failure["remedy"]


@pytest.mark.parametrize("error", [DivergedError(3), UnusableOutputsError(), StateMismatchError("No.", remedy="New.")])
def test_what_no_resume_can_mend(error: TlftError) -> None:
    failure = failure_of(error, Progress(step=3, phase_step=3))
    assert not failure["resumable"]
    assert failure["exit_code"] == ExitCode.BAD_INPUT
    assert failure["remedy"] == error.remedy
    assert failure["remedy"] in failure["message"]


def test_a_remedy_of_the_error_comes_before_that_of_its_kind() -> None:
    assert failure_of(InputError("An image is gone.", remedy="Bring it back."))["remedy"] == "Bring it back."
    assert "then go on" in failure_of(InputError("An image is gone."))["remedy"]


def test_every_failure_has_the_same_plain_keys() -> None:
    errors = (MemoryError(), DivergedError(1), ValueError("x"), InputError("y"), StoppedError("z"), ResourceError("r"))
    for error in errors:
        failure = failure_of(error)
        assert set(failure) == {"kind", "title", "message", "remedy", "resumable", "exit_code"}
        assert [type(failure[key]) for key in ("kind", "title", "message", "remedy")] == [str] * 4
        assert type(failure["exit_code"]) is int
        assert all(failure[key] for key in ("kind", "title", "message", "remedy"))

"""Fail, or kill the process, at the k-th operation on the disk, for every k that there is (as SQLite's tests do)."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storage_samples import leftovers
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.fsio import primitives

_KILLED = 137
_FAULTY = 1
_MOST_OPERATIONS = 400


@dataclass(frozen=True)
class Scenario:
    """Something that changes the disk.

    Attributes:
        name: Shown by pytest.
        prepare: Makes the state before, below a folder.
        change: Does what is tested.
        observe: Returns what a user sees, equal for equal states; also does what the program does at its next start.
        between: States other than before and after that are right as well, such as `no predictions`.
    """

    name: str
    prepare: Callable[[Path], None]
    change: Callable[[Path], None]
    observe: Callable[[Path], Any]
    between: tuple[Any, ...] = ()


class Injection:
    """Counts the operations of `fsio`; at the k-th one it does what `strike` does, once."""

    def __init__(self, strike_at: int, strike: Callable[[str], None]) -> None:
        self.count = 0
        self.kinds: list[str] = []
        self._strike_at = strike_at
        self._strike = strike

    def __call__(self, kind: str, path: Path) -> None:
        self.count += 1
        self.kinds.append(kind)
        if self.count == self._strike_at:
            self._strike(kind)


@contextmanager
def injected(strike_at: int, strike: Callable[[str], None]) -> Iterator[Injection]:
    """Let the k-th operation inside the block strike."""
    injection = Injection(strike_at, strike)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(primitives, "operation", injection)
        yield injection


@contextmanager
def full_from_write(number: int) -> Iterator[None]:
    """Let the disk be full from the `number`-th write on; what makes room still works."""
    count = 0

    def operation(kind: str, path: Path) -> None:
        nonlocal count
        count += kind == "write"
        if kind == "write" and count >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(primitives, "operation", operation)
        yield


def failing(number: int) -> Callable[[str], None]:
    """Return a strike that is an error of the system."""

    def strike(kind: str) -> None:
        raise OSError(number, os.strerror(number))

    return strike


@contextmanager
def half_written(strike_at: int) -> Iterator[Injection]:
    """Let the disk be full at the k-th operation; if that one writes, half of the data gets there."""
    write_all = primitives.write_all
    armed = [False]

    def strike(kind: str) -> None:
        if kind != "write":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        armed[0] = True

    def write_half(descriptor: int, data: bytes | memoryview) -> None:
        if armed[0]:
            armed[0] = False
            write_all(descriptor, memoryview(data)[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_all(descriptor, data)

    with injected(strike_at, strike) as injection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(primitives, "write_all", write_half)
        yield injection


def check_errors(scenario: Scenario, tmp_path: Path, *, number: int | None) -> int:
    """Fail each operation once (`number` None: disk full, half written) and check the state; return how many."""
    states = _states(scenario, tmp_path)
    for k in range(1, _MOST_OPERATIONS):
        root = tmp_path / f"error-{k}"
        scenario.prepare(root)
        fault = half_written(k) if number is None else injected(k, failing(number))
        raised = None
        with fault as injection:
            try:
                scenario.change(root)
            except TlftError as error:
                raised = error
        assert raised is None or raised.message, f"operation {k} failed without a sentence"
        # What could not be deleted stays under its temporary name until the next start.
        could_not_delete = injection.count >= k and injection.kinds[k - 1] == "unlink"
        assert could_not_delete or leftovers(root) == [], f"operation {k} left something half-written"
        seen = scenario.observe(root)
        assert seen in states, f"neither the old nor the new state after an error at {k}"
        if raised is not None and seen != states[1]:
            scenario.change(root)
            assert scenario.observe(root) == states[1], f"after the error at {k} trying again did not help"
        if injection.count < k:
            return k - 1
    raise AssertionError("the operations do not end")


def check_kills(scenario: Scenario, tmp_path: Path) -> int:
    """Kill a process at each operation and check the state; return how many operations there are."""
    states = _states(scenario, tmp_path)
    for k in range(1, _MOST_OPERATIONS):
        root = tmp_path / f"kill-{k}"
        scenario.prepare(root)
        status = _in_child(lambda root=root, k=k: _change_and_die(scenario, root, k))  # type: ignore[misc]
        assert status in (0, _KILLED), f"the process that was to be killed at {k} failed"
        assert scenario.observe(root) in states, f"neither the old nor the new state after a kill at {k}"
        if status == 0:
            return k - 1
    raise AssertionError("the operations do not end")


def _states(scenario: Scenario, tmp_path: Path) -> tuple[Any, ...]:
    root = tmp_path / "whole"
    scenario.prepare(root)
    old = scenario.observe(root)
    other = tmp_path / "changed"
    scenario.prepare(other)
    scenario.change(other)
    new = scenario.observe(other)
    assert old != new, "the scenario changes nothing that is observed"
    return (old, new, *scenario.between)


def _change_and_die(scenario: Scenario, root: Path, k: int) -> None:
    with injected(k, lambda kind: os._exit(_KILLED)):
        scenario.change(root)


def _in_child(action: Callable[[], None]) -> int:
    """Run `action` in a fork of this process, which spares the seconds of loading torch; return its exit code."""
    if sys.platform == "win32":
        pytest.skip("needs fork")
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException:
            os._exit(_FAULTY)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

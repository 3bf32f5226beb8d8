"""Tracing beside other threads; what graphs hold is tested where they are used."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

import pytest

from tlft_desktop.core.models.tracing import trace_network

_ROUNDS = 20


@pytest.fixture(autouse=True)
def hasty_threads() -> Iterator[None]:
    """Let threads take turns within one tracing."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


class Scale(nn.Module):
    """Reads a parameter by its name, which tracing takes over as well."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.full((1,), 2.0))

    def forward(self, images: Tensor) -> Tensor:
        """Multiply [B, D] by the factor."""
        return images * self.factor


def _network() -> nn.Module:
    return nn.Sequential(nn.Linear(8, 8), Scale(), nn.ReLU(), nn.Sequential(nn.Linear(8, 4), Scale()))


def _beside(work: Callable[[], None], rounds: int) -> list[BaseException]:
    """Repeat `work` in a thread until `rounds` networks were traced in this one; return what went wrong there."""
    problems: list[BaseException] = []
    begun, is_over = threading.Event(), threading.Event()

    def repeat() -> None:
        try:
            while not is_over.is_set():
                work()
                begun.set()
        except BaseException as error:
            problems.append(error)
            begun.set()

    thread = threading.Thread(target=repeat)
    thread.start()
    assert begun.wait(30)
    try:
        for _ in range(rounds):
            assert [node.op for node in trace_network(_network()).graph.nodes].count("call_module") == 3
    finally:
        is_over.set()
        thread.join()
    return problems


def test_a_network_runs_in_another_thread_while_one_is_traced() -> None:
    model, images = _network(), torch.ones(2, 8)
    expected = model(images)

    def work() -> None:
        assert torch.equal(model(images), expected)

    assert _beside(work, _ROUNDS) == []


def test_two_threads_trace_at_once_and_leave_modules_as_they_were() -> None:
    call, read = nn.Module.__call__, nn.Module.__getattr__

    def work() -> None:
        trace_network(_network())

    assert _beside(work, _ROUNDS) == []

    assert nn.Module.__call__ is call
    assert nn.Module.__getattr__ is read

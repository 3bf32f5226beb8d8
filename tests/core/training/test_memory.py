"""Peak memory is seen while it lasts, and nothing keeps running."""

from __future__ import annotations

import threading
import time

import torch

import psutil
import pytest

from tlft_desktop.core.training.memory import PeakMemory

SIZE = 200 * 2**20


def samplers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "tlft-memory"]


def allocate_and_free() -> None:
    block = torch.ones(SIZE, dtype=torch.uint8)
    time.sleep(0.1)
    del block


def test_an_allocation_in_between_is_seen() -> None:
    with PeakMemory("cpu") as memory:
        before = psutil.Process().memory_info().rss
        allocate_and_free()
        peak = memory.read()
    assert before + 0.9 * SIZE < peak < before + 2 * SIZE
    assert memory.peak_bytes == peak


def test_the_thread_ends_with_the_block() -> None:
    with PeakMemory("cpu"):
        assert len(samplers()) == 1
    assert not samplers()
    with pytest.raises(ZeroDivisionError), PeakMemory("cpu"):
        raise ZeroDivisionError
    assert not samplers()


def test_the_peak_of_an_earlier_part_of_the_run_counts() -> None:
    with PeakMemory("cpu", peak_bytes=2**50) as memory:
        assert memory.read() == 2**50


def test_reading_needs_no_thread() -> None:
    assert PeakMemory("cpu").read() > 2**20
    assert not samplers()


def test_on_cuda_the_allocator_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    reset: list[str] = []
    monkeypatch.setattr(torch.cuda, "reset_peak_memory_stats", reset.append)
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda device: 123_456)
    with PeakMemory("cuda:1", peak_bytes=1) as memory:
        assert not samplers()
        assert memory.read() == 123_456
    assert reset == ["cuda:1"]

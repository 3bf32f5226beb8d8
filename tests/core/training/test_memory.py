"""Peak memory is seen while it lasts, and nothing keeps running."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import torch

import psutil
import pytest

from tlft_desktop.core.training import memory as module
from tlft_desktop.core.training.memory import PeakMemory, free_memory, is_out_of_memory, release_memory

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


def test_another_phase_counts_anew_and_the_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    reset: list[str] = []
    allocated = [500]
    monkeypatch.setattr(torch.cuda, "reset_peak_memory_stats", reset.append)
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda device: allocated[0])
    with PeakMemory("cuda:1") as memory:
        memory.start_phase()
        assert memory.phase_peak_bytes == 0
        allocated[0] = 300
        assert memory.read() == 500
        assert memory.phase_peak_bytes == 300
    assert reset == ["cuda:1", "cuda:1"]


def test_what_an_earlier_phase_took_is_not_counted_again() -> None:
    with PeakMemory("cpu") as memory:
        held = torch.ones(2**26)
        memory.read()
        del held
        memory.start_phase()
        memory.read()
        assert memory.phase_peak_bytes < memory.peak_bytes - 2**27


def computer_with(monkeypatch: pytest.MonkeyPatch, available: int) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=available))


@pytest.mark.parametrize("device", ["cpu", "mps"])
def test_what_the_computer_has_is_free(device: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_CGROUP", tmp_path)
    computer_with(monkeypatch, 1000)
    assert free_memory(device) == 1000
    (tmp_path / "memory.max").write_text("max\n")
    assert free_memory(device) == 1000


def test_a_container_has_no_more_than_its_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_CGROUP", tmp_path)
    computer_with(monkeypatch, 1000)
    (tmp_path / "memory.max").write_text("500\n")
    (tmp_path / "memory.current").write_text("300\n")
    (tmp_path / "memory.stat").write_text("anon 220\ninactive_file 50\n")
    assert free_memory("cpu") == 250
    (tmp_path / "memory.current").write_text("600\n")
    assert free_memory("cpu") == 0
    (tmp_path / "memory.stat").unlink()
    assert free_memory("cpu") == 1000


def test_on_cuda_its_own_memory_is_free_and_what_torch_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    computer_with(monkeypatch, 1)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (700, 1000))
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda device: 200)
    monkeypatch.setattr(torch.cuda, "memory_allocated", lambda device: 50)
    assert free_memory("cuda:1") == 850


@pytest.mark.parametrize(
    ("device", "place", "name"),
    [
        ("cuda:1", torch.cuda, "empty_cache"),
        ("mps", torch.mps, "empty_cache"),
        ("cpu", module, "return_freed_memory"),
    ],
)
def test_kept_memory_is_released(device: str, place: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(place, name, lambda: calls.append(name))
    release_memory(device)
    assert calls == [name]


def test_other_errors_are_not_about_memory() -> None:
    assert is_out_of_memory(MemoryError())
    assert is_out_of_memory(RuntimeError("could not create a primitive"))
    assert not is_out_of_memory(RuntimeError("could not create a primitive descriptor for a convolution"))
    assert not is_out_of_memory(RuntimeError("shapes differ"))
    assert not is_out_of_memory(ValueError("out of memory"))

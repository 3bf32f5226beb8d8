"""Memory: what is free, what a stretch of work takes at most, and what to do where there is none left."""

from __future__ import annotations

import contextlib
import math
import threading
from pathlib import Path

import torch

import psutil

from tlft_desktop.freed_memory import return_freed_memory

_INTERVAL_SECONDS = 0.02
_CGROUP = Path("/sys/fs/cgroup")
_OUT_OF_MEMORY_WORDS = (
    "out of memory",
    "DefaultCPUAllocator",
    "can't allocate memory",
    "not enough memory",
    "STATUS_ALLOC_FAILED",
)
# All that oneDNN says where it gets no memory for a kernel; what it does not have at all is "a primitive descriptor".
_OUT_OF_MEMORY_ONEDNN = ("could not create a primitive", "could not execute a primitive")


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error says that memory ran out, on the processor or on a device."""
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    if not isinstance(error, RuntimeError):
        return False
    message = str(error)
    return message in _OUT_OF_MEMORY_ONEDNN or any(word in message for word in _OUT_OF_MEMORY_WORDS)


def free_memory(device: str) -> int:
    """Return how many bytes a run on a device can take: on CUDA its own memory, else that of the computer."""
    if device.startswith("cuda"):
        free, _ = torch.cuda.mem_get_info(device)
        # What torch keeps for later is free for this process.
        return int(free + torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device))
    return int(min(psutil.virtual_memory().available, _left_in_container()))


def release_memory(device: str) -> None:
    """Give back what was freed and is kept for later, so that pieces of another size can be had."""
    if device.startswith("cuda"):
        torch.cuda.empty_cache()
    elif device == "mps":
        torch.mps.empty_cache()
    else:
        return_freed_memory()


def _left_in_container() -> float:
    """Return what the limit of the container leaves, in bytes; without one there is no end."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        limit = int((_CGROUP / "memory.max").read_text())
        lines = (_CGROUP / "memory.stat").read_text().splitlines()
        cached = int(dict(line.split() for line in lines)["inactive_file"])
        return max(0, limit - int((_CGROUP / "memory.current").read_text()) + cached)
    return math.inf


class PeakMemory:
    """Sample the resident memory of this process while it is entered; on CUDA ask the allocator instead.

    Attributes:
        peak_bytes: Largest value seen so far.
        phase_peak_bytes: Largest value seen in the phase in work.
    """

    def __init__(self, device: str, *, peak_bytes: int = 0, phase_peak_bytes: int = 0) -> None:
        self._cuda = device.startswith("cuda")
        self._device = device
        self._process = psutil.Process()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._sample, name="tlft-memory", daemon=True)
        self.peak_bytes = peak_bytes
        self.phase_peak_bytes = phase_peak_bytes

    def __enter__(self) -> PeakMemory:
        if self._cuda:
            torch.cuda.reset_peak_memory_stats(self._device)
        else:
            # What an earlier run freed must not count for this one.
            return_freed_memory()
            self._thread.start()
        return self

    def read(self) -> int:
        """Return the peak up to now, in bytes."""
        current = torch.cuda.max_memory_allocated(self._device) if self._cuda else self._process.memory_info().rss
        self.peak_bytes = max(self.peak_bytes, int(current))
        self.phase_peak_bytes = max(self.phase_peak_bytes, int(current))
        return self.peak_bytes

    def start_phase(self) -> None:
        """Begin to count for another phase; what the phase before it freed must not count for it."""
        self.read()
        if self._cuda:
            torch.cuda.reset_peak_memory_stats(self._device)
        else:
            return_freed_memory()
        self.phase_peak_bytes = 0

    def _sample(self) -> None:
        while not self._end.wait(_INTERVAL_SECONDS):
            self.read()

    def __exit__(self, *_: object) -> None:
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()
            return_freed_memory()

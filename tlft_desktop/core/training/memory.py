"""Peak memory of a stretch of work."""

from __future__ import annotations

import ctypes
import sys
import threading

import torch

import psutil

_INTERVAL_SECONDS = 0.02


class PeakMemory:
    """Sample the resident memory of this process while it is entered; on CUDA ask the allocator instead.

    Attributes:
        peak_bytes: Largest value seen so far.
    """

    def __init__(self, device: str, *, peak_bytes: int = 0) -> None:
        self._cuda = device.startswith("cuda")
        self._device = device
        self._process = psutil.Process()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._sample, name="tlft-memory", daemon=True)
        self.peak_bytes = peak_bytes

    def __enter__(self) -> PeakMemory:
        if self._cuda:
            torch.cuda.reset_peak_memory_stats(self._device)
        else:
            _return_free_memory()
            self._thread.start()
        return self

    def read(self) -> int:
        """Return the peak up to now, in bytes."""
        current = torch.cuda.max_memory_allocated(self._device) if self._cuda else self._process.memory_info().rss
        self.peak_bytes = max(self.peak_bytes, int(current))
        return self.peak_bytes

    def _sample(self) -> None:
        while not self._end.wait(_INTERVAL_SECONDS):
            self.read()

    def __exit__(self, *_: object) -> None:
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()


def _return_free_memory() -> None:
    """Give memory that an earlier run freed back to the system, so that it is not counted for the next one."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)

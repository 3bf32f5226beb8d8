"""Peak memory of a stretch of work."""

from __future__ import annotations

import threading

import torch

import psutil

from tlft_desktop.freed_memory import return_freed_memory

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
            # What an earlier run freed must not count for this one.
            return_freed_memory()
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
            return_freed_memory()

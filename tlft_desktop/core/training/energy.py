"""Energy that the hardware reports while a run works: of the whole processor and graphics card, whoever uses them."""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from tlft_desktop.core.training.progress import Progress

POWERCAP = Path("/sys/class/powercap")
_PROCESSOR = "processor"
_MEMORY = "memory"
_GRAPHICS_CARD = "graphics card"
_JOULES_PER_MICROJOULE = 1e-6
_JOULES_PER_MILLIJOULE = 1e-3
_SECONDS_BETWEEN_READINGS = 10.0


class Counter:
    """A counter of the hardware.

    Attributes:
        of: What it measures, in words.

    Args:
        of: What it measures, in words.
        read: Returns its value in joules.
        span: Joules after which it begins at 0 again; None where it does not.

    Raises:
        OSError, ValueError: If it cannot be read.
    """

    def __init__(self, of: str, read: Callable[[], float], span: float | None = None) -> None:
        self.of = of
        self._read, self._span = read, span
        self._last = read()

    def step(self) -> float:
        """Return the joules since it was asked last.

        Raises:
            OSError, ValueError: If it cannot be read any more.
        """
        now = self._read()
        used, self._last = now - self._last, now
        if used < 0:
            # Read often enough, it has begun again once.
            used = max(0.0, used + (self._span or 0.0))
        return used


class EnergyMeter:
    """Adds up what the counters of a computer report.

    Attributes:
        of: What is measured, such as `processor and memory`; empty where nothing reports.
        joules: Sum so far; None where nothing reports, or a counter that did cannot be read any more.

    Args:
        device: Where the run computes.
        joules: Of the run before it was interrupted.
    """

    def __init__(self, device: str, *, joules: float = 0.0) -> None:
        self._counters = [*_processor_counters(), *_graphics_counters(device)]
        self.of = " and ".join(dict.fromkeys(counter.of for counter in self._counters))
        self.joules = joules if self._counters else None
        self._read_at = time.monotonic()

    def follow(self) -> None:
        """Read now and then: the counter of a busy processor begins again after some minutes."""
        if time.monotonic() - self._read_at >= _SECONDS_BETWEEN_READINGS:
            self.read()

    def read(self) -> None:
        """Add what was used since the last reading."""
        used = self._step()
        self.joules = None if self.joules is None or used is None else self.joules + used

    def skip(self) -> None:
        """Leave out what was used since the last reading."""
        if self._step() is None:
            self.joules = None

    def _step(self) -> float | None:
        self._read_at = time.monotonic()
        try:
            return sum(counter.step() for counter in self._counters)
        except (OSError, ValueError):
            return None


def meter_of_run(progress: Progress, device: str) -> EnergyMeter:
    """Return a meter that goes on from where a run was; one that was not measured from its start never is.

    Args:
        progress: Of the run; told what is measured.
        device: Where the run computes.
    """
    meter = EnergyMeter(device, joules=progress.energy_joules or 0.0)
    if not progress.seconds:
        progress.energy_of = meter.of
    elif progress.energy_joules is None or progress.energy_of != meter.of:
        meter.joules = None
    return meter


def _processor_counters() -> list[Counter]:
    """Return the counters of the processor packages, and of memory where that is not within them.

    Source: Linux, Documentation/power/powercap. Newer kernels let only the administrator read them.
    """
    found = []
    for zone in sorted(POWERCAP.glob("intel-rapl:*")):
        with contextlib.suppress(OSError, ValueError):
            name = (zone / "name").read_text().strip()
            # Cores and the like are parts of a package.
            of = _PROCESSOR if name.startswith("package") else _MEMORY if name == "dram" else ""
            if of:
                span = int((zone / "max_energy_range_uj").read_text()) * _JOULES_PER_MICROJOULE
                found.append(Counter(of, _file_reader(zone / "energy_uj"), span))
    return found


def _file_reader(path: Path) -> Callable[[], float]:
    return lambda: int(path.read_text()) * _JOULES_PER_MICROJOULE


def _graphics_counters(device: str) -> list[Counter]:
    """Return the counter of the graphics card that a run uses, where NVIDIA's library and its Python part are there."""
    if not device.startswith("cuda"):
        return []
    try:
        nvml: Any = importlib.import_module("pynvml")
    except ImportError:
        return []
    try:
        nvml.nvmlInit()
        handle = nvml.nvmlDeviceGetHandleByUUID(f"GPU-{torch.cuda.get_device_properties(device).uuid}")
        return [Counter(_GRAPHICS_CARD, _card_reader(nvml, handle))]
    except (nvml.NVMLError, RuntimeError, OSError, ValueError):
        # Older cards do not report it.
        return []


def _card_reader(nvml: Any, handle: Any) -> Callable[[], float]:
    def read() -> float:
        try:
            return float(nvml.nvmlDeviceGetTotalEnergyConsumption(handle)) * _JOULES_PER_MILLIJOULE
        except nvml.NVMLError as error:
            raise OSError(str(error)) from error

    return read

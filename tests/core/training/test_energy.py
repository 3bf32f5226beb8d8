"""Energy as the hardware reports it: made-up counters, since most computers let nobody read them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import torch

import pytest

from tests.training_samples import StopAt, copied, head_phase, run, strategy, tiny_setup, tuning_phase
from tlft_desktop.core.control import Control
from tlft_desktop.core.training import energy
from tlft_desktop.core.training.energy import EnergyMeter, meter_of_run
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.values.events import FitEnd

JOULE = 1_000_000


class Zones:
    """A folder as Linux shows it: a package with its cores, memory beside it, and the whole computer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.add("intel-rapl:0", "package-0", span=1000)
        self.add("intel-rapl:0:0", "core")
        self.add("intel-rapl:0:1", "dram", span=500)
        self.add("intel-rapl:1", "psys")
        self.add("intel-rapl-mmio:0", "package-0")

    def add(self, zone: str, name: str, *, span: int = 1000) -> None:
        path = self.folder / zone
        path.mkdir()
        (path / "name").write_text(f"{name}\n")
        (path / "max_energy_range_uj").write_text(f"{span * JOULE}\n")
        self.set(zone, 100)

    def set(self, zone: str, joules: float) -> None:
        (self.folder / zone / "energy_uj").write_text(f"{round(joules * JOULE)}\n")


@pytest.fixture
def zones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Zones:
    """Let the computer report energy."""
    monkeypatch.setattr(energy, "POWERCAP", tmp_path)
    return Zones(tmp_path)


def test_packages_and_memory_count_and_nothing_twice(zones: Zones) -> None:
    meter = EnergyMeter("cpu", joules=5.0)
    assert (meter.of, meter.joules) == ("processor and memory", 5.0)
    for zone in ("intel-rapl:0:0", "intel-rapl:1", "intel-rapl-mmio:0"):
        zones.set(zone, 900)
    zones.set("intel-rapl:0", 120)
    zones.set("intel-rapl:0:1", 101.5)
    meter.read()
    assert meter.joules == pytest.approx(5 + 20 + 1.5)


def test_a_counter_that_begins_again_goes_on_counting(zones: Zones) -> None:
    meter = EnergyMeter("cpu")
    zones.set("intel-rapl:0", 990)
    meter.read()
    zones.set("intel-rapl:0", 30)
    meter.read()
    assert meter.joules == pytest.approx(890 + 40)
    # Of a spoilt counter nothing is guessed.
    (zones.folder / "intel-rapl:0" / "energy_uj").write_text("none\n")
    meter.read()
    assert meter.joules is None
    zones.set("intel-rapl:0", 40)
    meter.read()
    assert meter.joules is None


def test_what_is_used_in_a_pause_is_left_out(zones: Zones) -> None:
    meter = EnergyMeter("cpu")
    zones.set("intel-rapl:0", 110)
    meter.read()
    zones.set("intel-rapl:0", 500)
    meter.skip()
    zones.set("intel-rapl:0", 507)
    meter.read()
    assert meter.joules == pytest.approx(17)


def test_a_busy_counter_is_read_before_it_has_begun_again_twice(zones: Zones, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(energy, "time", SimpleNamespace(monotonic=lambda: now[0]))
    meter = EnergyMeter("cpu")
    zones.set("intel-rapl:0", 150)
    meter.follow()
    assert meter.joules == 0
    now[0] = 10.0
    meter.follow()
    assert meter.joules == pytest.approx(50)


@pytest.mark.parametrize("spoil", ["nothing there", "no permission", "not a number"])
def test_where_nothing_reports_there_is_none(spoil: str, zones: Zones, monkeypatch: pytest.MonkeyPatch) -> None:
    if spoil == "nothing there":
        monkeypatch.setattr(energy, "POWERCAP", zones.folder / "elsewhere")
    for zone in ("intel-rapl:0", "intel-rapl:0:1"):
        path = zones.folder / zone / "energy_uj"
        if spoil == "no permission":
            path.unlink()
            path.mkdir()
        elif spoil == "not a number":
            path.write_text("")
    meter = EnergyMeter("cpu")
    assert (meter.of, meter.joules) == ("", None)
    meter.read()
    meter.skip()
    assert meter.joules is None


class NVMLError(Exception):
    """As the library raises it."""


def fake_nvml(millijoules: list[int]) -> SimpleNamespace:
    """Return what takes the place of NVIDIA's library; an empty list is a card that does not report."""

    def total(handle: object) -> int:
        assert handle == "GPU-0001"
        if not millijoules:
            raise NVMLError("Not Supported")
        return millijoules[-1]

    return SimpleNamespace(
        nvmlInit=lambda: None,
        nvmlDeviceGetHandleByUUID=lambda uuid: uuid,
        nvmlDeviceGetTotalEnergyConsumption=total,
        NVMLError=NVMLError,
    )


def test_a_graphics_card_counts_where_the_run_uses_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(energy, "POWERCAP", tmp_path)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda device: SimpleNamespace(uuid="0001"))
    values = [2000]
    monkeypatch.setitem(sys.modules, "pynvml", fake_nvml(values))
    meter = EnergyMeter("cuda:0")
    values.append(5500)
    meter.read()
    assert (meter.of, meter.joules) == ("graphics card", pytest.approx(3.5))
    values.clear()
    meter.read()
    assert meter.joules is None
    assert EnergyMeter("cuda").joules is None
    assert EnergyMeter("cpu").of == ""
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert EnergyMeter("cuda").of == ""


def test_a_run_that_was_not_measured_from_its_start_never_is(zones: Zones, monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress()
    assert meter_of_run(progress, "cpu").joules == 0
    assert progress.energy_of == "processor and memory"
    progress.seconds, progress.energy_joules = 10.0, 33.0
    assert meter_of_run(progress, "cpu").joules == 33
    assert meter_of_run(Progress(seconds=10.0), "cpu").joules is None
    monkeypatch.setattr(energy, "POWERCAP", zones.folder / "elsewhere")
    assert meter_of_run(progress, "cpu").joules is None


class PackageUser(StopAt):
    """Lets the processor use ten joules before each step."""

    def __init__(self, zones: Zones, step: int | None = None) -> None:
        super().__init__(step)
        self._zones, self.used = zones, 0

    def wait_while_paused(self) -> None:
        super().wait_while_paused()
        self.used += 10
        self._zones.set("intel-rapl:0", 100 + self.used)


def test_a_run_tells_its_energy_also_after_it_was_stopped(zones: Zones) -> None:
    chosen = strategy(tuning_phase(epochs=2))
    control = PackageUser(zones, 4)
    trainer, events = run(tiny_setup(chosen), control)
    assert isinstance(events[-1], FitEnd)
    assert (events[-1].energy_joules, events[-1].energy_of) == (control.used, "processor and memory")
    state = copied(trainer.state())
    zones.set("intel-rapl:0", 600)
    zones.set("intel-rapl:0", 100)
    again = PackageUser(zones)
    _, events = run(tiny_setup(chosen), again, state)
    assert isinstance(events[-1], FitEnd)
    assert events[-1].energy_joules == pytest.approx(control.used + again.used)


def test_a_run_that_nothing_measured_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(energy, "POWERCAP", tmp_path)
    last = run(tiny_setup(strategy(head_phase())))[1][-1].to_json()
    assert (last["energy_joules"], last["energy_of"]) == (None, "")


def test_a_pause_of_a_run_is_left_out(zones: Zones) -> None:
    class Paused(Control):
        """Pauses before the third step, in which another program uses much."""

        num_steps = 0

        @property
        def paused(self) -> bool:
            return self.num_steps == 2

        def wait_while_paused(self) -> None:
            if self.paused:
                zones.set("intel-rapl:0", 800)
            self.num_steps += 1

    last = run(tiny_setup(strategy(tuning_phase(epochs=1))), Paused())[1][-1]
    assert isinstance(last, FitEnd)
    assert last.energy_joules == 0

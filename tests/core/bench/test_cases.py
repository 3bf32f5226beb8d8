"""What is compared with what, and how failures of a part are told."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest

from tlft_desktop.core.bench import cases, limits
from tlft_desktop.core.bench.cases import BenchStep, measure, measure_part, run_program
from tlft_desktop.core.bench.fastai_loop import require_fastai
from tlft_desktop.core.bench.rows import Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError, TlftError, UsageError
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.weights import WeightsStore

FIGURES: Mapping[str, dict[str, float]] = {
    "loop_head": {"seconds": 120.0, "epoch_seconds": 9.0, "images_per_second": 30.0, "accuracy": 0.9},
    "loop_all": {"seconds": 400.0, "epoch_seconds": 20.0, "images_per_second": 10.0, "accuracy": 0.95},
    "loop_partly": {"seconds": 150.0, "epoch_seconds": 12.0, "images_per_second": 25.0, "accuracy": 0.93},
    "transfer": {"seconds": 3.0, "both": 11.0, "accuracy": 0.92},
    "finetune": {"epoch_seconds": 8.0, "images_per_second": 40.0},
    "partly": {"epoch_seconds": 2.0, "images_per_second": 160.0},
    "limits": {"transfer": 1.0, "images_per_second": 50.0},
    "agreement": {"loss_difference": 0.0001, "only_kept": 1, "only_live": 0},
}
FASTAI = {"seconds": 90.0, "images_per_second": 25.0, "accuracy": 0.93}


@pytest.fixture
def no_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "write_photos", lambda folder: folder)


@pytest.mark.usefixtures("no_photos")
def test_each_part_takes_its_turn_and_medians_are_compared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def run(self: object, name: str, number: int) -> dict[str, float]:
        asked.append((name, number))
        # The first round is slow.
        return {key: value * (5 if number == 0 else 1) for key, value in FIGURES[name].items()}

    monkeypatch.setattr(cases._Runner, "run", run)
    items = list(measure(tmp_path, rounds=3, quick=False, control=Control()))
    steps = [item for item in items if isinstance(item, BenchStep)]
    assert [step.done for step in steps] == list(range(len(FIGURES) * 3 - 2))
    assert asked == [
        (name, number) for number in range(3) for name in cases._Runner.PARTS if number == 0 or name != "agreement"
    ]
    found = [item for item in items if isinstance(item, Row)]
    assert [row.target for row in found] == [1, 1, 2, 3, 3, 4, 5, 5]
    ratios = {(row.what, row.reference): (round(row.ratio, 3), row.reached) for row in found if row.ratio is not None}
    assert ratios == {
        ("transfer", "10 epochs of the usual loop"): (40.0, True),
        ("transfer, from start to end", "10 epochs of the usual loop"): (10.909, False),
        ("transfer", "the limit and 2 s"): (1.0, True),
        ("fine-tuning, an image", "the usual loop"): (4.0, True),
        ("fine-tuning, an image", "the limit"): (0.8, False),
        ("70 % frozen, an epoch", "the usual loop"): (6.0, True),
    }
    assert (found[0].accuracy, found[0].reference_accuracy) == (0.92, 0.9)
    # Without a clock, kept outputs are compared with none in one round only.
    assert [row.ours for row in found] == [3, 11, 3, 25, 25, 2, pytest.approx(0.0005), 0.0625]


@pytest.mark.usefixtures("no_photos")
def test_fastai_takes_its_turn_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cases._Runner, "run", lambda self, name, number: {**FIGURES, "fastai": FASTAI}[name])
    items = list(measure(tmp_path, rounds=1, quick=True, control=Control(), with_fastai=True))
    assert [item.text for item in items if isinstance(item, BenchStep)][-1] == "fastai"
    rows = {row.reference: row for row in items if isinstance(row, Row)}
    transfer, tuning = rows["5 epochs of fastai, frozen"], rows["fastai, unfrozen"]
    assert (transfer.ratio, tuning.ratio) == (30.0, 1.6)
    # Faster, but not as good.
    assert (transfer.accuracy, transfer.reference_accuracy, transfer.reached) == (0.92, 0.93, False)


def test_without_fastai_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastai", None)
    with pytest.raises(UsageError, match="fastai is not installed"):
        require_fastai()


@pytest.mark.usefixtures("no_photos")
def test_a_stop_between_two_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    control = Control()

    def run(self: object, name: str, number: int) -> dict[str, float]:
        control.request_stop()
        return FIGURES[name]

    monkeypatch.setattr(cases._Runner, "run", run)
    with pytest.raises(StoppedError):
        list(measure(tmp_path, rounds=1, quick=True, control=control))


def test_a_part_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(TlftError, match=r"`tlft train` failed while it was measured: .*nothing\.tlft"):
        run_program(["train", str(tmp_path / "nothing.tlft"), "--strategy", "transfer"], {}, Control())


def test_a_stop_ends_a_part_and_what_it_started_at_once(tmp_path: Path) -> None:
    class StopsWhenItRuns(Control):
        started: tuple[psutil.Process, ...] = ()

        def raise_if_stopped(self) -> None:
            self.started = self.started or tuple(psutil.Process().children(recursive=True))
            if self.started:
                self.request_stop()
            super().raise_if_stopped()

    control, images = StopsWhenItRuns(), tmp_path / "images"
    images.mkdir()
    with pytest.raises(StoppedError):
        run_program(["bench", "--part", "limits", "--images", str(images), "--home", str(tmp_path)], {}, control)
    assert control.started
    assert not [process for process in control.started if process.is_running()]


def test_what_is_possible_is_measured_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "IMAGE_SIZE", 32)
    monkeypatch.setattr(limits, "_BATCH", 4)
    images = tmp_path / "images"
    images.mkdir()
    found = measure_part("limits", images, epochs=0)
    assert set(found) == set(FIGURES["limits"])
    assert found["transfer"] >= 0
    assert found["images_per_second"] > 0
    entry = find_backbone(DEFAULT_BACKBONE)
    weights = WeightsStore(tmp_path).load(entry)
    assert limits.forward_seconds(entry, weights, image_size=32) < limits.training_seconds(
        entry, weights, image_size=32
    )

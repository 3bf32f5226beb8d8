"""Features in front of the head: computed quickly, compared with the network, computed exactly where they differ."""

from __future__ import annotations

from dataclasses import replace

import torch

import numpy as np
import pytest

from tests.training_samples import head_phase, strategy, tiny_numerics, tiny_setup
from tlft_desktop.core.control import Control
from tlft_desktop.core.models.folding import FoldedFeatures
from tlft_desktop.core.training.device import available_modes
from tlft_desktop.core.training.features import FeatureSpec, FeatureStore, MemoryFeatures
from tlft_desktop.core.training.head_phase import differs
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, Event, FitEnd, Notice, ValidationEnd
from tlft_desktop.core.values.numerics import DataType, NumericMode

NUM_TRAIN = 70
HEAD = strategy(head_phase())


class WrongFeatures(MemoryFeatures):
    """Rows that belong to other images, as if they had been kept under a wrong name."""

    def __init__(self, num_rows: int, width: int) -> None:
        super().__init__(num_rows, width)
        self.write(range(num_rows), np.random.default_rng(0).random((num_rows, width)).astype(np.float32))


def run(setup: TrainingSetup) -> list[Event]:
    return list(Trainer(setup, Control()).fit())


def notices(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice) and event.kind == "cache"]


def results(events: list[Event]) -> list[tuple[float, float]]:
    return [(event.val_loss, event.val_accuracy) for event in events if isinstance(event, ValidationEnd)]


def wrong_features(spec: FeatureSpec) -> FeatureStore:
    return WrongFeatures(len(spec.rows), spec.width)


def test_kept_features_that_are_not_those_of_the_network_are_computed_again() -> None:
    right = run(tiny_setup(HEAD, num_train=NUM_TRAIN))
    assert notices(right) == []
    events = run(replace(tiny_setup(HEAD, num_train=NUM_TRAIN), features=wrong_features))
    assert len(notices(events)) == 1
    assert "not those of the network" in notices(events)[0]
    assert results(events)[-1] == pytest.approx(results(right)[-1], abs=1e-4)
    assert isinstance(events[-1], FitEnd)
    assert events[-1].state == "completed"


def test_rounding_of_one_row_is_no_other_network_and_a_row_of_another_image_is() -> None:
    live = torch.randn(8, 40, generator=torch.Generator().manual_seed(0))
    noise = torch.randn(8, 40, generator=torch.Generator().manual_seed(1)).mul_(0.05)
    assert not differs(live, live + noise, DataType.BFLOAT16)
    noise[3] *= 3
    assert not differs(live, live + noise, DataType.BFLOAT16), "one row is rounded more than the others"
    assert differs(live, live + noise, DataType.FLOAT32)
    exchanged = live.clone()
    exchanged[3] = live[4]
    assert differs(live, exchanged, DataType.BFLOAT16)
    assert differs(live, live + 4 * noise, DataType.BFLOAT16), "all rows"


@pytest.mark.skipif(NumericMode.BF16 not in available_modes("cpu"), reason="this processor has no bfloat16")
def test_features_in_bfloat16_lead_to_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    right = run(tiny_setup(HEAD, num_train=NUM_TRAIN))
    seen: list[torch.dtype] = []
    call = FoldedFeatures.__call__

    def watched(self: FoldedFeatures, images: torch.Tensor) -> torch.Tensor:
        seen.append(torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else images.dtype)
        return call(self, images)

    monkeypatch.setattr(FoldedFeatures, "__call__", watched)
    numerics = replace(tiny_numerics(), bfloat16_features=True)
    events = run(tiny_setup(HEAD, num_train=NUM_TRAIN, numerics=numerics))
    # Three groups of images to learn from; the validation images are computed as the network answers.
    assert seen == [torch.bfloat16] * 3 + [torch.float32]
    assert notices(events) == []
    assert results(events)[-1] == pytest.approx(results(right)[-1], abs=0.1)


def test_features_that_rounding_spoils_are_computed_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    right = run(tiny_setup(HEAD, num_train=NUM_TRAIN))
    call = FoldedFeatures.__call__

    def spoilt(self: FoldedFeatures, images: torch.Tensor) -> torch.Tensor:
        return (call(self, images) * 4).round() / 4

    monkeypatch.setattr(FoldedFeatures, "__call__", spoilt)
    events = run(tiny_setup(HEAD, num_train=NUM_TRAIN))
    assert len(notices(events)) == 1
    assert results(events)[-1] == pytest.approx(results(right)[-1], abs=1e-4)
    assert [event.train_loss for event in events if isinstance(event, EpochEnd)][-1] == pytest.approx(
        [event.train_loss for event in right if isinstance(event, EpochEnd)][-1], abs=1e-4
    )

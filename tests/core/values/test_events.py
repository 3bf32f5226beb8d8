"""Events are what other programs read: names, fields and plain JSON types."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from typing import Any

import pytest

from tests.training_samples import head_phase, strategy, tiny_setup, tuning_phase
from tlft_desktop.core.control import Control
from tlft_desktop.core.freezing.gates import Decision
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values import events
from tlft_desktop.core.values.events import BatchEnd, Event, FitEnd, Gate, PhaseStart

ALWAYS = {"event", "run", "seq", "seconds"}
PROMISED: dict[str, set[str]] = {
    "fit_start": {
        "strategy", "phases", "backbone", "num_classes", "num_train", "num_val", "device", "numerics", "seed",
        "trainable_parameters", "total_parameters", "manifest",
    },
    "phase_start": {"phase", "index", "trainable_parameters", "frozen_owners", "cache"},
    "cache_progress": {"done", "total"},
    "batch_end": {"step", "loss", "learning_rates", "images_per_second"},
    "validation_end": {
        "phase", "epoch", "val_loss", "val_accuracy", "val_accuracy_low", "val_accuracy_high", "val_macro_f1",
    },
    "epoch_end": {
        "phase", "epoch", "phase_epoch", "train_loss", "train_accuracy", "epoch_seconds", "images_per_second",
        "peak_memory_bytes",
    },
    "heat": {"phase", "epoch", "owners"},
    "gate": {"rule", "decision", "reason"},
    "checkpoint": {"step", "kind", "bytes"},
    "notice": {"kind", "message"},
    "fit_end": {"state", "best", "frozen_proof", "total_seconds", "failure"},
}  # fmt: skip
MORE = {
    "epoch_end": {"learning_rates", "step", "phase_peak_memory_bytes"},
    "phase_start": {"num_steps", "epoch", "step", "phase_epoch", "phase_step", "epoch_step"},
    "fit_end": {"budget", "phase_peak_memory_bytes", "seconds_by_part", "energy_joules", "energy_of"},
}
"""Beyond the promise, for the record of a run."""
KINDS = [kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Event) and kind.name]


def samples(kind: type[Event]) -> dict[str, Any]:
    """Return a value for every field that has no default, right by its annotation."""
    by_type = {"str": "x", "int": 1, "float": 0.5, "dict[str, float]": {"head": 0.1}, "dict[str, Any]": {"batch": 8}}
    by_type |= {"dict[str, int]": {"head": 2**30}, "dict[str, list[float]]": {"head": [0.5, 1.0, 0.0, 0.0]}}
    by_type |= {"float | None": 0.5}
    by_type |= {"dict[str, Any] | None": {"epoch": 1}, "tuple[dict[str, Any], ...]": ({"name": "head"},)}
    return {item.name: by_type[str(item.type)] for item in fields(kind)}


def plain(value: object) -> bool:
    if type(value) is dict:
        return all(type(key) is str and plain(item) for key, item in value.items())
    if type(value) is list:
        return all(map(plain, value))
    return value is None or type(value) in (str, int, float, bool)


def test_there_is_a_class_for_every_promised_event() -> None:
    assert {kind.name for kind in KINDS} == set(PROMISED)
    assert len(KINDS) == len(PROMISED)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_json_has_the_promised_fields_in_plain_types(kind: type[Event]) -> None:
    data = kind(**samples(kind)).to_json()
    assert data["event"] == kind.name
    assert set(data) == ALWAYS | PROMISED[kind.name] | MORE.get(kind.name, set())
    assert plain(data)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_becomes_null_at_any_depth(number: float) -> None:
    batch = BatchEnd(step=1, loss=number, learning_rates={"head": number, "stem": 0.1}, images_per_second=1.0).to_json()
    assert batch["loss"] is None
    assert batch["learning_rates"] == {"head": None, "stem": 0.1}
    start = PhaseStart(
        phase="a", index=0, trainable_parameters=1, frozen_owners=0, cache={"shares": [(number, 1.0)], "hit": True}
    ).to_json()
    assert start["cache"] == {"shares": [[None, 1.0]], "hit": True}


def test_enums_become_their_text() -> None:
    data = Gate(rule="target", decision=Decision.STOP, reason="").to_json()
    assert type(data["decision"]) is str
    assert data["decision"] == "stop"


def test_optional_parts_are_null() -> None:
    data = FitEnd(state="failed", best=None, frozen_proof="none frozen", total_seconds=1.0).to_json()
    assert (data["best"], data["failure"]) == (None, None)


def test_events_of_a_real_run_are_plain() -> None:
    trainer = Trainer(tiny_setup(strategy(head_phase(iterations=3), tuning_phase(epochs=1), target=1.0)), Control())
    happened = [event.to_json() for event in trainer.fit()]
    assert {data["event"] for data in happened} >= set(PROMISED) - {"batch_end", "notice"}
    for data in happened:
        assert plain(data), data
        assert set(data) >= PROMISED[data["event"]]

"""What a run shares with others: features, whatever their training does with memory."""

from __future__ import annotations

from dataclasses import replace

from tests.training_samples import tiny_numerics
from tlft_desktop.core.values.numerics import DataType
from tlft_desktop.core.workflows.assembly import _of_forward_passes


def test_features_are_found_again_whatever_training_keeps_in_memory() -> None:
    numerics = tiny_numerics(batch=8)
    key = _of_forward_passes(numerics)
    for other in (
        replace(numerics, checkpoint_activations=True),
        replace(numerics, batch=4, micro_batch=2),
    ):
        assert _of_forward_passes(other) == key
    assert _of_forward_passes(replace(numerics, dtype=DataType.BFLOAT16)) != key
    assert set(key) == {
        "device", "threads", "interop_threads", "dtype", "memory_format", "batch", "micro_batch", "bfloat16_features",
    }, "another key would not find what earlier versions kept"  # fmt: skip

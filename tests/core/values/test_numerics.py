"""How a run computes is kept word for word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.values.numerics import MODES, DataType, MemoryFormat, NumericMode, Numerics

COUNTS = st.integers(1, 4096)


@given(
    st.builds(
        Numerics,
        device=st.sampled_from(["cpu", "cuda", "cuda:1", "mps"]),
        threads=COUNTS,
        interop_threads=COUNTS,
        dtype=st.sampled_from(list(DataType)),
        memory_format=st.sampled_from(list(MemoryFormat)),
        batch=COUNTS,
        micro_batch=COUNTS,
        bfloat16_features=st.booleans(),
        checkpoint_activations=st.booleans(),
    )
)
def test_round_trip(numerics: Numerics) -> None:
    data = numerics.to_json()
    assert all(type(value) in (str, int, bool) for value in data.values())
    assert Numerics.from_json(json.loads(json.dumps(data))) == numerics


@pytest.mark.parametrize("dtype", list(DataType))
@pytest.mark.parametrize("memory_format", list(MemoryFormat))
def test_every_way_to_compute_has_a_name(dtype: DataType, memory_format: MemoryFormat) -> None:
    numerics = Numerics("cpu", 1, 1, dtype, memory_format, 8, 8)
    assert MODES[numerics.mode] == (dtype, memory_format)
    assert set(MODES) == set(NumericMode) - {NumericMode.AUTO, NumericMode.RULE}


@pytest.mark.parametrize("change", [{"dtype": "float64"}, {"memory_format": "other"}, {"batch": "many"}])
def test_unknown_values(change: dict[str, str]) -> None:
    data = Numerics("cpu", 1, 1, DataType.FLOAT32, MemoryFormat.CONTIGUOUS, 8, 8).to_json()
    with pytest.raises(ValueError, match=next(iter(change.values()))):
        Numerics.from_json({**data, **change})
    with pytest.raises(KeyError):
        Numerics.from_json({})


def test_features_in_another_type_are_a_rule_of_the_program_that_earlier_runs_did_not_have() -> None:
    numerics = Numerics("cpu", 1, 1, DataType.FLOAT32, MemoryFormat.CONTIGUOUS, 8, 8)
    assert numerics.for_features == numerics
    quick = replace(numerics, bfloat16_features=True)
    assert (quick.mode, quick.for_features.dtype) == (NumericMode.RULE, DataType.BFLOAT16)
    data = numerics.to_json()
    del data["bfloat16_features"]
    del data["checkpoint_activations"]
    assert Numerics.from_json(data) == numerics

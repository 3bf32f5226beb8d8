"""The header check of safetensors files: accepts what the library writes, and nothing that is not whole."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import Any

import torch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.safetensors_header import (
    MAX_HEADER_BYTES,
    check_header,
    looks_like_safetensors,
    read_header,
)
from weight_files import raw_safetensors, safetensors_bytes

# The nightly run looks longer: TLFT_FUZZ_EXAMPLES=50000.
EXAMPLES = int(os.environ.get("TLFT_FUZZ_EXAMPLES", "150"))
VALID = safetensors_bytes({"a": torch.arange(6.0).reshape(2, 3), "b": torch.tensor(3), "c": torch.zeros(0, 4)})


def tensor(begin: int, end: int, *, shape: list[Any] | None = None, dtype: Any = "F32") -> dict[str, Any]:
    return {"dtype": dtype, "shape": [(end - begin) // 4] if shape is None else shape, "data_offsets": [begin, end]}


def test_what_the_library_writes_is_accepted() -> None:
    assert looks_like_safetensors(VALID)
    tensors = check_header(VALID, origin="file")
    assert {name: (info.dtype, info.shape) for name, info in tensors.items()} == {
        "a": ("F32", (2, 3)),
        "b": ("I64", ()),
        "c": ("F32", (0, 4)),
    }


def test_the_header_alone_is_enough_with_the_length_of_the_file() -> None:
    length = 8 + int.from_bytes(VALID[:8], "little")
    assert read_header(VALID[:length], num_bytes=len(VALID), origin="file") == check_header(VALID, origin="file")


@pytest.mark.parametrize(
    ("header", "num_bytes", "reason"),
    [
        ({"a": tensor(0, 8), "b": tensor(4, 12)}, 12, "'b' overlaps another tensor"),
        ({"a": tensor(0, 8), "b": tensor(0, 8)}, 8, "overlaps"),
        ({"a": tensor(0, 8), "b": tensor(12, 16)}, 16, "'b' follows a gap"),
        ({"a": tensor(4, 8)}, 8, "gap"),
        ({"a": tensor(0, 8)}, 12, "longer than its tensors"),
        ({"a": tensor(0, 8)}, 4, "cut off"),
        ({"a": tensor(0, 8, shape=[3])}, 8, "size of 'a' does not match its shape"),
        ({"a": tensor(0, 8, shape=[2**47, 2**47])}, 8, "does not match"),
        ({"a": tensor(0, 8, shape=[-2])}, 8, "not a list of sizes"),
        ({"a": tensor(0, 8, shape=[2.0])}, 8, "not a list of sizes"),
        ({"a": tensor(0, 8, shape=[True])}, 8, "not a list of sizes"),
        ({"a": tensor(0, 8, shape=[10**100])}, 8, "not a list of sizes"),
        ({"a": tensor(0, 4, shape=[1] * 40)}, 4, "malformed"),
        ({"a": tensor(0, 8, dtype="F33")}, 8, "type of 'a' is unknown"),
        ({"a": tensor(0, 8, dtype=["F32"])}, 8, "unknown"),
        ({"a": {"dtype": "F32", "shape": [2]}}, 8, "malformed"),
        ({"a": [1]}, 8, "malformed"),
        ({"a": {**tensor(0, 8), "code": "x"}}, 8, "malformed"),
        ({"a": tensor(0, 8), "__metadata__": {"x": 1}}, 8, "metadata"),
        ({"__metadata__": {}}, 0, "no tensor"),
        ([1], 0, "not a JSON object"),
        (b'{"a": {}, "a": {}}', 0, "twice"),
        (b"{" * 100_000, 0, "usable"),
        (b'{"a": NaN}', 0, "NaN"),
        (b'{"a": ' + b"9" * 5000 + b"}", 0, "usable"),
        (b"\xff{}", 0, "usable"),
    ],
)
def test_a_header_that_does_not_describe_its_file_is_refused(header: Any, num_bytes: int, reason: str) -> None:
    with pytest.raises(InputError, match="'file' is not a usable safetensors file") as caught:
        check_header(raw_safetensors(header, num_bytes=num_bytes), origin="file")
    assert reason in caught.value.message


def test_a_header_that_claims_too_much_is_refused_before_it_is_parsed() -> None:
    huge = raw_safetensors(b"{}", num_bytes=0, length=MAX_HEADER_BYTES + 1)
    with pytest.raises(InputError, match="4000000 are allowed"):
        check_header(huge, origin="file")
    with pytest.raises(InputError, match="claims 18446744073709551615 bytes"):
        check_header(b"\xff" * 8 + b"{}", origin="file")
    with pytest.raises(InputError, match="cut off in its header"):
        check_header(raw_safetensors(b"{}", num_bytes=0, length=100), origin="file")
    with pytest.raises(InputError, match="too short"):
        check_header(b"1234", origin="file")


def test_a_hundred_thousand_tensors_are_refused() -> None:
    empty = {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]}
    text = json.dumps({str(index): empty for index in range(25_000)}, separators=(",", ":")).encode()
    assert len(text) < MAX_HEADER_BYTES
    with pytest.raises(InputError, match="25000 tensors; 20000 are allowed"):
        check_header(raw_safetensors(text, num_bytes=0), origin="file")


@settings(max_examples=EXAMPLES)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.data())
def test_a_mutated_file_is_read_or_refused_in_a_sentence(changes: list[tuple[int, int]], data: st.DataObject) -> None:
    mutated = bytearray(VALID)
    for position, value in changes:
        mutated[position] = value
    cut = data.draw(st.integers(0, len(mutated)))
    for content in (bytes(mutated), bytes(mutated[:cut])):
        try:
            tensors = check_header(content, origin="file")
        except InputError:
            continue
        covered = sum(info.end - info.begin for info in tensors.values())
        assert covered == len(content) - 8 - int.from_bytes(content[:8], "little")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=8), children, max_size=4),
    max_leaves=12,
)
_ENTRY = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["F32", "F16", "U8", "X"]) | _JSON,
        "shape": st.lists(st.integers(-1, 5), max_size=3) | _JSON,
        "data_offsets": st.lists(st.integers(-1, 64), min_size=2, max_size=2) | _JSON,
    }
)


@settings(max_examples=EXAMPLES)
@given(st.dictionaries(st.text(max_size=8), _ENTRY | _JSON, max_size=4), st.integers(0, 64))
def test_a_made_up_header_is_read_or_refused_in_a_sentence(header: dict[str, Any], num_bytes: int) -> None:
    with suppress(InputError):  # anything else fails the test
        check_header(raw_safetensors(header, num_bytes=num_bytes), origin="file")

"""A check of safetensors files before any library parses them: bounded, complete, without gaps and overlaps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError

MAX_HEADER_BYTES = 4_000_000
MAX_TENSORS = 20_000
_LENGTH_BYTES = 8
_MAX_DIMENSIONS = 16
_ITEM_BYTES = {
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2,
    "I32": 4, "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """What the header says of one tensor: type, shape and place behind the header."""

    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


def looks_like_safetensors(data: bytes) -> bool:
    """Tell whether a file begins as a safetensors file does; says nothing about the rest."""
    return len(data) > _LENGTH_BYTES and data[_LENGTH_BYTES : _LENGTH_BYTES + 1] == b"{"


def check_header(data: bytes, *, origin: object) -> dict[str, TensorInfo]:
    """Return the tensors that a whole file holds; see `read_header`."""
    return read_header(data, num_bytes=len(data), origin=origin)


def read_header(data: bytes, *, num_bytes: int, origin: object) -> dict[str, TensorInfo]:
    """Return the tensors of a file, after checking that its header describes exactly its bytes.

    Args:
        data: The bytes of the file, or at least its first `MAX_HEADER_BYTES + 8`.
        num_bytes: Length of the file.
        origin: Named in errors, such as the path.

    Raises:
        InputError: If the header is too large, malformed, or does not cover the file without gap and overlap.
    """
    try:
        return _checked(data, num_bytes)
    except fsio.DamagedError as error:
        raise InputError(f"'{origin}' is not a usable safetensors file: {error.message}") from error
    except _HeaderError as error:
        raise InputError(f"'{origin}' is not a usable safetensors file: {error}.") from error


class _HeaderError(Exception):
    pass


def _checked(data: bytes, num_bytes: int) -> dict[str, TensorInfo]:
    if len(data) < _LENGTH_BYTES:
        raise _HeaderError("it is too short")
    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    if length > MAX_HEADER_BYTES:
        raise _HeaderError(f"its header claims {length} bytes; {MAX_HEADER_BYTES} are allowed")
    if length > len(data) - _LENGTH_BYTES:
        raise _HeaderError("it is cut off in its header")
    header = fsio.parse_json(data[_LENGTH_BYTES : _LENGTH_BYTES + length], "header")
    _check_metadata(header.pop("__metadata__", {}))
    if not header:
        raise _HeaderError("it holds no tensor")
    if len(header) > MAX_TENSORS:
        raise _HeaderError(f"it claims {len(header)} tensors; {MAX_TENSORS} are allowed")
    tensors = {name: _tensor(name, value) for name, value in header.items()}
    _check_places(tensors, num_bytes - _LENGTH_BYTES - length)
    return tensors


def _check_metadata(metadata: object) -> None:
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise _HeaderError("its metadata is not a list of texts")


def _tensor(name: str, value: object) -> TensorInfo:
    shown = name[:80]
    if not isinstance(value, dict) or set(value) != {"dtype", "shape", "data_offsets"}:
        raise _HeaderError(f"its entry for '{shown}' is malformed")
    item_bytes = _ITEM_BYTES.get(value["dtype"]) if isinstance(value["dtype"], str) else None
    if item_bytes is None:
        raise _HeaderError(f"the type of '{shown}' is unknown")
    shape, offsets = _naturals(value, "shape", shown), _naturals(value, "data_offsets", shown)
    if len(shape) > _MAX_DIMENSIONS or len(offsets) != 2:
        raise _HeaderError(f"its entry for '{shown}' is malformed")
    if offsets[1] - offsets[0] != math.prod(shape) * item_bytes:
        raise _HeaderError(f"the size of '{shown}' does not match its shape")
    return TensorInfo(value["dtype"], tuple(shape), offsets[0], offsets[1])


def _naturals(value: Mapping[str, Any], key: str, name: str) -> list[int]:
    items = value[key]
    if not isinstance(items, list) or not all(type(item) is int and 0 <= item < 2**48 for item in items):
        raise _HeaderError(f"the {key} of '{name}' is not a list of sizes")
    return items


def _check_places(tensors: Mapping[str, TensorInfo], num_bytes: int) -> None:
    position = 0
    for name, info in sorted(tensors.items(), key=lambda item: (item[1].begin, item[1].end)):
        if info.begin != position:
            kind = "overlaps another tensor" if info.begin < position else "follows a gap"
            raise _HeaderError(f"'{name[:80]}' {kind}")
        position = info.end
    if position != num_bytes:
        kind = "cut off" if position > num_bytes else "longer than its tensors"
        raise _HeaderError(f"it is {kind}: {num_bytes} bytes of values instead of {position}")

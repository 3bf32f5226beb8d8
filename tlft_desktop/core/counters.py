"""Dataclasses of counters and measured values, read from JSON that somebody may have changed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

LARGEST = 2**53
"""Up to here every whole number is one in every reader of JSON."""
_MOST_SHOWN = 40

T = TypeVar("T")


def read_counters(kind: type[T], data: object, *, later: Collection[str] = ()) -> T:
    """Return a dataclass of plain types from what `dataclasses.asdict` made of one.

    Numbers are counts, durations and the like: finite, from 0 to `LARGEST`.

    Args:
        kind: The dataclass; its fields are numbers, texts, flags, lists and dicts of these, dataclasses, or None.
        data: Plain types.
        later: Fields that earlier versions did not write: they take their defaults where they are missing.

    Raises:
        KeyError: If a field is missing.
        TypeError: If `data` is no object, or has a field that the dataclass does not know.
        ValueError: If a value is of another type, or out of range.
    """
    if not isinstance(data, dict):
        raise TypeError(f"an object is needed in place of {_shown(data)}")
    hints = get_type_hints(kind)
    known = [item.name for item in fields(kind)]  # type: ignore[arg-type]
    missing = [name for name in known if name not in data and name not in later]
    if missing:
        raise KeyError(", ".join(missing))
    for name in data:
        if name not in known:
            raise TypeError(f"'{name[:_MOST_SHOWN]}' is not known")
    return kind(**{name: _read(hints[name], value, name) for name, value in data.items()})


def whole_number(value: object, name: str) -> int:
    """Return a count as it is.

    Raises:
        ValueError: If it is none.
    """
    # Not isinstance: True is an int for Python.
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    raise ValueError(f"'{name}' is {_shown(value)}, not a whole number from 0 on")


def number(value: object, name: str) -> float:
    """Return a duration or the like as it is.

    Raises:
        ValueError: If it is none.
    """
    # No comparison with NaN is true.
    if (type(value) is int or type(value) is float) and 0 <= value <= LARGEST:
        return float(value)
    raise ValueError(f"'{name}' is {_shown(value)}, not a number from 0 on")


def mapping(value: object, name: str) -> dict[str, Any]:
    """Return an object of JSON as it is.

    Raises:
        ValueError: If it is none.
    """
    if isinstance(value, dict):
        return value
    raise ValueError(f"'{name}' is {_shown(value)}, not an object")


def _text(value: object, name: str) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"'{name}' is {_shown(value)}, not a text")


def _flag(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"'{name}' is {_shown(value)}, not true or false")


_READERS: dict[Any, Callable[[object, str], Any]] = {
    int: whole_number,
    float: number,
    str: _text,
    bool: _flag,
}


def _read(hint: Any, value: object, name: str) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:
        (other,) = (item for item in get_args(hint) if item is not NoneType)
        return None if value is None else _read(other, value, name)
    if origin is dict:
        item_hint, items = get_args(hint)[1], mapping(value, name).items()
        return {key: _read(item_hint, item, f"{name}.{key[:_MOST_SHOWN]}") for key, item in items}
    if origin is list:
        if not isinstance(value, list):
            raise ValueError(f"'{name}' is {_shown(value)}, not a list")
        return [_read(get_args(hint)[0], item, name) for item in value]
    return _READERS[hint](value, name) if hint in _READERS else read_counters(hint, value)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."

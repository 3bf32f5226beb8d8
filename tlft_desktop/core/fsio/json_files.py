"""JSON objects on disk: read strictly, written atomically, sealed with a hash where asked."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tlft_desktop.core.fsio.files import write_bytes
from tlft_desktop.core.fsio.primitives import DamagedError
from tlft_desktop.core.fsio.regular import open_regular

UNREADABLE = (OSError, KeyError, TypeError, ValueError, AttributeError, OverflowError)
"""What reading the values of a file that somebody changed may raise, beside the errors of the program."""
_MAX_JSON_DEPTH = 64


def _seal(value: Mapping[str, Any]) -> str:
    text = json.dumps({key: item for key, item in value.items() if key != "sha256"}, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def json_bytes(value: Mapping[str, Any], *, seal: bool = False) -> bytes:
    """Return the bytes of a JSON file: ASCII, indented, no NaN; `seal` adds the hash of the content as `sha256`.

    Raises:
        ValueError: If a number is not finite.
    """
    content = {**value, "sha256": _seal(value)} if seal else dict(value)
    return (json.dumps(content, indent=1, allow_nan=False) + "\n").encode("ascii")


def write_json(path: Path, value: Mapping[str, Any], *, seal: bool = False) -> None:
    """Replace a JSON file atomically; see `json_bytes` and `write_bytes`."""
    write_bytes(path, json_bytes(value, seal=seal))


def read_json(
    path: Path, *, max_bytes: int = 1_000_000, sealed: bool = False, follow_links: bool = False
) -> dict[str, Any]:
    """Read a JSON object strictly: no duplicate keys, no NaN, bounded in size and depth.

    Args:
        path: The file.
        max_bytes: A larger file is refused.
        sealed: Whether it must bear the hash of its content.
        follow_links: See `open_regular`.

    Raises:
        FileNotFoundError: If the file is not there.
        DamagedError: If it cannot be read as such, or `sealed` and the seal is missing or broken.
    """
    try:
        with open_regular(path, follow_links=follow_links) as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DamagedError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    if len(data) > max_bytes:
        raise DamagedError(f"'{path}' is larger than the {max_bytes} bytes that such a file may have.")
    value = parse_json(data, path)
    if sealed and value.get("sha256") != _seal(value):
        raise DamagedError(f"'{path}' is damaged: its content does not match the hash it was saved with.")
    value.pop("sha256", None) if sealed else None
    return value


def parse_json(data: bytes, origin: object) -> dict[str, Any]:
    """Parse one JSON object strictly; `origin` is named in the error.

    Raises:
        DamagedError: If the bytes are not such an object.
    """
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique_keys,
            parse_constant=_no_constant,
            parse_float=_finite_float,
        )
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        _check_depth(value)
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"'{origin}' is damaged or not of this program: {error}.") from error
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key appears twice")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _finite_float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:20]} is too large for a number")
    return value


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(_MAX_JSON_DEPTH):
        nested = [item.values() if isinstance(item, dict) else item for item in level if isinstance(item, (dict, list))]
        level = [item for items in nested for item in items]
        if not level:
            return
    raise ValueError("nested too deeply")

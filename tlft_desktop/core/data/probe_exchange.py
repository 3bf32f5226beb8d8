"""What passes between the program and a helper that reads images; answers are checked like any foreign input."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.values.manifest import PixelScaling

_MAX_HEADER_BYTES = 1 << 16
_MAX_PIXEL_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """One file to check and decode.

    Attributes:
        key: The caller's name for it, returned with the answer.
        path: Absolute path.
        side: Short side of the pixels wanted.
        interpolation: `bicubic` or `bilinear`.
        scaling: Window for images of more than 8 bits; None takes the automatic window of the image alone.
    """

    key: str
    path: str
    side: int
    interpolation: str
    scaling: PixelScaling | None = None


@dataclass(frozen=True, slots=True)
class Probed:
    """What is known of the file after reading all of it.

    Attributes:
        request: What was asked.
        error: Why the image cannot be used; empty if it can.
        sha256: Hash of the bytes that were decoded; empty where they could not be read.
        pixels: uint8 [H, W, 3] with the short side asked for; None after an error.
        mode, width, height, note, raw_min, raw_max, high_depth, is_float: As in `decode.Decoded`.
    """

    request: ProbeRequest
    error: str = ""
    sha256: str = ""
    pixels: NDArray[np.uint8] | None = None
    mode: str = ""
    width: int = 0
    height: int = 0
    note: str = ""
    raw_min: float = 0.0
    raw_max: float = 0.0
    high_depth: bool = False
    is_float: bool = False


def exchange(process: subprocess.Popen[bytes], request: ProbeRequest) -> Probed:
    """Ask a helper for one file and return its answer.

    Raises:
        OSError: If the pipe breaks.
        ValueError: If what comes is no answer; also KeyError and TypeError.
    """
    assert process.stdin
    assert process.stdout
    scaling = [request.scaling.low, request.scaling.high] if request.scaling else None
    message = {
        "path": request.path,
        "side": request.side,
        "interpolation": request.interpolation,
        "scaling": scaling,
    }
    process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
    process.stdin.flush()
    header = read_header(process)
    num_bytes = int(header["num_bytes"])
    if not 0 <= num_bytes <= _MAX_PIXEL_BYTES:
        raise ValueError("an answer of impossible length")
    data = process.stdout.read(num_bytes)
    if len(data) != num_bytes:
        raise ValueError("the answer is cut off")
    return _probed(request, header, data)


def read_header(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Return the next line of a helper.

    Raises:
        ValueError: If it ended, or wrote something else than an object.
    """
    assert process.stdout
    line = process.stdout.readline(_MAX_HEADER_BYTES)
    if not line.endswith(b"\n"):
        raise ValueError("the helper ended")
    header = json.loads(line)
    if not isinstance(header, dict):
        raise ValueError("not an object")
    return header


def _probed(request: ProbeRequest, header: dict[str, Any], data: bytes) -> Probed:
    """Check the answer like any foreign input: a decoder that was taken over may send anything."""
    if header["error"]:
        return Probed(request, error=str(header["error"]), sha256=str(header["sha256"]))
    height, width, channels = (int(size) for size in header["shape"])
    if channels != 3 or min(height, width) != request.side or height * width * 3 != len(data):
        raise ValueError("pixels of the wrong size")
    return Probed(
        request=request,
        sha256=str(header["sha256"]),
        pixels=np.frombuffer(data, np.uint8).reshape(height, width, 3),
        mode=str(header["mode"]),
        width=int(header["width"]),
        height=int(header["height"]),
        note=str(header["note"]),
        raw_min=float(header["raw_min"]),
        raw_max=float(header["raw_max"]),
        high_depth=header["high_depth"] is True,
        is_float=header["is_float"] is True,
    )

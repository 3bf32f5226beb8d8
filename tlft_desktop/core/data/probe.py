"""The helper process that reads untrusted image files: `python -m tlft_desktop.core.data.probe`.

It decodes what the parent names on stdin and sends pixels back on stdout, so that a crash, a hang or a memory bomb in a
decoder costs one image and not the program. It imports neither torch nor Qt, never writes a file, and ends by itself
when its stdin closes: also when the parent was killed.

Protocol: first a line `{"ready": true}`; then for each request line (JSON) one reply line (JSON) whose key `num_bytes`
tells how many bytes of raw pixels follow.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from tlft_desktop.core import fsio
from tlft_desktop.core.data.decode import decode_to_side
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import PixelScaling

MAX_FILE_BYTES = 1 << 29
MEMORY_BYTES = 3 << 30
"""Address space on Linux, resident memory elsewhere: room for the largest image that is read (89 million pixels) in
all its copies."""
_ALARM_SECONDS = 60
_WATCH_SECONDS = 0.02
_TOO_LARGE = 71


def main() -> None:
    """Serve requests until stdin closes."""
    requests, replies = sys.stdin.buffer, take_stdout()
    limit_process(MEMORY_BYTES)
    _send(replies, {"ready": True}, b"")
    _mute_stderr()
    with contextlib.suppress(BrokenPipeError):  # the parent is gone
        serve(requests, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer each line of `requests` on `replies`."""
    for line in requests:
        with _alarm():
            header, pixels = answer(json.loads(line))
        _send(replies, header, pixels)


def answer(request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Read, hash, decode and resize one file; every failure becomes a reason in the key `error`."""
    header: dict[str, Any] = {"sha256": "", "error": ""}
    try:
        data = read_regular_file(request["path"])
        # The hash is of the very bytes that are decoded, so a file that changes meanwhile cannot slip through.
        header["sha256"] = hashlib.sha256(data).hexdigest()
        window = request["scaling"]
        decoded = decode_to_side(
            data,
            side=request["side"],
            interpolation=request["interpolation"],
            scaling=PixelScaling(*window) if window else None,
        )
    except InputError as error:
        return header | {"error": error.message}, b""
    except OSError as error:
        return header | {"error": f"The file cannot be read: {error.strerror or error}."}, b""
    except MemoryError:
        return header | {"error": "The image needs more memory than an image may take."}, b""
    fields = ("mode", "width", "height", "note", "raw_min", "raw_max", "high_depth", "is_float")
    header |= {name: getattr(decoded, name) for name in fields}
    return header | {"shape": decoded.pixels.shape}, decoded.pixels.tobytes()


def read_regular_file(path: str) -> bytes:
    """Return the bytes of a file; does not wait for a pipe or a device that took its place.

    Raises:
        InputError: If it is not a regular file or is too large.
        OSError: If it cannot be read.
    """
    try:
        with fsio.open_regular(Path(path), follow_links=True) as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (fsio.NotRegularFileError, IsADirectoryError) as error:
        raise InputError("This is not a regular file.") from error
    if len(data) > MAX_FILE_BYTES:
        raise InputError(f"The file is larger than {MAX_FILE_BYTES >> 20} MiB.")
    return data


def limit_process(memory_bytes: int) -> None:
    """Limit memory and priority, forbid writing and core dumps where the system can; leave Ctrl-C to the parent."""
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "linux":
        watch_memory(memory_bytes)  # neither Windows nor macOS keeps a limit of the address space
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    os.nice(5)  # an import must not make the window stutter

    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)]
    if sys.platform == "linux":
        limits.append((resource.RLIMIT_AS, memory_bytes))
    for kind, value in limits:
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is set already
            resource.setrlimit(kind, (value, value))


def watch_memory(max_bytes: int) -> None:
    """End this process from now on as soon as its resident memory exceeds `max_bytes`."""
    import psutil  # Linux does without

    process = psutil.Process()

    def watch() -> None:
        while process.memory_info().rss <= max_bytes:
            time.sleep(_WATCH_SECONDS)
        os._exit(_TOO_LARGE)

    threading.Thread(target=watch, name="memory-watch", daemon=True).start()


def take_stdout() -> BinaryIO:
    """Keep stdout for replies: whatever a library prints goes nowhere instead of into the protocol."""
    replies = os.fdopen(os.dup(1), "wb")
    _point_to_nowhere(1)
    return replies


def _mute_stderr() -> None:
    # libtiff prints a line for every odd tag; nobody empties the pipe after the start.
    _point_to_nowhere(2)


def _point_to_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """End this process by SIGALRM if one file takes a minute: the parent, which has a shorter limit, is gone then."""
    if not hasattr(signal, "alarm"):
        yield
        return
    signal.alarm(_ALARM_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def _send(replies: BinaryIO, header: Mapping[str, Any], pixels: bytes) -> None:
    replies.write(json.dumps({**header, "num_bytes": len(pixels)}).encode("ascii") + b"\n")
    replies.write(pixels)
    replies.flush()


if __name__ == "__main__":
    main()

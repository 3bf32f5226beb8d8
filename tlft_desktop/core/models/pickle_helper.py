"""The parent's side of the helper process that parses pickle files of unknown origin."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from typing import IO

from tlft_desktop.core import children
from tlft_desktop.core.errors import InputError, ResourceError
from tlft_desktop.core.models.pickle_reader import NOT_READABLE, NOT_TENSORS

COMMAND = tuple(children.helper_command("tlft_desktop.core.models.pickle_reader"))
TIMEOUT_SECONDS = 180.0
_CHUNK_BYTES = 1 << 20
_SLACK_BYTES = 4_000_000


def safetensors_of_pickle(data: bytes, *, origin: object) -> bytes:
    """Return the tensors of a pickle file as safetensors; the file itself is never parsed in this process.

    The answer is foreign input like the file: check it.

    Raises:
        InputError: If the file cannot be read, holds something else than tensors, or needs more than it may.
        ResourceError: If the helper cannot be started.
    """
    process = _start()
    assert process.stdin
    assert process.stdout
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), name="weights-feeder", daemon=True)
    clock = threading.Timer(TIMEOUT_SECONDS, process.kill)
    with process:
        feeder.start()
        clock.start()
        try:
            # A tensor that two names share is stored once in the file.
            answer = _read(process.stdout, max_bytes=2 * len(data) + _SLACK_BYTES)
            if answer is None:
                process.kill()
            code = process.wait()
        finally:
            clock.cancel()
            process.kill()
            feeder.join()
    if code == 0 and answer:
        return bytes(answer)
    if code == NOT_TENSORS:
        raise InputError(f"'{origin}' holds something else than weights.")
    if code == NOT_READABLE:
        raise InputError(f"'{origin}' cannot be read as a file of weights.")
    raise InputError(
        f"'{origin}' cannot be read as a file of weights: the helper process that tried ended early.",
        remedy="Ask for safetensors.",
    )


def _start() -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=children.helper_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would open a console
        )
    except OSError as error:
        raise ResourceError(
            f"The helper that reads files of weights could not be started: {error.strerror or error}.",
            remedy="Check the installation with `tlft doctor`.",
        ) from error


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), pipe:  # the helper may have ended
        pipe.write(data)


def _read(pipe: IO[bytes], *, max_bytes: int) -> bytearray | None:
    """Return all that comes; None if it is too much."""
    content = bytearray()
    while chunk := pipe.read(_CHUNK_BYTES):
        content += chunk
        if len(content) > max_bytes:
            return None
    return content

"""The one place where a file in Python's pickle format is parsed, and the helper process that does it for foreign ones.

`python -m tlft_desktop.core.models.pickle_reader` takes such a file on stdin and returns its tensors as safetensors on
stdout. When it parses it can neither open a file or a connection nor start a program (where the system can forbid
that), and its memory is bounded: what hides in the file finds nothing to reach.
"""

from __future__ import annotations

import contextlib
import io
import sys

import torch
from torch import Tensor

import psutil
import safetensors.torch

from tlft_desktop.core.data.probe import limit_process, take_stdout
from tlft_desktop.core.errors import InputError

NOT_READABLE = 3
NOT_TENSORS = 4
"""Exit codes: the file cannot be parsed; it holds something else than tensors by name."""
_ROOM_BYTES = 1 << 30
_COPIES = 6
_CPU_SECONDS = 120


class NotTensorsError(InputError):
    """The file holds something else than tensors by name."""


def parse_pickle(data: bytes, *, origin: object) -> dict[str, Tensor]:
    """Return the tensors of a pickle file; nothing but tensors is made of it.

    Call it in this process only for bytes whose full SHA-256 is known; see `pickle_helper` for others.

    Raises:
        InputError: If it cannot be parsed, or holds something else.
    """
    try:
        content = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except Exception as error:
        # Whatever torch says here advises to switch its protection off: it must not reach the user.
        raise InputError(f"'{origin}' cannot be read as a file of weights.") from error
    if not isinstance(content, dict) or not all(isinstance(value, Tensor) for value in content.values()):
        raise NotTensorsError(f"'{origin}' holds something else than weights.")
    return {str(key): value.detach() for key, value in content.items()}


def main() -> int:
    """Answer one file; return the exit code."""
    data, replies = sys.stdin.buffer.read(), take_stdout()
    _load_modules_of_first_use()
    limit_process(psutil.Process().memory_info().vms + _COPIES * len(data) + _ROOM_BYTES)
    _forbid_files()
    try:
        answer = _as_safetensors(data)
    except NotTensorsError:
        return NOT_TENSORS
    except Exception:  # also what tensors of an odd kind do to a copy
        return NOT_READABLE
    replies.write(answer)
    replies.flush()
    return 0


def _as_safetensors(data: bytes) -> bytes:
    tensors = parse_pickle(data, origin="the file")
    # Copies: tensors that share memory would be refused.
    return safetensors.torch.save({name: tensor.clone().contiguous() for name, tensor in tensors.items()})


def _load_modules_of_first_use() -> None:
    """Have torch and safetensors import what they import late: soon no file can be opened any more."""
    with contextlib.suppress(InputError):
        parse_pickle(b"no file", origin="")
    safetensors.torch.save({"weight": torch.zeros(1)})


def _forbid_files() -> None:
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    for kind, value in ((resource.RLIMIT_NOFILE, 0), (resource.RLIMIT_CPU, _CPU_SECONDS)):
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is set already
            resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    sys.exit(main())

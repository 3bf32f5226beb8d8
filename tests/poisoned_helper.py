"""The helper process with a decoder that crashes, hangs or eats memory on marked files: a program for tests."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
import zlib
from typing import Any

from tlft_desktop.core.data import probe

_decode = probe.decode_to_side


def _poisoned(data: bytes, **options: Any) -> Any:
    if b"ABORT" in data:
        os.abort()
    if b"ONCE" in data:
        with contextlib.suppress(FileExistsError):
            # Empty, since a helper may write nothing.
            os.close(os.open(os.path.join(sys.argv[1], str(zlib.crc32(data))), os.O_CREAT | os.O_EXCL))
            os.kill(os.getpid(), signal.SIGKILL)
    if b"HANG" in data:
        time.sleep(600)
    if b"MEMORY" in data:
        bytearray(1 << 40)
    if b"CHATTER" in data:
        os.write(1, b"not a reply\n")
        print("libtiff: what an odd tag\n" * 100_000, flush=True)
    return _decode(data, **options)


probe.decode_to_side = _poisoned

if __name__ == "__main__":
    probe.main()

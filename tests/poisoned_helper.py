"""The helper process with a decoder that crashes, hangs or eats memory on marked files: a program for tests."""

from __future__ import annotations

import os
import time
from typing import Any

from tlft_desktop.core.data import probe

_decode = probe.decode_to_side


def _poisoned(data: bytes, **options: Any) -> Any:
    if b"ABORT" in data:
        os.abort()
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

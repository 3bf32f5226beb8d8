#!/usr/bin/env python3
"""Try an installer for Linux on a bare Debian: `sudo python3 packaging/verify.py dist/tlft-desktop_1.2.3_amd64.deb`.

Takes the package of Debian or the archive. Root is needed for the bare system; nothing outside of it is changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from _bootstrap import interpreter

PACKAGING = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Verify what the command line names and return the exit code."""
    if sys.version_info < interpreter.MINIMUM:
        return interpreter.run_again([str(Path(__file__).resolve()), *arguments])
    from _bootstrap.commands import run_module  # not above: it uses the standard library of Python 3.11

    # A mount namespace of its own: whatever happens, nothing stays mounted.
    namespace = ("unshare", "--mount", "--propagation", "private")
    return run_module("_verify", arguments, root=PACKAGING.parent, name="verify", before=namespace)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

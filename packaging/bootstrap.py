#!/usr/bin/env python3
"""Set up this checkout and run something in it: `python3 packaging/bootstrap.py demo`.

Needs nothing but Python's standard library. This file and `_bootstrap/interpreter.py` also run under old Pythons, far
enough to find a newer one; everything else is imported behind that check.
"""

from __future__ import annotations

import sys
from pathlib import Path

from _bootstrap import interpreter

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run the word on the command line and return its exit code."""
    if sys.version_info < interpreter.MINIMUM:
        return interpreter.run_again([str(Path(__file__).resolve()), *arguments])
    from _bootstrap import commands  # not above: it uses the standard library of Python 3.11

    return commands.main(arguments, root=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

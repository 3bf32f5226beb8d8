#!/usr/bin/env python3
"""Build the installers into dist/: `python3 packaging/build.py linux|windows|macos|wheel|all`.

Sets up `.venv` as bootstrap.py does, with the tools of the build, and runs `_build` there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from _bootstrap import interpreter

PACKAGING = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Build what the command line names and return the exit code."""
    if sys.version_info < interpreter.MINIMUM:
        return interpreter.run_again([str(Path(__file__).resolve()), *arguments])
    from _bootstrap.commands import run_module  # not above: it uses the standard library of Python 3.11

    return run_module("_build", arguments, root=PACKAGING.parent, name="build")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

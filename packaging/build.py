#!/usr/bin/env python3
"""Build the installers into dist/: `python3 packaging/build.py linux|windows|wheel|all`.

Sets up `.venv` as bootstrap.py does, with the tools of the build, and runs `_build` there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from _bootstrap import interpreter

PACKAGING = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Build what the command line names and return the exit code."""
    if sys.version_info < interpreter.MINIMUM:
        return interpreter.run_again([str(Path(__file__).resolve()), *arguments])
    from _bootstrap import console, setup  # not above: they use the standard library of Python 3.11
    from _bootstrap.environment import Environment

    environment = Environment(PACKAGING.parent)
    try:
        setup.ensure(environment, setup.Wish(("build",)))
    except console.SetupError as error:
        print(console.without_passwords(f"[build] {error}"), file=sys.stderr)
        return 1
    variables = {**console.safe_environment(), "PYTHONPATH": str(PACKAGING), "PYTHONUNBUFFERED": "1"}
    return console.run([str(environment.python), "-m", "_build", *arguments], cwd=Path(os.getcwd()), env=variables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

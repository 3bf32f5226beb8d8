"""Commands to type next: an environment that is not activated has no `tlft` on PATH, so they begin as this one did."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

_NAME = "tlft"


def command(*arguments: object) -> str:
    """Return a line that runs this program with `arguments` when it is typed into the same terminal."""
    return " ".join([_program(), *(_quoted(str(argument)) for argument in arguments)])


def _program() -> str:
    script = _script()
    if script is None:
        return f"{_quoted(sys.executable)} -m tlft_desktop"
    on_path = shutil.which(_NAME)
    # Another installation may come first on PATH; it would not know what this one does.
    return _NAME if on_path and os.path.samefile(on_path, script) else _quoted(script)


def _script() -> str | None:
    """Return the file that starts this program: as it was typed, or the one beside the Python that runs it."""
    if getattr(sys, "frozen", False):
        return sys.executable
    typed = shutil.which(sys.argv[0]) if Path(sys.argv[0]).stem == _NAME else None
    return typed or shutil.which(_NAME, path=str(Path(sys.executable).parent))


def _quoted(text: str) -> str:
    if os.name != "nt":
        return shlex.quote(text)
    return f'"{text}"' if " " in text else text

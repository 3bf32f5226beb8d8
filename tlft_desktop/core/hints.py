"""Commands to type next: an environment that is not activated has no `tlft` on PATH, so they begin as they must."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

from tlft_desktop.core.installation import installation_root

_NAME = "tlft"
_FILE = "tlft.exe" if os.name == "nt" else _NAME
_LAUNCHER = "tlft.cmd" if os.name == "nt" else _NAME
_PLAIN_ON_WINDOWS = re.compile(r"[\w.:/\\+=-]+")
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: object) -> str:
    """Return a line that runs this program with `arguments` when it is typed into the same terminal."""
    return " ".join([_program(), *(quoted(str(argument)) for argument in arguments)])


def in_place(text: str) -> str:
    """Return a text in which each command in backticks, `tlft ...`, begins as it must be typed here."""
    named = f"`{_NAME} "
    return text.replace(named, f"`{_program()} ") if named in text else text


def quoted(text: str) -> str:
    """Return a word as it is typed on this system, whatever characters it has."""
    if os.name != "nt":
        return shlex.quote(text)
    if _PLAIN_ON_WINDOWS.fullmatch(text):
        return text
    # Programs there read a backslash as one of its own unless a quotation mark follows.
    return '"' + re.sub(r"(\\+)$", r"\1\1", re.sub(r'(\\*)"', r"\1\1\\" + '"', text)) + '"'


def _program() -> str:
    """Return the shortest beginning of a command line that runs this program from the folder that one stands in."""
    script = _script()
    if script is None:
        # Modules of the current folder must not run, unless it is the one that this program lies in.
        flags = ["-m", "tlft_desktop"] if _is_current(_PACKAGE_ROOT) else ["-P", "-m", "tlft_desktop"]
        return " ".join([quoted(_from_here(sys.executable)), *flags])
    on_path = shutil.which(_NAME)
    # Another installation may come first on PATH; it would not know what this one does. A relative place on PATH is
    # the current folder: what lies there is not what the name means elsewhere.
    if on_path and os.path.isabs(on_path) and os.path.samefile(on_path, script):
        return _NAME
    return quoted(_from_here(script))


def _script() -> str | None:
    """Return the file that starts this program: the one that was typed, or the one beside the Python that runs it."""
    if getattr(sys, "frozen", False):
        return sys.executable
    root = installation_root()
    if root is not None:
        return str(root / _LAUNCHER)
    typed = Path(sys.argv[0])
    beside = Path(sys.executable).with_name(_FILE)
    # Without the folder, as in `python tlft`, it is a file of the current folder: PATH has no part in that.
    candidates = [typed.with_name(_FILE), beside] if typed.stem == _NAME else [beside]
    return next((str(path) for path in candidates if os.access(path, os.X_OK) and path.is_file()), None)


def _from_here(path: str) -> str:
    """Return a path relative to the current folder where it lies below it; any other is returned as it is."""
    try:
        here = Path.cwd()
    except OSError:
        return path
    absolute = Path(os.path.abspath(path))
    # The current folder is told without links. Only the parent is freed of them: a Python of an environment is one.
    for place in (absolute, absolute.parent.resolve() / absolute.name):
        if place.is_relative_to(here):
            below = place.relative_to(here)
            return str(below) if len(below.parts) > 1 else os.path.join(os.curdir, below)
    return path


def _is_current(folder: Path) -> bool:
    try:
        return folder.samefile(os.curdir)
    except OSError:
        return False

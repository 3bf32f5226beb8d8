"""What a run is marked with: its name and number, whether it is starred, and a note, in `name.json`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.project.own_folders import require_own

NAME_FILE = "name.json"
MAX_NOTE_LENGTH = 1000


def marks_content(name: str, *, number: int, starred: bool, note: str = "") -> dict[str, Any]:
    """Return the content of the file."""
    return {"schema": 1, "name": name, "number": number, "starred": starred, "note": note}


def note_line(text: str) -> str:
    """Return a note as it is kept: in one line.

    Raises:
        UsageError: If it is too long or holds characters that cannot be shown.
    """
    line = " ".join(text.split())
    if len(line) > MAX_NOTE_LENGTH:
        raise UsageError(f"A note has at most {MAX_NOTE_LENGTH} characters; this one has {len(line):,}.")
    if not line.isprintable():
        raise UsageError("The note holds characters that cannot be shown.", remedy="Type it, or paste plain text.")
    return line


def read_marks(folder: Path) -> dict[str, Any]:
    """Return name, number, star and note; marks that cannot be read are no reason to call a run damaged."""
    try:
        require_own(folder.parent, [folder.name])
        data: Mapping[str, Any] = fsio.read_json(folder / NAME_FILE)
        return {
            "name": str(data["name"]),
            "number": int(data["number"]),
            "starred": data["starred"] is True,
            "note": str(data.get("note", "")),
        }
    except (InputError, *fsio.UNREADABLE):
        return {"name": "", "number": 0, "starred": False, "note": ""}

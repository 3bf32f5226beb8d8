"""Project files with other content under a valid seal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio


def rewrite(root: Path, **changes: Any) -> None:
    """Change entries of the project file under a valid seal."""
    data = fsio.read_json(root / "project.json", sealed=True)
    fsio.write_json(root / "project.json", {**data, **changes}, seal=True)

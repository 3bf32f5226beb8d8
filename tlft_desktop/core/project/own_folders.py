"""Folders of a project that lie elsewhere: who follows a link in a received project reads, writes and deletes there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from tlft_desktop.core import fsio

_REMEDY = "Delete the link, or put what it leads to in its place."


def require_own(folder: Path, names: Iterable[str]) -> None:
    """Check that none of `names` in a folder is a link; the folder itself may be reached by one.

    Raises:
        DamagedError: If one is.
    """
    for name in names:
        if fsio.is_link(folder / name):
            raise fsio.DamagedError(f"'{folder / name}' is a link, which may lead out of the project.", remedy=_REMEDY)


def require_no_links(folder: Path) -> None:
    """Check that neither a folder of a project nor anything right in it is a link; one that is not there has none.

    Raises:
        DamagedError: If one is.
    """
    require_own(folder.parent, [folder.name])
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    require_own(folder, names)

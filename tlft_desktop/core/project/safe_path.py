"""Paths that stand in files of a project: they may come from another person, so they must not lead out of it."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath

from tlft_desktop.core.errors import InputError

PROJECT_SUFFIX = ".tlft"
"""Ending of the name of every project's folder."""
_SEPARATORS = re.compile(r"[/\\]")
_SYNC_CLIENTS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "box sync": "Box",
    "syncthing": "Syncthing",
    "megasync": "MEGA",
    "pclouddrive": "pCloud",
}


def check_relative(stored: str) -> str:
    """Return a stored path below some folder unchanged; `~` and `$HOME` are ordinary names, nothing expands them.

    Raises:
        InputError: If the path is empty or absolute, names a drive or a network share, or contains `..`.
    """
    windows = PureWindowsPath(stored)
    absolute = stored.startswith("/") or bool(windows.drive or windows.root)
    if not stored or "\0" in stored or absolute or ".." in _SEPARATORS.split(stored):
        raise InputError(f"The stored path {stored!r} leads out of its folder and is refused.")
    return stored


def resolve_inside(folder: Path, stored: str) -> Path:
    """Return the file that `stored` names below `folder`, links followed.

    Raises:
        InputError: If the path, or a link on its way, leads out of the folder.
    """
    check_relative(stored)
    root = folder.resolve()
    try:
        path = (root / stored).resolve()
        # From Python 3.13 on a link that leads to itself is no error but stays in the path.
        leads_in_a_circle = any(part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(root))
    except (OSError, RuntimeError) as error:
        raise InputError(f"The path {stored!r} below {folder} cannot be followed: {error}.") from error
    if not path.is_relative_to(root):
        raise InputError(f"The path {stored!r} leads out of {folder} over a link and is refused.")
    if leads_in_a_circle:
        raise InputError(f"The path {stored!r} below {folder} leads in a circle over links.")
    return path


def check_data_root(stored: str) -> str:
    r"""Return the stored folder of the images unchanged: an absolute path, or one below the project.

    Raises:
        InputError: If the path is a network share (`\\host\share` makes Windows send the password hash to the host)
            or leads out of the project by `..`.
    """
    if stored.startswith(("//", "\\\\", "/\\", "\\/")):
        raise InputError(
            f"The data folder {stored!r} is a network share and is refused.",
            remedy="Give the share a drive letter or mount it, and choose that folder.",
        )
    if stored and not _is_absolute(stored):
        check_relative(stored)
    return stored


def resolve_data_root(project_root: Path, stored: str) -> Path:
    """Return the folder of the images that `project.json` names; the empty path is the project itself.

    Raises:
        InputError: See `check_data_root`.
    """
    check_data_root(stored)
    if not stored:
        return project_root
    return Path(stored) if _is_absolute(stored) else resolve_inside(project_root, stored)


def _is_absolute(stored: str) -> bool:
    # A project that was made on Windows must be readable elsewhere: its data folder is then simply not there.
    return stored.startswith("/") or bool(PureWindowsPath(stored).drive)


def sync_warning(folder: Path) -> str:
    """Return a sentence if `folder` lies in a folder that a cloud client copies, else an empty string.

    Such clients lock files for moments, bring back old versions and merge two machines' work into one folder.
    """
    # A project may be called after such a client.
    for part in (part for part in folder.parts if not part.endswith(PROJECT_SUFFIX)):
        name = part.casefold()
        for mark, client in _SYNC_CLIENTS.items():
            if name == mark or name.startswith((f"{mark} ", f"{mark}-", f"{mark}.")):
                return (
                    f"'{folder}' lies in a folder that {client} synchronises. Training writes there all the time: keep "
                    f"the project on the local disk and copy it when it is done, or pause {client} while training."
                )
    return ""

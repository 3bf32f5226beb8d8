"""Where the program keeps its files: per-user folders, or everything below one folder for a throwaway profile."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import StorageError, TlftError

HOME_VARIABLE = "TLFT_HOME"
WEIGHTS_VARIABLE = "TLFT_WEIGHTS_DIR"
"""Names the folder of weights for all users, in place of the one that the system has for such things."""
_APP_NAME = "tlft"
_MODELS = "models"
_PACKAGE = Path(__file__).resolve().parent
# What an administrator puts there counts whatever a desktop or a user names by XDG_..._DIRS.
_SYSTEM_DATA = {"linux": ("/usr/local/share", "/usr/share"), "darwin": ("/Library/Application Support",)}


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Folders of the program; nothing is made until somebody writes there.

    Attributes:
        data: What the program keeps for the user, such as weights.
        config: Settings.
        cache: What can be computed again; deleting it is always safe.
        log: Log files.
        documents: Where new projects go.
        site_weights: Weights for all users of this computer, looked at before those of the user and never written but
            on request; need not be there. None for none.
    """

    data: Path
    config: Path
    cache: Path
    log: Path
    documents: Path
    site_weights: Path | None = None

    @classmethod
    def default(cls, home: Path | None = None) -> AppPaths:
        """Return the folders below `home`, else below `TLFT_HOME`, else those of the user, and those of all users."""
        if home is None and os.environ.get(HOME_VARIABLE):
            home = Path(os.environ[HOME_VARIABLE])
        if home is not None:
            return replace(cls.below(Path(os.path.abspath(home))), site_weights=_site_weights())
        return cls(
            data=platformdirs.user_data_path(_APP_NAME, appauthor=False),
            config=platformdirs.user_config_path(_APP_NAME, appauthor=False),
            cache=platformdirs.user_cache_path(_APP_NAME, appauthor=False),
            log=platformdirs.user_log_path(_APP_NAME, appauthor=False),
            documents=platformdirs.user_documents_path(),
            site_weights=_site_weights(),
        )

    @classmethod
    def below(cls, home: Path) -> AppPaths:
        """Return folders that all lie below `home`."""
        return cls(
            data=home / "data",
            config=home / "config",
            cache=home / "cache",
            log=home / "log",
            documents=home / "documents",
        )

    @property
    def projects_folder(self) -> Path:
        """Where new projects go unless the user says otherwise."""
        return self.documents / _APP_NAME

    @property
    def models_folder(self) -> Path:
        """Pretrained weights."""
        return self.data / _MODELS

    @property
    def settings_file(self) -> Path:
        """Preferences of the user."""
        return self.config / "settings.json"

    @property
    def state_file(self) -> Path:
        """What the window remembers between two starts."""
        return self.data / "window.json"


def usable_paths(paths: AppPaths) -> tuple[AppPaths, str]:
    """Make the private folders; where that fails return a temporary profile and a sentence that warns of it.

    What killed programs left half-written there is deleted. Projects stay where they are: a folder for new ones is made
    when one is saved.
    """
    try:
        for folder in (paths.data, paths.config, paths.cache, paths.log):
            fsio.make_folder(folder, private=True)
            _check_writable(folder)
            fsio.remove_temporaries(folder.resolve(), own=False)
    except StorageError as error:
        temporary = AppPaths.below(fsio.make_temporary_folder("tlft-"))
        temporary = replace(temporary, site_weights=paths.site_weights)
        warning = (
            f"{error.message} Settings, weights and logs of this session go to '{temporary.data.parent}' and may be "
            f"gone after a restart."
        )
        return temporary, warning
    return paths, ""


def resource_path(name: str) -> Path:
    """Return a file or folder of the resources: in a checkout, an installed package or a frozen program.

    Raises:
        TlftError: If the installation lacks it.
    """
    for root in _resource_roots():
        path = root / name
        if path.exists():
            return path
    raise TlftError(f"This installation lacks the resource '{name}'.", remedy="Install the program again.")


def _site_weights() -> Path:
    """Return the folder of weights for all users: the named one, the first that is there, or where it would be."""
    if named := os.environ.get(WEIGHTS_VARIABLE):
        return Path(os.path.abspath(named))
    system = [Path(folder, _APP_NAME) for folder in _SYSTEM_DATA.get(sys.platform, ())]
    joined = platformdirs.PlatformDirs(_APP_NAME, appauthor=False, multipath=True).site_data_dir
    folders = [folder / _MODELS for folder in (*system, *map(Path, joined.split(os.pathsep)))]
    return next((folder for folder in folders if os.path.isdir(folder)), folders[0])


def _resource_roots() -> list[Path]:
    roots = [_PACKAGE.parent / "resources", _PACKAGE / "_resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        roots = [Path(frozen) / "resources", Path(frozen) / "tlft_desktop" / "_resources", *roots]
    return roots


def _check_writable(folder: Path) -> None:
    # By trying, not by asking: access rights do not tell of full, read-only or network disks.
    probe = fsio.temporary_name(folder / "probe")
    try:
        fsio.create_exclusive(probe, b"", private=True)
    except FileExistsError:
        pass
    except StorageError as error:
        # Of the folder: nobody looks for the file.
        raise fsio.classify(error.__cause__, folder) if isinstance(error.__cause__, OSError) else error from None
    fsio.remove_file(probe)

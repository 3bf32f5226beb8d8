"""Where the program keeps its files: per-user folders, or everything below one folder for a throwaway profile."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import StorageError, TlftError
from tlft_desktop.core.policy import POLICY_FILE, Policy, find_policy

HOME_VARIABLE = "TLFT_HOME"
WEIGHTS_VARIABLE = "TLFT_WEIGHTS_DIR"
"""Names the folder of weights for all users, in place of the one that the system has for such things."""
POLICY_VARIABLE = "TLFT_POLICY_FILE"
"""Names a policy to try before it is laid down.

An installed program follows it only where its computer has no policy: else it would be the way around one. In a
checkout it comes first: who has that can change the program as well.
"""
_APP_NAME = "tlft"
_MODELS = "models"
_PACKAGE = Path(__file__).resolve().parent
# What an administrator puts there counts whatever a desktop or a user names by XDG_..._DIRS.
_SYSTEM_DATA = {"linux": ("/usr/local/share", "/usr/share"), "darwin": ("/Library/Application Support",)}
_SYSTEM_CONFIG = {"linux": ("/etc/xdg",), "darwin": ("/Library/Application Support",)}


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
        policy: What an administrator fixed for all users of this computer.
    """

    data: Path
    config: Path
    cache: Path
    log: Path
    documents: Path
    site_weights: Path | None = None
    policy: Policy = field(default_factory=Policy)

    @classmethod
    def default(cls, home: Path | None = None) -> AppPaths:
        """Return the folders below `home`, else below `TLFT_HOME`, else those of the user, and those of all users."""
        policy = _policy()
        if home is None and os.environ.get(HOME_VARIABLE):
            home = Path(os.environ[HOME_VARIABLE])
        if home is not None:
            below = cls.below(Path(os.path.abspath(home)))
            return replace(below, site_weights=_site_weights(policy), policy=policy)
        return cls(
            data=platformdirs.user_data_path(_APP_NAME, appauthor=False),
            config=platformdirs.user_config_path(_APP_NAME, appauthor=False),
            cache=platformdirs.user_cache_path(_APP_NAME, appauthor=False),
            log=platformdirs.user_log_path(_APP_NAME, appauthor=False),
            documents=platformdirs.user_documents_path(),
            site_weights=_site_weights(policy),
            policy=policy,
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
        temporary = replace(temporary, site_weights=paths.site_weights, policy=paths.policy)
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


def _policy() -> Policy:
    """Return the policy of this computer, or the one to try."""
    named = os.environ.get(POLICY_VARIABLE)
    to_try = Path(os.path.abspath(named)) if named else None
    if to_try is not None and _is_checkout():
        return find_policy([to_try], named=True)
    joined = platformdirs.PlatformDirs(_APP_NAME, appauthor=False, multipath=True).site_config_dir
    folders = [*(Path(folder, _APP_NAME) for folder in _system_config()), *map(Path, joined.split(os.pathsep))]
    policy = find_policy(folder / POLICY_FILE for folder in folders)
    return policy if policy.path is not None or to_try is None else find_policy([to_try], named=True)


def _system_config() -> tuple[str, ...]:
    """Return the folders of settings that only an administrator writes to, whatever the environment says."""
    if sys.platform == "win32":
        import winreg

        shell = r"software\microsoft\windows\currentversion\explorer\shell folders"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, shell) as key:
                return (str(winreg.QueryValueEx(key, "common appdata")[0]),)
        except OSError:
            return ()
    return _SYSTEM_CONFIG.get(sys.platform, ())


def _is_checkout() -> bool:
    return (_PACKAGE.parent / "pyproject.toml").is_file()


def _site_weights(policy: Policy) -> Path:
    """Return the folder of weights for all users: the named one, the first that is there, or where it would be."""
    if policy.weights_folder is not None:
        return policy.weights_folder
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

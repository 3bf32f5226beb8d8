"""What an administrator fixes for all users of a computer: `policy.toml`, strict when read.

Unlike preferences a policy is never passed over: one that cannot be read, or says what this program does not know,
names itself in `Policy.problem`, and no command works under it but those that find out what is wrong.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.settings import Language, Settings

POLICY_FILE = "policy.toml"
FIXED_DEVICE_VARIABLE = "TLFT_FIXED_DEVICE"
"""In the environment of this process and its helpers: the device of the policy, set anew at every start."""
_MAX_BYTES = 100_000
_DEVICE = re.compile(r"cpu|mps|cuda(:\d{1,3})?")
_MAX_GIB = 1_000_000


@dataclass(frozen=True, slots=True)
class Policy:
    """What is fixed; a value that is empty or None is left to the user.

    Attributes:
        path: The file; None for none.
        device: `cpu`, `cuda`, `cuda:N` or `mps`.
        data_roots: Folders in which the images of new projects must lie.
        offline: Whether nothing is downloaded.
        weights_folder: Of weights for all users.
        feature_bytes: The most bytes that kept features may take on disk; 0 to keep none.
        language: Of the window.
        problem: Why the file cannot be used: a sentence; empty if it can.
    """

    path: Path | None = None
    device: str = ""
    data_roots: tuple[Path, ...] = ()
    offline: bool = False
    weights_folder: Path | None = None
    feature_bytes: int | None = None
    language: Language | None = None
    problem: str = ""

    def applied(self, settings: Settings) -> Settings:
        """Return the settings of a user as they hold under this policy."""
        changes: dict[str, Any] = {name: getattr(self, name) for name in self.fixed_settings()}
        return replace(settings, **changes)

    def fixed_settings(self) -> frozenset[str]:
        """Return the names of the settings that the user cannot change."""
        fixed = {"device"} if self.device else set()
        fixed |= {"feature_bytes"} if self.feature_bytes is not None else set()
        return frozenset(fixed | ({"language"} if self.language is not None else set()))

    def in_words(self) -> dict[str, str]:
        """Return what is fixed, by the names and in the values of the file."""
        gib = "" if self.feature_bytes is None else f"{self.feature_bytes / 2**30:g}"
        values = {
            "device": self.device,
            "data_roots": ", ".join(map(str, self.data_roots)),
            "offline": "true" if self.offline else "",
            "weights_folder": str(self.weights_folder or ""),
            "cache_limit_gib": gib,
            "language": self.language or "",
        }
        return {name: str(value) for name, value in values.items() if value}

    def require_usable(self) -> None:
        """Refuse to work under a policy that nobody knows.

        Raises:
            InputError: If it cannot be used.
        """
        if self.problem:
            raise InputError(self.problem, remedy="Tell who looks after this computer; `tlft doctor` says it too.")

    def require_device(self, wanted: str | None) -> None:
        """Refuse another device than the fixed one.

        Raises:
            UsageError: If a user names another one.
        """
        if wanted and self.device and wanted != self.device:
            raise UsageError(
                f"The policy of this computer fixes the device to '{self.device}', so '{wanted}' cannot be used.",
                remedy="Leave --device out.",
            )

    def fix_device(self, environment: MutableMapping[str, str]) -> None:
        """Let whatever computes in this process and its helpers use the fixed device, which `environment` carries."""
        environment.pop(FIXED_DEVICE_VARIABLE, None)
        if self.device:
            environment[FIXED_DEVICE_VARIABLE] = self.device

    def require_source(self, source: Path) -> None:
        """Refuse images that lie elsewhere than they may; links are followed.

        Raises:
            InputError: If `source` does not lie in one of the folders.
        """
        roots = [os.path.realpath(root) for root in self.data_roots]
        if roots and not any(Path(os.path.realpath(source)).is_relative_to(root) for root in roots):
            named = " or ".join(f"'{root}'" for root in self.data_roots)
            raise InputError(
                f"The policy of this computer lets new projects take images from {named} only, and '{source}' lies "
                "elsewhere.",
                remedy="Choose images that lie there.",
            )

    def require_online(self) -> None:
        """Refuse a download where there must be none.

        Raises:
            InputError: If the policy says so.
        """
        if self.offline:
            raise InputError(
                "The policy of this computer allows no downloads.",
                remedy="Take the weights from a file, or ask who looks after this computer.",
            )


def find_policy(candidates: Iterable[Path], *, named: bool = False) -> Policy:
    """Return the policy in the first of some files that is there; without one nothing is fixed.

    Args:
        candidates: Where it may lie, what counts most first.
        named: Whether somebody named the file: then it must be there.
    """
    for path in candidates:
        try:
            os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            if named:
                return Policy(path, problem=f"The policy '{path}' is not there.")
            continue
        except OSError:
            # A folder that may not be looked into: whether there is a policy cannot be known.
            pass
        return read_policy(path)
    return Policy()


def read_policy(path: Path) -> Policy:
    """Read a policy; one that cannot be used fixes nothing and tells of its problem."""
    # Here and not above: few computers have a policy, and every start would wait for it.
    import tomllib

    try:
        # Editors of Windows begin a file with a mark.
        text = fsio.read_bytes(path, max_bytes=_MAX_BYTES).decode("utf-8-sig")
        return _checked(path, tomllib.loads(text))
    except InputError as error:
        return Policy(path, problem=f"The policy '{path}' cannot be used. {error.message}")
    except UnicodeDecodeError:
        return Policy(path, problem=f"The policy '{path}' cannot be used. It is not a text in UTF-8.")
    except tomllib.TOMLDecodeError as error:
        is_escape = any(word in str(error) for word in ("escape", "hex value", "\\"))
        hint = " A folder of Windows stands between single quotes." if is_escape else ""
        return Policy(path, problem=f"The policy '{path}' cannot be used. It is not TOML: {error}.{hint}")
    except RecursionError:
        return Policy(path, problem=f"The policy '{path}' cannot be used. It is not TOML that this program reads.")


def _checked(path: Path, data: Mapping[str, Any]) -> Policy:
    readers: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "device": ("device", _device),
        "data_roots": ("data_roots", _folders),
        "offline": ("offline", _switch),
        "weights_folder": ("weights_folder", _folder),
        "cache_limit_gib": ("feature_bytes", _bytes),
        "language": ("language", _language),
    }
    values = {}
    for name, value in data.items():
        if name not in readers:
            raise InputError(f"There is no value '{name[:80]}'; there are {', '.join(readers)}.")
        field, read = readers[name]
        values[field] = read(value)
    return Policy(path, **values)


def _device(value: object) -> str:
    if not isinstance(value, str) or not _DEVICE.fullmatch(value):
        raise InputError('The value \'device\' must be "cpu", "cuda", "cuda:N" or "mps".')
    return value


def _folders(value: object) -> tuple[Path, ...]:
    if not isinstance(value, list) or not value:
        raise InputError("The value 'data_roots' must be a list of folders.")
    return tuple(_absolute(item, "data_roots") for item in value)


def _folder(value: object) -> Path:
    return _absolute(value, "weights_folder")


def _absolute(value: object, name: str) -> Path:
    if not isinstance(value, str) or not os.path.isabs(value) or "\0" in value:
        raise InputError(f"The value '{name}' must name folders by their whole paths.")
    return Path(value)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise InputError("The value 'offline' must be true or false.")
    return value


def _bytes(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MAX_GIB:
        raise InputError("The value 'cache_limit_gib' must be a number of GiB, 0 to keep nothing.")
    return int(value * 2**30)


def _language(value: object) -> Language:
    try:
        return Language(value)  # type: ignore[arg-type]
    except ValueError:
        raise InputError(f"The value 'language' must be one of {', '.join(Language)}.") from None

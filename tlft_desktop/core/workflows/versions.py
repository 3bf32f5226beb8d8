"""The versions of what computes, as runs record them."""

from __future__ import annotations

import platform
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

"""The shared libraries that Qt expects from the system: find the missing ones and install or name them."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from _bootstrap.console import is_root, say

# Shared library -> Debian package, for each platform of Qt; `tlft doctor` reads the same file. It was made from the
# NEEDED entries of PySide6-Essentials 6.11.3 (readelf -d).
# Debian 13 and Ubuntu 24.04 call some of these packages NAMEt64 and provide the old name; apt-get finds them.
LIST = Path(__file__).resolve().parents[2] / "resources" / "qt_libraries.json"
_LISTED: dict[str, dict[str, str]] = json.loads(LIST.read_text(encoding="utf-8"))
OFFSCREEN, X11, WAYLAND = _LISTED["offscreen"], _LISTED["x11"], _LISTED["wayland"]
APT_LISTS = Path("/var/lib/apt/lists")


def wanted_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the libraries of the offscreen platform, and those of the windowing systems that this session has."""
    wanted = dict(OFFSCREEN)
    if environment.get("DISPLAY"):
        wanted |= X11
    if environment.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND
    return wanted


def can_load(name: str) -> bool:
    """Return whether the dynamic linker finds a library: the same search that Qt's plug-ins go through."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def find_missing(wanted: Mapping[str, str], *, loads: Callable[[str], bool] = can_load) -> dict[str, str]:
    """Return those of `wanted` that the linker does not find."""
    return {library: package for library, package in wanted.items() if not loads(library)}


def install_line(missing: Mapping[str, str], *, has: Callable[[str], object] = shutil.which) -> str:
    """Return the single line that installs what is missing, or plain names where no package manager is known."""
    if has("apt-get"):
        return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(
            sorted(set(missing.values()))
        )
    if has("dnf"):
        return "sudo dnf install -y " + " ".join(f"'{library}()(64bit)'" for library in sorted(missing))
    return "(with the package manager of this system) " + " ".join(sorted(missing))


def apt_install(packages: Iterable[str], *, lists: Path = APT_LISTS) -> bool:
    """Install packages with apt-get, fetching the package lists only if there are none or they are too old."""
    names = sorted(set(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    say("As root: " + " ".join(install))
    have_lists = any(lists.glob("*_Packages*"))
    if have_lists and subprocess.call(install, env=environment, stdout=subprocess.DEVNULL) == 0:
        return True
    if subprocess.call(["apt-get", "update"], env=environment, stdout=subprocess.DEVNULL) != 0:
        return False
    return subprocess.call(install, env=environment, stdout=subprocess.DEVNULL) == 0


def ensure(environment: Mapping[str, str], *, needed_for: str) -> bool:
    """Make sure that Qt's system libraries are there; if they are not, name the one line to run and return False."""
    if not sys.platform.startswith("linux"):
        return True
    missing = find_missing(wanted_libraries(environment))
    if missing and is_root() and shutil.which("apt-get"):
        apt_install(missing.values())
        missing = find_missing(wanted_libraries(environment))
    if missing:
        say(f"{needed_for} needs system libraries that are not here ({', '.join(sorted(missing))}). Run this line:")
        say("    " + install_line(missing))
    return not missing

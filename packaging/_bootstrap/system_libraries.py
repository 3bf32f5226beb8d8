"""The shared libraries that Qt expects from the system: find the missing ones and install or name them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path

from _bootstrap import unpacked_libraries
from _bootstrap.console import is_root, say

# Shared library -> Debian package, for each platform of Qt; `tlft doctor` reads the same file. It was made from the
# NEEDED entries of PySide6-Essentials 6.11.3 (readelf -d).
# Debian 13 and Ubuntu 24.04 call some of these packages NAMEt64 and provide the old name; apt-get finds them.
LIST = Path(__file__).resolve().parents[2] / "resources" / "qt_libraries.json"
_LISTED: dict[str, dict[str, str]] = json.loads(LIST.read_text(encoding="utf-8"))
OFFSCREEN, X11, WAYLAND = _LISTED["offscreen"], _LISTED["x11"], _LISTED["wayland"]
APT_LISTS = Path("/var/lib/apt/lists")
_LOAD = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        continue
    print(name)
"""


def wanted_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the libraries of the offscreen platform, and those of the windowing systems that this session has."""
    wanted = dict(OFFSCREEN)
    if environment.get("DISPLAY"):
        wanted |= X11
    if environment.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND
    return wanted


def loadable(names: Iterable[str]) -> set[str]:
    """Return those libraries that the dynamic linker finds: the same search that Qt's plug-ins go through.

    A child is asked, since the linker reads LD_LIBRARY_PATH only when a program starts.
    """
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _LOAD, *names], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    return set(result.stdout.split())


def find_missing(
    wanted: Mapping[str, str], *, loads: Callable[[Iterable[str]], Iterable[str]] = loadable
) -> dict[str, str]:
    """Return those of `wanted` that the linker does not find."""
    found = set(loads(wanted))
    return {library: package for library, package in wanted.items() if library not in found}


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


def ensure(
    wanted: Mapping[str, str], *, needed_for: str, folder: Path, environment: MutableMapping[str, str] = os.environ
) -> bool:
    """Make sure that the `wanted` libraries are there; if they are not, name the one line to run and return False.

    As root they are installed. For other users their packages are unpacked into `folder`, and `environment`, that of
    this process, lets the programs that are started from here find them.
    """
    if not sys.platform.startswith("linux"):
        return True
    missing = find_missing(wanted)
    if missing and is_root() and shutil.which("apt-get"):
        apt_install(missing.values())
        missing = find_missing(wanted)
    elif missing and unpacked_libraries.is_possible():
        say(f"{needed_for} needs system libraries that are not here, and you may not install packages:")
        say(f"they are fetched with apt-get (up to 100 MB) and unpacked in {folder}, for what is started from here.")
        say("For the program without bootstrap.py, ask an administrator for this line: " + install_line(missing))
        if unpacked_libraries.fetch(wanted.values(), folder):
            unpacked_libraries.activate(folder, environment)
            missing = find_missing(wanted)
    if missing:
        say(f"{needed_for} needs system libraries that are not here ({', '.join(sorted(missing))}). Run this line:")
        say("    " + install_line(missing))
    return not missing

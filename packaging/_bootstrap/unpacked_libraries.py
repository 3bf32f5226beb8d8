"""Qt's system libraries for a user who may not install packages: Debian's packages, unpacked inside of `.venv`.

apt-get resolves and fetches them with lists and an archive in a folder of its own and checks signatures as always;
nothing outside of that folder changes. Programs started from here find the libraries by LD_LIBRARY_PATH.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, MutableMapping
from pathlib import Path

from _bootstrap.console import say

# Data files that the libraries look for: variable, path on a system that has them, value inside of the folder.
_DATA = (
    ("XKB_CONFIG_ROOT", Path("/usr/share/X11/xkb"), "usr/share/X11/xkb"),
    ("FONTCONFIG_FILE", Path("/etc/fonts/fonts.conf"), "fonts.conf"),
)
# That of the package names folders of the system. FONTCONFIG_SYSROOT is no way: Qt opens the paths without it.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}/usr/share/fonts</dir><dir>~/.fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
# A C library beside the one that runs would break every program that finds it.
_NEVER = ("libc6_", "libc-bin_")
_SCRATCH = "system-"
"""Begins the name of the folder in which packages are unpacked."""


def activate(folder: Path, environment: MutableMapping[str, str]) -> None:
    """Let the programs started with `environment` find the libraries in `folder`, if there are any."""
    found = [str(path) for pattern in ("usr/lib/*-linux-*", "lib/*-linux-*") for path in sorted(folder.glob(pattern))]
    if not found:
        return
    inherited = [path for path in environment.get("LD_LIBRARY_PATH", "").split(":") if path and path not in found]
    environment["LD_LIBRARY_PATH"] = ":".join([*found, *inherited])
    for variable, own, inside in _DATA:
        if not own.exists() and (folder / inside).exists():
            environment.setdefault(variable, str(folder / inside))


def is_possible() -> bool:
    """Return whether the tools that fetch and unpack packages are here."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg-deb") is not None


def fetch(packages: Iterable[str], folder: Path) -> bool:
    """Put `packages`, with what they need beyond this system, into `folder` in one step; return whether it is there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f"{_SCRATCH}*"):
        # Of a call that was killed.
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder.parent, ignore_cleanup_errors=True) as scratch:
        lists, cache, unpacked = (Path(scratch, name) for name in ("lists", "cache", "unpacked"))
        for part in (lists / "partial", cache / "archives" / "partial", unpacked):
            part.mkdir(parents=True)
        own = ("-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={cache}", "-o", "Debug::NoLocking=1")
        wanted = ("install", "-y", "--no-install-recommends", "--download-only", *sorted(set(packages)))
        if not (_is_done("apt-get", *own, "update") and _is_done("apt-get", *own, *wanted)):
            return False
        archives = [path for path in (cache / "archives").glob("*.deb") if not path.name.startswith(_NEVER)]
        if not all(_is_done("dpkg-deb", "-x", str(path), str(unpacked)) for path in archives):
            return False
        (unpacked / "fonts.conf").write_text(_FONTS.format(folder=html.escape(str(folder))), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        unpacked.rename(folder)
    return True


def _is_done(*command: str) -> bool:
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if result.returncode != 0:
        say(f"{command[0]} says: {(result.stderr or result.stdout).strip()[-300:]}")
    return result.returncode == 0

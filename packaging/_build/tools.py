"""Programs of the build machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from _bootstrap.console import SetupError, is_root, say
from _bootstrap.system_libraries import apt_install

# The Debian package of each program that is called.
DEBIAN_PACKAGES = {
    "dpkg-deb": "dpkg",
    "objdump": "binutils",
    "readelf": "binutils",
    "strip": "binutils",
    "zstd": "zstd",
    "makensis": "nsis",
    "wixl": "wixl",
    "7z": "7zip",
    "msibuild": "msitools",
    "msiextract": "msitools",
    "mmdebstrap": "mmdebstrap",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
}


def ensure_tools(names: Sequence[str]) -> None:
    """Install what is missing as root on Debian; else say what to install.

    Raises:
        SetupError: With the one line that installs it.
    """
    missing = sorted({DEBIAN_PACKAGES[name] for name in names if shutil.which(name) is None})
    if missing and is_root() and shutil.which("apt-get"):
        say(f"Installing {', '.join(missing)}.")
        apt_install(missing)
        missing = sorted({DEBIAN_PACKAGES[name] for name in names if shutil.which(name) is None})
    if missing:
        raise SetupError(f"The build needs programs of Debian: sudo apt-get install -y {' '.join(missing)}")


def own_tool(name: str) -> str:
    """Return a program of the environment that runs the build."""
    return str(Path(sys.executable).with_name(name))


def call(command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run a program and return what it printed.

    Raises:
        SetupError: If it fails, with its last lines.
    """
    words = [str(word) for word in command]
    result = subprocess.run(
        words, cwd=cwd, env=None if env is None else dict(env), capture_output=True, text=True, errors="replace"
    )
    if result.returncode != 0:
        lines = (result.stderr or result.stdout).strip().splitlines()
        raise SetupError(f"{words[0]} failed with {result.returncode}:\n" + "\n".join(lines[-12:]))
    return result.stdout

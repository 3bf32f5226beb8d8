"""Bring pip into a fresh environment, also where Debian's python3-venv (and with it ensurepip) is missing."""

from __future__ import annotations

import base64
import configparser
import glob
import hashlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from _bootstrap.console import SetupError, safe_environment, say, without_passwords

DEBIAN_WHEELS = "/usr/share/python-wheels"
DEFAULT_INDEX = "https://pypi.org/simple"
SIMPLE_JSON = "application/vnd.pypi.simple.v1+json"
MAX_WHEEL_BYTES = 20_000_000


def has_pip(python: Path) -> bool:
    """Return whether the environment's own pip starts."""
    return _succeeds([str(python), "-m", "pip", "--version"])


def install_pip(python: Path, *, base_python: str, wheels: Path | None, apt_packages: str) -> None:
    """Install pip by the first way that works: ensurepip, a pip wheel on this machine, the system's pip, the index.

    Raises:
        SetupError: If none works; the text holds the one line to run.
    """
    if _succeeds([str(python), "-m", "ensurepip", "--upgrade"]) and has_pip(python):
        return
    for wheel in local_pip_wheels(wheels):
        if _install_from_wheel(python, wheel):
            return
    if wheels is None and _succeeds([base_python, "-m", "pip", "--python", str(python), "install", "-q", "pip"]):
        return
    if wheels is None and _install_from_index(python):
        return
    raise SetupError(
        "This Python comes without pip, and neither a pip wheel nor a package index was found. "
        f"Run this line and then the same command again:\n    sudo apt-get install -y {apt_packages}"
    )


def local_pip_wheels(wheels: Path | None) -> list[Path]:
    """Return pip wheels on this machine: in `wheels`, in pip's find-links folders, in Debian's wheel folder."""
    folders = [str(wheels)] if wheels else []
    folders += [*shlex.split(os.environ.get("PIP_FIND_LINKS", "")), DEBIAN_WHEELS]
    return [
        Path(path) for folder in folders for path in sorted(glob.glob(os.path.join(folder, "pip-*.whl")), reverse=True)
    ]


def index_of_pip() -> str:
    """Return the package index that pip itself would ask: of its variable, its settings files, or PyPI.

    Raises:
        SetupError: If a settings file is none.
    """
    if index := os.environ.get("PIP_INDEX_URL"):
        return index
    settings, files = configparser.RawConfigParser(), _settings_files()
    try:
        settings.read(files, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError) as error:
        # Not what they say: a line may hold a password.
        found = ", ".join(str(file) for file in files if file.exists())
        raise SetupError(f"The settings of pip cannot be read. They are in: {found}.") from error
    of_all = settings.get("global", "index-url", fallback=DEFAULT_INDEX)
    return settings.get("install", "index-url", fallback=of_all)


def _settings_files() -> list[Path]:
    """Return where pip looks for its settings; what stands in a later file counts more (pip's user guide)."""
    named = os.environ.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return []
    home = Path.home()
    if sys.platform == "win32":
        folders = [Path(os.environ.get("PROGRAMDATA", "C:/ProgramData"), "pip"), home / "pip"]
        files = [folder / "pip.ini" for folder in (*folders, Path(os.environ.get("APPDATA", home), "pip"))]
    else:
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        places = [Path(place) for place in (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep)]
        folders = [*(place / "pip" for place in reversed(places)), Path("/etc"), home / ".pip", config / "pip"]
        if sys.platform == "darwin":
            library = Path("Library", "Application Support", "pip")
            folders = ["/" / library, *folders, home / library]
        files = [folder / "pip.conf" for folder in folders]
    return [*files, Path(named)] if named else files


def newest_wheel(page: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of the newest released pip wheel on a PEP 691 index page."""
    numbered: list[tuple[tuple[int, ...], dict[str, Any]]] = [
        (_release(entry["filename"]), entry)
        for entry in page["files"]
        if entry["filename"].endswith("-py3-none-any.whl") and not entry.get("yanked")
    ]
    return max((pair for pair in numbered if pair[0]), key=lambda pair: pair[0])[1]


def _release(file_name: str) -> tuple[int, ...]:
    parts = file_name.split("-")[1].split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else ()


def _install_from_wheel(python: Path, wheel: Path) -> bool:
    # A wheel is a zip file: Python runs the pip inside it, and that installs the wheel itself.
    command = [str(python), str(wheel / "pip"), "install", "-q", "--no-index", "--no-deps", str(wheel)]
    return _succeeds(command) and has_pip(python)


def _install_from_index(python: Path) -> bool:
    index = index_of_pip().rstrip("/")
    try:
        page = json.loads(_fetch(f"{index}/pip/", accept=SIMPLE_JSON))
        entry = newest_wheel(page)
        say(f"This Python has no pip: fetching {entry['filename']} from {index} (about 2 MB).")
        data = _fetch(urllib.parse.urljoin(f"{index}/pip/", entry["url"]), accept="*/*")
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(without_passwords(f"{index}: {error}"), file=sys.stderr)
        return False
    if hashlib.sha256(data).hexdigest() != entry["hashes"].get("sha256"):
        raise SetupError(f"{entry['filename']} from {index} does not have the SHA-256 that the index promises.")
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, os.path.basename(entry["filename"]))
        wheel.write_bytes(data)
        return _install_from_wheel(python, wheel)


def _fetch(url: str, *, accept: str) -> bytes:
    # urllib takes a name and a password in an address for a part of the host.
    parts = urllib.parse.urlsplit(url)
    login, _, host = parts.netloc.rpartition("@")
    headers = {"Accept": accept}
    if login:
        headers["Authorization"] = "Basic " + base64.b64encode(urllib.parse.unquote_to_bytes(login)).decode("ascii")
    request = urllib.request.Request(parts._replace(netloc=host).geturl(), headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return bytes(answer.read(MAX_WHEEL_BYTES))


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=safe_environment())
        return done.returncode == 0
    except OSError:
        return False

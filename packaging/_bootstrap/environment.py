"""The virtual environment `.venv` in the checkout and the stamp that says what has been installed into it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from _bootstrap import pip_seed, system_libraries
from _bootstrap.console import SetupError, is_root, safe_environment, say
from _bootstrap.interpreter import MINIMUM

STAMP_SCHEMA = 1


@dataclass(frozen=True)
class Environment:
    """Where things lie in one checkout's virtual environment."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def program(self) -> Path:
        return self.folder / ("Scripts/tlft.exe" if os.name == "nt" else "bin/tlft")

    @property
    def system_libraries(self) -> Path:
        return self.folder / "system"

    @property
    def stamp_path(self) -> Path:
        return self.folder / "tlft-bootstrap.json"

    @property
    def constraints(self) -> Path:
        return self.root / "packaging" / "constraints.txt"

    @property
    def site_packages(self) -> Path:
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return next(iter(sorted(self.folder.glob("lib/python3*/site-packages"))), self.folder / "lib")


@dataclass(frozen=True)
class Stamp:
    """What an environment was set up for; equal requirements mean that nothing has to be done."""

    project: str
    python: str
    root: str
    extras: tuple[str, ...]
    torch: str
    schema: int = STAMP_SCHEMA

    def covers(self, wanted: Stamp) -> bool:
        """Return whether an environment with this stamp serves `wanted`; its torch "auto" is served by every build."""
        same = (self.schema, self.project, self.python, self.root) == (
            wanted.schema,
            wanted.project,
            wanted.python,
            wanted.root,
        )
        return same and set(wanted.extras) <= set(self.extras) and wanted.torch in ("auto", self.torch)


def project_digest(pyproject: Mapping[str, Any], tested: Sequence[str]) -> str:
    """Return a hash of what decides which packages are installed (not of the settings of ruff, mypy and pytest)."""
    relevant = {**{key: pyproject.get(key) for key in ("build-system", "project")}, "tested": list(tested)}
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode("ascii")).hexdigest()


def read_pyproject(root: Path) -> dict[str, Any]:
    """Return the parsed pyproject.toml of the checkout."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def expand_extras(pyproject: Mapping[str, Any], extras: Iterable[str]) -> tuple[str, ...]:
    """Return the extras together with those that they name themselves ("tlft-desktop[samples]" inside dev)."""
    name = pyproject["project"]["name"]
    found: list[str] = []
    waiting = list(extras)
    while waiting:
        extra = waiting.pop()
        if extra not in found:
            found.append(extra)
            lines = pyproject["project"]["optional-dependencies"][extra]
            inner = [line[len(name) + 1 : -1] for line in lines if line.startswith(f"{name}[")]
            waiting += [part.strip() for text in inner for part in text.split(",")]
    return tuple(sorted(found))


def requirements(pyproject: Mapping[str, Any], extras: Iterable[str]) -> list[str]:
    """Return all requirement lines of the project and of `extras`."""
    project = pyproject["project"]
    lines = list(project["dependencies"])
    for extra in expand_extras(pyproject, extras):
        lines += [
            line for line in project["optional-dependencies"][extra] if not line.startswith(f"{project['name']}[")
        ]
    return lines


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp of an earlier set-up, or None if it is missing or not readable."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Stamp(**{**values, "extras": tuple(values["extras"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_stamp(path: Path, stamp: Stamp) -> None:
    """Write the stamp in one step, so that an interrupted call never leaves half of it."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(asdict(stamp), indent=2) + "\n", encoding="utf-8")
    os.replace(temporary, path)


def python_version(environment: Environment) -> str:
    """Return "3.11" or the like by asking the environment's Python; "" if it does not start."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        command = [str(environment.python), "-I", "-S", "-c", question]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def is_new_enough(version: str) -> bool:
    """Return whether a version as `python_version` writes it may run the program."""
    parts = version.split(".")
    return len(parts) == 2 and (int(parts[0]), int(parts[1])) >= MINIMUM


def ensure_environment(environment: Environment, *, wheels: Path | None) -> str:
    """Make `.venv` with a working pip if it is not there, and return the version of its Python."""
    version = python_version(environment)
    if not is_new_enough(version):
        if environment.folder.exists():
            say(f"{environment.folder} has no usable Python ({version or 'it does not start'}): it is made anew.")
        _create(environment)
        version = python_version(environment)
    if not pip_seed.has_pip(environment.python):
        pip_seed.install_pip(environment.python, base_python=base_python(), wheels=wheels, apt_packages=venv_packages())
    return version


def base_python() -> str:
    """Return the interpreter outside of any virtual environment that runs this script."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def venv_packages() -> str:
    """Return the Debian package that completes this Python's venv module."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def _create(environment: Environment) -> None:
    say(f"Making {environment.folder} with Python {platform.python_version()} ({base_python()}).")
    if importlib.util.find_spec("ensurepip") is None and is_root() and shutil.which("apt-get"):
        system_libraries.apt_install([venv_packages()])
    # Always without pip: that step fails on a Debian without python3-venv, and pip_seed knows more ways.
    command = [base_python(), "-m", "venv", "--clear", "--without-pip", str(environment.folder)]
    result = subprocess.run(command, capture_output=True, text=True, env=safe_environment())
    if result.returncode != 0 or not environment.python.exists():
        raise SetupError(
            f"The virtual environment could not be made: {(result.stderr or result.stdout).strip()}\n"
            f"On Debian and Ubuntu this line helps: sudo apt-get install -y {venv_packages()}"
        )


def remove_torn_installs(site_packages: Path) -> list[str]:
    """Forget packages whose installation was cut off, so that pip installs them again; return their names.

    pip writes RECORD last: without it a package counts as installed although files may be missing.
    """
    torn = [folder for folder in site_packages.glob("*.dist-info") if not (folder / "RECORD").is_file()]
    leftovers = list(site_packages.glob("~*"))
    for folder in torn + leftovers:
        shutil.rmtree(folder, ignore_errors=True)
    return sorted(folder.name for folder in torn)


def installed_version(site_packages: Path, name: str) -> str:
    """Return the version of an installed package by its metadata folder, or ""."""
    found = sorted(site_packages.glob(f"{name}-*.dist-info"))
    return found[-1].name.removesuffix(".dist-info").split("-", 1)[1] if found else ""

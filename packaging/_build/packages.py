"""The packages inside of an installer: versions and hashes from constraints.txt, unpacked into one folder."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from _bootstrap import tested_versions, torch_choice
from _bootstrap.console import SetupError
from _bootstrap.pip_tool import Pip
from _build.python_packages import build_python_packages
from _build.release import Release
from _build.tools import call, own_tool

# Images for the first try are part of what an offline lab has.
EXTRAS = ("samples",)


@dataclass(frozen=True)
class System:
    """What is built for.

    Attributes:
        name: In file names and in the manifest.
        uv_platform: As uv calls it.
        wheel_platform: As wheels call it, "" for the system that builds.
        oldest: Version of macOS that all packages run on.
    """

    name: str
    uv_platform: str
    wheel_platform: str = ""
    oldest: str = ""


LINUX = System("linux-x86_64", "x86_64-manylinux_2_34")
WINDOWS = System("windows-x64", "x86_64-pc-windows-msvc", "win_amd64")
# torch has wheels for Apple's processors only, and for no older system.
MACOS = System("macos-arm64", "aarch64-apple-darwin", oldest="14.0")


def locked(root: Path, system: System, *, python: str) -> list[str]:
    """Return what the program needs on `system`, a line with version and hashes for each package."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "locked.txt")
        command = [own_tool("uv"), "pip", "compile", "--no-config", "--generate-hashes", "--no-annotate", "--no-header"]
        command += ["--python-version", python, "--python-platform", system.uv_platform]
        command += [word for extra in EXTRAS for word in ("--extra", extra)]
        command += ["--constraints", str(root / "packaging" / "constraints.txt"), "--output-file", str(listed)]
        env = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": system.oldest} if system.oldest else None
        call([*command, root / "pyproject.toml"], env=env)
        return tested_versions.read(listed)


def install(release: Release, system: System, site: Path, *, python: str) -> None:
    """Unpack the program and all that it needs into the folder `site`.

    On Linux torch is the CPU build, which the package index does not have: it comes from a folder of wheels at hand or
    from PyTorch's own index, and only its version is held.

    Raises:
        SetupError: If something cannot be had; also where that is the CPU build of torch.
    """
    constraints = release.root / "packaging" / "constraints.txt"
    tested = tested_versions.constraints(tested_versions.read(constraints), has_other_torch=True)
    pip = Pip(Path(sys.executable), release.root, constraints=tested)
    lines = locked(release.root, system, python=python)
    options: tuple[str, ...] = ("--target", str(site), "--no-compile", "--upgrade", "-q")
    if system is LINUX:
        lines = [line for line in lines if not tested_versions.is_build_of_torch(line)]
        ranges = [f"{name}=={version}" for name, version in tested_torch(constraints, python=python)]
        plan = torch_choice.plan("cpu", installed=("", ""), pip=pip, ranges=ranges)
        if plan.build != "cpu":
            raise SetupError("Installers carry the CPU build of torch, and none can be had here.")
        replace(pip, extra_args=(*options, *plan.pip_args)).install("--no-deps", *plan.requirements)
    elif system.wheel_platform:
        options += ("--platform", system.wheel_platform, "--python-version", python, "--only-binary", ":all:")
    pip = replace(pip, extra_args=options)
    pip.install_hashed(lines)
    with tempfile.TemporaryDirectory() as folder:
        pip.install("--no-deps", str(build_python_packages(release, Path(folder))))


def tested_torch(constraints: Path, *, python: str) -> list[tuple[str, str]]:
    """Return names and tested versions of torch and torchvision for one minor version of Python."""
    found = []
    for line in tested_versions.read(constraints):
        match = re.match(r"(torch|torchvision)==(\S+)(?: ; python_full_version (<|>=) '(3\.\d+)')?", line)
        if match and (match[3] is None or (match[3] == "<") == (_minor(python) < _minor(match[4]))):
            found.append((match[1], match[2]))
    return found


def _minor(python: str) -> int:
    return int(python.partition(".")[2])

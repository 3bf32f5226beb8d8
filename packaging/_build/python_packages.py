"""What is installed by pip: the sources as one file (sdist), and the wheel that is made of just that file."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from _build.release import Release
from _build.tools import call


def build_python_packages(release: Release, folder: Path) -> Path:
    """Write sdist and wheel into `folder`, equal to the byte for one commit, and return the wheel.

    Nothing is fetched. A file that the sdist lacks is missing in the wheel, too.
    """
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(release.epoch)}
    _call("hatchling", "build", "-t", "sdist", "-d", folder.resolve(), cwd=release.root, env=env)
    (sdist,) = folder.glob("*.tar.gz")
    _call("pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, sdist, env=env)
    (wheel,) = folder.glob("*.whl")
    return wheel


def check_python_packages(folder: Path) -> None:
    """Hold sdist and wheel against the rules of package indexes.

    Raises:
        SetupError: With what an index would refuse or show wrongly.
    """
    wheels = list(folder.glob("*.whl"))
    _call("twine", "check", "--strict", *wheels, *folder.glob("*.tar.gz"))
    _call("check_wheel_contents", *wheels)


def _call(module: str, *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    call([sys.executable, "-m", module, *arguments], cwd=cwd, env=env)

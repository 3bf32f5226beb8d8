"""What is built: names, version, and the commit that stamps it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from _bootstrap.console import SetupError

PACKAGE = "tlft-desktop"
TITLE = "TLFT Desktop"
SUMMARY = "transfer learning and fine-tuning of image classifiers"


@dataclass(frozen=True)
class Release:
    """One state of the sources.

    Attributes:
        root: The checkout.
        version: Three numbers, as the package says it.
        commit: Of the checkout, with "+changes" behind it if files of the checkout differ.
        epoch: Seconds since 1970 of that commit: the only time that is written into what is built.
    """

    root: Path
    version: str
    commit: str
    epoch: int


def read_version(root: Path) -> str:
    """Return the version of the program in the checkout at `root`.

    Raises:
        SetupError: If it has not three numbers.
    """
    text = (root / "tlft_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        raise SetupError(f"{root} names no version of three numbers: installers for Windows need three.")
    return found[1]


def read_release(root: Path) -> Release:
    """Return what the checkout at `root` would build.

    Raises:
        SetupError: If it is no git checkout, or its version has not three numbers.
    """
    version = read_version(root)
    commit = _git(root, "rev-parse", "HEAD")
    changes = "+changes" if _git(root, "status", "--porcelain", "--untracked-files=no") else ""
    return Release(root, version, commit + changes, int(_git(root, "show", "-s", "--format=%ct", "HEAD")))


def _git(root: Path, *arguments: str) -> str:
    try:
        result = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        raise SetupError("Building needs git: what is built is stamped with its commit.") from error
    except subprocess.CalledProcessError as error:
        raise SetupError(f"{root} is not a git checkout: {error.stderr.strip()}") from error
    return result.stdout.strip()

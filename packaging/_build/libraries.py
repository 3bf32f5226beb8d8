"""Which libraries of the system an installation loads, and which packages of Debian bring them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from _bootstrap.console import SetupError
from _build.tools import call

# Qt opens these by name, so no file says that it needs them.
_OPENED_BY_NAME = ("libEGL.so.1", "libGL.so.1")
_C_LIBRARY = "libc6"


def debian_packages(root: Path) -> list[str]:
    """Return the packages of Debian whose libraries the files below `root` load, as a Depends field lists them.

    The oldest version of the C library that serves them is named; of other libraries any version does, since their
    names change when their interfaces do.

    Raises:
        SetupError: If a library is neither below `root` nor on this computer.
    """
    binaries = [path for path in root.rglob("*") if is_elf(path)]
    told = call(["readelf", "-dW", *binaries])
    needed = {*re.findall(r"\(NEEDED\).*\[(.+)\]", told), *_OPENED_BY_NAME}
    own = {*re.findall(r"\(SONAME\).*\[(.+)\]", told), *(path.name for path in binaries)}
    packages = {_package(name) for name in needed - own}
    versions = re.findall(r"Name: GLIBC_(\d+)\.(\d+)", call(["readelf", "-VW", *binaries]))
    major, minor = max((int(major), int(minor)) for major, minor in versions)
    return [f"{_C_LIBRARY} (>= {major}.{minor})", *sorted(_with_older_names(packages - {_C_LIBRARY}))]


def is_elf(path: Path) -> bool:
    """Return whether a file is a program or a library, and no link."""
    if path.is_symlink() or not path.is_file() or not (".so" in path.name or os.access(path, os.X_OK)):
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _package(library: str) -> str:
    found = re.search(rf"^\s*{re.escape(library)} \(libc6,x86-64.*\) => (\S+)$", call(["ldconfig", "-p"]), re.MULTILINE)
    if found is None:
        raise SetupError(f"{library} is needed and not on this computer: install the package that brings it.")
    path = Path(found[1])
    real = path.resolve()
    # Debian's lists name some files where they lay before /lib became a link.
    for name in (real, path, Path("/usr", path.relative_to("/")), Path("/", *real.parts[2:])):
        try:
            return call(["dpkg", "-S", name]).partition(":")[0]
        except SetupError:
            continue
    raise SetupError(f"{path} belongs to no package of Debian.")


def _with_older_names(packages: set[str]) -> Iterator[str]:
    """Give each package whose name tells of 64-bit times the one that it had before."""
    for name in packages:
        yield f"{name} | {name.removesuffix('t64')}" if name.endswith("t64") else name

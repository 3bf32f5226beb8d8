"""Read packaging/constraints.txt: the versions that the checks run with, and the hashes of their files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from _bootstrap.pip_tool import Package

# What comes with a build of torch: another build than the package index has needs other ones.
_BUILD_OF_TORCH = re.compile(r"(torch|torchvision|triton|nvidia-.*|cuda-.*)==")


def read(path: Path) -> list[str]:
    """Return one line for each version, `name==version ; marker --hash=...`."""
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return [" ".join(line.split()) for line in joined.splitlines() if line and not line.startswith("#")]


def constraints(lines: Sequence[str], *, has_other_torch: bool = False) -> tuple[str, ...]:
    """Return the versions without hashes, for pip's resolver: with hashes it refuses the CPU builds of torch.

    They are local builds (`2.13.0+cpu`) from other places than the package index, whose hashes nobody lists there.

    Args:
        has_other_torch: Whether torch comes from elsewhere, so that what belongs to the build of the index is left out.
    """
    plain = (line.partition(" --hash=")[0] for line in lines)
    return tuple(line for line in plain if not (has_other_torch and is_build_of_torch(line)))


def is_build_of_torch(line: str) -> bool:
    """Return whether a line names a package that comes with a build of torch."""
    return _BUILD_OF_TORCH.match(line) is not None


def split(lines: Sequence[str], packages: Sequence[Package]) -> tuple[list[str], list[Package]]:
    """Return `packages` as lines with hashes, and those that none is known of.

    Files of this computer (`--wheels`, find-links) are its owner's choice and not held to the hashes of the index.
    """
    known: dict[str, str] = {}
    for line in lines:
        version, _, hashes = line.partition(" --hash=")
        known[version.partition(" ;")[0]] = f"--hash={hashes}"
    hashed, others = [], []
    for package in packages:
        pin = f"{re.sub(r'[-_.]+', '-', package.name).lower()}=={package.version}"
        if pin in known and not package.is_local:
            hashed.append(f"{pin} {known[pin]}")
        else:
            others.append(package)
    return hashed, others

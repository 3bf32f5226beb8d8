#!/usr/bin/env python3
"""Tell whether a tag may become a release: `python3 packaging/release_check.py v1.2.3`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from _build.publisher import read_publisher
from _build.release import read_version

ROOT = Path(__file__).resolve().parents[1]


def problems(root: Path, tag: str) -> Iterator[str]:
    """Yield a sentence for each thing in the checkout at `root` that does not fit the tag."""
    version = read_version(root)
    if tag != f"v{version}":
        yield f"The tag is {tag}, but tlft_desktop/__init__.py says {version}: the tag of that is v{version}."
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE):
        yield f"CHANGELOG.md has no heading '## [{version}] - YEAR-MONTH-DAY'."
    if f"\nversion: {version}\n" not in (root / "CITATION.cff").read_text(encoding="utf-8"):
        yield f"CITATION.cff does not say 'version: {version}'."
    if not read_publisher(root).source:
        yield "pyproject.toml has no Source under [project.urls]: nobody could tell where the release comes from."


def main(arguments: list[str]) -> int:
    """Print what does not fit and return the exit code: 0 if everything does."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(problems(ROOT, arguments[0]))
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The README as pages of package indexes show it; hatchling calls this when it makes a package.

Such a page does not know where the files of the README lie: pictures and links need addresses there, or give way to
their texts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_TO_FILES = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)\s]+)\)")


class IndexPage(MetadataHookInterface):
    """Sets `readme` of the package's metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Take the README and the address under `Source` in pyproject.toml, if there is one."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        source = metadata.get("urls", {}).get("Source", "")
        text = for_index(text, source, metadata["version"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def for_index(text: str, source: str, version: str) -> str:
    """Return a text in Markdown whose pictures and links to files of the project work anywhere.

    Args:
        source: Address of the repository, such as GitHub and GitLab show it; "" where it has none.
        version: Of the release, whose tag is "v" and this.
    """

    def replace(match: re.Match[str]) -> str:
        mark, words, path = match.groups()
        if not source:
            return f"*{words}*" if mark else words
        return f"{mark}[{words}]({source.rstrip('/')}/{'raw' if mark else 'blob'}/v{version}/{path})"

    return _TO_FILES.sub(replace, text)

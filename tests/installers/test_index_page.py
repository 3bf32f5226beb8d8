"""The README as package indexes show it, and the packages that are published."""

from __future__ import annotations

from pathlib import Path

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from index_page import for_index

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
![The tree](resources/a.png) and [the set-up](packaging/README.md), [Qt](https://doc.qt.io) [above](#top)
"""


def test_pictures_and_links_get_addresses() -> None:
    made = for_index(TEXT, "https://code.example/lab/tlft/", "1.2.3")
    assert "![The tree](https://code.example/lab/tlft/raw/v1.2.3/resources/a.png)" in made
    assert "[the set-up](https://code.example/lab/tlft/blob/v1.2.3/packaging/README.md)" in made
    assert made.endswith("[Qt](https://doc.qt.io) [above](#top)\n")


def test_without_an_address_their_texts_stay() -> None:
    assert for_index(TEXT, "", "1.2.3") == "*The tree* and the set-up, [Qt](https://doc.qt.io) [above](#top)\n"


@pytest.mark.parametrize("source", ["", "https://code.example/lab/tlft"])
def test_the_readme_of_the_package_needs_no_files_beside_it(source: str) -> None:
    metadata = ProjectMetadata(str(ROOT), PluginManager())
    metadata.core_raw_metadata["urls"] = {"Source": source} if source else {}
    readme = metadata.core.readme
    assert metadata.core.readme_content_type == "text/markdown"
    assert "](resources/" not in readme
    assert "](packaging/" not in readme
    assert readme.count("/raw/v") == (2 if source else 0)
    assert all((ROOT / name).is_file() for name in ("resources/help/images/layers.png", "packaging/README.md"))

"""Which tags may become releases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import release_check

FILES = {
    "tlft_desktop/__init__.py": '__version__ = "1.2.3"\n',
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2027-01-31\n",
    "CITATION.cff": "title: tlft\nversion: 1.2.3\n",
    "pyproject.toml": '[project]\nauthors = [{name = "A lab"}]\n[project.urls]\nSource = "https://lab.example/tlft"\n',
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "tlft_desktop").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_tag_that_fits_is_taken(checkout: Path) -> None:
    assert list(release_check.problems(checkout, "v1.2.3")) == []


@pytest.mark.parametrize("tag", ["1.2.3", "v1.2.4", "v1.2.3rc1", ""])
def test_another_tag_is_refused(checkout: Path, tag: str) -> None:
    (sentence,) = release_check.problems(checkout, tag)
    assert "the tag of that is v1.2.3" in sentence


@pytest.mark.parametrize(
    ("name", "pattern", "word"),
    [
        ("CHANGELOG.md", r"\[1\.2\.3\] - .*", "CHANGELOG.md"),
        ("CITATION.cff", r"version: .*", "CITATION.cff"),
        ("pyproject.toml", r"Source = .*", "Source"),
    ],
)
def test_what_was_forgotten_is_named(checkout: Path, name: str, pattern: str, word: str) -> None:
    (checkout / name).write_text(re.sub(pattern, "", FILES[name]), encoding="utf-8")
    (sentence,) = release_check.problems(checkout, "v1.2.3")
    assert word in sentence


def test_without_a_tag_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert release_check.main([]) == 2
    assert "v1.2.3" in capsys.readouterr().err

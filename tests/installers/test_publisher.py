"""Names and addresses of the publisher: said once, in pyproject.toml, and true everywhere else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import yaml

from _build.publisher import NO_EMAIL, read_publisher
from tlft_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]


def write_pyproject(folder: Path, author: str, urls: str = "") -> Path:
    (folder / "pyproject.toml").write_text(f"[project]\nauthors = [{author}]\n{urls}", encoding="utf-8")
    return folder


def test_what_is_not_given_stays_out(tmp_path: Path) -> None:
    publisher = read_publisher(write_pyproject(tmp_path, '{name = "A lab"}'))
    assert (publisher.name, publisher.email, publisher.homepage, publisher.source) == ("A lab", "", "", "")
    assert publisher.mailbox == f"A lab <{NO_EMAIL}>"


def test_the_repository_is_the_home_page_where_there_is_no_other(tmp_path: Path) -> None:
    author = '{name = "A lab", email = "a@lab.example"}'
    source = '[project.urls]\nSource = "https://lab.example/tlft"\n'
    publisher = read_publisher(write_pyproject(tmp_path, author, source))
    assert publisher.mailbox == "A lab <a@lab.example>"
    assert publisher.homepage == publisher.source == "https://lab.example/tlft"
    with_page = read_publisher(write_pyproject(tmp_path, author, source + 'Homepage = "https://tlft.example"\n'))
    assert with_page.homepage == "https://tlft.example"


def test_the_citation_says_what_the_package_says() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    publisher = read_publisher(ROOT)
    assert citation["version"] == __version__
    assert citation["license"] == project["license"]
    assert citation["keywords"] == project["keywords"]
    assert citation["authors"][0]["name"] == publisher.name
    assert citation.get("repository-code", "") == publisher.source
    assert citation.get("url", "") in ("", publisher.homepage)

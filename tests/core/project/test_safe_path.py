"""Stored paths, and folders that cloud clients copy (rows E4 and F18)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.safe_path import check_relative, resolve_data_root, resolve_inside


@pytest.mark.parametrize(
    "stored", ["a.png", "a/b.png", "a b/ü.png", "...png", "a..b/c", ".hidden", "~/a", "12:30.png", "x\udcff.png"]
)
def test_ordinary_names_pass(stored: str, tmp_path: Path) -> None:
    assert check_relative(stored) == stored
    assert resolve_inside(tmp_path, stored) == (tmp_path / stored).resolve()


def test_links_within_the_folder_pass_and_loops_do_not(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert resolve_inside(tmp_path, "link/a.png") == tmp_path.resolve() / "real" / "a.png"
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError):
        resolve_inside(tmp_path, "loop/a.png")


@pytest.mark.parametrize("stored", ["/data/pets", "C:\\data\\pets", "D:/data"])
def test_the_data_folder_may_be_anywhere_on_this_machine(stored: str, tmp_path: Path) -> None:
    assert resolve_data_root(tmp_path, stored) == Path(stored)


def test_without_a_data_folder_it_is_the_project(tmp_path: Path) -> None:
    assert resolve_data_root(tmp_path, "") == tmp_path

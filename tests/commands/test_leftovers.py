"""Every command that makes something beside other files removes what a killed one left there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, World
from storage_samples import left_temporary, leftovers

WRITERS = {
    "bundle": ("export", "PROJECT", "last", "--format", "bundle", "--output"),
    "one.safetensors": ("export", "PROJECT", "last", "--format", "safetensors", "--output"),
    "table.csv": ("predict", "PROJECT", "IMAGES", "--csv"),
    "map.csv": ("map", "PROJECT", "--csv"),
    "report.html": ("compare", "PROJECT", "last", "--html"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_it_goes_when_the_next_one_writes_there(
    world: World, run: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    left_temporary(tmp_path, is_folder=name == "bundle")
    places = {"PROJECT": world.project, "IMAGES": world.images}
    result = run(*(places.get(word, word) for word in WRITERS[name]), tmp_path / name)
    assert result.returncode == 0, result
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert leftovers(tmp_path) == []

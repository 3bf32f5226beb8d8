"""`tlft weights`: where weights come from, and taking them in for all users."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, call
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.models.catalog import find_backbone
from weight_files import SMALL, random_state, safetensors_bytes

Caller = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with weights of a small network."""
    path = tmp_path / "small.safetensors"
    path.write_bytes(safetensors_bytes(random_state(find_backbone(SMALL))))
    return path


@pytest.fixture
def weights(profile: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a function that runs `tlft weights` with some words."""

    def run(*words: str | Path) -> Result:
        return call(("weights", *words), home=profile, capsys=capsys)

    return run


def test_an_administrator_takes_them_in_for_all_users(
    weights: Caller, file: Path, tmp_path: Path, profile: Path
) -> None:
    before = os.umask(0o077)
    try:
        taken = weights("import", file, "--backbone", SMALL, "--for-all")
    finally:
        os.umask(before)
    assert taken.returncode == ExitCode.DONE, taken.stderr
    assert not (profile / "data" / "models").exists()
    (line,) = [json.loads(line) for line in weights("list", "--json").stdout.splitlines() if SMALL in line]
    assert line["weights"] == "site"
    assert Path(line["path"]).parent == tmp_path / "site"
    assert str(tmp_path / "site") in weights("list").stdout
    if sys.platform != "win32":
        made = [tmp_path / "site", *(tmp_path / "site").rglob("*")]
        assert len(made) == 5
        assert all(path.stat().st_mode & stat.S_IROTH for path in made)
    assert "on this machine already" in weights("get", SMALL).stdout


def test_who_may_not_write_there_is_told(
    weights: Caller, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(kind: str, path: Path) -> None:
        if path.is_relative_to(tmp_path / "site"):
            raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("tlft_desktop.core.fsio.primitives.operation", refuse)
    refused = weights("import", file, "--backbone", SMALL, "--for-all")
    assert refused.returncode == ExitCode.OUT_OF_RESOURCE
    assert f"'{tmp_path / 'site'}' cannot be written: no permission" in refused.stderr

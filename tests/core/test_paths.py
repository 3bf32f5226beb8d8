"""Folders of the program and its resources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage_samples import files_of
from tlft_desktop import paths
from tlft_desktop.core.errors import TlftError
from tlft_desktop.paths import AppPaths, resource_path, usable_paths


def _folders(app_paths: AppPaths) -> list[Path]:
    return [app_paths.data, app_paths.config, app_paths.cache, app_paths.log, app_paths.documents]


def test_a_home_takes_everything_and_nothing_is_made(tmp_path: Path, profile: Path) -> None:
    for home, app_paths in ((tmp_path / "x", AppPaths.default(tmp_path / "x")), (profile, AppPaths.default())):
        folders = [*_folders(app_paths), app_paths.projects_folder, app_paths.models_folder, app_paths.settings_file]
        assert all(folder.is_relative_to(home) for folder in folders)
        assert len(set(folders)) == len(folders)
        assert not home.exists()


def test_a_relative_home_does_not_move_with_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert AppPaths.default(Path("here")).data == tmp_path / "here" / "data"


@pytest.mark.skipif(sys.platform != "linux", reason="the names are those of Linux")
def test_without_a_home_the_folders_are_those_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TLFT_HOME")
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    app_paths = AppPaths.default()
    assert (app_paths.data, app_paths.config, app_paths.cache) == (
        tmp_path / "data" / "tlft",
        tmp_path / "config" / "tlft",
        tmp_path / "cache" / "tlft",
    )
    assert list(tmp_path.iterdir()) == []


def test_private_folders_are_made_and_kept(tmp_path: Path) -> None:
    app_paths = AppPaths.below(tmp_path / "x")
    assert usable_paths(app_paths) == (app_paths, "")
    made = {path.name for path in (tmp_path / "x").iterdir()}
    assert made == {"data", "config", "cache", "log"}
    assert files_of(tmp_path) == {}
    assert usable_paths(app_paths) == (app_paths, "")


def test_resources_are_found_in_a_checkout_a_package_and_a_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resource_path("help").is_dir()
    layouts = {
        "checkout": "resources",
        "wheel": "pkg/_resources",
        "frozen": "resources",
        "frozen wheel": "tlft_desktop/_resources",
    }
    for name, folder in layouts.items():
        root = tmp_path / name
        (root / folder / "icons").mkdir(parents=True)
        with monkeypatch.context() as patch:
            patch.setattr(paths, "_PACKAGE", (root if "frozen" not in name else tmp_path / "nowhere") / "pkg")
            if "frozen" in name:
                patch.setattr(sys, "_MEIPASS", str(root), raising=False)
            assert resource_path("icons") == root / folder / "icons"
            with pytest.raises(TlftError, match=r"missing\.svg"):
                resource_path("missing.svg")


def test_folders_answer_at_once() -> None:
    code = "import sys; import tlft_desktop.paths, tlft_desktop.logs; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Weights that an administrator put there for all users: found first, checked as others, never written by a user."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from source_scan import PACKAGE
from storage_samples import files_of
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.models.weights_folder import Availability, find_weights, stored_folder
from tlft_desktop.core.workflows.diagnosis import diagnose
from tlft_desktop.paths import AppPaths
from weight_files import SMALL, random_state, safetensors_bytes

ENTRY = find_backbone(SMALL)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder for all users with the weights of one network, stored as the program does."""
    file = tmp_path / "model.safetensors"
    file.write_bytes(safetensors_bytes(random_state(ENTRY, seed=1)))
    WeightsStore(tmp_path / "site").import_file(ENTRY, file)
    return tmp_path / "site"


def first_value(store: WeightsStore) -> float:
    return float(store.load(ENTRY).state["conv_stem.weight"].flatten()[0])


def value_of(seed: int) -> float:
    return float(random_state(ENTRY, seed=seed)["conv_stem.weight"].flatten()[0])


def test_they_come_before_those_of_the_user_and_nothing_is_written(site: Path, tmp_path: Path) -> None:
    before = files_of(site)
    own = tmp_path / "own.safetensors"
    own.write_bytes(safetensors_bytes(random_state(ENTRY, seed=2)))
    store = WeightsStore(tmp_path / "models", site)
    store.import_file(ENTRY, own)
    assert find_weights(store.models_folder, ENTRY, site) == (Availability.SITE, stored_folder(site, ENTRY))
    assert first_value(store) == value_of(1)
    assert first_value(WeightsStore(tmp_path / "models")) == value_of(2)
    assert files_of(site) == before


def test_a_file_put_there_by_hand_is_checked_each_time_and_stays_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / ENTRY.weights.file_name).write_bytes(safetensors_bytes(random_state(ENTRY, seed=3)))
    store = WeightsStore(tmp_path / "models", site)
    assert store.availability(ENTRY) is Availability.SITE
    assert first_value(store) == value_of(3)
    assert [path.name for path in site.iterdir()] == [ENTRY.weights.file_name]
    assert not store.models_folder.exists()
    (site / ENTRY.weights.file_name).write_bytes(b"rubbish")
    with pytest.raises(InputError, match="pickle-based or unknown"):
        store.load(ENTRY)


def test_damaged_ones_are_noticed_and_the_user_is_told_whom_to_ask(site: Path, tmp_path: Path) -> None:
    path = stored_folder(site, ENTRY) / "model.safetensors"
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match="are damaged") as caught:
        WeightsStore(tmp_path / "models", site).load(ENTRY)
    assert caught.value.remedy == "Who looks after this computer can put them there again."


def test_a_folder_that_may_not_be_read_is_as_none(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(site):
            raise PermissionError(13, "Permission denied", str(path))
        return os.stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    assert WeightsStore(tmp_path / "models", site).availability(ENTRY) is Availability.DOWNLOAD


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
def test_a_folder_of_the_system_comes_before_those_that_a_desktop_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TLFT_WEIGHTS_DIR")
    monkeypatch.setenv("XDG_DATA_DIRS", f"{tmp_path / 'desktop'}:{tmp_path / 'other'}")
    monkeypatch.setattr("tlft_desktop.paths._SYSTEM_DATA", {"linux": (str(tmp_path / "system"),)})
    assert AppPaths.default().site_weights == tmp_path / "system" / "tlft" / "models"
    (tmp_path / "other" / "tlft" / "models").mkdir(parents=True)
    assert AppPaths.default().site_weights == tmp_path / "other" / "tlft" / "models"
    (tmp_path / "system" / "tlft" / "models").mkdir(parents=True)
    assert AppPaths.default(tmp_path / "home").site_weights == tmp_path / "system" / "tlft" / "models"
    monkeypatch.setenv("TLFT_WEIGHTS_DIR", str(tmp_path / "named"))
    assert AppPaths.default().site_weights == tmp_path / "named"


def test_the_doctor_names_the_folder_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    paths = AppPaths.default()
    assert diagnose(paths).directories["site weights"] == str(site)
    assert f"The folder of weights for all users, '{site}', is not there." in diagnose(paths).problems
    site.mkdir()
    assert not any(str(site) in problem for problem in diagnose(paths).problems)
    if sys.platform != "win32":
        site.chmod(0o777)
        assert any(problem.startswith("Every user may write") for problem in diagnose(paths).problems)


def test_no_part_of_the_program_looks_past_them() -> None:
    calls = [
        (path.name, call)
        for path in PACKAGE.rglob("*.py")
        for call in re.findall(
            r"(?:WeightsStore|availability|find_weights)\(\w*\.*paths[^)]*\)", path.read_text("utf-8")
        )
    ]
    assert len(calls) > 10
    assert [call for call in calls if "site_weights" not in call[1]] == []

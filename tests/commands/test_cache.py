"""`tlft cache`: of everything or of one project, in words and as JSON."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CLASSES, Result, World, call, records
from image_files import encode, picture, write
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.cache import CacheLease
from tlft_desktop.core.project.cache_budget import DEFAULT_BYTES
from tlft_desktop.core.settings import Settings, save_settings
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]


def sizes(result: Result) -> dict[tuple[str, bool], int]:
    """Return the number of folders by kind and by whether they are shared, without the sums."""
    return {(line["cache"], line["shared"]): line["folders"] for line in records(result)[:-1]}


@pytest.fixture
def tlft(world: World, profile: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a function that runs a command in a profile whose cache no other test uses."""
    return lambda *arguments: call(arguments, home=profile, capsys=capsys)


@pytest.fixture
def project(world: World, tlft: Caller, tmp_path: Path) -> Path:
    """Return a project in the profile of the test with a transfer run, so with pixels and features in the cache."""
    project = world.copy(tmp_path)
    assert tlft("train", project, "--strategy", "transfer", "--quiet").returncode == 0
    return project


def test_size_and_prune_of_one_project_leave_the_others(
    world: World, project: Path, tlft: Caller, tmp_path: Path
) -> None:
    assert sizes(tlft("cache", "size", project, "--json")) == {("features", False): 2, ("pixels", False): 1}
    other = tmp_path / "other.tlft"
    for label in CLASSES:
        for number in range(4):
            write(tmp_path / "others" / label / f"{number}.png", encode(picture(number)))
    assert tlft("new", other, "--data", tmp_path / "others", "--image-size", 32, "--val", 0.3).returncode == 0
    # Pixels of one size lie in one store, whatever project they are of.
    assert sizes(tlft("cache", "size", project, "--json")) == {("features", False): 2, ("pixels", True): 1}
    assert sizes(tlft("cache", "size", other, "--json")) == {("pixels", True): 1}
    result = tlft("cache", "prune", other)
    assert result.stdout.startswith("0 bytes were freed")
    assert "were kept: other projects use them, too" in result.stderr
    summary = records(tlft("cache", "prune", project, "--json"))[0]
    assert summary["freed_bytes"] > 0
    assert summary["kept"] == []
    left = records(tlft("cache", "size", "--json"))
    assert [(line["cache"], line["folders"]) for line in left[:-1]] == [("pixels", 1)]
    assert left[-1]["bytes"] == left[0]["bytes"] == summary["shared_bytes"]


def test_of_everything_the_sums_are_right_and_what_is_in_use_stays(project: Path, tlft: Caller, profile: Path) -> None:
    *kinds, summary = records(tlft("cache", "size", "--json"))
    assert summary == {
        "summary": True,
        "folders": 3,
        "bytes": sum(line["bytes"] for line in kinds),
        "shared_bytes": 0,
        "feature_bytes": next(line["bytes"] for line in kinds if line["cache"] == "features"),
        "feature_budget_bytes": summary["feature_budget_bytes"],
        "path": str(profile / "cache"),
    }
    assert 0 < summary["feature_budget_bytes"] <= DEFAULT_BYTES
    assert "all 3 " in " ".join(tlft("cache", "size").stdout.split())
    (store,) = (profile / "cache" / "pixels").iterdir()
    with CacheLease(store):
        pruned = records(tlft("cache", "prune", "--json"))[0]
        assert pruned["kept"] == [str(store)]
    assert 0 < pruned["left_bytes"] < summary["bytes"]


def test_pruned_to_its_budget_the_cache_keeps_what_was_used_last(project: Path, tlft: Caller, profile: Path) -> None:
    settings = AppPaths.below(profile).settings_file
    before = records(tlft("cache", "size", "--json"))[-1]
    save_settings(settings, Settings(feature_bytes=before["feature_bytes"]))
    told = records(tlft("cache", "size", "--json"))[-1]
    assert told["feature_bytes"] == told["feature_budget_bytes"] == before["feature_bytes"]
    assert records(tlft("cache", "prune", "--to-budget", "--json"))[0]["freed_bytes"] == 0
    used, unused = (profile / "cache" / "features").iterdir()
    os.utime(unused, (1_000_000, 1_000_000))
    save_settings(settings, Settings(feature_bytes=before["feature_bytes"] - 1))
    assert "and may take " in tlft("cache", "size").stdout
    pruned = records(tlft("cache", "prune", project, "--to-budget", "--json"))[0]
    assert not unused.exists()
    assert used.exists()
    assert pruned["left_bytes"] == records(tlft("cache", "size", "--json"))[-1]["bytes"]
    save_settings(settings, Settings(feature_bytes=0))
    assert tlft("cache", "prune", "--to-budget").returncode == 0
    left = records(tlft("cache", "size", "--json"))
    assert [line["cache"] for line in left[:-1]] == ["pixels"]
    assert (left[-1]["feature_bytes"], left[-1]["feature_budget_bytes"]) == (0, 0)


def test_files_of_others_stay_and_are_named(project: Path, tlft: Caller, profile: Path) -> None:
    folder = next((profile / "cache" / "features").iterdir())
    (folder / "notes.txt").write_bytes(b"mine")
    result = tlft("cache", "prune")
    assert f"'{folder}' is in use, holds files of others or could not be deleted." in result.stderr
    assert (folder / "notes.txt").read_bytes() == b"mine"


def test_a_project_that_is_none_exits_with_3_and_nothing_is_deleted(
    project: Path, tlft: Caller, profile: Path, tmp_path: Path
) -> None:
    # Without a budget of its own, the cache may take a share of what is free on the disk, and others write to that.
    save_settings(AppPaths.below(profile).settings_file, Settings(feature_bytes=1_000_000))
    before = records(tlft("cache", "size", "--json"))
    for arguments in (("prune", tmp_path), ("size", tmp_path / "nowhere"), ("prune", tmp_path / "nowhere")):
        assert tlft("cache", *arguments).returncode == ExitCode.BAD_INPUT
    assert tlft("cache", "prune", "").returncode == ExitCode.USAGE
    assert records(tlft("cache", "size", "--json")) == before


def test_weights_on_this_machine_as_json(run: Caller) -> None:
    lines = records(run("weights", "list", "--json"))
    assert all({"backbone", "weights", "bytes"} <= set(line) for line in lines)
    bundled = {line["backbone"]: line["bytes"] for line in lines if line["weights"] == "bundled"}
    assert list(bundled) == [f"timm:tf_efficientnet_lite{depth}" for depth in range(3)]
    assert sum(bundled.values()) == 65_439_187

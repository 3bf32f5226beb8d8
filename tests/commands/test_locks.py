"""Projects that somebody else has open, and projects in folders that a cloud client copies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import World, call, sentence, tlft
from image_files import write
from storage_samples import make_project
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.lock import LOCK_NAME
from tlft_desktop.core.project.project import open_project

IMAGES_ARE_MISSING = ExitCode.NOT_VERIFIED
"""What a check says of the small sample project."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that nobody has open."""
    with make_project(tmp_path / "pets.tlft") as project:
        return project.root


def lock_of(project: Path, **changes: object) -> bytes:
    """Write the lock of another computer and return it."""
    owner = {**ProcessIdentity.current().to_json(), "host": "lab-7", "pid": 4711, **changes}
    content = json.dumps({"schema": 1, **owner, "since": "2026-11-20T08:00:00+00:00"}).encode("ascii")
    write(project / LOCK_NAME, content)
    return content


def test_f18_the_lock_of_another_computer_is_broken_on_request_only(
    project: Path, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = lock_of(project)
    refused = call(["run", "star", project, "last"], home=profile, capsys=capsys)
    assert refused.returncode == ExitCode.BAD_INPUT
    assert "is open on another computer: lab-7, process 4711" in sentence(refused)
    assert f"tlft check {project} --break-lock" in refused.stderr
    for command, code in (("runs", ExitCode.DONE), ("data", ExitCode.DONE), ("check", IMAGES_ARE_MISSING)):
        assert call([command, project], home=profile, capsys=capsys).returncode == code
    assert (project / LOCK_NAME).read_bytes() == content
    broken = call(["check", project, "--break-lock"], home=profile, capsys=capsys)
    assert broken.returncode == IMAGES_ARE_MISSING
    assert "The lock of process 4711 on lab-7, since 2026-11-20T08:00:00+00:00, is gone." in broken.stderr
    assert "6 of 8 files damaged" in broken.stdout
    assert not (project / LOCK_NAME).exists()
    again = call(["check", project, "--break-lock", "--json"], home=profile, capsys=capsys)
    assert (again.returncode, again.stderr) == (IMAGES_ARE_MISSING, "The project was not locked.\n")


def test_f18_a_lock_that_cannot_be_read_is_broken_on_request(
    project: Path, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / LOCK_NAME, b"{")
    broken = call(["check", project, "--break-lock"], home=profile, capsys=capsys)
    assert broken.stderr == "The lock, which could not be read, is gone.\n"
    assert not (project / LOCK_NAME).exists()


def test_f1_a_lock_that_a_process_of_this_computer_holds_cannot_be_broken(project: Path, profile: Path) -> None:
    with open_project(project):
        before = (project / LOCK_NAME).read_bytes()
        refused = tlft("check", project, "--break-lock", home=profile)
        assert refused.returncode == ExitCode.BAD_INPUT
        assert "is open in another program: process" in sentence(refused)
        assert "works meanwhile" in refused.stderr
        assert "reading only" not in refused.stderr
        assert (project / LOCK_NAME).read_bytes() == before
    # The lock says another computer, but a process of this one holds it, as over a network share.
    with open_project(project):
        lock_of(project)
        assert tlft("check", project, "--break-lock", home=profile).returncode == ExitCode.BAD_INPUT
        assert (project / LOCK_NAME).exists()


def test_nothing_is_deleted_in_a_folder_that_is_no_project(
    tmp_path: Path, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "other" / LOCK_NAME, b"precious")
    result = call(["check", tmp_path / "other", "--break-lock"], home=profile, capsys=capsys)
    assert result.returncode == ExitCode.BAD_INPUT
    assert "is not a project" in sentence(result)
    assert (tmp_path / "other" / LOCK_NAME).read_bytes() == b"precious"


@pytest.mark.slow
def test_f18_a_synchronised_folder_is_warned_of(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "OneDrive - Lab" / "colours.tlft"
    options = ["--data", world.images, "--image-size", 32, "--val", 0.3]
    for arguments in (["new", project, *options], ["train", project, "--strategy", "transfer"]):
        result = call(arguments, home=world.home, capsys=capsys)
        assert result.returncode == ExitCode.DONE
        assert "lies in a folder that OneDrive synchronises" in result.stderr
        assert "pause OneDrive while training" in result.stderr
    assert "synchronises" not in call(["runs", project], home=world.home, capsys=capsys).stderr

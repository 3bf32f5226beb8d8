"""Readers of the output that go away (`| head`): nothing is lost, nothing is said twice, the exit code stays true."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command_line import COMMAND, TUNING, Result, World, environment, records, start
from image_files import write
from tlft_desktop.core.errors import ExitCode

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and signals of POSIX")
Caller = Callable[..., Result]


def headed(*arguments: object, home: Path, reader: str = "head -n 1") -> subprocess.CompletedProcess[str]:
    """Run `tlft ARGUMENTS | head -n 1` and return its output with the exit code of `tlft`."""
    line = f"{shlex.join([*COMMAND, *map(str, arguments)])} | {reader}; exit ${{PIPESTATUS[0]}}"
    return subprocess.run(["bash", "-c", line], env=environment(home), capture_output=True, text=True, timeout=120)


@contextlib.contextmanager
def unread_training(project: Path, *options: object, home: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a training, read one line, and close the pipe; the process is gone at the end of the block."""
    process = start("train", project, *TUNING, *options, home=home)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        process.stdout.readline()
        process.stdout.close()
        yield process
    finally:
        process.kill()
        process.stderr.close()
        process.wait()


@pytest.mark.parametrize("arguments", [("backbones", "--json"), ("--help",), ("train", "--help"), ("doctor",)])
def test_a_listing_into_head_ends_well_and_silently(arguments: tuple[str, ...], profile: Path) -> None:
    for reader in ("head -n 1", "true"):
        process = headed(*arguments, home=profile, reader=reader)
        assert (process.returncode, process.stderr) == (ExitCode.DONE, "")


@pytest.mark.slow
def test_what_projects_tell_into_head_ends_well_and_silently(world: World) -> None:
    for arguments in (
        ("runs", world.project),
        ("layers", world.project),
        ("predict", world.project, world.images, "--json"),
    ):
        process = headed(*arguments, home=world.home)
        assert (process.returncode, process.stderr) == (ExitCode.DONE, "")
        assert process.stdout.count("\n") == 1


@pytest.mark.slow
def test_a_table_is_complete_even_if_nobody_reads_the_lines(world: World, tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    process = headed("predict", world.project, world.images, "--csv", table, home=world.home)
    assert process.returncode == ExitCode.DONE
    assert len(table.read_bytes().splitlines()) == 1 + 3 * 14


@pytest.mark.slow
def test_damage_is_told_by_the_exit_code_even_if_nobody_reads(world: World, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    for checkpoint in (project / "runs").glob("*/checkpoints/0*/meta.json"):
        write(checkpoint, b"{}")
    assert headed("check", project, home=world.home).returncode == ExitCode.NOT_VERIFIED


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_training_goes_on_without_a_reader_and_says_so(
    world: World, run: Caller, tmp_path: Path, options: tuple[str, ...]
) -> None:
    project = world.copy(tmp_path)
    with unread_training(project, "--epochs", 2, *options, home=world.home) as process:
        assert process.stderr is not None
        told = process.stderr.read().splitlines()
        assert process.wait(timeout=60) == ExitCode.DONE
    shown = records(run("runs", project, "--json"))[-1]
    assert (shown["state"], shown["epoch"]) == ("completed", 2)
    assert "The training goes on" in told[0]
    assert str(project) in told[0]
    assert told[-1].startswith(f"Completed: run {shown['run']}")
    assert sum("The training goes on" in line for line in told) == 1


@pytest.mark.slow
def test_a_training_without_a_reader_can_be_stopped_and_says_how_to_go_on(
    world: World, run: Caller, tmp_path: Path
) -> None:
    project = world.copy(tmp_path)
    with unread_training(project, "--epochs", 500, home=world.home) as process:
        assert process.stderr is not None
        assert "Ctrl+C stops and saves it" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait(timeout=60) == ExitCode.STOPPED
    shown = records(run("runs", project, "--json"))[-1]
    assert (shown["state"], shown["resumable"]) == ("stopped", True)
    assert f"--resume {shown['run']}" in told

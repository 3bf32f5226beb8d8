"""Rows F1, F2 of the fault matrix: two programs, or two computers, that want the same project."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ProjectLockedError
from tlft_desktop.core.project.lock import break_lock, read_lock
from tlft_desktop.core.project.project import open_project, open_project_read_only

# ---- F1, F2: two programs

HOLD = """
    import sys, time
    from pathlib import Path
    from tlft_desktop.core.project.project import open_project
    project = open_project(Path(sys.argv[1]))
    print("open", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(project_root: Path) -> Any:
    """Start another process that has the project open."""
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), str(project_root)], stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        yield child
        child.kill()


def test_f1_a_second_program_is_told_who_has_the_project(project_root: Path, holder: Any) -> None:
    with pytest.raises(ProjectLockedError) as caught:
        open_project(project_root)
    owner = read_lock(project_root)
    assert owner is not None
    assert owner.process.pid == holder.pid
    for part in (str(holder.pid), owner.process.host, owner.since):
        assert part in caught.value.message
    with pytest.raises(ProjectLockedError):
        break_lock(project_root)
    with open_project_read_only(project_root) as project:
        assert project.config.name == "pets"


@pytest.mark.skipif(os.name == "nt", reason="POSIX signal")
def test_f1_the_lock_of_a_killed_program_is_taken_over(project_root: Path, holder: Any) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (project_root / ".lock").exists()
    with open_project(project_root):
        owner = read_lock(project_root)
        assert owner is not None
        assert owner.process.pid == os.getpid()
    assert not (project_root / ".lock").exists()


def test_f1_a_full_disk_leaves_a_lock_without_a_text(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_all(_descriptor: int, data: bytes) -> None:
        if data:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fsio.primitives, "write_all", write_all)
    with open_project(project_root) as project:
        assert not project.read_only
        assert (project_root / ".lock").read_bytes() == b""
        with pytest.raises(ProjectLockedError, match="open in another program"):
            open_project(project_root)
    assert not (project_root / ".lock").exists()


def test_f1_a_lock_whose_number_belongs_to_another_process_now_is_taken_over(project_root: Path) -> None:
    with open_project(project_root):
        lock = fsio.read_json(project_root / ".lock")
    (project_root / ".lock").write_bytes(
        fsio.json_bytes({**lock, "pid": os.getppid(), "started": lock["started"] - 1000})
    )
    open_project(project_root).close()
    assert not (project_root / ".lock").exists()


def test_f1_only_one_of_many_that_open_at_once_gets_a_stale_lock(project_root: Path) -> None:
    with open_project(project_root):
        lock = fsio.read_json(project_root / ".lock")
    (project_root / ".lock").write_bytes(fsio.json_bytes({**lock, "started": lock["started"] - 1000}))
    script = HOLD.replace('print("open", flush=True)', "").replace("time.sleep(60)", "sys.stdin.read()")
    script = "try:\n" + textwrap.indent(textwrap.dedent(script), "    ") + "except Exception as e:\n    sys.exit(3)\n"
    children = [
        subprocess.Popen([sys.executable, "-c", script, str(project_root)], stdin=subprocess.PIPE) for _ in range(4)
    ]
    deadline = time.monotonic() + 30
    while sum(child.poll() is None for child in children) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    alive = [child for child in children if child.poll() is None]
    assert len(alive) == 1
    for child in children:
        child.communicate()
    assert sorted(child.returncode for child in children) == [0, 3, 3, 3]


def test_f2_the_lock_of_another_computer_is_never_broken_without_asking(project_root: Path) -> None:
    with open_project(project_root):
        lock = fsio.read_json(project_root / ".lock")
    foreign = fsio.json_bytes({**lock, "host": "lab-7", "pid": 4711})
    (project_root / ".lock").write_bytes(foreign)
    for _ in range(2):
        with pytest.raises(ProjectLockedError, match="lab-7") as caught:
            open_project(project_root)
        assert "--break-lock" in caught.value.remedy
    assert (project_root / ".lock").read_bytes() == foreign
    break_lock(project_root)
    open_project(project_root).close()


def test_f2_a_machine_of_the_same_name_is_another_computer(project_root: Path) -> None:
    with open_project(project_root):
        lock = fsio.read_json(project_root / ".lock")
    (project_root / ".lock").write_bytes(fsio.json_bytes({**lock, "machine": "f" * 32}))
    with pytest.raises(ProjectLockedError, match="another computer"):
        open_project(project_root)


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 100], ids=["empty", "torn", "zeros"])
def test_f2_a_lock_that_a_kill_left_empty_is_taken_over(content: bytes, project_root: Path) -> None:
    (project_root / ".lock").write_bytes(content)
    open_project(project_root).close()
    assert not (project_root / ".lock").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are no files on Windows")
@pytest.mark.parametrize("kind", ["link", "link to nothing", "pipe", "folder", "device"])
def test_f2_a_lock_that_is_no_file_is_refused_and_nothing_is_written(
    kind: str, project_root: Path, tmp_path: Path
) -> None:
    victim, lock = tmp_path / "victim", project_root / ".lock"
    victim.write_bytes(b"precious")
    if kind == "pipe":
        os.mkfifo(lock)
    elif kind == "folder":
        lock.mkdir()
    else:
        lock.symlink_to({"link": victim, "link to nothing": tmp_path / "missing"}.get(kind, "/dev/zero"))
    before = os.lstat(lock)
    for action in (open_project, break_lock):
        with pytest.raises(fsio.DamagedError, match=r"The lock '.*' cannot be used: it is") as caught:
            action(project_root)
        assert "delete it" in caught.value.remedy
    assert os.path.samestat(before, os.lstat(lock))
    assert (victim.read_bytes(), (tmp_path / "missing").exists()) == (b"precious", False)
    open_project_read_only(project_root).close()

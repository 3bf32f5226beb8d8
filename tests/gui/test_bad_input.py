"""Whatever is dropped or opened, and whenever the window closes: one sentence, and nothing is lost."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.gui.fakes import make_project
from tests.gui.subprocesses import assert_clean, run_script
from tlft_desktop.core import fsio
from tlft_desktop.core.project.lock import LOCK_NAME
from tlft_desktop.core.project.project import open_project

HEAD = """
import sys, time
from pathlib import Path
from tests.gui.fakes import FakeEngine, make_project
from tests.gui.window_script import click, run_window
from tlft_desktop.gui.workers.task import Progress
home, folder = sys.argv[1], Path(sys.argv[2])
root = folder / "cats.tlft"
def said(a):
    return a.context.messages.messages[0] if a.context.messages.messages else None
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "cats.tlft"
    make_project(root).close()
    return root


def run(body: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return run_script(HEAD + body, str(folder / "home"), str(folder))


def change_project_file(root: Path, **changes: Any) -> None:
    data = fsio.read_json(root / "project.json", sealed=True)
    fsio.write_json(root / "project.json", {**data, **changes}, seal=True)


def content_of(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != LOCK_NAME
    }


@pytest.mark.slow
def test_dropping_what_is_no_data_is_one_sentence(tmp_path: Path) -> None:
    for name in ("empty", "locked", "only texts"):
        (tmp_path / name).mkdir()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no more")
    (tmp_path / "wrong.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "only texts" / "readme.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"not a picture")
    before = sorted(path.name for path in tmp_path.iterdir())
    names = ["empty", "only texts", "paper.pdf", "notes.txt", "broken.zip", "wrong.csv"]
    if os.name == "posix" and os.geteuid() != 0:
        (tmp_path / "locked").chmod(0)
        names.append("locked")
    body = f"""
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.paths import AppPaths
def steps(a):
    for name in {names!r}:
        a.window.drops.take([folder / name])
        yield lambda: said(a) and not [job for job in a.context.tasks.jobs if job.title]
        text = said(a).text
        assert said(a).kind in ("error", "warning") and name in text, (name, text)
        assert "inside the program" not in text and "Traceback" not in text, text
        assert a.context.session.project is None
        a.context.messages._bars[0].dismiss()
    a.window.drops.take([folder / "a.png"])
    assert "with a finished training" in said(a).text
    a.window.drops.take([folder / "a.png", folder / "empty"])
    assert "Drop one folder" in said(a).text
    a.window.close()
run_window(steps, home, engine=CoreEngine(AppPaths.default(Path(home))))
"""
    assert_clean(run(body, tmp_path))
    (tmp_path / "locked").chmod(0o700)
    assert not list((tmp_path / "home" / "documents").rglob("*.tlft"))
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == before


def test_a_project_of_a_newer_version_opens_for_reading_and_stays_as_it_is(root: Path, tmp_path: Path) -> None:
    change_project_file(root, schema=99, app_version="9.0")
    before = content_of(root)
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    assert "newer version" in said(a).text and "9.0" in said(a).text
    assert a.window.header.read_only.isVisible()
    assert not a.window.actions_by_id["start"].isEnabled()
    a.window.close()
run_window(steps, home, project=str(root))
"""
    assert_clean(run(body, tmp_path))
    assert content_of(root) == before


def test_a_damaged_project_offers_its_backup(root: Path, tmp_path: Path) -> None:
    with open_project(root) as project:
        project.save(project.config)
    (root / "project.json").write_text("{ half", encoding="utf-8")
    body = """
def steps(a):
    yield lambda: said(a)
    assert "cannot be opened" in said(a).text and a.context.session.project is None
    (offer,) = said(a).offers
    assert "backup" in offer.text
    offer.act()
    yield lambda: a.context.session.layer_tree
    assert a.context.session.is_writable
    a.window.close()
run_window(steps, home, project=str(root))
"""
    assert_clean(run(body, tmp_path))


def test_the_lock_of_another_computer_can_be_broken_after_an_explanation(root: Path, tmp_path: Path) -> None:
    owner = {"schema": 1, "pid": 4711, "started": 1.0, "boot_id": "b", "host": "lab-7", "machine": "m"}
    (root / LOCK_NAME).write_text(json.dumps({**owner, "since": "2026-01-02T03:04:05+00:00"}), encoding="utf-8")
    body = """
def steps(a):
    yield lambda: said(a)
    assert "on another computer: lab-7" in said(a).text, said(a).text
    assert ".lock" not in said(a).text, "nobody has to delete a file by hand"
    assert [offer.text for offer in said(a).offers] == ["Open for &reading only", "&Break the lock…"]
    said(a).offers[1].act()
    assert "only if you are sure that nobody works" in said(a).text
    said(a).offers[0].act()
    yield lambda: a.context.session.layer_tree
    assert a.context.session.is_writable
    a.window.close()
run_window(steps, home, project=str(root))
"""
    assert_clean(run(body, tmp_path))


def test_a_folder_that_a_cloud_client_copies_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    make_project(tmp_path / "Dropbox" / "cats.tlft").close()
    body = """
def steps(a):
    yield lambda: a.context.session.layer_tree
    assert "Dropbox synchronises" in said(a).text
    a.window.close()
run_window(steps, home, project=str(folder / "Dropbox" / "cats.tlft"))
"""
    assert_clean(run(body, tmp_path))


IMPORT = """
class Slow(FakeEngine):
    def create(self, source, control):
        for done in range(10_000):
            control.raise_if_stopped()
            yield Progress(done, 10_000, "read")
            time.sleep(0.002)
        yield make_project(folder / "made.tlft")
"""


def test_an_import_is_cancelled_within_a_second_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    body = (
        IMPORT
        + """
def steps(a):
    a.window.drops.take([folder / "photos"])
    yield lambda: a.window.status.cancel.isVisible() and a.context.tasks.jobs[-1].progress.done > 5
    a.window.drops.take([folder / "photos"])
    assert "Something else is being read" in said(a).text
    start = time.monotonic()
    click(a.window.status.cancel)
    yield lambda: not [job for job in a.context.tasks.jobs if job.title]
    assert time.monotonic() - start < 1
    assert "Cancelled" in said(a).text
    a.window.close()
run_window(steps, home, engine=Slow())
"""
    )
    assert_clean(run(body, tmp_path))
    assert not list(tmp_path.rglob("*.tlft"))


@pytest.mark.parametrize("num_closes", [1, 2])
def test_closing_while_importing(tmp_path: Path, num_closes: int) -> None:
    (tmp_path / "photos").mkdir()
    body = (
        IMPORT
        + f"""
def steps(a):
    a.window.drops.take([folder / "photos"])
    yield lambda: [job for job in a.context.tasks.jobs if job.progress.done > 5]
    for _ in range({num_closes}):
        a.window.close()
run_window(steps, home, engine=Slow())
"""
    )
    assert_clean(run(body, tmp_path))
    assert not list(tmp_path.rglob("*.tlft"))


def test_closing_while_opening_gives_the_project_back(root: Path, tmp_path: Path) -> None:
    before = content_of(root)
    body = """
class Slow(FakeEngine):
    def layer_tree(self, project):
        time.sleep(0.5)
        return super().layer_tree(project)
def steps(a):
    a.window.projects.open_project(root)
    a.window.close()
    a.window.close()
    yield lambda: True
run_window(steps, home, engine=Slow())
"""
    assert_clean(run(body, tmp_path))
    assert content_of(root) == before
    open_project(root).close()


def test_closing_while_saving_keeps_the_last_tick(root: Path, tmp_path: Path) -> None:
    body = """
def steps(a):
    session = a.context.session
    yield lambda: session.layer_tree
    session.choose_plan(session.choice.plan.unfreeze(["stem"]), "tick")
    a.context.saver.flush(lambda: None)
    session.choose_plan(session.choice.plan.unfreeze(["blocks.0.bn"]), "tick")
    a.window.close()
    a.window.close()
run_window(steps, home, project=str(root))
"""
    assert_clean(run(body, tmp_path))
    with open_project(root) as project:
        assert {"stem", "blocks.0.bn"}.isdisjoint(project.config.plan.frozen)

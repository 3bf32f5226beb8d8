"""Row E6 of the fault matrix: each file of a received project as a link, a pipe, a folder or a device, each command.

A command ends, does not call it a fault of the program, and leaves alone what the link leads to.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest

from command_line import call, coloured_images, sentence
from storage_samples import files_of
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.edits import Edit, EditField
from tlft_desktop.core.project.lock import LOCK_NAME
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.evaluating import evaluate_test
from tlft_desktop.paths import AppPaths
from trained_project import train
from training_samples import StopAt

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices are no files on Windows")

KINDS = ("link", "pipe", "folder", "device")
GUARD_SECONDS = 120
"""A command that waits for a pipe waits for ever; the machine of the tests may be slow."""
_LARGE_BYTES = 200_000


@dataclass(frozen=True)
class Received:
    """A project as somebody else may send it: a run that is done, and one that can go on."""

    root: Path
    images: Path
    done: str
    stopped: str


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Received:
    """Train in this process; nobody changes what comes out."""
    folder = tmp_path_factory.mktemp("received")
    paths, images = AppPaths.below(folder / "home"), coloured_images(folder / "images", num_per_class=6)
    new = NewProject(root=folder / "colours", source=images, image_size=32, val_fraction=0.3, test_fraction=0.2)
    project = list(create(new, paths=paths, control=Control()))[-1]
    assert isinstance(project, Project)
    with project:
        store = RunStore(project.root)
        train(project, paths)
        done = store.ids()[-1]
        train(project, paths, StrategyKind.FINETUNE, control=StopAt(2), epochs=4)
        list(evaluate_test(project, done, paths=paths, control=Control()))
        first = project.manifest.records[0]
        project.edits.append([Edit(first.path, EditField.EXCLUDED, "", "blurred")])
        project.save(project.config)
    assert store.status(store.ids()[-1]).state is RunState.STOPPED
    return Received(project.root, images, done, store.ids()[-1])


def _commands(root: Path, it: Received, out: Path) -> dict[str, list[object]]:
    image = it.images / "red" / "000.png"
    return {
        "data": ["data", root],
        "runs": ["runs", root],
        "evaluate": ["evaluate", root, it.done],
        "evaluate test": ["evaluate", root, it.done, "--split", "test"],
        "evaluate epoch": ["evaluate", root, it.done, "--epoch", 1],
        "heat": ["heat", root, it.stopped],
        "compare": ["compare", root, it.done, it.stopped],
        "report": ["compare", root, it.done, "--html", out / "report.html"],
        "predict": ["predict", root, image, "--run", it.done],
        "export": ["export", root, it.done, "--output", out / "bundle"],
        "resume": ["train", root, "--resume", it.stopped],
        "freeze": ["freeze", root, "--preset", "transfer"],
        "label": ["label", root, "green", "red/001.png"],
        "note": ["run", "note", root, it.done, "a note"],
        "repair": ["check", root, "--repair"],
        "break lock": ["check", root, "--break-lock"],
    }


def _replace(path: Path, kind: str, victim: Path) -> None:
    """Put something else in place of a file, or where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(victim if kind == "link" else "/dev/zero")


@contextmanager
def _guarded() -> Iterator[None]:
    def too_long(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError("the command waits without end")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(GUARD_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _link_large(source: str, target: str) -> None:
    """Copy a file, or name it once more where it is large: those are replaced, never written into."""
    (os.link if os.path.getsize(source) > _LARGE_BYTES else shutil.copy2)(source, target)


def _check(
    it: Received, name: str, kind: str, commands: Iterable[str], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run commands, one after the other, on a copy of the project in which one file is none."""
    root, there = place / "copy.tlft", place / "there"
    shutil.copytree(it.root, root, copy_function=_link_large)
    there.mkdir()
    # Where the file is read through the link, all is well: nothing but the refusal keeps it from being used.
    content = (it.root / name).read_bytes() if (it.root / name).exists() else b"{}\n"
    (there / "victim").write_bytes(content)
    for command, arguments in _commands(root, it, place).items():
        if command not in commands:
            continue
        _replace(root / name, kind, there / "victim")
        with _guarded():
            result = call(arguments, home=it.root.parent / "home", capsys=capsys)
        told = f"{kind} as {name}, {command}: {result}"
        assert result.returncode != ExitCode.FAULT, told
        assert "Traceback" not in result.stderr, told
        if result.returncode == ExitCode.BAD_INPUT:
            assert sentence(result), told
        assert files_of(there) == {"victim": content}, told
    shutil.rmtree(place)


def _files(it: Received, pattern: str) -> list[str]:
    """Return the files of the project that a pattern means, with `DONE` and `STOPPED` for its runs."""
    if pattern == LOCK_NAME:
        return [pattern]
    found = it.root.glob(pattern.replace("DONE", it.done).replace("STOPPED", it.stopped))
    return [str(path.relative_to(it.root)) for path in found if path.is_file()]


@pytest.mark.parametrize(
    ("pattern", "kind", "commands"),
    [
        ("project.json", "pipe", ("runs", "label", "repair")),
        ("edits.jsonl", "link", ("data", "label", "freeze")),
        ("edits.jsonl", "device", ("data", "label")),
        ("manifests/*", "device", ("data", "freeze")),
        ("backups/*", "link", ("freeze", "repair")),
        ("test_openings.jsonl", "link", ("evaluate test",)),
        (".lock", "link", ("freeze", "break lock")),
        (".lock", "folder", ("freeze", "break lock")),
        (".lock", "pipe", ("freeze", "break lock")),
        (".lock", "device", ("freeze", "break lock")),
        ("runs/DONE/run.json", "pipe", ("runs", "evaluate", "compare")),
        ("runs/DONE/name.json", "link", ("note", "runs")),
        ("runs/DONE/status.json", "device", ("runs", "evaluate")),
        ("runs/DONE/predictions.*", "device", ("evaluate", "compare")),
        ("runs/DONE/epoch_answers.bin", "pipe", ("evaluate epoch",)),
        ("runs/DONE/test/predictions.*", "pipe", ("evaluate test",)),
        ("runs/DONE/final/model.safetensors", "device", ("repair", "predict")),
        ("runs/STOPPED/checkpoints/*/meta.json", "pipe", ("resume",)),
        ("runs/STOPPED/metrics.jsonl", "pipe", ("compare", "resume")),
        ("runs/STOPPED/heat.jsonl", "device", ("heat",)),
        ("runs/STOPPED/heat.jsonl", "link", ("heat", "resume")),
    ],
)
def test_e6_a_command_refuses_what_is_no_file(
    received: Received,
    pattern: str,
    kind: str,
    commands: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = _files(received, pattern)
    assert names
    for name in names:
        _check(received, name, kind, commands, tmp_path / "place", capsys)


def test_e6_a_command_changes_no_other_name_of_a_file(
    received: Received, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With hard links a file of a project is one somewhere else as well, as in a copy made by `cp -al`."""
    root, other = tmp_path / "copy.tlft", tmp_path / "other.tlft"
    shutil.copytree(received.root, root)
    shutil.copytree(root, other, copy_function=os.link)
    (other / LOCK_NAME).write_bytes(b"no lock, but precious\n")
    before = files_of(other)
    commands = _commands(root, received, tmp_path)
    for command in ("label", "freeze", "evaluate test", "resume", "repair"):
        (root / LOCK_NAME).unlink(missing_ok=True)
        os.link(other / LOCK_NAME, root / LOCK_NAME)
        result = call(commands[command], home=received.root.parent / "home", capsys=capsys)
        assert result.returncode in {ExitCode.DONE, ExitCode.NOT_VERIFIED}, f"{command}: {result}"
        assert files_of(other) == before, command
    assert not (root / LOCK_NAME).exists()


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", _commands(Path(), Received(Path(), Path(), "", ""), Path()))
def test_e6_every_command_refuses_each_file_that_is_none(
    received: Received, kind: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for name in [*_files(received, "**/*"), LOCK_NAME]:
        try:
            _check(received, name, kind, [command], tmp_path / "place", capsys)
        except AssertionError as error:
            shutil.rmtree(tmp_path / "place")
            found.append(str(error))
    assert found == []

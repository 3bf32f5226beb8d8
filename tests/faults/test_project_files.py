"""Rows A16-A20, B6, E3, E4, F1, F2 of the fault matrix: project files from elsewhere, other versions, other clocks."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

import pytest

from fault_loop import Scenario, check_errors, check_kills
from storage_samples import epoch_events, files_of, make_config, make_manifest, make_project, make_run, make_run_config
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, ProjectLockedError
from tlft_desktop.core.project import migrations
from tlft_desktop.core.project.lock import break_lock, read_lock
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.runs.checkpoint import load_newest
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import Checkpoint, ValidationEnd

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
FIXTURES = Path(__file__).parents[1] / "core" / "project" / "fixtures"
NUM_MUTATIONS = 2000


@pytest.fixture
def project_root(tmp_path: Path) -> Path:
    """Return a project that is not open."""
    make_project(tmp_path / "p.tlft").close()
    return tmp_path / "p.tlft"


def rewrite(root: Path, **changes: Any) -> None:
    """Change entries of the project file under a valid seal."""
    data = fsio.read_json(root / "project.json", sealed=True)
    fsio.write_json(root / "project.json", {**data, **changes}, seal=True)


# ---- A16: moved, linked


def test_a16_a_project_that_was_moved_opens_with_its_images_inside(tmp_path: Path) -> None:
    make_project(tmp_path / "p.tlft", data_root="images").close()
    (tmp_path / "p.tlft" / "images").mkdir()
    shutil.move(tmp_path / "p.tlft", tmp_path / "elsewhere")
    with open_project(tmp_path / "elsewhere") as project:
        assert project.data_folder == (tmp_path / "elsewhere" / "images").resolve()
        assert project.manifest == make_manifest()


def test_a16_a_project_opened_over_a_link_is_the_same_project(project_root: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(project_root)
    with open_project(project_root), pytest.raises(ProjectLockedError, match="in this program already"):
        open_project(link)
    with open_project(link) as project:
        assert project.root == project_root.resolve()


# ---- A17-A19: versions


def test_a17_a_project_of_a_newer_version_opens_for_reading_and_stays_untouched(project_root: Path) -> None:
    rewrite(project_root, schema=migrations.SCHEMA + 1, app_version="9.9", new_idea={"x": 1})
    before = files_of(project_root)
    with open_project(project_root) as project:
        assert "newer version of this program (9.9)" in project.read_only
        assert project.config.name == "pets"
        with pytest.raises(InputError, match=r"9\.9"):
            project.save(make_config(name="other"))
    assert files_of(project_root) == before


def test_a17_a_newer_project_that_cannot_be_shown_says_why(project_root: Path) -> None:
    rewrite(project_root, schema=migrations.SCHEMA + 1, app_version="9.9", plan="none of yours")
    with pytest.raises(InputError, match=r"newer version of this program \(9\.9\)"):
        open_project(project_root)


@pytest.mark.parametrize("schema", range(1, migrations.SCHEMA + 1))
def test_a18_a_project_of_every_schema_opens_with_all_that_it_had(schema: int, tmp_path: Path) -> None:
    root = tmp_path / "old.tlft"
    shutil.copytree(FIXTURES / f"v{schema}.tlft", root)
    with open_project(root) as project:
        assert project.config == make_config(manifest=make_manifest().digest)
        assert project.manifest == make_manifest()
        assert project.edited_manifest.records[0].label == "dog"
    before = files_of(root)
    open_project(root).close()
    assert files_of(root) == before


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that this version has a schema more, in which the name is called title."""

    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "name": f"{data['name']} (migrated)"}

    monkeypatch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, migrations.SCHEMA: rename})
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)


@pytest.mark.usefixtures("next_schema")
def test_a18_a_migration_keeps_the_old_file_and_happens_once(tmp_path: Path) -> None:
    root = tmp_path / "old.tlft"
    shutil.copytree(FIXTURES / "v1.tlft", root)
    old = (root / "project.json").read_bytes()
    with open_project(root) as project:
        assert project.config.name == "pets (migrated)"
    assert old in {path.read_bytes() for path in (root / "backups").iterdir()}
    before = files_of(root)
    with open_project(root) as project:
        assert project.config.name == "pets (migrated)"
    assert files_of(root) == before


def _old_project(root: Path) -> None:
    root.mkdir()
    shutil.copytree(FIXTURES / "v1.tlft", root / "p.tlft")


def _schema(root: Path) -> int:
    with open_project_read_only(root / "p.tlft") as project:
        assert project.manifest == make_manifest()
    return int(fsio.read_json(root / "p.tlft" / "project.json", sealed=True)["schema"])


MIGRATE = Scenario("migrate", _old_project, lambda root: open_project(root / "p.tlft").close(), _schema)


@pytest.mark.usefixtures("next_schema")
def test_a19_a_kill_during_a_migration_leaves_a_project_that_opens(tmp_path: Path) -> None:
    assert check_kills(MIGRATE, tmp_path) >= 8


@pytest.mark.usefixtures("next_schema")
def test_a19_a_full_disk_during_a_migration_leaves_a_project_that_opens(tmp_path: Path) -> None:
    assert check_errors(MIGRATE, tmp_path, number=None) >= 8


# ---- A20: clocks


@pytest.mark.parametrize("wrong", [0.0, -5.0, 4_102_444_800.0, 1e11], ids=["1970", "before 1970", "2100", "year 5138"])
def test_a20_runs_are_ordered_by_age_whatever_the_clock_says(
    wrong: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RunStore(tmp_path)
    clock = time.time
    first = make_run(store)
    monkeypatch.setattr(time, "time", lambda: wrong)
    second, third = make_run(store), make_run(store)
    monkeypatch.setattr(time, "time", clock)
    fourth = make_run(store)
    assert store.ids() == [first, second, third, fourth]
    assert [summary.run for summary in store.summaries()] == store.ids()
    assert store.resolve("last") == fourth


def test_a20_backups_survive_a_clock_that_was_wrong(project_root: Path) -> None:
    days = {3: 4_102_444_800, 4: 0, 5: 4_102_444_800, 6: 1_000_000_000}
    with open_project(project_root) as project:
        for number in range(1, 41):
            project.save(make_config(name=f"name {number}"))
            if number in days:
                os.utime(project_root / "backups" / f"project-{number:09d}.json", (days[number], days[number]))
    kept = sorted(int(path.stem.split("-")[1]) for path in (project_root / "backups").iterdir())
    assert kept[-20:] == list(range(21, 41))
    # 3 and 5 claim to be of the same day in 2100; 20 is the last of today among the older ones.
    assert kept[:-20] == [4, 5, 6, 20]


# ---- B6


def test_b6_numbers_that_are_not_finite_are_null_in_files_and_whole_in_checkpoints(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = make_run(store)
    recorder = Recorder(store, run)
    for event in epoch_events(1):
        if isinstance(event, ValidationEnd):
            event = replace(event, val_loss=float("nan"))
        recorder.record(event, lambda: TrainerState({}, {}))
    meta = {"best_loss": float("inf"), "losses": [float("nan"), 1.5], "depth": {"low": float("-inf")}}
    recorder.record(Checkpoint(step=2, kind="best"), lambda: TrainerState({"w": torch.ones(1)}, meta))
    recorder.close()
    assert store.metrics(run)[0]["val_loss"] is None
    for path in store.folder(run).rglob("*.json*"):
        for line in path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]:
            json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} in a file"))
    loaded = load_newest(store.checkpoints_folder(run))
    assert loaded is not None
    assert repr(loaded.state.meta) == repr(meta)


# ---- E3: hostile content


def _mutations(data: dict[str, Any], generator: random.Random) -> dict[str, Any]:
    data = json.loads(json.dumps(data))
    texts = ["", "x" * 5000, "\0", "../..", "//host/share", "\u00e9\ud800"]
    values: list[Any] = [None, True, -1, 0, 10**4000, 1e308, [], [[]], {}, {"a": {}}, *texts]
    for _ in range(generator.randint(1, 3)):
        target = data
        while nested := [value for value in target.values() if isinstance(value, dict) and value]:
            if generator.random() < 0.5:
                break
            target = generator.choice(nested)
        key = generator.choice(list(target))
        if generator.random() < 0.2:
            del target[key]
            if not target:
                break
        else:
            target[key] = generator.choice(values)
    return data


def _garbled(data: bytes, generator: random.Random) -> bytes:
    garbled = bytearray(data)
    for _ in range(generator.randint(1, 6)):
        start = generator.randrange(len(garbled))
        garbled[start : start + generator.randint(0, 8)] = generator.randbytes(generator.randint(0, 8))
    return bytes(garbled)


def _survives(action: Callable[[], Any]) -> bool:
    try:
        action()
    except InputError:
        return False
    return True


def test_e3_no_project_file_raises_anything_but_an_input_error(project_root: Path) -> None:
    generator = random.Random(20261124)
    path = project_root / "project.json"
    whole = path.read_bytes()
    data = fsio.read_json(path, sealed=True)
    opened = 0
    for number in range(NUM_MUTATIONS):
        if number % 2:
            path.write_bytes(_garbled(whole, generator))
        else:
            mutated = _mutations(data, generator)
            try:
                path.write_bytes(fsio.json_bytes(mutated, seal=True))
            except ValueError:  # an integer that Python itself refuses to write
                continue
        opened += _survives(lambda: open_project_read_only(project_root).data_folder)
    assert 0 < opened < NUM_MUTATIONS // 2


@pytest.mark.parametrize(
    "content",
    [
        b'{"a":' * 100_000,
        b"[" * 900_000,
        b'{"schema": ' + b"9" * 5000 + b"}",
        b'{"schema": 1, "schema": 2}',
        b'{"schema": NaN}',
        b'{"schema": 1e999}',
        b'{"schema": -Infinity}',
        b" " * 2_000_000,
        b"\xff\xfe",
        b"null",
        b"",
    ],
    ids=range(11),
)
def test_e3_hostile_json_is_refused(content: bytes, project_root: Path) -> None:
    (project_root / "project.json").write_bytes(content)
    for opening in (open_project, open_project_read_only):
        with pytest.raises(InputError, match=r"project\.json"):
            opening(project_root)


def test_e3_no_run_file_raises_anything_but_an_input_error(tmp_path: Path) -> None:
    generator = random.Random(20261125)
    store = RunStore(tmp_path)
    run = make_run(store)
    for name in ("run.json", "status.json"):
        path = store.folder(run) / name
        whole = path.read_bytes()
        data = fsio.read_json(path, sealed=True)
        for number in range(400):
            if number % 2:
                path.write_bytes(_garbled(whole, generator))
            else:
                try:
                    path.write_bytes(fsio.json_bytes(_mutations(data, generator), seal=True))
                except ValueError:
                    continue
            _survives(lambda: store.config(run))
            _survives(lambda: store.resolve("best"))
            store.summaries()
        path.write_bytes(whole)


def test_e3_no_manifest_raises_anything_but_an_input_error(project_root: Path) -> None:
    generator = random.Random(20261126)
    whole = "".join(make_manifest().lines()).encode("ascii")
    for _ in range(400):
        content = _garbled(whole, generator)
        digest = hashlib.sha256(content).hexdigest()
        path = project_root / "manifests" / f"{digest}.jsonl"
        path.write_bytes(content)
        _survives(lambda digest=digest: read_manifest(project_root, digest))  # type: ignore[misc]
        path.unlink()


# ---- E4: paths that lead out

HOSTILE = [
    "../secret",
    "a/../../secret",
    "/etc/passwd",
    "C:/Windows",
    "C:secret",
    "\\\\host\\share\\x",
    "//host/share/x",
    "a\\..\\..\\x",
    "",
    "a/\0",
]


@pytest.mark.parametrize("stored", HOSTILE)
def test_e4_a_manifest_with_a_path_that_leads_out_is_refused(stored: str, project_root: Path) -> None:
    lines = list(make_manifest(1).lines())
    record = {**json.loads(lines[1]), "path": stored}
    content = (lines[0] + json.dumps(record) + "\n").encode("ascii")
    digest = hashlib.sha256(content).hexdigest()
    (project_root / "manifests" / f"{digest}.jsonl").write_bytes(content)
    with pytest.raises(InputError):
        read_manifest(project_root, digest)


@pytest.mark.parametrize(
    "stored", ["../secret", "images/../../secret", "\\\\host\\share", "//host/share", "/\\host\\share"]
)
def test_e4_a_data_folder_that_leads_out_or_to_a_share_is_refused(stored: str, project_root: Path) -> None:
    rewrite(project_root, data_root=stored)
    with pytest.raises(InputError, match="refused"):
        open_project_read_only(project_root)


def test_e4_a_link_inside_the_project_that_leads_out_is_refused(project_root: Path, tmp_path: Path) -> None:
    (project_root / "images").symlink_to("/etc")
    rewrite(project_root, data_root="images")
    with open_project_read_only(project_root) as project, pytest.raises(InputError, match="over a link"):
        _ = project.data_folder


@pytest.mark.parametrize("stored", ["~", "~root", "$HOME", "%USERPROFILE%"])
def test_e4_names_that_a_shell_would_expand_are_names(stored: str, project_root: Path) -> None:
    rewrite(project_root, data_root=stored)
    with open_project_read_only(project_root) as project:
        assert project.data_folder == project_root.resolve() / stored


def test_e4_digests_and_runs_that_are_paths_are_refused(project_root: Path) -> None:
    rewrite(project_root, manifest="../../../etc/passwd")
    with pytest.raises(InputError):
        open_project_read_only(project_root)
    store = RunStore(project_root)
    for reading in (store.folder, store.config, store.summary, store.restore, store.move_to_trash):
        with pytest.raises(InputError):
            reading("../../../etc")


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


def test_ids_sort_behind_the_newest_one() -> None:
    newest = new_ulid()
    assert new_ulid(after=newest) > newest
    assert make_run_config(newest).run == newest

"""Rows E3, E4 of the fault matrix: project files of other people, with hostile content and paths that lead out."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from project_files import rewrite
from storage_samples import make_manifest, make_run
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.runs.store import RunStore

NUM_MUTATIONS = 2000


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

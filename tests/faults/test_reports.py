"""Rows A5, A6, A9-A13 of the fault matrix for reports: a whole file or none, and what cannot be read says so."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, call, sentence
from fault_loop import failing, injected
from html_check import Page
from report_samples import add_run, answers_for, manifest_of, new_root, report_of
from storage_samples import files_of
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore

pytestmark = pytest.mark.usefixtures("quick_disk")
Caller = Callable[..., Result]


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """Return a project with two runs."""
    manifest = manifest_of(("cat", "dog"), val=20)
    root = new_root(tmp_path, manifest)
    for seed in (0, 1):
        add_run(root, manifest, answers_for(manifest, 0.7 + 0.2 * seed, seed=seed))
    return root


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a function that runs a command in this process."""
    return lambda *arguments: call(arguments, home=tmp_path / "home", capsys=capsys)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, "write"),
        (errno.EROFS, "open"),
        (errno.EACCES, "open"),
        (errno.EIO, "fsync"),
        (errno.EIO, "rename"),
    ],
)
def test_a5_a6_a_disk_that_refuses_leaves_no_report_and_a_sentence(
    pets: Path, run: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: str
) -> None:
    target = tmp_path / "out" / "report.html"
    target.parent.mkdir()

    def operation(what: str, path: Path) -> None:
        if what == kind and path.parent == target.parent:
            raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(primitives, "operation", operation)
        result = run("compare", pets, "--html", target)
    assert result.returncode == ExitCode.OUT_OF_RESOURCE
    assert str(target.parent) in sentence(result)
    assert result.stdout == ""
    assert list(target.parent.iterdir()) == []
    assert run("compare", pets, "--html", target).returncode == ExitCode.DONE
    Page(target.read_text(encoding="utf-8"))


def test_a9_making_a_report_changes_nothing_on_the_disk(pets: Path) -> None:
    before = files_of(pets)
    with injected(1, failing(errno.EROFS)) as injection:
        report_of(pets)
    assert injection.count == 0
    assert files_of(pets) == before


@pytest.mark.parametrize("name", ["predictions.safetensors", "predictions.json", "metrics.jsonl", "events.jsonl"])
@pytest.mark.parametrize("content", [b"", b"\0" * 50, b'{"schema": 1}'])
def test_a10_a_damaged_file_of_a_run_hides_neither_the_run_nor_the_others(
    pets: Path, name: str, content: bytes
) -> None:
    first, second = RunStore(pets).ids()
    (RunStore(pets).folder(first) / name).write_bytes(content)
    _, page = report_of(pets)
    assert len(page.rows("The runs")) == 3
    assert page.section(f"run-{first}").text
    figures = [row[0] for row in page.rows("On the validation images")[1:]]
    assert RunStore(pets).summary(second).name in figures
    if name.startswith("predictions"):
        assert len(figures) == 1
        assert f"Its answers cannot be used. '{RunStore(pets).folder(first)}" in page.section("runs").text
    else:
        assert len(figures) == 2


@pytest.mark.parametrize("name", ["run.json", "status.json"])
def test_a11_a_damaged_run_is_listed_with_the_file_that_is_damaged(pets: Path, run: Caller, name: str) -> None:
    first, _ = RunStore(pets).ids()
    (RunStore(pets).folder(first) / name).write_bytes(b"{")
    result = run("compare", pets, "--html", pets.parent / "report.html")
    assert result.returncode == ExitCode.DONE
    page = Page((pets.parent / "report.html").read_text(encoding="utf-8"))
    assert page.rows("The runs")[1][1] == "damaged"
    assert name in page.section("runs").text
    # Its answers are whole: they are compared, as by the command without a report.
    assert len(page.rows("Pairs of runs on the same validation images")) == 2
    assert run("compare", pets).stdout == result.stdout


def test_a12_what_a_run_holds_in_place_of_numbers_does_not_break_the_page(pets: Path) -> None:
    first, _ = RunStore(pets).ids()
    folder = RunStore(pets).folder(first)
    lines = [json.dumps({"event": "validation_end", "epoch": "<b>", "val_accuracy": "<b>"})]
    lines += [json.dumps({"event": "epoch_end", "epoch": 1, "phase": ["<b>"], "train_loss": "<b>"})]
    (folder / "metrics.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text, page = report_of(pets)
    assert "<b>" not in text
    assert "nan" not in page.section(f"run-{first}").text


def test_a13_a_damaged_race_is_named(pets: Path) -> None:
    store = RaceStore(pets)
    race = store.new_id()
    store.path(race).parent.mkdir()
    store.path(race).write_bytes(b"{")
    _, page = report_of(pets)
    assert "A race cannot be told of." in page.section("overview").text

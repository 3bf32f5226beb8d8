"""The log of advices: written beside a project, read whatever happened to it, and matched with runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.advice.test_advisor import EVIDENCE
from tests.run_samples import new_project, run_all
from tlft_desktop.core.advice.advisor import advise
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows import advice_log
from tlft_desktop.core.workflows.advice_log import ADVICE_FILE, note_advice, track_record
from tlft_desktop.core.workflows.experiment import TrainOptions

ADVICE = advise(EVIDENCE)


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


def log_of(project: Project) -> Path:
    return project.root / ADVICE_FILE


def test_without_a_log_nothing_is_known(project: Project) -> None:
    assert track_record(project).in_words() == ""
    assert not log_of(project).exists()


def test_an_advice_is_noted_in_a_project_that_is_open_for_writing(project: Project) -> None:
    assert note_advice(project, ADVICE)
    assert note_advice(project, ADVICE)
    assert track_record(project).num_advices == 2


def test_a_project_that_is_read_is_locked_for_the_moment(project: Project) -> None:
    reader = open_project_read_only(project.root)
    assert not note_advice(reader, ADVICE), "it is open elsewhere"
    assert not log_of(project).exists()
    project.close()
    assert note_advice(reader, ADVICE)
    assert not (project.root / ".lock").exists()
    assert track_record(reader).num_advices == 1


def test_a_project_of_a_newer_version_is_left_alone(project: Project) -> None:
    reader = open_project_read_only(project.root)
    project.close()
    reader.read_only = "it was made by a newer version."
    assert not note_advice(reader, ADVICE)
    assert not log_of(project).exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_no_failure(project: Project) -> None:
    reader = open_project_read_only(project.root)
    project.close()
    project.root.chmod(0o555)
    try:
        assert not note_advice(reader, ADVICE)
    finally:
        project.root.chmod(0o755)


def test_a_disk_that_refuses_is_no_failure(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(advice_log.fsio, "AppendLog", refuse)
    assert not note_advice(project, ADVICE)


@pytest.mark.parametrize("damage", [b"\x00\xff\n", b"{}\n", b"[1]\n", b"\n", b'{"schema": 1}\n', b"\xe2\x80\xae\n"])
def test_a_damaged_line_costs_itself_only(project: Project, damage: bytes) -> None:
    note_advice(project, ADVICE)
    with log_of(project).open("ab") as file:
        file.write(damage)
    note_advice(project, ADVICE)
    record = track_record(project)
    assert (record.num_advices, record.num_damaged) == (2, 1)


def test_a_torn_line_is_cut_off_by_the_next_one(project: Project) -> None:
    note_advice(project, ADVICE)
    with log_of(project).open("ab") as file:
        file.write(b'{"schema": 1, "ti')
    assert (track_record(project).num_advices, track_record(project).num_damaged) == (1, 1)
    note_advice(project, ADVICE)
    assert (track_record(project).num_advices, track_record(project).num_damaged) == (2, 0)


@pytest.mark.parametrize("kind", ["empty", "folder", "pipe"])
def test_what_is_no_log_is_no_failure(project: Project, kind: str) -> None:
    path = log_of(project)
    if kind == "empty":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    else:
        if not hasattr(os, "mkfifo"):
            pytest.skip("this system has no pipes in folders")
        os.mkfifo(path)
    assert track_record(project).num_advices == 0
    assert note_advice(project, ADVICE) == (kind == "empty")


def test_of_a_huge_log_the_end_is_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        note_advice(project, ADVICE)
    size = log_of(project).stat().st_size
    monkeypatch.setattr(advice_log, "_MAX_BYTES", size // 3 + 10)
    assert (track_record(project).num_advices, track_record(project).num_damaged) == (1, 0)
    note_advice(project, ADVICE)
    assert log_of(project).stat().st_size > size


def test_runs_that_follow_are_matched_with_it(project: Project, profile: Path) -> None:
    run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))
    note_advice(project, ADVICE)
    assert track_record(project).num_expected == 0, "that run came before it"
    run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))
    run_all(project, profile, StrategyKind.FINETUNE)
    run_all(project, profile, StrategyKind.HYBRID, options=TrainOptions(budget_seconds=1.0, threads=1))
    record = track_record(project)
    assert (record.num_compared, record.num_expected) == (1, 2), "a run with a limit of its time says nothing"
    assert record.num_best in (0, 1)
    assert "Earlier advices of this project" in record.in_words()


def test_damaged_runs_are_left_out(project: Project, profile: Path) -> None:
    note_advice(project, ADVICE)
    run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))
    [folder] = list((project.root / "runs").iterdir())
    (folder / "run.json").write_bytes(b"{}")
    assert track_record(project).num_expected == 0

"""What may happen to a training run from outside: kills, changed data, changed weights, missing memory."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import torch

import numpy as np
import pytest

from tests.run_samples import end_of, hash_of_weights, metrics_of, new_project, resume_all, run_all, weights_hash
from tests.training_process import OPTIONS
from tests.training_samples import StopAt
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode, InputError
from tlft_desktop.core.project.edits import Edit, EditField
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.epochs import EpochLoop
from tlft_desktop.core.training.features import MemoryFeatures
from tlft_desktop.core.training.micro_batch import in_parts
from tlft_desktop.core.training.setup import TrainingContext
from tlft_desktop.core.values.events import Event, Notice
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows import experiment
from tlft_desktop.core.workflows.experiment import TrainOptions

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).resolve().parents[2]


def start(home: Path, root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.training_process", str(home), str(root)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def train_with_kills(home: Path, root: Path, events: list[str]) -> None:
    """Kill a process at each of the events, the first of its kind; then let one finish."""
    for event in events:
        process = start(home, root)
        assert process.stdout is not None
        assert any(line.strip() == event for line in process.stdout)
        process.kill()
        process.communicate()
    process = start(home, root)
    _, problems = process.communicate(timeout=300)
    assert (process.returncode, problems) == (0, "")


def uninterrupted(home: Path, project: Project) -> tuple[bytes, str]:
    run = end_of(run_all(project, home, StrategyKind.HYBRID, options=OPTIONS)).run
    metrics, weights = metrics_of(project, run), hash_of_weights(RunStore(project.root).folder(run))
    shutil.rmtree(RunStore(project.root).folder(run))
    return metrics, weights


@pytest.mark.parametrize("kills", [["phase_start", "epoch_end", "checkpoint"], ["ready", "gate", "epoch_end"]])
def test_a1_killed_and_resumed_equals_uninterrupted(profile: Path, kills: list[str]) -> None:
    with new_project(profile) as project:
        metrics, weights = uninterrupted(profile, project)
    train_with_kills(profile, project.root, kills)
    [run] = RunStore(project.root).ids()
    assert metrics_of(project, run) == metrics
    assert hash_of_weights(RunStore(project.root).folder(run)) == weights


@pytest.mark.full
@pytest.mark.parametrize("seed", range(3))
def test_a1_many_kills_at_random_moments(profile: Path, seed: int) -> None:
    generator = random.Random(seed)
    kills = [generator.uniform(0.0, 4.0) for _ in range(8)]
    with new_project(profile, per_class=40) as project:
        metrics, weights = uninterrupted(profile, project)
    print(f"seed {seed}: kills after {', '.join(f'{moment:.2f} s' for moment in kills)}")
    for number, moment in enumerate(kills):
        process = start(profile, project.root)
        # Loading takes seconds in which nothing can be spoiled; once there is a run, every moment counts.
        wanted = "ready" if number else "fit_start"
        assert process.stdout is not None
        assert any(line.strip() == wanted for line in process.stdout)
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
    with open_project(project.root) as opened:
        store = RunStore(opened.root)
        store.mark_interrupted()
        [run] = store.ids()
        if store.summary(run).state is not RunState.COMPLETED:
            resume_all(opened, profile, run)
        assert metrics_of(opened, run) == metrics
        assert hash_of_weights(store.folder(run)) == weights


def test_b2_numerics_of_the_run_win_over_those_of_the_machine(profile: Path) -> None:
    with new_project(profile) as project:
        stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(2)))
        torch.set_num_threads(2)
        try:
            events = resume_all(project, profile, stopped.run)
        finally:
            torch.set_num_threads(1)
        assert events[0].to_json()["numerics"]["threads"] == 1
        assert end_of(events).state == "completed"


def test_b3_changed_image_is_named_and_the_run_refused(profile: Path) -> None:
    with new_project(profile) as project:
        stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(1)))
        record = project.manifest.records[0]
        shutil.rmtree(profile / "cache")
        (project.data_folder / record.path).write_bytes(b"something else")
        with pytest.raises(InputError, match=r"000\.png") as caught:
            resume_all(project, profile, stopped.run)
        assert "changed" in str(caught.value)
        assert RunStore(project.root).summary(stopped.run).resumable


def test_b3_relabelled_image_leaves_an_old_run_as_it_was(profile: Path) -> None:
    with new_project(profile) as project:
        whole = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run
        stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(2)))
        record = project.manifest.records[0]
        project.edits.append([Edit(record.path, EditField.LABEL, record.label, "class 1")])
        assert project.freeze_edits().digest != RunStore(project.root).config(stopped.run).manifest
        resume_all(project, profile, stopped.run)
        assert metrics_of(project, stopped.run) == metrics_of(project, whole)


def test_c16_training_goes_on_from_its_own_copy_when_an_image_is_deleted(profile: Path) -> None:
    with new_project(profile) as project:
        stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(1)))
        (project.data_folder / project.manifest.records[0].path).unlink()
        assert end_of(resume_all(project, profile, stopped.run)).state == "completed"


def test_other_weights_than_the_run_started_from_are_refused(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_project(profile) as project:
        stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(1)))
        original = RunStore.config

        def other_weights(store: RunStore, run: str) -> object:
            return replace(original(store, run), weights_sha256="0" * 64)

        with monkeypatch.context() as patch:
            patch.setattr(RunStore, "config", other_weights)
            with pytest.raises(InputError, match="not those that run"):
                resume_all(project, profile, stopped.run)


def test_b5_divergence_is_a_failed_run_that_names_the_learning_rate(profile: Path) -> None:
    options = TrainOptions(epochs=3, batch_size=8, threads=1, learning_rate=1e30)
    with new_project(profile) as project:
        end = end_of(run_all(project, profile, StrategyKind.FINETUNE, options=options))
        assert end.state == "failed"
        assert end.failure is not None
        assert end.failure["kind"] == "diverged"
        assert "lower learning rate" in end.failure["message"]
        summary = RunStore(project.root).summary(end.run)
        assert summary.state is RunState.FAILED
        assert not summary.resumable


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory."),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes."),
    ],
)
def test_b7_b8_out_of_memory_in_validation_is_named_and_resumable(
    profile: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def no_memory(context: TrainingContext) -> None:
        raise error

    with new_project(profile) as project:
        whole = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run
        with monkeypatch.context() as patch:
            patch.setattr(TrainingContext, "evaluate", no_memory)
            end = end_of(run_all(project, profile, StrategyKind.FINETUNE))
        assert end.failure is not None
        assert (end.failure["kind"], end.failure["exit_code"]) == ("memory", 5)
        assert "memory" in end.failure["message"]
        resume_all(project, profile, end.run)
        assert metrics_of(project, end.run) == metrics_of(project, whole)


def memory_for(num_images: int, monkeypatch: pytest.MonkeyPatch, *, step: int = 0) -> None:
    """Let memory run out in a step, and in all that follow, where more images pass through the network at once."""
    enough = EpochLoop._gradients

    def gradients(loop: EpochLoop, images: torch.Tensor, labels: torch.Tensor, size: int) -> tuple[float, int]:
        if size > num_images and loop._context.progress.step >= step:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes.")
        return enough(loop, images, labels, size)

    monkeypatch.setattr(EpochLoop, "_gradients", gradients)


def memory_notices(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice) and event.kind == "memory"]


def test_b7_a_network_that_does_not_fit_is_not_offered_again(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_project(profile) as project:
        memory_for(0, monkeypatch)
        events = run_all(project, profile, StrategyKind.FINETUNE)
        end = end_of(events)
        # Of 8 images: parts of 4, of 2, of 1.
        assert len(memory_notices(events)) == 3
        assert end.failure is not None
        assert (end.failure["kind"], end.failure["resumable"]) == ("memory", False)
        assert end.failure["exit_code"] == ExitCode.OUT_OF_RESOURCE
        assert end.failure["message"] == (
            "The memory was not enough. Start a new run with smaller images or with more layers frozen, or close other "
            "programs before."
        )
        assert not RunStore(project.root).summary(end.run).resumable


@pytest.mark.parametrize("step", [3, 5])
def test_b7_a_run_in_halves_is_stopped_and_resumed_to_the_bit(
    profile: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    with new_project(profile) as project:
        with monkeypatch.context() as patch:
            memory_for(4, patch, step=1)
            whole = run_all(project, profile, StrategyKind.FINETUNE)
            stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(step)))
        assert len(memory_notices(whole)) == 1
        # There is memory again, but the numbers must not change.
        events = resume_all(project, profile, stopped.run)
        assert (stopped.state, end_of(events).state) == ("stopped", "completed")
        assert not memory_notices(events)
        run = end_of(whole).run
        assert metrics_of(project, stopped.run) == metrics_of(project, run)
        assert weights_hash(project, stopped.run) == weights_hash(project, run)


def test_b8_a_run_starts_with_parts_that_fit_and_says_so(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_project(profile) as project:
        with monkeypatch.context() as patch:
            patch.setattr(experiment, "free_memory", lambda device: 0)
            events = run_all(project, profile, StrategyKind.FINETUNE)
            assert not memory_notices(run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1)))
        numerics = events[0].to_json()["numerics"]
        assert (numerics["batch"], numerics["micro_batch"]) == (8, 1)
        assert memory_notices(events) == [in_parts(RunStore(project.root).config(end_of(events).run).numerics)]


def test_outputs_that_are_not_finite_are_named(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryFeatures, "read_all", lambda store: np.full((9, 1280), np.nan, dtype=np.float32))
    with new_project(profile) as project:
        options = TrainOptions(threads=1, use_cache=False)
        end = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=options))
        assert end.failure is not None
        assert (end.failure["kind"], end.failure["resumable"]) == ("diverged", False)
        assert "not finite" in end.failure["message"]
        assert "learning rate" not in end.failure["message"]


def test_a10_damaged_checkpoint_is_named_and_the_one_before_is_used(profile: Path) -> None:
    with new_project(profile) as project:
        whole = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run
        stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(5)))
        checkpoints = sorted(RunStore(project.root).checkpoints_folder(stopped.run).glob("0*"))
        state = checkpoints[-1] / "state.safetensors"
        data = bytearray(state.read_bytes())
        data[len(data) // 2] ^= 1
        state.write_bytes(data)
        events = resume_all(project, profile, stopped.run)
        damaged = [event for event in events if isinstance(event, Notice) and event.kind == "damaged"]
        assert checkpoints[-1].name in damaged[0].message
        assert metrics_of(project, stopped.run) == metrics_of(project, whole)


def test_a15_project_that_vanishes_in_mid_run_ends_it_with_a_sentence(profile: Path) -> None:
    with new_project(profile) as project:

        class Vanishing(StopAt):
            def request_stop(self) -> None:
                shutil.rmtree(project.root)

        end = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=Vanishing(3)))
        assert end.state == "failed"
        assert end.failure is not None
        assert "gone" in end.failure["message"]
        assert not project.root.exists()


def test_every_checkpoint_damaged_starts_again_and_says_so(profile: Path) -> None:
    with new_project(profile) as project:
        whole = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run
        stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(4)))
        for state in RunStore(project.root).checkpoints_folder(stopped.run).glob("0*/state.safetensors"):
            state.write_bytes(b"")
        events = resume_all(project, profile, stopped.run)
        assert any(isinstance(event, Notice) and event.kind == "damaged" for event in events)
        assert metrics_of(project, stopped.run) == metrics_of(project, whole)


def test_full_cache_disk_costs_time_but_not_the_run(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_cache(kind: str, path: Path) -> None:
        if kind == "write" and "features" in path.parts:
            raise OSError(28, "No space left on device")

    with new_project(profile) as project:
        with monkeypatch.context() as patch:
            patch.setattr(fsio.primitives, "operation", full_cache)
            events = run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))
        assert end_of(events).state == "completed"
        assert any(isinstance(event, Notice) and event.kind == "cache" for event in events)
        whole = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))).run
        assert metrics_of(project, whole) == metrics_of(project, end_of(events).run)


def test_damaged_feature_row_is_computed_again(profile: Path) -> None:
    options = TrainOptions(threads=1)
    with new_project(profile) as project:
        first = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=options)).run
        for rows in (profile / "cache" / "features").rglob("*.f16"):
            data = bytearray(rows.read_bytes())
            data[len(data) // 2] ^= 255
            rows.write_bytes(data)
            break
        else:
            pytest.fail("no file of features was found")
        second = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=options)).run
        assert metrics_of(project, first) == metrics_of(project, second)

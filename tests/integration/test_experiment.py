"""Whole runs with the real bundled network: results, record, caches, and what is left on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import timm
import torch

import numpy as np
import pytest

from tests.run_samples import end_of, metrics_of, new_project, resume_all, run_all, weights_hash
from tests.training_samples import StopAt
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.models.builder import build_pretrained
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.edits import Edit, EditField
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.epoch_answers import read_epoch, read_epochs
from tlft_desktop.core.runs.heat import read_heat
from tlft_desktop.core.runs.predictions import read_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.device import available_modes
from tlft_desktop.core.training.setup import TrainingContext
from tlft_desktop.core.values.events import Gate, LayerHeat, Notice, PhaseStart, ValidationEnd
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.numerics import MODES, NumericMode
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows import versions
from tlft_desktop.core.workflows.bundle import read_bundle
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.core.workflows.prediction import predict
from tlft_desktop.core.workflows.repeat import command_of
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow
HYBRID_OPTIONS = TrainOptions(epochs=2, batch_size=8, threads=1, target=1.0)


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


@pytest.mark.parametrize(
    "kind", [StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.CUSTOM, StrategyKind.NORM_BIAS]
)
def test_a_run_leaves_a_record_predictions_and_a_network(project: Project, profile: Path, kind: StrategyKind) -> None:
    options = None if kind is StrategyKind.FINETUNE else TrainOptions(threads=1)
    events = run_all(project, profile, kind, options=options)
    end = end_of(events)
    assert end.state == "completed"
    assert end.frozen_proof == ("none frozen" if kind is StrategyKind.FINETUNE else "verified")
    store = RunStore(project.root)
    summary = store.summary(end.run)
    assert summary.state is RunState.COMPLETED
    assert end.best is not None
    assert summary.val_accuracy == end.best["val_accuracy"]
    predictions = read_predictions(store.folder(end.run))
    assert predictions is not None
    assert np.mean(predictions.logits.argmax(1) == predictions.labels) == pytest.approx(end.best["val_accuracy"])
    assert read_bundle(store.folder(end.run) / "final").classes == project.manifest.classes
    epochs = read_epochs(store.folder(end.run))
    assert epochs is not None
    assert epochs.epochs == tuple(event.epoch for event in events if isinstance(event, ValidationEnd))
    assert epochs.images.hashes == predictions.hashes
    assert epochs.images.classes == predictions.classes
    best = read_epoch(store.folder(end.run), end.best["epoch"])
    assert best is not None
    assert best.answers.tolist() == predictions.logits.argmax(1).tolist()


def test_frozen_layers_of_a_transfer_run_are_those_of_the_weights_file(project: Project, profile: Path) -> None:
    run = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))).run
    entry = find_backbone(project.config.backbone)
    weights = WeightsStore(AppPaths.below(profile).models_folder).load(entry)
    original = build_pretrained(entry, num_classes=3, weights=weights, seed=0, image_size=32).state_dict()
    trained = read_bundle(RunStore(project.root).folder(run) / "final").state
    changed = {name for name, tensor in original.items() if not torch.equal(tensor, trained[name])}
    assert changed == {"classifier.weight", "classifier.bias"}


def test_a_network_with_adapters_is_used_like_any_other(project: Project, profile: Path) -> None:
    options = TrainOptions(epochs=1, batch_size=8, threads=1)
    events = run_all(project, profile, StrategyKind.LORA, options=options)
    end = end_of(events)
    assert end.frozen_proof == "verified"
    store = RunStore(project.root)
    predictions = read_predictions(store.folder(end.run))
    assert predictions is not None
    control, paths = Control(), AppPaths.below(profile)
    used = [project.data_folder / record.path for record in project.manifest.used(Split.VAL)]
    answers = list(predict(project, end.run, used, paths=paths, control=control))
    assert [answer.class_name for answer in answers if answer.class_name not in project.manifest.classes] == []
    network = timm.create_model(f"local-dir:{store.folder(end.run) / 'final'}", pretrained=True).eval()
    state = read_bundle(store.folder(end.run) / "final").state
    assert all(torch.equal(tensor, state[name]) for name, tensor in network.state_dict().items())
    entry = find_backbone(project.config.backbone)
    weights = WeightsStore(paths.models_folder).load(entry)
    original = build_pretrained(entry, num_classes=3, weights=weights, seed=0, image_size=32).state_dict()
    changed = {name for name, tensor in original.items() if not torch.equal(tensor, state[name])}
    tree = layer_tree(entry.name, 3, 32)
    adapted = {f"{owner}.weight" for owner in tree.adapters(preset_plan(tree, Preset.LORA))}
    assert {"classifier.weight", "classifier.bias"} < changed <= adapted | {"classifier.weight", "classifier.bias"}


def test_features_of_one_run_serve_the_next(project: Project, profile: Path) -> None:
    def hit(kind: StrategyKind, options: TrainOptions) -> bool:
        events = run_all(project, profile, kind, options=options)
        start = next(event for event in events if isinstance(event, PhaseStart))
        assert start.cache is not None
        return bool(start.cache["hit"])

    assert not hit(StrategyKind.TRANSFER, TrainOptions(threads=1))
    assert hit(StrategyKind.TRANSFER, TrainOptions(threads=1))
    assert hit(StrategyKind.HYBRID, HYBRID_OPTIONS)
    assert not hit(StrategyKind.TRANSFER, TrainOptions(threads=1, use_cache=False))


def test_cached_and_uncached_features_give_the_same_head(project: Project, profile: Path) -> None:
    runs = [
        end_of(run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1, use_cache=cache))).run
        for cache in (True, True, False)
    ]
    assert len({weights_hash(project, run) for run in runs}) == 1
    assert len({metrics_of(project, run) for run in runs}) == 1


def test_equal_seeds_give_equal_runs_and_other_seeds_do_not(project: Project, profile: Path) -> None:
    hashes = [
        weights_hash(
            project,
            end_of(
                run_all(
                    project,
                    profile,
                    StrategyKind.FINETUNE,
                    options=TrainOptions(epochs=1, batch_size=8, threads=1, seed=seed),
                )
            ).run,
        )
        for seed in (1, 1, 2)
    ]
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.parametrize("step", range(6))
def test_b1_stop_at_every_step_then_resume_equals_uninterrupted(project: Project, profile: Path, step: int) -> None:
    whole = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run
    stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(step)))
    assert stopped.state == "stopped"
    assert RunStore(project.root).summary(stopped.run).resumable
    events = resume_all(project, profile, stopped.run)
    assert end_of(events).state == "completed"
    assert metrics_of(project, stopped.run) == metrics_of(project, whole)
    assert weights_hash(project, stopped.run) == weights_hash(project, whole)
    assert any(isinstance(event, Notice) and event.kind == "resumed" for event in events)


def test_b2_going_on_with_another_version_of_a_library_is_told(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, control=StopAt(2))).run
    now = versions.library_versions()
    monkeypatch.setattr(versions, "library_versions", lambda: {**now, "torch": "9.0", "numpy": "8.1"})
    events = resume_all(project, profile, stopped, control=StopAt(3))
    (told,) = [event for event in events if isinstance(event, Notice) and event.kind == "versions"]
    assert (
        f"began with torch {now['torch']}, numpy {now['numpy']} and goes on with torch 9.0, numpy 8.1:" in told.message
    )
    assert told.to_json() in RunStore(project.root).events(stopped)
    (remark,) = command_of(project, stopped).remarks
    assert remark.endswith("a repetition uses torch 9.0, numpy 8.1, so the last bits can differ.")


@pytest.mark.parametrize("mode", [NumericMode.REFERENCE, NumericMode.BF16_CHANNELS_LAST])
def test_b1_a_run_in_a_mode_of_ones_own_resumes_in_it_to_the_bit(
    project: Project, profile: Path, mode: NumericMode
) -> None:
    if mode not in available_modes("cpu"):
        pytest.skip("this processor has no bfloat16")
    options = TrainOptions(epochs=2, batch_size=8, threads=1, numeric=mode)
    whole = end_of(run_all(project, profile, StrategyKind.FINETUNE, options=options)).run
    stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, options=options, control=StopAt(3))).run
    assert RunStore(project.root).config(stopped).numerics.mode is mode
    start = resume_all(project, profile, stopped)[0].to_json()
    dtype, memory_format = MODES[mode]
    assert (start["numerics"]["dtype"], start["numerics"]["memory_format"]) == (dtype.value, memory_format.value)
    assert metrics_of(project, stopped) == metrics_of(project, whole)
    assert weights_hash(project, stopped) == weights_hash(project, whole)
    saved = read_bundle(RunStore(project.root).folder(whole) / "final").state.values()
    assert {tensor.dtype for tensor in saved if tensor.is_floating_point()} == {torch.float32}


@pytest.mark.parametrize("step", [0, 3])
def test_b1_stopped_hybrid_equals_uninterrupted(project: Project, profile: Path, step: int) -> None:
    whole = end_of(run_all(project, profile, StrategyKind.HYBRID, options=HYBRID_OPTIONS)).run
    stopped = end_of(run_all(project, profile, StrategyKind.HYBRID, options=HYBRID_OPTIONS, control=StopAt(step)))
    assert stopped.state == "stopped"
    resume_all(project, profile, stopped.run)
    assert metrics_of(project, stopped.run) == metrics_of(project, whole)
    assert weights_hash(project, stopped.run) == weights_hash(project, whole)


def test_hybrid_of_few_images_goes_on_with_all_layers(project: Project, profile: Path) -> None:
    run = end_of(run_all(project, profile, StrategyKind.HYBRID, options=HYBRID_OPTIONS)).run
    store = RunStore(project.root)
    first, second = store.config(run).strategy.phases
    assert "conv_stem" in first.plan.frozen
    assert not second.plan.frozen
    assert store.summary(run).frozen_proof == "verified", "of what the first phase froze"


def test_stop_while_features_are_computed(project: Project, profile: Path) -> None:
    control = Control()
    control.request_stop()
    stopped = end_of(run_all(project, profile, StrategyKind.TRANSFER, control=control, options=TrainOptions(threads=1)))
    assert stopped.state == "stopped"
    assert end_of(resume_all(project, profile, stopped.run)).state == "completed"


def test_abandoned_run_is_saved_and_can_go_on(project: Project, profile: Path) -> None:
    whole = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run
    options = TrainOptions(epochs=2, batch_size=8, threads=1)
    events = run_experiment(
        project, StrategyKind.FINETUNE, options=options, paths=AppPaths.below(profile), control=Control()
    )
    run = ""
    for event in events:
        run = event.run
        if event.name == "validation_end":
            break
    events.close()  # type: ignore[attr-defined]
    assert RunStore(project.root).summary(run).state is RunState.INTERRUPTED
    assert end_of(resume_all(project, profile, run)).state == "completed"
    assert metrics_of(project, run) == metrics_of(project, whole)


def test_finished_run_cannot_be_resumed(project: Project, profile: Path) -> None:
    run = end_of(run_all(project, profile, StrategyKind.TRANSFER, options=TrainOptions(threads=1))).run
    with pytest.raises(InputError, match="completed"):
        resume_all(project, profile, run)


def test_time_budget_becomes_steps_that_a_resume_keeps(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A machine under load may let the clock end the run before its steps are done; that is tested elsewhere.
    monkeypatch.setattr(TrainingContext, "is_out_of_time", False)
    # Too short for as many epochs without gain as would end the run before.
    options = TrainOptions(epochs=1000, batch_size=8, threads=1, budget_seconds=1.0)
    control, planned = Control(), 0
    told = []
    for event in run_experiment(
        project, StrategyKind.FINETUNE, options=options, paths=AppPaths.below(profile), control=control
    ):
        told.append(event)
        if isinstance(event, PhaseStart):
            planned = event.num_steps
            control.request_stop()
    stopped = end_of(told)
    assert planned >= 1
    assert stopped.state == "stopped"
    assert RunStore(project.root).config(stopped.run).budget_seconds == 1.0
    resumed = resume_all(project, profile, stopped.run)
    assert [event.num_steps for event in resumed if isinstance(event, PhaseStart)] == [planned]
    assert end_of(resumed).state == "completed"
    assert RunStore(project.root).status(stopped.run).step == planned


@pytest.mark.parametrize(
    ("kind", "options", "word"),
    [
        (StrategyKind.TRANSFER, TrainOptions(learning_rate=0.1), "--head sgd"),
        (StrategyKind.TRANSFER, TrainOptions(batch_size=4), "--head sgd"),
        (StrategyKind.FINETUNE, TrainOptions(target=0.9), "hybrid"),
        (StrategyKind.FINETUNE, TrainOptions(batch_size=0), "batch size"),
        (StrategyKind.FINETUNE, TrainOptions(budget_seconds=-1.0), "budget"),
    ],
)
def test_options_without_meaning_are_refused_before_a_run_is_made(
    project: Project, profile: Path, kind: StrategyKind, options: TrainOptions, word: str
) -> None:
    with pytest.raises(UsageError, match=word):
        run_all(project, profile, kind, options=options)
    assert RunStore(project.root).ids() == []


def test_project_whose_validation_images_are_all_excluded_is_refused(project: Project, profile: Path) -> None:
    val = project.manifest.used(Split.VAL)
    project.edits.append([Edit(record.path, EditField.EXCLUDED, "", "blurred") for record in val])
    with pytest.raises(InputError, match="no image for validation"):
        run_all(project, profile, StrategyKind.FINETUNE)
    assert RunStore(project.root).ids() == []


def test_strategy_of_ones_own_is_trained_as_it_says_and_takes_no_options(project: Project, profile: Path) -> None:
    first = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run
    own = RunStore(project.root).config(first).strategy
    options = TrainOptions(batch_size=8, threads=1)
    second = end_of(run_all(project, profile, own, options=options)).run
    assert metrics_of(project, first) == metrics_of(project, second)
    with pytest.raises(UsageError, match="says itself"):
        run_all(project, profile, own, options=TrainOptions(epochs=3))


def test_events_on_disk_are_those_that_were_told(project: Project, profile: Path) -> None:
    events = run_all(project, profile, StrategyKind.HYBRID, options=HYBRID_OPTIONS)
    run = end_of(events).run
    elsewhere = ("batch_end", LayerHeat.name)
    told = [json.loads(json.dumps(event.to_json())) for event in events if event.name not in elsewhere and event.seq]
    assert RunStore(project.root).events(run) == told
    heated = [event.epoch for event in events if isinstance(event, LayerHeat)]
    assert [row.epoch for row in read_heat(RunStore(project.root), run).epochs] == heated != []
    assert [event.seq for event in events if event.seq] == list(range(1, 1 + sum(1 for event in events if event.seq)))
    assert any(isinstance(event, Gate) for event in events)


def test_failing_disk_ends_the_run_with_a_sentence_and_it_resumes(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = end_of(run_all(project, profile, StrategyKind.FINETUNE)).run

    def full_disk(kind: str, path: Path) -> None:
        if kind == "write" and "checkpoints" in str(path):
            checkpoints.append(path)
            if len(checkpoints) > 3:
                raise OSError(28, "No space left on device")

    checkpoints: list[Path] = []
    with monkeypatch.context() as patch:
        patch.setattr(fsio.primitives, "operation", full_disk)
        end = end_of(run_all(project, profile, StrategyKind.FINETUNE))
    assert end.state == "failed"
    assert end.failure is not None
    assert end.failure["kind"] == "storage"
    assert "disk is full" in end.failure["message"]
    assert end.failure["exit_code"] == 5
    assert end_of(resume_all(project, profile, end.run)).state == "completed"
    assert weights_hash(project, end.run) == weights_hash(project, whole)

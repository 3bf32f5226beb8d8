"""Checkpoints whose hashes are right and whose content is not that of their run: told in a sentence, never a fault."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

import pytest
import safetensors.torch

from command_line import call, coloured_images, records, sentence
from run_samples import hash_of_weights
from storage_samples import files_of
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.fsio import folders
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.runs.checkpoint import load_best, load_last, load_newest
from tlft_desktop.core.runs.checkpoint_files import newest_first, step_of
from tlft_desktop.core.runs.run_layout import RunLayout
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Checkpoint
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Phase, Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.experiment import TrainOptions, resume_experiment, run_experiment
from tlft_desktop.core.workflows.networks import layer_tree, run_layout
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow

Tensors = dict[str, torch.Tensor]
Change = Callable[[dict[str, Any], Tensors], object]
HEAD, STEM = "model/classifier.weight", "model/conv_stem.weight"
MOMENT = "optim/classifier.weight/exp_avg"
COUNT = "optim/classifier.bias/step"
EPOCHS = 3


@dataclass(frozen=True)
class World:
    """A profile and a project with a run that was stopped behind its second epoch: two checkpoints, both the best.

    Attributes:
        home: The profile.
        images: Class folders.
        root: The project.
        run: The run.
        folder: Its checkpoints.
        layout: What they must fit.
    """

    home: Path
    images: Path
    root: Path
    run: str
    folder: Path
    layout: RunLayout


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a world that nobody changes."""
    place = tmp_path_factory.mktemp("content")
    paths, images = AppPaths.below(place / "home"), coloured_images(place / "images", num_per_class=6)
    new = NewProject(root=place / "colours", source=images, image_size=32, val_fraction=0.3, test_fraction=0.2)
    project = list(create(new, paths=paths, control=Control()))[-1]
    assert isinstance(project, Project)
    options = TrainOptions(threads=1, device="cpu", epochs=EPOCHS, head=HeadSolver.SGD, batch_size=4)
    control, num_saved = Control(), 0
    with project:
        events = run_experiment(project, StrategyKind.TRANSFER, options=options, paths=paths, control=control)
        for event in events:
            num_saved += isinstance(event, Checkpoint)
            if num_saved == 2:
                control.request_stop()
    return _world(place / "home", images, project.root)


def _world(home: Path, images: Path, root: Path) -> World:
    store = RunStore(root)
    (run,) = store.ids()
    config = store.config(run)
    layout = run_layout(config, read_manifest(root, config.manifest))
    return World(home, images, root, run, store.checkpoints_folder(run), layout)


@pytest.fixture
def world(pristine: World, tmp_path: Path) -> World:
    """Return a copy that a test may damage."""
    root = shutil.copytree(pristine.root, tmp_path / "copy.tlft")
    return _world(pristine.home, pristine.images, root)


@pytest.fixture
def linked(pristine: World, tmp_path: Path) -> World:
    """Return a copy whose files a test may replace, but not write to."""
    root = shutil.copytree(pristine.root, tmp_path / "copy.tlft", copy_function=os.link)
    return replace(pristine, root=root, folder=RunStore(root).checkpoints_folder(pristine.run))


def rewrite(checkpoint: Path, change: Change) -> None:
    """Change a checkpoint and give it the hashes of what it holds then."""
    files = fsio.read_folder(checkpoint)
    meta, tensors = json.loads(files["meta.json"]), safetensors.torch.load(files["state.safetensors"])
    before = dict(tensors)
    change(meta, tensors)
    is_same = tensors.keys() == before.keys() and all(tensors[name] is before[name] for name in tensors)
    fsio.remove_tree(checkpoint)
    with fsio.FolderWriter(checkpoint) as writer:
        writer.add("state.safetensors", files["state.safetensors"] if is_same else safetensors.torch.save(tensors))
        writer.add("meta.json", json.dumps(meta).encode())


def of_meta(*keys: str, value: object) -> Change:
    """Return a change of one value of `meta.json`."""

    def change(meta: dict[str, Any], tensors: Tensors) -> None:
        place = meta
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


def of_progress(**values: object) -> Change:
    """Return a change of what the trainer counted."""
    return lambda meta, tensors: meta["trainer"]["progress"].update(values)


def of_result(**values: object) -> Change:
    """Return a change of the best result."""
    return lambda meta, tensors: meta["trainer"]["progress"]["best"].update(values)


def of_status(**values: object) -> Change:
    """Return a change of the status of the run."""
    return lambda meta, tensors: meta["record"]["status"].update(values)


def without(*keys: str) -> Change:
    """Return a change that takes a key of `meta.json` away."""

    def change(meta: dict[str, Any], tensors: Tensors) -> None:
        place = meta
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]

    return change


def of_tensor(name: str, new: Callable[[torch.Tensor], torch.Tensor]) -> Change:
    """Return a change of one tensor."""
    return lambda meta, tensors: tensors.update({name: new(tensors[name])})


def added(name: str, tensor: torch.Tensor) -> Change:
    """Return a change that adds a tensor."""
    return lambda meta, tensors: tensors.update({name: tensor})


def lacking(*names: str) -> Change:
    """Return a change that takes tensors away whose names begin so."""

    def change(meta: dict[str, Any], tensors: Tensors) -> None:
        for name in [name for name in tensors if name.startswith(names)]:
            del tensors[name]

    return change


def _of_another_network(meta: dict[str, Any], tensors: Tensors) -> None:
    tensors.clear()
    tensors.update({"model/conv1.weight": torch.zeros(64, 3, 7, 7), "model/fc.weight": torch.zeros(3, 512)})


def _renamed_moments(meta: dict[str, Any], tensors: Tensors) -> None:
    for name in [name for name in tensors if name.startswith("optim/")]:
        tensors[name.replace("exp_avg_sq", "square_avg")] = tensors.pop(name)


PROGRESS = ("trainer", "progress")
MUTANTS: dict[str, tuple[Change, str]] = {
    # ---- the frame
    "schema as a text": (of_meta("schema", value="1"), "another version"),
    "step of another checkpoint": (of_meta("step", value=99), "another version"),
    "kind unknown": (of_meta("kind", value="worst"), "kind"),
    "kind as a list": (of_meta("kind", value=["last"]), "kind"),
    "trainer as a list": (of_meta("trainer", value=[1]), "'trainer' is"),
    "trainer missing": (without("trainer"), "lacks 'trainer'"),
    "something beside the progress": (of_meta("trainer", "rng", value=[1, 2, 3]), "trainer saves"),
    "random state as a tensor": (added("rng/torch", torch.zeros(5056, dtype=torch.uint8)), "rng/torch"),
    "has_best as a number": (of_meta("trainer", "has_best", value=1), "trainer saves"),
    "has_best without a best": (of_meta("trainer", "has_best", value=False), "best result"),
    # ---- what the trainer counted
    "progress as a text": (of_meta(*PROGRESS, value="none"), "an object is needed"),
    "phase beyond the phases": (of_progress(phase=1), "stands in phase 2"),
    "phase negative": (of_progress(phase=-1), "'phase' is -1"),
    "phase as a text": (of_progress(phase="0"), "'phase' is '0'"),
    "phase missing": (without(*PROGRESS, "phase"), "lacks 'phase'"),
    "phase null": (of_progress(phase=None), "'phase' is None"),
    "epoch negative": (of_progress(epoch=-3), "'epoch' is -3"),
    "epoch as a text": (of_progress(epoch="two"), "'epoch' is 'two'"),
    "epoch as a fraction": (of_progress(epoch=1.5), "'epoch' is 1.5"),
    "epoch as a flag": (of_progress(epoch=True), "'epoch' is True"),
    "epoch beyond every integer": (of_progress(epoch=10**300), "'epoch' is 1000"),
    "more epochs than planned": (of_progress(phase_epoch=EPOCHS + 1, epoch=EPOCHS + 1), "'phase_epoch' is 4"),
    "step of another state": (of_progress(step=10**6), "saved at step 1000000"),
    "step negative": (of_progress(step=-1), "'step' is -1"),
    "step of the phase beyond the run": (of_progress(phase_step=10**6), "'phase_step' is"),
    "batches without images": (of_progress(batch=1), "0 images were seen in 1 batches"),
    "batches beyond the epoch": (of_progress(batch=500, num_seen=12), "'batch' is 500"),
    "loss as a text": (of_progress(loss_sum="0"), "'loss_sum' is '0'"),
    "loss not a number": (of_progress(loss_sum={"$float": "nan"}), "'loss_sum' is nan"),
    "loss as bare NaN": (of_progress(loss_sum=float("nan")), "NaN"),
    "loss as a list of digits": (of_progress(lowest_val_loss={"$float": "x"}), "could not convert"),
    "seconds infinite": (of_progress(seconds={"$float": "inf"}), "'seconds' is inf"),
    "seconds negative": (of_progress(seconds=-1.0), "'seconds' is -1.0"),
    "peaks as a list": (of_progress(phase_peaks=[1]), "'phase_peaks' is [1]"),
    "peak of an unknown phase": (of_progress(phase_peaks={"x": 1}), "'phase_peaks' names 'x'"),
    "peak as a text": (of_progress(phase_peaks={"head": "1"}), "'phase_peaks.head' is '1'"),
    "time of an unknown part": (of_progress(part_seconds={"sleep": 1.0}), "'part_seconds' names 'sleep'"),
    "hashes as numbers": (of_progress(frozen_before={"conv_stem.weight": 1}), "'frozen_before.conv_stem.weight'"),
    "hashes of an unknown layer": (of_progress(frozen_before={"fc.weight": "0"}), "'frozen_before' names"),
    "violations as a text": (of_progress(violations="none"), "'violations' is 'none'"),
    "micro-batch beyond the batch": (of_progress(micro_batch=10**9), "'micro_batch' is 1e+09"),
    "rate of nothing": (of_progress(rate_scale=0.0), "'rate_scale' is 0"),
    "rate above the plan": (of_progress(rate_scale=50.0), "'rate_scale' is 50"),
    "no steps planned": (of_progress(num_steps=0), "'phase_step' is"),
    "steps without end": (of_progress(num_steps=10**9), "'num_steps' is 1e+09"),
    "front as a number": (of_progress(front=3), "'front' is 3"),
    "field unknown": (of_progress(momentum=0.9), "'momentum' is not known"),
    "best as a list": (of_progress(best=[1, 2]), "an object is needed"),
    "best as a text": (of_progress(phase_best="the best"), "an object is needed"),
    "best with an unknown field": (of_result(val_f1=1.0), "'val_f1' is not known"),
    "best lacks its epoch": (without(*PROGRESS, "best", "epoch"), "lacks 'epoch'"),
    "best of a later phase": (of_result(phase=7), "best result is none"),
    "best of a later epoch": (of_result(epoch=77), "best result is none"),
    "best of more images than there are": (of_result(num_correct=10**6), "best result is none"),
    "best accuracy above one": (of_result(val_accuracy=1.5), "best result is none"),
    "best loss not a number": (of_result(val_loss={"$float": "nan"}), "'val_loss' is nan"),
    # ---- what the recorder counted
    "record as a list": (of_meta("record", value=[]), "'record' is []"),
    "record empty": (of_meta("record", value={}), "lacks 'offsets'"),
    "offset negative": (of_meta("record", "offsets", "events.jsonl", value=-5), "'offsets.events.jsonl' is -5"),
    "offset as a text": (of_meta("record", "offsets", "metrics.jsonl", value="5"), "'offsets.metrics.jsonl' is '5'"),
    "offsets as a list": (of_meta("record", "offsets", value=[1]), "'offsets' is [1]"),
    "count missing": (without("record", "counts", "events"), "it counts metrics, timings"),
    "count negative": (of_meta("record", "counts", "events", value=-1), "'counts.events' is -1"),
    "status null": (of_meta("record", "status", value=None), "'status' is None"),
    "status unknown": (of_status(state="asleep"), "asleep"),
    "status with a text for a number": (of_status(epoch="2"), "'status.epoch' is '2'"),
    "status without a process": (of_status(process=[]), "'status' cannot be read"),
    "status of another step": (of_status(step=1), "its record is that of step 1"),
    "status with half of a best result": (of_status(best={"epoch": 1}), "lacks a figure of the best"),
    "status with words for a best result": (of_status(best={"epoch": "x"}), "'status' cannot be read"),
    "best step as a text": (of_meta("record", "best_step", value="4"), "'best_step' is '4'"),
    "seconds of the record not a number": (of_meta("record", "seconds", value="1"), "'seconds' is '1'"),
    # ---- tensors
    "integers in place of floats": (of_tensor(STEM, lambda value: value.to(torch.int32)), "is I32"),
    "half in place of single": (of_tensor(HEAD, lambda value: value.half()), "is F16"),
    "head of more classes": (of_tensor(HEAD, lambda value: value.repeat(2, 1)), "F32 [6, 1280], and F32 [3, 1280]"),
    "weight flattened": (of_tensor(STEM, lambda value: value.flatten()), "conv_stem.weight"),
    "weight missing": (lacking(STEM), "lacks 'conv_stem.weight'"),
    "weight too many": (added("model/extra.weight", torch.zeros(2)), "holds 'extra.weight'"),
    "weight not finite": (of_tensor(HEAD, lambda value: value * float("nan")), "not finite"),
    "no weights at all": (lacking("model/"), "lacks 'conv_stem.weight'"),
    "another network": (_of_another_network, "best result without its network"),
    "best weight of another shape": (added("best/classifier.bias", torch.zeros(9)), "'classifier.bias' is F32 [9]"),
    "moments of an unknown layer": (added("optim/fc.weight/exp_avg", torch.zeros(3)), "holds 'fc.weight/exp_avg'"),
    "moments of another shape": (of_tensor(MOMENT, lambda value: value[:1]), "'classifier.weight/exp_avg' is"),
    "moments of another optimiser": (_renamed_moments, "square_avg"),
    "moments not finite": (of_tensor(MOMENT, lambda value: value / 0), "not finite"),
    "half of the moments": (lacking(MOMENT), "lacks 'classifier.weight/exp_avg"),
    "no moments": (lacking("optim/"), "state of the optimiser"),
    "step of the optimiser as a matrix": (of_tensor(COUNT, lambda value: value.repeat(2, 2)), "bias/step"),
    "answers for other images": (of_tensor("logits/best", lambda value: value[:1]), "'best' is F32 [1, 3]"),
    "answers for other classes": (of_tensor("logits/best", lambda value: value.repeat(1, 2)), "'best' is F32"),
    "answers missing": (lacking("logits/"), "best result without its network"),
    "answers to another question": (added("logits/test", torch.zeros(2, 3)), "holds 'test'"),
    "heat as a matrix": (added("heat/sums", torch.zeros(2, 2)), "'heat/sums'"),
    "heat of a larger network": (added("heat/sums", torch.zeros(10**5)), "'heat/sums'"),
    "heat unknown": (added("heat/cold", torch.zeros(2)), "'heat/cold'"),
}  # fmt: skip


def _commands(world: World, place: Path) -> tuple[tuple[object, ...], ...]:
    return (
        ("predict", world.root, "--run", world.run, world.images / "red" / "000.png"),
        ("export", world.root, world.run, "--format", "bundle", "--output", place / "bundle"),
        ("evaluate", world.root, world.run, "--split", "test"),
        ("explain", world.root, world.images / "red" / "000.png", "--run", world.run),
    )


@pytest.mark.parametrize("name", MUTANTS)
def test_a_checkpoint_that_does_not_fit_its_run_is_told_in_a_sentence(
    name: str, linked: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of the commands that use a run, in turn: the best checkpoint is wrong, and so is the one before it."""
    change, words = MUTANTS[name]
    for checkpoint in newest_first(linked.folder):
        rewrite(checkpoint, change)
    before = files_of(linked.folder)
    commands = _commands(linked, tmp_path)
    command = commands[list(MUTANTS).index(name) % len(commands)]
    result = call([*command, "--quiet"], home=linked.home, capsys=capsys)
    assert result.returncode == ExitCode.BAD_INPUT
    assert words in sentence(result)
    assert str(newest_first(linked.folder)[0]) in sentence(result)
    assert files_of(linked.folder) == before
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize("name", MUTANTS)
def test_the_checkpoint_before_one_that_does_not_fit_its_run_is_used(name: str, linked: World) -> None:
    change, words = MUTANTS[name]
    newest, before = newest_first(linked.folder)
    rewrite(newest, change)
    told: list[str] = []
    loaded = load_newest(linked.folder, linked.layout, on_damaged=told.append)
    assert loaded is not None
    assert loaded.step == step_of(before)
    (problem,) = told
    assert words in problem
    assert str(newest) in problem
    (aside,) = loaded.damaged
    assert Path(aside).is_dir()


@pytest.mark.parametrize("name", ["epoch as a text", "no weights at all"])
def test_every_command_uses_the_checkpoint_before(
    name: str, linked: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(newest_first(linked.folder)[0], MUTANTS[name][0])
    for load in (load_best, load_last):
        loaded = load(linked.folder, linked.layout)
        assert loaded is not None
        assert loaded.step == step_of(newest_first(linked.folder)[1])
    for command in _commands(linked, tmp_path):
        assert call([*command, "--quiet"], home=linked.home, capsys=capsys).returncode == ExitCode.DONE
    assert len(newest_first(linked.folder)) == 2


def test_the_heat_of_a_run_is_told_without_its_drift(linked: World, capsys: pytest.CaptureFixture[str]) -> None:
    change, words = MUTANTS["weight missing"]
    for checkpoint in newest_first(linked.folder):
        rewrite(checkpoint, change)
    result = call(("heat", linked.root, linked.run), home=linked.home, capsys=capsys)
    assert result.returncode == ExitCode.DONE
    (line,) = result.stderr.splitlines()
    assert line.startswith("The drift cannot be measured. ")
    assert words in line


@pytest.fixture(scope="module")
def uninterrupted(pristine: World, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a hash of the network that the run ends with, going on from its newest checkpoint."""
    root = shutil.copytree(pristine.root, tmp_path_factory.mktemp("whole") / "copy.tlft")
    with open_project(root) as project:
        list(resume_experiment(project, pristine.run, paths=AppPaths.below(pristine.home), control=Control()))
    return hash_of_weights(RunStore(root).folder(pristine.run))


@pytest.mark.parametrize(
    "name", ["phase beyond the phases", "record empty", "integers in place of floats", "moments of another optimiser"]
)
def test_a_run_goes_on_from_the_checkpoint_before_and_ends_equal(
    name: str, world: World, uninterrupted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, words = MUTANTS[name]
    newest, before = newest_first(world.folder)
    rewrite(newest, change)
    result = call(("train", world.root, "--resume", world.run, "--json"), home=world.home, capsys=capsys)
    notices = [event["message"] for event in records(result) if event["event"] == "notice"]
    assert f"The run goes on from step {step_of(before)}." in notices
    assert [notice for notice in notices if words in notice and str(newest) in notice]
    assert hash_of_weights(world.folder.parent) == uninterrupted


def test_a_run_without_any_that_fits_starts_again_and_says_why(
    world: World, uninterrupted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, words = MUTANTS["head of more classes"]
    for checkpoint in newest_first(world.folder):
        rewrite(checkpoint, change)
    result = call(("train", world.root, "--resume", world.run, "--json"), home=world.home, capsys=capsys)
    notices = [event["message"] for event in records(result) if event["event"] == "notice"]
    assert sum("starts again from its beginning" in notice for notice in notices) == 1
    assert sum(words in notice for notice in notices) == 2
    assert hash_of_weights(world.folder.parent) == uninterrupted


@pytest.mark.parametrize("optimizer", OptimizerKind)
def test_what_a_run_saves_fits_it(optimizer: OptimizerKind, pristine: World, tmp_path: Path) -> None:
    """Layers with adapters, then one phase that goes on with what was learned, then one behind a gate."""
    tree = layer_tree(DEFAULT_BACKBONE, 3, 32)
    plan = preset_plan(tree, Preset.LORA)
    first = Phase("adapters", plan, 1, optimizer=optimizer, views=0)
    phases = (
        first,
        replace(first, name="on", continues=True),
        replace(first, name="head", plan=preset_plan(tree, Preset.TRANSFER)),
    )
    strategy = Strategy(StrategyKind.CUSTOM, phases, target=1.0)
    options, seen = TrainOptions(threads=1, device="cpu", batch_size=4), set()
    root = shutil.copytree(pristine.root, tmp_path / "copy.tlft")
    with open_project(root) as project:
        paths, store = AppPaths.below(pristine.home), RunStore(root)
        for event in run_experiment(project, strategy, options=options, paths=paths, control=Control()):
            if isinstance(event, Checkpoint):
                config = store.config(event.run)
                layout = run_layout(config, project.manifest)
                loaded = load_newest(store.checkpoints_folder(event.run), layout, on_damaged=pytest.fail)
                assert loaded is not None
                seen.add(loaded.state.meta["progress"]["phase"])
    assert {0, 1} <= seen


def test_a_checkpoint_of_an_earlier_version_is_used(linked: World) -> None:
    def change(meta: dict[str, Any], tensors: Tensors) -> None:
        for name in ("num_steps", "out_of_time", "budget_end", "front", "micro_batch", "phase_peaks", "most_correct"):
            del meta["trainer"]["progress"][name]
        for name in ("correct_before", "rate_scale", "part_seconds", "energy_joules", "energy_of"):
            del meta["trainer"]["progress"][name]
        del meta["record"]["offsets"]["heat.jsonl"], meta["record"]["status"]["solver_steps"]
        tensors.pop("heat/sums", None)

    newest = newest_first(linked.folder)[0]
    rewrite(newest, change)
    loaded = load_newest(linked.folder, linked.layout)
    assert loaded is not None
    assert loaded.step == step_of(newest)


def test_a_checkpoint_that_is_too_large_for_its_run_is_not_read(linked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = newest_first(linked.folder)[0]
    size = linked.layout.max_bytes + 1
    with open(newest / "extra", "wb") as file:
        file.truncate(size)
    manifest = json.loads((newest / "MANIFEST.json").read_text())
    manifest["files"]["extra"] = {"size": size, "sha256": "0" * 64}
    fsio.write_json(newest / "MANIFEST.json", manifest)
    told: list[str] = []
    sizes: list[int] = []
    monkeypatch.setattr(folders, "_read_verified", recording(folders._read_verified, sizes))
    assert load_newest(linked.folder, linked.layout, on_damaged=told.append) is not None
    (problem,) = told
    assert f"{linked.layout.max_bytes:,}" in problem
    assert max(sizes) < linked.layout.max_bytes


def recording(read: Callable[..., bytes], sizes: list[int]) -> Callable[..., bytes]:
    """Return a function that notes how much it was asked to read."""

    def recorded(folder: Path, name: str, entry: dict[str, Any]) -> bytes:
        sizes.append(entry["size"])
        return read(folder, name, entry)

    return recorded

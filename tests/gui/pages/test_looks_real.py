"""Looks and blends over the real workflows: sentences, pictures and figures are those of the command line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from tlft_desktop.commands.explain_view import sentences
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.head_folds import HeadFolds
from tlft_desktop.core.evaluation.overlay import Pixels, difference_picture, heat_picture
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.bundle import Bundle, read_bundle
from tlft_desktop.core.workflows.folding import folded_head
from tlft_desktop.core.workflows.label_probe import probe_training_labels
from tlft_desktop.gui import lazy_explain
from tlft_desktop.gui.blend_values import BlendRow, MeasuredBlend
from tlft_desktop.gui.layered_image import LayeredImage
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.lazy_explain import _Source
from tlft_desktop.gui.lazy_mistakes import RunImages, probe_images
from tlft_desktop.gui.look_values import AskedNetwork, LookCheck, LookWish
from tlft_desktop.gui.workers.task import Progress
from trained_project import Trained, make_trained, train

pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("This plugin does not support")]


def pixels_of(image: QImage) -> Pixels:
    """Return an image as uint8 [H, W, 3]."""
    plain = image.convertToFormat(QImage.Format.Format_RGBX8888)
    # A copy: what it is read from belongs to the image.
    return np.array(plain.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """A project with a transfer run and a fine-tuned one."""
    made = make_trained(tmp_path_factory.mktemp("looks"))
    with open_project(made.root) as project:
        train(project, made.paths, StrategyKind.FINETUNE, epochs=1)
    return made


@pytest.fixture
def engine(trained: Trained) -> CoreEngine:
    made = CoreEngine(trained.paths)
    made.load()
    return made


def test_blends_are_those_of_the_command_line_and_one_is_exported(
    trained: Trained, engine: CoreEngine, tmp_path: Path
) -> None:
    control = Control()
    with open_project(trained.root) as project:
        known = {row.run: row.val_accuracy for row in RunStore(project.root).summaries()}
        first, second = known
        blends = engine.blends(project, control)
        assert blends.base(second) == first
        with pytest.raises(InputError, match="trained nothing but its head"):
            blends.base(first)
        *steps, blend = blends.measure(second, "fine <b>one</b>", trained.images, control)
        rows = [item for item in steps if isinstance(item, BlendRow)]
        assert isinstance(blend, MeasuredBlend)
        assert blend.rows == tuple(rows)
        assert [row.alpha for row in rows] == [number / 10 for number in range(11)]
        ends = [row.validation.accuracy for row in (rows[0], rows[-1])]
        assert ends == pytest.approx([known[first], known[second]])
        assert rows[0].elsewhere is not None
        assert rows[0].elsewhere.num_images == 42
        end = "fine <b>one</b>" if known[second] >= known[first] else "transfer 1"
        assert f"'{end}'" in blend.verdict
        assert rows[blend.best].validation.num_right == max(row.validation.num_right for row in rows)
        assert blends.export(blend, rows[3], tmp_path / "bundle", control) > 1_000_000
        assert "30 % of this run" in (tmp_path / "bundle" / "README.md").read_text(encoding="utf-8")
        assert read_bundle(tmp_path / "bundle").classes == ("blue", "green", "red")
        with pytest.raises(UsageError, match="not overwritten"):
            blends.export(blend, rows[3], tmp_path / "bundle", control)


def test_training_images_and_folds_are_those_of_the_command_line(trained: Trained, engine: CoreEngine) -> None:
    control = Control()
    with open_project(trained.root) as project:
        run = RunStore(project.root).ids()[0]
        manifest = project.edited_manifest
        *steps, images = engine.training_images(project, manifest, run, control)
        assert {step.stage for step in steps if isinstance(step, Progress)} >= {"folds"}
        assert isinstance(images, RunImages)
        assert images.split is Split.TRAIN
        used = manifest.used(Split.TRAIN)
        assert len(images.paths) == len(used)
        *_, answers = probe_training_labels(project, run, paths=trained.paths, control=control)
        assert isinstance(answers, RunAnswers)
        assert images.pairs() == probe_images(manifest, answers).pairs()
        *_, folds = engine.fold_head(project, run, control)
        *_, expected = folded_head(project, run, paths=trained.paths, control=control)
        assert isinstance(expected, HeadFolds)
        assert folds == expected


def test_looks_checks_and_differences_are_those_of_the_command_line(
    trained: Trained, engine: CoreEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = Control()
    with open_project(trained.root) as project:
        looks = engine.looks(project, control)
        first, second = (AskedNetwork(run, "a <b>name</b>") for run in RunStore(project.root).ids())
        wish = LookWish(trained.images / "red" / "000.png", "red", "blocks.2", threads=1)
        one, other = (looks.look(network, wish, control) for network in (first, second))
        assert isinstance(one.source, _Source)
        assert isinstance(other.source, _Source)
        shown = one.source.shown
        said = [line.strip() for line in sentences(shown)]
        learned = {record.sha256 for record in project.edited_manifest.used(Split.TRAIN)}
        is_learned = hashlib.sha256(wish.path.read_bytes()).hexdigest() in learned
        assert ("has learned this image" in one.lines[0]) is is_learned
        end = 2 + is_learned
        assert [*one.lines[:end], *([one.warning] if one.warning else []), *one.lines[end:]] == said[1:]
        assert "blocks.2" in one.stages
        heat = heat_picture(shown.picture, shown.explanation.saliency)
        np.testing.assert_allclose(pixels_of(LayeredImage.of(one.layers).painted(1.0)), heat, atol=3)
        assert (pixels_of(LayeredImage.of(one.layers).painted(0.0)) == shown.picture).all()

        between = looks.difference(one, other)
        expected = other.source.shown.difference_from(shown)
        assert expected is not None
        assert between.layers is not None
        assert between.line.endswith("% of the heat lies where 'a <b>name</b>' has it.")
        picture = difference_picture(other.source.shown.picture, expected)
        np.testing.assert_allclose(pixels_of(LayeredImage.of(between.layers).painted(1.0)), picture, atol=3)

        *progress, check = looks.check(one, control)
        assert [item.done for item in progress] == sorted(item.done for item in progress)
        assert isinstance(check, LookCheck)
        assert check.lines[0].startswith("Covered by a patch its probability drops by up to")
        assert check.lines[1].startswith("With a shuffled head")
        assert check.lines[2].startswith("With the last stage shuffled as well")

        assert set(looks.wrong_images(first.run)) <= {record.sha256 for record in project.edited_manifest.records}
        last = AskedNetwork(second.run, "last", is_last=True)
        assert looks.look(last, wish, control).class_name == "red"
        again = looks.look(first, LookWish(trained.images / "blue" / "001.png"), control)
        assert isinstance(again.source, _Source)
        assert again.source.network is one.source.network, "networks are kept"
        monkeypatch.setattr(lazy_explain, "free_memory", lambda device: 1 << 40)
        looks.release_networks()
        assert looks.look(first, wish, control).source.network is one.source.network  # type: ignore[attr-defined]
        monkeypatch.setattr(lazy_explain, "free_memory", lambda device: 1 << 20)
        looks.release_networks()
        assert looks.look(first, wish, control).source.network is not one.source.network  # type: ignore[attr-defined]
        for bad, text in (
            (LookWish(trained.images / "red" / "gone.png"), "not there"),
            (LookWish(wish.path, "violet"), "no class 'violet'"),
            (LookWish(wish.path, stage="blocks.6"), "no spatial extent"),
        ):
            with pytest.raises(InputError, match=text):
                looks.look(first, bad, control)
        looks.close()


def test_a_network_that_was_prepared_is_loaded_once(
    trained: Trained, engine: CoreEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    load = lazy_explain.load_run

    def counting(project: Project, run: str) -> Bundle:
        loaded.append(run)
        return load(project, run)

    monkeypatch.setattr(lazy_explain, "load_run", counting)
    with open_project(trained.root) as project:
        run = RunStore(project.root).ids()[0]
        looks = engine.looks(project, Control())
        network = AskedNetwork(run, "transfer 1")
        looks.prepare(network)
        wish = LookWish(project.data_folder / project.edited_manifest.used(Split.VAL)[0].path)
        assert looks.look(network, wish, Control()).network == network
        assert loaded == [run]
        with pytest.raises(InputError):
            looks.prepare(AskedNetwork("0" * 26, "gone"))
        looks.close()

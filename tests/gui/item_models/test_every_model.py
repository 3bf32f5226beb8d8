"""Every item model passes Qt's tester while it is filled, changed and emptied; a new model must be added here."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QObject, QSortFilterProxyModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from prediction_samples import drawn, given
from tests.gui.fake_training import fake_training
from tests.gui.fakes import make_manifest
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.control import Control
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.image_answers import image_answers_of
from tlft_desktop.core.evaluation.run_evaluation import evaluate_predictions
from tlft_desktop.core.models.catalog import backbones
from tlft_desktop.core.models.weights_folder import Availability
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.race import Place
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.sweep import Over
from tlft_desktop.gui import item_models
from tlft_desktop.gui.engine import Answer, TrainSettings
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.image_looks import ShownAnswer, ShownImage
from tlft_desktop.gui.item_models.answer_grid_model import AnswerGridModel
from tlft_desktop.gui.item_models.answer_table_model import AnswerTableModel, Verdict, VerdictFilter
from tlft_desktop.gui.item_models.backbone_table_model import BackboneFilter, BackboneOffer, BackboneTableModel
from tlft_desktop.gui.item_models.class_figures_model import ClassFiguresModel
from tlft_desktop.gui.item_models.class_table_model import ClassTableModel
from tlft_desktop.gui.item_models.confusion_model import ConfusionModel, PairTableModel
from tlft_desktop.gui.item_models.image_filter import ImageFilter
from tlft_desktop.gui.item_models.image_grid_model import ImageGridModel
from tlft_desktop.gui.item_models.layer_filter import LayerFilter, LayerQuery
from tlft_desktop.gui.item_models.layer_tree_model import LayerTreeModel
from tlft_desktop.gui.item_models.log_model import LogFilter, LogModel
from tlft_desktop.gui.item_models.network_table_model import NetworkOrder, NetworkRow, NetworkTableModel
from tlft_desktop.gui.item_models.palette_model import PaletteModel
from tlft_desktop.gui.item_models.plan_diff_model import DifferenceFilter, PlanDiffModel
from tlft_desktop.gui.item_models.queue_model import QueueModel
from tlft_desktop.gui.item_models.race_table_model import RaceRow, RaceTableModel
from tlft_desktop.gui.item_models.run_table_model import RunTableModel
from tlft_desktop.gui.item_models.table_model import RowTableModel
from tlft_desktop.gui.lazy_mistakes import ImagePlaces, RunImages
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.palette_search import Entry
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.training_memory import QueuedRun
from tlft_desktop.gui.workers.mailbox import Mail

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


@dataclass
class Host:
    """What models belong to, and what some of them draw with."""

    parent: QObject
    icons: IconSet


Step = Callable[[], object]
Case = tuple[list[QAbstractItemModel], list[Step]]


def _answered_images(host: Host) -> Case:
    model, records = AnswerGridModel(host.parent), make_manifest().records
    first = ShownImage("cat", (ShownAnswer("01J", "dog", 0.9, is_right=False),))
    other = ShownImage("<b>dog</b>", (ShownAnswer("01J", "", 0.0, is_right=False),), "left out")
    return [model], [
        lambda: model.show_rows(range(5), records.__getitem__, lambda _row: first),
        lambda: model.show_rows(range(5), records.__getitem__, lambda _row: other),
        lambda: model.show_rows((7, 3), records.__getitem__, lambda _row: first),
        lambda: model.show_rows((), records.__getitem__, lambda _row: first),
    ]


def _confusions(host: Host) -> Case:
    model = ConfusionModel(host.parent)
    return [model], [lambda images=images: model.show_images(images) for images in (*_two_runs(), None)]


def _pairs(host: Host) -> Case:
    model = PairTableModel(host.parent)
    return [model], [lambda images=images: model.show_images(images) for images in (*_two_runs(), None)]


def _two_runs() -> list[RunImages]:
    """Return what a run that confuses two classes answered, and one that is always right."""
    summary = RunSummary("01J", "run", "transfer", RunState.COMPLETED)
    answers = (given([[1, 0, 0], [0, 1, 0]], [1, 1]), given([[1, 0]], [0]))
    found = [image_answers_of(RunAnswers(summary, each)) for each in answers]
    return [RunImages(each, ImagePlaces.of(each, ["a.png"] * len(each.hashes))) for each in found]


def _answers(host: Host) -> Case:
    model, shown = AnswerTableModel(host.parent), VerdictFilter(host.parent)
    shown.setSourceModel(model)
    answers = [Answer("a.png", (("cat", 0.9), ("dog", 0.1))), Answer("b.png", (("dog", 0.3),)), Answer("c", (), "gone")]
    return [model, shown], [
        lambda: model.append(answers),
        lambda: shown.show_only(Verdict.UNSURE),
        lambda: model.set_threshold(0.95),
        lambda: shown.show_only(None),
        model.clear,
    ]


def _backbones(host: Host) -> Case:
    model = BackboneTableModel(host.parent)
    shown = BackboneFilter(model, host.parent)
    offers = [BackboneOffer(entry, Availability.DOWNLOAD) for entry in backbones()]
    return [model, shown], [
        lambda: model.set_rows(offers),
        lambda: shown.set_text("resnet"),
        lambda: shown.set_text(""),
        shown.show_only_here,
        shown.show_all,
        lambda: model.set_rows(offers[:2]),
    ]


def _classes(host: Host) -> Case:
    model = ClassTableModel(host.parent)
    manifests = (make_manifest(), make_manifest(("a",)), None)
    return [model], [lambda manifest=manifest: model.set_manifest(manifest) for manifest in manifests]


def _images(host: Host) -> Case:
    model = ImageGridModel(host.parent)
    records = make_manifest().records
    return [model], [
        lambda: model.set_records(records),
        lambda: model.set_filter(ImageFilter(label="cat")),
        lambda: model.set_records(records[:3]),
        lambda: model.set_filter(ImageFilter()),
        lambda: model.set_records(()),
    ]


def _layers(host: Host) -> Case:
    model = LayerTreeModel(host.parent)
    shown = LayerFilter(model, host.parent)
    return [model, shown], [
        lambda: model.set_tree(make_layer_tree(3), FreezePlan()),
        lambda: shown.set_query(LayerQuery("bn")),
        lambda: model.set_plan(FreezePlan(frozenset({"stem"}))),
        lambda: model.set_tree(make_layer_tree(2), FreezePlan()),
        lambda: shown.set_query(LayerQuery("")),
        lambda: model.set_tree(None, FreezePlan()),
    ]


def _log(host: Host) -> Case:
    model, shown, live = LogModel(host.icons, host.parent), LogFilter(host.parent), LiveRun()
    shown.setSourceModel(model)
    events = tuple(fake_training(Control()))
    return [model, shown], [
        lambda: live.take(Mail(events, (), None, 0)),
        lambda: model.follow(live),
        lambda: shown.set_kind("trouble"),
        lambda: shown.set_kind(""),
        lambda: model.follow(LiveRun()),
    ]


def _figures(host: Host) -> Case:
    model = ClassFiguresModel(host.parent)
    classes = evaluate_predictions(drawn(40, 3)).metrics.classes
    return [model], [
        lambda: model.set_rows(classes),
        lambda: model.set_rows(classes[::-1]),
        lambda: model.set_rows(()),
    ]


def _networks(host: Host) -> Case:
    model = NetworkTableModel(host.parent)
    order = NetworkOrder(model, host.parent)
    rows = [_network(place, accuracy) for place, accuracy in enumerate((0.7, None, 0.9))]
    return [model, order], [
        lambda: model.set_rows(rows[:1]),
        lambda: model.set_rows(rows),
        lambda: order.sort(1),
        lambda: model.set_rows(rows[::-1]),
        lambda: model.set_rows([]),
    ]


def _network(place: int, accuracy: float | None) -> NetworkRow:
    return NetworkRow(
        backbone=f"timm:net{place}",
        image_size=128,
        title=f"Net {place}",
        over=Over.BACKBONE,
        place=place,
        accuracy=accuracy,
        low=0.6,
        high=0.95,
        knn_accuracy=0.6,
        milliseconds=3.0,
        parameters=1000,
        is_current=not place,
        verdict="",
        problem="" if accuracy else "It is not here.",
    )


def _palette(host: Host) -> Case:
    model = PaletteModel(host.icons, host.parent)
    entries = [Entry("Undo", "Edit", "Ctrl+Z", "", act=lambda: None), Entry("Redo", "", "", "no", act=lambda: None)]
    return [model], [lambda: model.set_rows(entries), lambda: model.set_rows(entries[1:]), lambda: model.set_rows([])]


def _plans(host: Host) -> Case:
    model, shown = PlanDiffModel(host.icons, host.parent), DifferenceFilter(host.parent)
    shown.setSourceModel(model)
    first, second = FreezePlan(frozenset({"stem"})), FreezePlan(frozenset({"stem", "blocks.0.conv0"}))
    return [model, shown], [
        lambda: model.set_plans(make_layer_tree(), (first, second), ("A", "B")),
        shown.show_differences,
        lambda: model.set_plans(make_layer_tree(), (first, first), ("A", "A")),
        shown.show_all,
        lambda: model.set_plans(None, (first, first), ("", "")),
    ]


def _queue(host: Host) -> Case:
    model = QueueModel(host.parent)
    runs = [QueuedRun(number, StrategyKind.TRANSFER, TrainSettings()) for number in range(3)]
    return [model], [
        lambda: model.show_runs(runs),
        lambda: model.show_runs(runs[::-1]),
        lambda: model.show_runs(runs[:1]),
        lambda: model.show_runs([]),
    ]


def _race(host: Host) -> Case:
    model = RaceTableModel(host.parent)
    places = (
        Place("transfer", "completed", 1, 0.9, 0.8, 0.95, 0.9, 0.9, 3.0, 2.0, ("R",), ("transfer 1 was done.",)),
        Place("finetune", "running"),
        Place("a new way", "waiting"),
    )
    rows = [RaceRow(place, (0, None)) for place in places]
    return [model], [lambda: model.set_rows(rows), lambda: model.set_rows(rows[::-1]), lambda: model.set_rows([])]


def _runs(host: Host) -> Case:
    model, sorted_ = RunTableModel(host.parent), QSortFilterProxyModel(host.parent)
    sorted_.setSourceModel(model)
    runs = [RunSummary(f"{n}", f"run {n}", "transfer", RunState.COMPLETED, val_accuracy=n / 9) for n in range(3)]
    return [model, sorted_], [
        model.set_editable,
        lambda: model.set_rows(runs),
        lambda: sorted_.sort(2),
        model.set_read_only,
        lambda: model.set_rows(runs[1:]),
        lambda: model.set_rows([]),
    ]


CASES = (
    *(_answered_images, _answers, _backbones, _classes, _confusions, _figures, _images, _layers, _log, _networks),
    *(_pairs, _palette, _plans, _queue, _race, _runs),
)


def all_models() -> set[type]:
    """Return every model class of the package, but those that others are made of."""
    found: set[type] = set()
    for module in pkgutil.iter_modules(item_models.__path__, f"{item_models.__name__}."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, QAbstractItemModel) and each.__module__ == module.name:
                found.add(each)
    return found - {RowTableModel}


@pytest.fixture
def host(qapp: QApplication, tmp_path: Path) -> Iterator[Host]:
    parent = QObject()
    yield Host(parent, IconSet(ThemeController(qapp, parent), parent))
    parent.deleteLater()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__.strip("_"))
def test_the_tester_finds_nothing(host: Host, case: Callable[[Host], Case]) -> None:
    models, steps = case(host)
    for model in models:
        QAbstractItemModelTester(model, STRICT, model)
    rows = set()
    for step in steps:
        step()
        rows.add(models[0].rowCount())
    assert len(rows) > 1, "a model that is never filled tells nothing"


def test_every_model_is_tried(host: Host) -> None:
    tried = {type(model) for case in CASES for model in case(host)[0]} - {QSortFilterProxyModel}
    assert tried == all_models()

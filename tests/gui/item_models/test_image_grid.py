"""Model, filter and pictures of the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from tests.gui.contexts import make_context
from tests.gui.fakes import FakeEngine, FakePictures, make_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.picture_desk import BATCH, PictureDesk
from tlft_desktop.gui.engine import Picture
from tlft_desktop.gui.item_models.image_filter import ImageFilter, Usage
from tlft_desktop.gui.item_models.image_grid_model import RECORD_ROLE, ImageGridModel


def test_the_model_is_sound_and_keeps_its_rows_where_it_can(manifest: Manifest, qtmodeltester, qtbot) -> None:
    model = ImageGridModel()
    qtmodeltester.check(model, force_py=False)
    model.set_records(manifest.records)
    assert model.rowCount() == 15
    index = model.index(4)
    assert index.data(RECORD_ROLE) is manifest.records[4]
    assert "left out: cannot be read" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
    changed = [replace(record, label="elk") if record.path == "cat/1.png" else record for record in manifest.records]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_records(changed)
    with qtbot.waitSignal(model.modelReset):
        model.set_filter(ImageFilter(label="elk"))
    assert [record.path for record in model.shown] == ["cat/1.png"]
    with qtbot.waitSignal(model.modelReset):
        model.set_records(())
    assert model.index(0).data() is None


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (ImageFilter(), 15),
        (ImageFilter(label="cat"), 5),
        (ImageFilter(split=Split.VAL), 3),
        (ImageFilter(split=Split.TEST), 0),
        (ImageFilter(usage=Usage.EXCLUDED), 1),
        (ImageFilter(usage=Usage.USED), 14),
        (ImageFilter(search="DOG 3"), 1),
        (ImageFilter(search="  "), 15),
        (ImageFilter(search="(.*["), 0),
        (ImageFilter(label="gone"), 0),
        (ImageFilter(paths=("dog/1.png", "cat/1.png", "gone.png")), 2),
        (ImageFilter(paths=()), 0),
    ],
)
def test_filters(manifest: Manifest, wanted: ImageFilter, count: int) -> None:
    shown = wanted.apply(manifest.records)
    assert len(shown) == count
    if wanted.paths:
        assert [record.path for record in shown] == ["dog/1.png", "cat/1.png"], "in the order of the problem"


class Slow(FakePictures):
    """Counts, and fails in the ways of a real source."""

    def thumbnail(self, record: ImageRecord, side: int, control: Control) -> Picture:
        if record.path == "cat/2.png":
            raise ValueError("a fault of the program")
        return super().thumbnail(record, side, control)


class Host(QObject):
    """Owns the parts of a test."""


class PictureEngine(FakeEngine):
    """Remembers the sources it gave."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[FakePictures] = []

    def pictures(self, project: Project, manifest: Manifest) -> FakePictures:
        self.given.append(Slow())
        return self.given[-1]


class Shown:
    """A picture desk over an open project."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.host, self.engine = Host(), PictureEngine()
        self.context: AppContext = make_context(app, folder / "home", self.host, engine=self.engine)
        self.desk = PictureDesk(self.context, self.host)
        self.project = make_project(folder / "p.tlft")
        self.manifest = self.project.manifest
        self.context.session.set_project(self.project, self.manifest, ())

    def record(self, path: str) -> ImageRecord:
        return next(record for record in self.manifest.records if record.path == path)


@pytest.fixture
def shown(qapp: QApplication, qtbot, tmp_path: Path) -> Iterator[Shown]:
    made = Shown(qapp, tmp_path)
    yield made
    made.context.session.clear_project()
    made.project.close()
    qtbot.waitUntil(lambda: not made.context.tasks.jobs)
    made.context.messages.deleteLater()


def test_pictures_are_fetched_once_and_the_newest_wishes_first(shown: Shown, qtbot) -> None:
    records = [record for record in shown.manifest.records if record.path != "cat/2.png"]
    for record in records:
        assert shown.desk.thumbnail(record, 8) is None
    qtbot.waitUntil(lambda: bool(shown.engine.given) and len(shown.engine.given[0].asked) == len(records))
    qtbot.waitUntil(lambda: all(shown.desk.thumbnail(record, 8) for record in records))
    (source,) = shown.engine.given
    assert source.asked[:BATCH] == [record.path for record in reversed(records)][:BATCH]
    assert len(source.asked) == len(set(source.asked))
    pixmap = shown.desk.thumbnail(records[0], 8)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (8, 6)


def test_an_image_that_is_gone_has_a_reason_and_is_not_asked_for_again(shown: Shown, qtbot) -> None:
    gone = replace(shown.record("cat/1.png"), path="cat/gone.png")
    shown.desk.thumbnail(gone, 8)
    qtbot.waitUntil(lambda: bool(shown.desk.error_of(gone)))
    assert "not there" in shown.desk.error_of(gone)
    assert shown.desk.thumbnail(gone, 8) is None
    qtbot.waitUntil(lambda: not shown.context.tasks.jobs)
    assert shown.engine.given[0].asked == ["cat/gone.png"]


def test_a_fault_in_a_picture_is_told_and_the_next_picture_still_comes(shown: Shown, qtbot) -> None:
    with qtbot.waitSignal(shown.context.tasks.failed):
        shown.desk.thumbnail(shown.record("cat/2.png"), 8)
    record = shown.record("cat/3.png")
    qtbot.waitUntil(lambda: shown.desk.thumbnail(record, 8) is not None)


def test_a_later_wish_for_a_place_replaces_the_earlier_one(shown: Shown, qtbot) -> None:
    came: list[str] = []
    for path in ("cat/1.png", "cat/3.png", "cat/4.png"):
        record = shown.record(path)
        shown.desk.fetch_views("place", record, (1, 2), lambda images, error, path=path: came.append(path))
    qtbot.waitUntil(lambda: bool(came))
    assert came == ["cat/4.png"]


def test_another_project_closes_the_pictures_of_the_one_before(shown: Shown, qtbot) -> None:
    came: list[str] = []
    record = shown.record("cat/1.png")
    shown.desk.thumbnail(record, 8)
    qtbot.waitUntil(lambda: shown.desk.thumbnail(record, 8) is not None)
    shown.desk.fetch_original("place", record, 8, lambda images, error: came.append(error))
    shown.context.session.set_project(shown.project, shown.manifest, ())
    qtbot.waitUntil(lambda: not shown.context.tasks.jobs)
    assert shown.engine.given[0].is_closed
    assert came == []
    assert shown.desk.thumbnail(record, 8) is None
    qtbot.waitUntil(lambda: shown.desk.thumbnail(record, 8) is not None)

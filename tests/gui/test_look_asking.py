"""From an image on any page to what networks looked at in it: which runs are asked, and what says why not."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from tests.gui.contexts import make_context
from tests.gui.fake_looks import FakeLooks
from tests.gui.fakes import make_project
from tests.gui.hands import click, click_item, focused, press, shortcut
from tests.gui.pages.mistakes_world import CLASSES, FIRST, SECOND, images
from tests.gui.run_files import make_run, write_answers
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.actions import build_actions, connect_actions, merge_handlers, reasons_against, update_actions
from tlft_desktop.gui.desks import look_asking
from tlft_desktop.gui.desks.look_asking import KEY, LookAsking, runs_to_ask
from tlft_desktop.gui.desks.mistakes_desk import MistakesDesk
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.dialogs.image_dialog import ImageDialog
from tlft_desktop.gui.engine import ModelSource
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.page_stack import PageStack
from tlft_desktop.gui.pages.compare_page import IMAGES, LOOKS, MAP, ComparePage
from tlft_desktop.gui.pages.data_page import DataPage
from tlft_desktop.gui.pages.use_page import UsePage
from tlft_desktop.gui.situation import situation_of
from tlft_desktop.gui.steps import Page
from tlft_desktop.gui.widgets.tile_view import TileView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEYS = "Ctrl+Shift+L"


class Pages:
    """The pages with images, side by side with the actions as in the window, over a project with two runs."""

    def __init__(self, app: QApplication, folder: Path, qtbot: Any, *, with_runs: bool = True) -> None:
        self.qtbot, self.host = qtbot, QWidget()
        self.context = make_context(app, folder / "home", self.host)
        self.context.messages.setParent(self.host)
        self.project = make_project(folder / "pets.tlft", images())
        for record in self.project.edited_manifest.records:
            path = self.project.data_folder / record.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        self.made: list[str] = []
        if with_runs:
            for accuracy, answers in ((0.75, FIRST), (0.7, SECOND)):
                self.made.append(make_run(self.project, accuracy))
                write_answers(self.project, self.made[-1], answers, CLASSES)
        runs = RunDesk(self.context, self.host)
        self._training = TrainingDesk(self.context, runs, self.host)
        self.actions = build_actions(self.context.icons, self.host)
        self.host.addActions(list(self.actions.values()))
        self.data = DataPage(self.context, self.actions)
        mistakes = MistakesDesk(self.context, self.data.desk, self.data.pictures, self.host)
        self.compare = ComparePage(self.context, runs, self._training, mistakes, self.actions)
        self.use = UsePage(self.context, self.actions)
        self.stack = PageStack(QWidget(), self.context.session)
        self.stack.add_pages({Page.DATA: self.data, Page.COMPARE: self.compare, Page.USE: self.use})
        self.asking = LookAsking(self.context, self.stack, self.compare.look_at, self.host)
        self._show()

    def _show(self) -> None:
        pages = (self.data, self.compare, self.use)
        handlers = dict.fromkeys(self.actions, _nothing) | merge_handlers(*pages, self.asking)
        connect_actions(self.actions, handlers)
        for page in pages:
            page.situation_changed.connect(self.update)
            page.situation_changed.connect(self.asking.follow)
        self.asking.situation_changed.connect(self.update)
        self.stack.page_changed.connect(self.update)
        self.compare.page_wanted.connect(lambda: self.go_to(Page.COMPARE))
        QVBoxLayout(self.host).addWidget(self.stack)
        self.host.resize(1180, 700)
        self.qtbot.addWidget(self.host, before_close_func=self._end)
        self.context.session.set_project(self.project, self.project.edited_manifest, ())
        self.context.session.set_layer_tree(make_layer_tree())
        self.context.session.set_runs(RunStore(self.project.root).summaries())
        self.go_to(Page.DATA)
        self.host.show()
        self.host.activateWindow()
        self.settle()

    def update(self, *_args: object) -> None:
        """Enable the actions that can be chosen, as the window does."""
        owners = (self.data, self.compare, self.use, self.asking)
        self.reasons = reasons_against(situation_of(self.context, self._training), owners)
        update_actions(self.actions, self.reasons)

    @property
    def reason(self) -> str:
        """Why networks cannot be asked; empty where they can."""
        reason = self.reasons.get(KEY, "")
        assert self.actions[KEY].isEnabled() is not bool(reason)
        return reason

    def go_to(self, page: Page) -> None:
        """Show a page."""
        self.stack.show_page(page.value)

    def settle(self) -> None:
        """Wait until nothing works in the background."""
        self.qtbot.waitUntil(lambda: not self.context.tasks.jobs)

    def answer(self, *paths: Path, source: ModelSource | None = None) -> None:
        """Let a network answer on the page Use; the first answer has the focus and is selected."""
        self.go_to(Page.USE)
        if source is not None and source.bundle is not None:
            self.use.chooser.choose_bundle(source.bundle)
        elif source is not None:
            offers = [self.use.chooser.itemData(place) for place in range(self.use.chooser.count())]
            self.use.chooser.setCurrentIndex(offers.index(source))
        self.use.classify(paths)
        self.settle()
        table = self.use.table
        click_item(table, table.visualRect(table.model().index(0, 0)))
        self.settle()

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Each run that was asked, and the name of the image."""
        source: FakeLooks = self.context.engine.looking[-1]  # type: ignore[attr-defined]
        return [(network.run, wish.path.name) for network, wish in source.asked]

    def is_looking_at(self, name: str) -> bool:
        """Whether the panel of what networks looked at is in front, with an image, and has the keyboard."""
        self.settle()
        at = self.compare.looks.desk.images.path
        is_in_front = self.stack.page is Page.COMPARE and self.compare.panels.current == LOOKS
        has_keyboard = focused() is self.compare.panels.button_of(LOOKS)
        return is_in_front and has_keyboard and at is not None and at.name == name

    def _end(self, _host: QWidget) -> None:
        self.context.tasks.request_stop()
        self.settle()
        self.context.session.clear_project()
        self.project.close()
        self.settle()


def _nothing() -> None:
    pass


@pytest.fixture
def pages(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Pages:
    return Pages(qapp, tmp_path, qtbot)


def select(grid: TileView, row: int) -> None:
    """Go to an image by the keyboard, and select it."""
    grid.setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Right, times=row)


def open_menu(widget: QWidget, place: QPoint) -> QMenu:
    """Ask a widget for its context menu as a right click does."""
    on_screen = widget.mapToGlobal(place)
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, on_screen))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose_in(menu: QMenu, text: str) -> None:
    """Click on an entry of an open menu."""
    entry = next(action for action in menu.actions() if action.text().replace("&", "") == text)
    click(menu, menu.actionGeometry(entry).center())


def letters(menu: QMenu) -> list[str]:
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    return [text[text.index("&") + 1].casefold() for text in texts]


def test_an_image_of_the_page_data_by_keys(pages: Pages) -> None:
    assert "Select an image first" in pages.reason
    select(pages.data.grid, 1)
    pages.settle()
    assert not pages.reason
    shortcut(KEYS)
    assert pages.is_looking_at("1.png")
    # The best run was chosen on the page before.
    assert pages.asked == [(pages.made[0], "1.png")]
    assert pages.reason == "The panel Looked at shows it already."


def test_of_several_images_the_current_one_is_meant(pages: Pages) -> None:
    select(pages.data.grid, 0)
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, times=2)
    assert len(pages.data.browser.chosen) == 3
    shortcut(KEYS)
    assert pages.is_looking_at("2.png")


def test_the_menu_of_an_image_offers_it(pages: Pages) -> None:
    select(pages.data.grid, 0)
    pages.settle()
    menu = open_menu(pages.data.grid.viewport(), QPoint(40, 40))
    assert sorted(set(letters(menu))) == sorted(letters(menu))
    choose_in(menu, "What did the network look at?")
    assert pages.is_looking_at("0.png")


def test_a_large_image_makes_way(pages: Pages) -> None:
    select(pages.data.grid, 0)
    press(Qt.Key.Key_Return)
    pages.settle()
    assert pages.host.findChildren(ImageDialog)
    press(Qt.Key.Key_Right)
    pages.settle()
    shortcut(KEYS)
    assert pages.is_looking_at("1.png")
    assert not [dialog for dialog in pages.host.findChildren(ImageDialog) if dialog.isVisible()]


def test_a_mistake_is_looked_at_by_the_run_that_made_it(pages: Pages) -> None:
    pages.go_to(Page.COMPARE)
    click(pages.compare.panels.button_of(IMAGES))
    pages.compare.table.choose([pages.made[1]])
    pages.settle()
    assert "Select an image first" in pages.reason
    grid = pages.compare.images.browser.grid
    select(grid, 0)
    name = grid.chosen[0].path.rpartition("/")[2]
    pages.settle()
    shortcut(KEYS)
    assert pages.is_looking_at(name)
    assert pages.asked == [(pages.made[1], name)]


def test_the_menu_of_a_mistake_decides_as_the_buttons_do(pages: Pages) -> None:
    pages.go_to(Page.COMPARE)
    click(pages.compare.panels.button_of(IMAGES))
    pages.settle()
    browser = pages.compare.images.browser
    menu = open_menu(browser.grid.viewport(), QPoint(browser.grid.viewport().width() - 2, 2))
    assert sorted(set(letters(menu))) == sorted(letters(menu))
    large, look, _line, *decisions = menu.actions()
    assert [action.isEnabled() for action in (large, look, *decisions)] == [False] * 5
    assert all("Select one or several images first." in action.toolTip() for action in decisions)
    assert "Select an image first" in look.toolTip()
    menu.close()
    select(browser.grid, 0)
    pages.settle()
    record = browser.grid.chosen[0]
    choose_in(open_menu(browser.grid.viewport(), QPoint(40, 40)), "Leave out")
    pages.qtbot.waitUntil(lambda: not pages.context.tasks.jobs and not pages.data.desk.is_writing)
    manifest = pages.context.session.manifest
    assert manifest is not None
    assert next(each for each in manifest.records if each.path == record.path).excluded


def test_a_point_of_the_map(pages: Pages) -> None:
    pages.go_to(Page.COMPARE)
    click(pages.compare.panels.button_of(MAP))
    pages.settle()
    panel = pages.compare.map
    click(panel.measure)
    pages.settle()
    assert "Select an image first" in pages.reason
    panel.choose_image(0, 1)
    pages.settle()
    assert not pages.reason
    name = panel.desk.found.images[1].rpartition("/")[2]  # type: ignore[union-attr]
    choose_in(open_menu(panel.picture, panel.picture.rect().center()), "What did the network look at?")
    assert pages.is_looking_at(name)


def test_an_image_from_elsewhere_is_looked_at_by_the_run_that_answered(pages: Pages, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "dog.png"
    elsewhere.parent.mkdir()
    elsewhere.touch()
    pages.answer(elsewhere, source=ModelSource(run=pages.made[1]))
    assert not pages.reason
    shortcut(KEYS)
    assert pages.is_looking_at("dog.png")
    assert pages.asked == [(pages.made[1], "dog.png")]
    assert pages.compare.looks.controls.about.full_text == "not an image of the project"
    assert [run.run for run in pages.compare.chosen] == [pages.made[1]]


def test_what_no_run_can_look_at_says_why(pages: Pages, tmp_path: Path) -> None:
    elsewhere = tmp_path / "cat.png"
    pages.answer(tmp_path / "bad.pdf", elsewhere)
    assert pages.reason == "The image could not be read."
    press(Qt.Key.Key_Down)
    pages.settle()
    assert pages.reason == f"The file is not there any more: {elsewhere}"
    menu = open_menu(pages.use.table.viewport(), QPoint(40, 40))
    assert "The file is not there any more" in menu.actions()[0].toolTip()
    menu.close()
    elsewhere.touch()
    pages.asking.follow()
    pages.settle()
    assert not pages.reason, "it came back"
    elsewhere.unlink()
    pages.answer(elsewhere, source=ModelSource(bundle=tmp_path))
    assert pages.reason.startswith("A bundle answered.")


def test_without_a_result_there_is_nothing_to_ask(qapp: QApplication, qtbot: Any, tmp_path: Path) -> None:
    pages = Pages(qapp, tmp_path, qtbot, with_runs=False)
    select(pages.data.grid, 0)
    pages.settle()
    assert pages.reason == "No run has a result yet: start a training first."
    shortcut(KEYS)
    pages.asking.ask()
    assert pages.stack.page is Page.DATA


def test_a_share_that_hangs_does_not_hold_the_window(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging, asked = threading.Event(), list[str]()

    def isfile(path: Path) -> bool:
        asked.append(path.name)
        return hanging.wait(30)

    monkeypatch.setattr(look_asking.os.path, "isfile", isfile)
    select(pages.data.grid, 1)
    press(Qt.Key.Key_Right, times=2)
    assert not pages.reason, "it is asked for, and until then taken to be there"
    pages.qtbot.waitUntil(lambda: bool(asked))
    press(Qt.Key.Key_Right)
    hanging.set()
    pages.settle()
    assert len(asked) == 2, "one question at a time, and the last one"


def summary(run: str) -> RunSummary:
    return RunSummary(run, run, "transfer", RunState.COMPLETED, val_accuracy=0.9)


@pytest.mark.parametrize(
    ("chosen", "answered", "asked"),
    [
        ("", "", ["b", "c"]),
        ("a", "", ["a"]),
        ("ac", "", ["a", "c"]),
        ("ac", "c", ["a", "c"]),
        ("ac", "b", ["b"]),
        ("ac", "gone", ["a", "c"]),
        ("x", "", ["b", "c"]),
        ("xa", "", ["x", "a"]),
    ],
)
def test_which_runs_are_asked(chosen: str, answered: str, asked: list[str]) -> None:
    unfinished = replace(summary("x"), val_accuracy=None)
    runs = [unfinished if run == "x" else summary(run) for run in chosen]
    subject = LookSubject(Path("cat.png"), answered)
    assert runs_to_ask(subject, runs, [summary(run) for run in "abc"]) == asked

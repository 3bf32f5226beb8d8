"""From the first start to the second by keyboard only; the focus is always where it should be, and seen."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from tests.gui.hands import focused, has_focus, name_of, photographer, press, shortcut, tab_to, write
from tests.gui.window_script import Steps, run_window
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.app import Application
from tlft_desktop.gui.item_models.layer_tree_model import PATH_ROLE
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.pages.compare_page import TRASH
from tlft_desktop.gui.steps import Page
from tlft_desktop.paths import AppPaths

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAME, UNTICKED, EPOCHS = "Zweiter Versuch", ("conv_head", "bn2"), 8


class KeyboardWalk:
    """The steps of a person without a mouse."""

    def __init__(self, application: Application) -> None:
        self.a, self.w = application, application.window
        self.session, self.controller = application.context.session, application.context.controller
        self.take = photographer("keys")

    def first_start(self) -> Steps:
        """Do everything once and quit."""
        yield from self.try_the_sample()
        yield from self.move_an_image()
        yield from self.tick()
        yield from self.train_the_ticks()
        yield from self.compare()
        yield from self.use()
        yield from self.ask_the_palette()
        yield from self.open_menus()
        shortcut("Ctrl+Q")

    def second_start(self) -> Steps:
        """Find everything as it was left."""
        session, w = self.session, self.w
        yield lambda: session.layer_tree and len(session.runs) == 2
        assert w.current_page is Page.USE, w.current_page
        focused()
        assert session.choice.kind is StrategyKind.CUSTOM
        assert not set(UNTICKED) & session.choice.plan.frozen
        first, second = session.runs
        assert (second.name, second.starred, second.state, second.epoch) == (NAME, True, "completed", EPOCHS)
        assert first.state == "completed"
        assert not first.starred
        assert w.project_pages.train.form.epochs.value() == EPOCHS
        yield from self.go_to("Ctrl+4", Page.COMPARE)
        tab_to(w.project_pages.compare.table)
        self.take("second-start")
        shortcut("Ctrl+Q")

    # Steps

    def try_the_sample(self) -> Steps:
        """Two keys, and there is a finished training."""
        w = self.w
        yield lambda: w.isVisible() and w.isActiveWindow()
        w.resize(1280, 720)
        yield lambda: w.width() == 1280
        assert has_focus(w.start_page.sample)
        press(Key.Key_Space)
        yield lambda: self.session.project and w.actions_by_id["start"].isEnabled()
        self.must_be_inside(w.project_pages.data)
        shortcut("Ctrl+Return")
        yield lambda: self.controller.is_active
        assert w.current_page is Page.TRAIN
        self.must_be_inside(w.project_pages.train)
        yield lambda: not self.controller.is_active and self.session.finished_runs
        self.must_be_inside(w.project_pages.train)

    def move_an_image(self) -> Steps:
        """Choose an image with the arrow keys, move it to the test images, undo."""
        page = self.w.project_pages.data
        yield from self.go_to("Ctrl+1", Page.DATA)
        tab_to(page.grid)
        press(Key.Key_Home)
        press(Key.Key_Right)
        yield lambda: len(page.browser.chosen) == 1
        path = page.browser.chosen[0].path
        shortcut("Alt+3")
        yield lambda: self.split_of(path) is Split.TEST
        assert has_focus(page.grid), name_of(focused())
        self.take("image-moved")
        shortcut("Ctrl+Z")
        yield lambda: self.split_of(path) is not Split.TEST
        assert has_focus(page.grid), name_of(focused())

    def tick(self) -> Steps:
        """Walk to two layers and untick them with Space; undo, redo."""
        w, session = self.w, self.session
        tree = w.project_pages.layers.tree
        yield from self.go_to("Ctrl+2", Page.LAYERS)
        tab_to(tree)
        before = session.choice.plan
        for path in UNTICKED:
            self.walk_to_layer(path)
            press(Key.Key_Space)
            assert path not in session.choice.plan.frozen
            assert has_focus(tree), "ticking keeps the focus in the tree"
        after = session.choice.plan
        self.take("ticks")
        for _ in UNTICKED:
            shortcut("Ctrl+Z")
        assert session.choice.plan == before
        for _ in UNTICKED:
            shortcut("Ctrl+Shift+Z")
        assert session.choice.plan == after
        shortcut("Alt+A")
        yield lambda: session.choice.kind is StrategyKind.FINETUNE
        shortcut("Ctrl+Z")
        assert session.choice.plan == after
        assert session.choice.kind is StrategyKind.CUSTOM

    def train_the_ticks(self) -> Steps:
        """Train what is ticked: pause, go on, stop and keep, resume from the message."""
        w, page = self.w, self.w.project_pages.train
        yield from self.go_to("Ctrl+3", Page.TRAIN)
        tab_to(page.picker.card_of(StrategyKind.CUSTOM))
        press(Key.Key_Up)
        assert self.session.choice.kind is StrategyKind.HYBRID, "arrow keys walk through the cards"
        shortcut("Ctrl+Z")
        assert self.session.choice.kind is StrategyKind.CUSTOM
        tab_to(page.form.epochs)
        write(str(EPOCHS))
        press(Key.Key_Tab)
        assert page.form.epochs.value() == EPOCHS
        tab_to(w.header.primary)
        yield lambda: w.header.is_settled
        press(Key.Key_Space)
        yield lambda: self.controller.is_active and w.training.live.batch is not None
        shortcut("Ctrl+P")
        yield lambda: page.status.headline.text().startswith("Paused")
        focused()
        self.take("paused")
        shortcut("Ctrl+G")
        yield lambda: not page.status.headline.text().startswith("Paused")
        shortcut("Ctrl+.")
        yield lambda: not self.controller.is_active and self.session.runs[1].state == "stopped"
        self.press_in_messages("Resume")
        yield lambda: self.controller.is_active
        self.must_be_inside(page)
        self.take("resumed")
        yield lambda: not self.controller.is_active and self.session.runs[1].state == "completed"
        self.must_be_inside(page)

    def compare(self) -> Steps:
        """Choose two runs with Shift; name, star, trash and back."""
        session, page = self.session, self.w.project_pages.compare
        yield from self.go_to("Ctrl+4", Page.COMPARE)
        tab_to(page.table)
        press(Key.Key_Home)
        press(Key.Key_Up, times=3)
        press(Key.Key_Down, SHIFT)
        assert len(page.chosen) == 2
        yield lambda: page.desk.verdict is not None
        self.take("compare")
        press(Key.Key_Up)
        press(Key.Key_Down)
        assert [run.run for run in page.chosen] == [session.runs[1].run]
        press(Key.Key_F2)
        yield lambda: isinstance(QApplication.focusWidget(), QLineEdit)
        write(NAME)
        press(Key.Key_Return)
        yield lambda: session.runs[1].name == NAME
        assert has_focus(page.table), name_of(focused())
        press(Key.Key_Right)
        press(Key.Key_Space)
        yield lambda: session.runs[1].starred
        lost = session.runs[1].run
        press(Key.Key_Delete)
        yield lambda: len(session.runs) == 1
        assert has_focus(page.table), name_of(focused())
        yield from self.bring_back()
        assert session.runs[1].run == lost

    def bring_back(self) -> Steps:
        """Open the trash with the arrow keys and bring the run back that lies there."""
        page = self.w.project_pages.compare
        tab_to(page.panels.button_of(page.panels.current))
        press(Key.Key_Right, times=page.panels.count() - 1)
        assert page.panels.current == TRASH
        tab_to(page.trash.table)
        press(Key.Key_Space)
        self.take("trash")
        tab_to(page.trash.restore, back=True)
        press(Key.Key_Space)
        yield lambda: len(self.session.runs) == 2
        self.must_be_inside(page)

    def use(self) -> Steps:
        """Classify the images of a class, change the threshold, save the table."""
        page, project = self.w.project_pages.use, self.session.project
        yield from self.go_to("Ctrl+5", Page.USE)
        folder = next(path for path in sorted(Path(project.config.data_root).iterdir()) if path.is_dir())
        shortcut("Ctrl+Shift+I")
        yield from self.answer_file_dialog(folder)
        yield lambda: page.model.rowCount() > 5 and page.desk.job is None
        self.must_be_inside(page)
        tab_to(page.table)
        press(Key.Key_Down, times=2)
        self.take("use")
        table = project.root.parent / "answers by keyboard.csv"
        shortcut("Ctrl+S")
        yield from self.answer_file_dialog(table)
        yield lambda: table.is_file()
        assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + page.model.rowCount()
        assert has_focus(page.table), name_of(focused())

    def ask_the_palette(self) -> Steps:
        """Open the list of messages through the palette, and close both."""
        w = self.w
        before = focused()
        shortcut("Ctrl+K")
        assert has_focus(w.command_palette.search)
        write("messages")
        self.take("palette")
        press(Key.Key_Return)
        yield lambda: isinstance(QApplication.activeWindow(), QDialog)
        focused()
        press(Key.Key_Escape)
        yield lambda: QApplication.activeWindow() is w or QApplication.activeWindow() is None
        assert focused() is before, name_of(focused())
        shortcut("Ctrl+K")
        press(Key.Key_Escape)
        assert focused() is before, name_of(focused())
        shortcut("Ctrl+,")
        yield lambda: isinstance(QApplication.activeModalWidget(), QDialog) and self.is_active(QDialog)
        focused()
        self.take("preferences")
        press(Key.Key_Escape)
        yield lambda: QApplication.activeModalWidget() is None and self.is_active(type(w))
        assert focused() is before, name_of(focused())

    def open_menus(self) -> Steps:
        """Walk through all menus with the arrow keys, and around the window with F6."""
        shortcut("Alt+F")
        titles = []
        for _ in self.w.menuBar().actions():
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            titles.append(menu.title())
            press(Key.Key_Right)
        assert titles == [action.text() for action in self.w.menuBar().actions()]
        press(Key.Key_Escape, times=2)
        yield lambda: QApplication.activePopupWidget() is None
        start, around = focused(), []
        for _ in range(12):
            press(Key.Key_F6)
            around.append(focused())
            if around[-1] is start:
                break
        assert around[-1] is start, [name_of(each) for each in around]
        assert len(around) >= 4, [name_of(each) for each in around]
        shortcut("Shift+F6")
        assert focused() is around[-2]

    # Parts of steps

    def go_to(self, keys: str, page: Page) -> Steps:
        """Open a page; the focus follows into it."""
        shortcut(keys)
        yield lambda: self.w.current_page is page
        self.must_be_inside(self.w.pages.currentWidget())

    def must_be_inside(self, page: QWidget) -> None:
        """Fail unless the focus can be seen inside of a page."""
        assert page.isAncestorOf(focused()), f"the focus left {type(page).__name__} for {name_of(focused())}"

    def walk_to_layer(self, path: str) -> None:
        """Press Down until a layer is the current one."""
        tree = self.w.project_pages.layers.tree
        press(Key.Key_Home)
        for _ in range(100):
            index: QModelIndex = tree.currentIndex()
            if index.data(PATH_ROLE) == path:
                return
            press(Key.Key_Down)
        raise AssertionError(f"Down does not reach {path}")

    def press_in_messages(self, text: str) -> None:
        """Go to the messages with F6 and press one of their buttons."""
        messages = self.w.context.messages
        for _ in range(12):
            press(Key.Key_F6)
            if messages.isAncestorOf(focused()):
                break
        wanted = next(each for each in messages.findChildren(QWidget) if each.accessibleName() == text)
        tab_to(wanted)
        press(Key.Key_Space)

    def split_of(self, path: str) -> Split:
        """Return to which images an image of the project belongs."""
        return next(record.split for record in self.session.manifest.records if record.path == path)

    def answer_file_dialog(self, path: Path) -> Steps:
        """Write a path into the dialog that is open; the focus is there at once."""
        yield lambda: isinstance(QApplication.activeModalWidget(), QFileDialog) and self.is_active(QFileDialog)
        assert isinstance(focused(), QLineEdit), name_of(focused())
        press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        write(str(path))
        press(Key.Key_Return)
        yield lambda: QApplication.activeModalWidget() is None and self.is_active(type(self.w))

    def is_active(self, kind: type) -> bool:
        """Return whether a window of a kind is active; a window manager takes its time."""
        return QApplication.activeWindow() is None or isinstance(QApplication.activeWindow(), kind)


def main(home: str, part: str) -> None:
    """Run a part of the walk and leave the interpreter."""
    run_window(lambda a: getattr(KeyboardWalk(a), part)(), home, engine=CoreEngine(AppPaths.default(Path(home))))


if __name__ == "__main__":
    main(*sys.argv[1:])

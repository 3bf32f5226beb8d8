"""From the first start to the second by mouse: every step is a click on what is seen, letters where one writes."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.gui.hands import choose_from_menu, click, click_item, photographer, press, write
from tests.gui.window_script import Steps, run_window
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.app import Application
from tlft_desktop.gui.item_models.layer_tree_model import PATH_ROLE
from tlft_desktop.gui.item_models.run_table_model import RunColumn
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.pages.compare_page import PLOTS, TRASH
from tlft_desktop.gui.steps import Page
from tlft_desktop.paths import AppPaths

CTRL = Qt.KeyboardModifier.ControlModifier
NAME, UNTICKED = "First try", ("conv_head", "bn2")
TICK_BOX = QPoint(14, 12)
"""Middle of a tick box in the rectangle of its layer."""


class MouseWalk:
    """The steps of a person with a mouse."""

    def __init__(self, application: Application) -> None:
        self.a, self.w = application, application.window
        self.session, self.controller = application.context.session, application.context.controller
        self.take = photographer("mouse")

    def first_start(self) -> Steps:
        """Do everything once and leave in the middle of a training."""
        yield from self.try_the_sample()
        yield from self.tick()
        yield from self.finetune()
        yield from self.compare()
        yield from self.use()
        yield from self.leave_in_a_training()

    def second_start(self) -> Steps:
        """Find everything as it was left."""
        w, session = self.w, self.session
        yield lambda: session.layer_tree and len(session.runs) == 3
        assert w.current_page is Page.TRAIN
        assert session.choice.kind is StrategyKind.FINETUNE
        assert not session.choice.plan.frozen
        first, second, third = session.runs
        assert (first.name, first.starred, first.state) == (NAME, True, "completed")
        assert (second.state, second.epoch) == ("completed", 2)
        assert third.state == "stopped"
        assert third.resumable
        assert third.epoch >= 1
        assert w.project_pages.train.form.epochs.value() == 2
        self.take("second-start")
        yield from self.go_to("layers")
        assert w.project_pages.layers.presets.current == "finetune"
        yield from self.go_to("compare")
        assert w.project_pages.compare.model.rowCount() == 3
        self.take("second-start-compare")
        w.close()

    def go_to(self, key: str) -> Steps:
        """Click on a step of the navigation column."""
        click(self.w.navigation.button_of(key))
        yield lambda: self.w.current_page.value == key
        yield lambda: self.w.pages.currentWidget().isVisible()

    def try_the_sample(self) -> Steps:
        """Two clicks, and there is a finished training."""
        w = self.w
        yield lambda: w.isVisible()
        w.resize(1280, 720)
        yield lambda: w.width() == 1280
        self.take("start")
        click(w.start_page.sample)
        yield lambda: self.session.project
        yield lambda: w.header.primary.isVisible() and w.header.primary.isEnabled()
        click(w.header.primary)
        yield lambda: self.controller.is_active
        yield lambda: not self.controller.is_active and self.session.finished_runs
        run = self.session.finished_runs[0]
        assert run.state == "completed", run
        assert (run.val_accuracy or 0) > 0.6, run
        assert run.frozen_proof == "verified", run
        assert w.training.live.end is not None
        assert w.training.live.end.state == "completed"
        self.take("trained")

    def tick(self) -> Steps:
        """Untick two layers in the tree; undo, redo; a preset, undo, redo."""
        w, session = self.w, self.session
        yield from self.go_to("data")
        self.take("data")
        yield from self.go_to("layers")
        before = session.choice.plan
        for path in UNTICKED:
            self.click_tick_box(path)
            assert path not in session.choice.plan.frozen, "a click on its tick box"
        assert session.choice.kind is StrategyKind.CUSTOM
        assert w.project_pages.layers.presets.current == "custom"
        assert before.frozen - session.choice.plan.frozen == set(UNTICKED)
        self.take("ticks")
        after = session.choice.plan
        for _ in UNTICKED:
            click(w.header.undo)
        assert session.choice.plan == before
        assert session.choice.kind is StrategyKind.TRANSFER
        for _ in UNTICKED:
            click(w.header.redo)
        assert session.choice.plan == after
        click(w.project_pages.layers.presets.button_of("finetune"))
        assert session.choice.kind is StrategyKind.FINETUNE
        choose_from_menu(w.menuBar(), "Edit", "Undo")
        assert session.choice.plan == after
        choose_from_menu(w.menuBar(), "Edit", "Redo")
        assert session.choice.kind is StrategyKind.FINETUNE
        assert not session.choice.plan.frozen

    def click_tick_box(self, path: str) -> None:
        """Click on the tick box of a layer."""
        tree = self.w.project_pages.layers.tree
        click_item(tree, tree.visualRect(self.index_of(path)), at=TICK_BOX)

    def index_of(self, path: str) -> QModelIndex:
        """Return the row of a layer below the root, as the tree shows it."""
        model = self.w.project_pages.layers.tree.model()
        root = model.index(0, 0)
        rows = [model.index(number, 0, root) for number in range(model.rowCount(root))]
        return next(index for index in rows if index.data(PATH_ROLE) == path)

    def finetune(self) -> Steps:
        """Train all layers: pause, go on, stop and keep, resume."""
        w, live = self.w, lambda: self.w.training.live
        yield from self.go_to("train")
        click(w.project_pages.train.picker.card_of(StrategyKind.TRANSFER))
        assert self.session.choice.kind is StrategyKind.TRANSFER
        click(w.project_pages.train.picker.card_of(StrategyKind.FINETUNE))
        assert self.session.choice.kind is StrategyKind.FINETUNE
        field = w.project_pages.train.form.epochs
        click(field, double=True)
        write("2")
        press(Qt.Key.Key_Return)
        assert field.value() == 2
        yield lambda: w.header.is_settled
        click(w.header.primary)
        yield lambda: self.controller.is_active and live().batch is not None
        choose_from_menu(w.menuBar(), "Training", "Pause")
        yield lambda: w.project_pages.train.status.headline.text().startswith("Paused")
        self.take("paused")
        choose_from_menu(w.menuBar(), "Training", "Go on")
        yield lambda: not w.project_pages.train.status.headline.text().startswith("Paused")
        assert w.header.primary.text().replace("&", "") == "Stop and keep"
        click(w.header.primary)
        yield lambda: not self.controller.is_active and self.session.runs[1].state == "stopped"
        assert self.session.runs[1].resumable
        self.take("stopped")
        click(next(iter(w.context.messages._bars[0]._offers)))
        yield lambda: self.controller.is_active
        yield lambda: live().epoch >= 1
        self.take("training")
        yield lambda: not self.controller.is_active and self.session.runs[1].state == "completed"
        assert self.session.runs[1].epoch == 2
        assert len(self.session.runs) == 2

    def compare(self) -> Steps:
        """Two runs side by side; name, star, trash and back."""
        session, page = self.session, self.w.project_pages.compare
        yield from self.go_to("compare")
        self.click_run(0, RunColumn.STRATEGY)
        assert [run.run for run in page.chosen] == [session.runs[0].run]
        self.click_run(1, RunColumn.STRATEGY, keys=CTRL)
        assert len(page.chosen) == 2
        yield lambda: page.desk.verdict is not None
        assert page.desk.verdict is not None
        assert page.desk.verdict.is_possible
        self.take("compare")
        self.click_run(0, RunColumn.NAME, double=True)
        yield lambda: page.table.findChildren(QLineEdit)
        press(Qt.Key.Key_A, CTRL)
        write(NAME)
        press(Qt.Key.Key_Return)
        yield lambda: session.runs[0].name == NAME
        self.click_run(0, RunColumn.STAR)
        yield lambda: session.runs[0].starred
        self.click_run(1, RunColumn.STRATEGY)
        lost = session.runs[1].run
        click(self.button_of_action("run_trash"))
        yield lambda: len(session.runs) == 1
        click(page.panels.button_of(TRASH))
        self.take("trash")
        table = page.trash.table
        click_item(table, table.visualRect(table.model().index(0, RunColumn.NAME)))
        click(page.trash.restore)
        yield lambda: len(session.runs) == 2
        assert session.runs[1].run == lost
        click(page.panels.button_of(PLOTS))

    def click_run(
        self,
        number: int,
        column: RunColumn,
        *,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        double: bool = False,
    ) -> None:
        """Click on a cell of the table of runs; runs are counted by their age."""
        page = self.w.project_pages.compare
        row = page.table._index_of(self.session.runs[number].run).row()
        rect = page.table.visualRect(page.table.model().index(row, column))
        click_item(page.table, rect, keys=keys, double=double)

    def button_of_action(self, key: str) -> object:
        """Return the button of the page for an action."""
        action = self.w.actions_by_id[key]
        page = self.w.pages.currentWidget()
        return next(each for each in action.associatedObjects() if page.isAncestorOf(each))

    def use(self) -> Steps:
        """Classify the images of a class, and save the table."""
        page, project = self.w.project_pages.use, self.session.project
        yield from self.go_to("use")
        folder = self.a_class_folder()
        click(self.button_of_action("predict_folder"))
        yield from self.answer_file_dialog(folder)
        yield lambda: page.model.rowCount() > 5 and page.desk.job is None
        assert all(answer.top for answer in page.model.answers)
        self.take("use")
        table = project.root.parent / "answers by mouse.csv"
        click(self.button_of_action("save_answers"))
        yield from self.answer_file_dialog(table)
        yield lambda: table.is_file()
        assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + page.model.rowCount()

    def a_class_folder(self) -> Path:
        """Return the folder with the images of one class of the sample."""
        return next(path for path in sorted(Path(self.session.project.config.data_root).iterdir()) if path.is_dir())

    def answer_file_dialog(self, path: Path) -> Steps:
        """Write a path into the dialog that is open, and press Return."""
        yield lambda: isinstance(QApplication.activeModalWidget(), QFileDialog)
        dialog = QApplication.activeModalWidget()
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        click(line, double=True)
        press(Qt.Key.Key_A, CTRL)
        self.take("file-dialog")
        write(str(path))
        press(Qt.Key.Key_Return)
        yield lambda: QApplication.activeModalWidget() is None

    def leave_in_a_training(self) -> Steps:
        """Train once more, and quit before it has ended."""
        w = self.w
        yield from self.go_to("train")
        click(w.header.primary)
        yield lambda: self.controller.is_active and w.training.live.epoch >= 1
        choose_from_menu(w.menuBar(), "File", "Quit")


def main(home: str, part: str) -> None:
    """Run a part of the walk and leave the interpreter."""
    run_window(lambda a: getattr(MouseWalk(a), part)(), home, engine=CoreEngine(AppPaths.default(Path(home))))


if __name__ == "__main__":
    main(*sys.argv[1:])

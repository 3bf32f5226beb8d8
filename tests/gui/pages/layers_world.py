"""The page Layers over a project on disk, without the window around it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.contexts import make_context
from tests.gui.fakes import FakeEngine, make_manifest, make_project
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui.actions import build_actions, connect_actions, reasons_against, update_actions
from tlft_desktop.gui.item_models.layer_tree_model import Column
from tlft_desktop.gui.pages.layers_page import LayersPage
from tlft_desktop.gui.situation import Situation


class _Host(QWidget):
    """Takes the place of the window: enables actions when the page asks for it."""

    world: LayersWorld

    @Slot()
    def update_actions(self) -> None:
        world = self.world
        session = world.context.session
        situation = Situation(has_project=session.project is not None, is_writable=session.is_writable)
        update_actions(world.actions, reasons_against(situation, [world.page]))


class LayersWorld:
    """Page and actions over an open project with a network of three stages."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.engine = FakeEngine()
        self.host = _Host()
        self.host.world = self
        self.context = make_context(app, folder / "home", self.host, engine=self.engine)
        self.context.messages.setParent(self.host)
        self.actions = build_actions(self.context.icons, self.host)
        self.page = LayersPage(self.context, self.actions, self.host)
        connect_actions(self.actions, dict.fromkeys(self.actions, _nothing) | self.page.handlers())
        self.page.situation_changed.connect(self.host.update_actions)
        self.root = folder / "pets.tlft"
        make_project(self.root).close()
        self.project = open_project(self.root)
        self.host.resize(1112, 600)
        self.page.resize(1112, 600)

    def open(self, tree: LayerTree | None = None, *, read_only: bool = False) -> None:
        """Open the project and show its layers."""
        if read_only:
            self.project.close()
            self.project = open_project_read_only(self.root)
        self.context.session.set_project(self.project, make_manifest(), ())
        self.context.session.set_layer_tree(tree or make_layer_tree())
        self.host.show()
        self.page.show()

    def close(self) -> None:
        """Save what is not saved and close the project."""
        self.context.session.clear_project()
        self.project.close()

    def choose(self, action: str) -> None:
        """Trigger an action that must be enabled."""
        assert self.actions[action].isEnabled(), action
        self.actions[action].trigger()

    @property
    def plan(self) -> FreezePlan:
        return self.context.session.choice.plan

    @property
    def num_steps(self) -> int:
        return self.context.session.undo_stack.count()

    def undo(self) -> None:
        self.context.session.undo_stack.undo()

    def index(self, path: str, column: Column = Column.NAME) -> QModelIndex:
        """Return a row as the view has it."""
        shown = self.page.tree.model()
        source = self.page.model.index_of(path)
        return shown.mapFromSource(source).siblingAtColumn(column)  # type: ignore[attr-defined]

    def select(self, *paths: str) -> None:
        """Select rows; the first one becomes the current one."""
        tree = self.page.tree
        tree.expandAll()
        mode = tree.selectionModel().SelectionFlag
        # Not by the view: it asks for the modifier keys, and those of the last event of another test may be held yet.
        tree.selectionModel().setCurrentIndex(self.index(paths[0]), mode.ClearAndSelect | mode.Rows)
        for path in paths[1:]:
            tree.selectionModel().select(self.index(path), mode.Select | mode.Rows)

    def press(self, key: Qt.Key) -> None:
        """Press a key in the tree."""
        QTest.keyClick(self.page.tree, key)

    def search(self, text: str) -> None:
        """Type into the filter box."""
        self.page.search.line.setText(text)

    def shown(self) -> list[str]:
        """Return the names of the rows that the view shows, from top to bottom."""
        model, names = self.page.tree.model(), []

        def walk(parent: QModelIndex) -> None:
            for row in range(model.rowCount(parent)):
                index = model.index(row, 0, parent)
                names.append(str(index.data()))
                walk(index)

        walk(QModelIndex())
        return names


def _nothing() -> None:
    """Actions of other pages."""

"""The window: navigation, header, pages, status; what happens is done by the desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from tlft_desktop.core.settings import Theme
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.actions import Situation, build_actions, update_actions
from tlft_desktop.gui.close_guard import CloseGuard
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.project_desk import ProjectDesk
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.dialogs.choosers import Choosers
from tlft_desktop.gui.lazy import has_photographs
from tlft_desktop.gui.pages.compare_page import ComparePage
from tlft_desktop.gui.pages.data_page import DataPage
from tlft_desktop.gui.pages.layers_page import LayersPage
from tlft_desktop.gui.pages.start_page import StartPage
from tlft_desktop.gui.pages.train_page import TrainPage
from tlft_desktop.gui.pages.use_page import IMAGE_SUFFIXES, UsePage
from tlft_desktop.gui.steps import PAGES, Page, add_steps, show_steps
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.frame import Header, NavigationColumn, StatusArea
from tlft_desktop.gui.widgets.layout import column, row
from tlft_desktop.gui.widgets.menus import build_menus
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.run_controller import TrainingState


class MainWindow(QMainWindow):
    """Frame around the pages.

    Signals:
        closed(): The window is closed and nothing runs any more.
    """

    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.setWindowTitle("tlft")
        self.setAcceptDrops(True)
        self.runs = RunDesk(context, self)
        self.training = TrainingDesk(context, self.runs, self)
        self.projects = ProjectDesk(context, self)
        self.choosers = Choosers(self)
        self.actions_by_id = build_actions(context.icons, self._handlers(), self)
        self.navigation = NavigationColumn(context.icons)
        add_steps(self.navigation)
        self.header = Header(context.icons)
        self.start_page = StartPage(context, self.actions_by_id)
        self.data_page = DataPage(context)
        self.layers_page = LayersPage(context)
        self.train_page = TrainPage(context, self.training, self.actions_by_id)
        self.compare_page = ComparePage(context, self.runs, self.training)
        self.use_page = UsePage(context)
        self.pages = QStackedWidget()
        self._build()
        self._close_guard = CloseGuard(context, self.projects, self)
        self._connect()
        self.update_situation()

    # Pages

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page; without a project that is always the start page."""
        page = Page(key) if self.context.session.project is not None else Page.START
        self.pages.setCurrentWidget(self._page_widget(page))
        if page is not Page.START:
            self.navigation.set_current(page.value)
        self._update_primary()

    @property
    def current_page(self) -> Page:
        """The page that is shown."""
        return next(page for page in Page if self._page_widget(page) is self.pages.currentWidget())

    @Slot()
    def update_situation(self) -> None:
        """Enable what can be done now, and say where each step stands."""
        session, state = self.context.session, self.context.controller.state
        update_actions(
            self.actions_by_id,
            Situation(
                has_project=session.project is not None,
                is_writable=session.is_writable,
                is_training=state is not TrainingState.IDLE,
                is_paused=state is TrainingState.PAUSED,
                is_stopping=state is TrainingState.STOPPING,
                can_start=self.training.can_start,
                can_undo=session.undo_stack.canUndo() and session.is_writable,
                can_redo=session.undo_stack.canRedo() and session.is_writable,
                has_result=bool(session.finished_runs),
            ),
        )
        if not has_photographs():
            self.actions_by_id["photos"].setEnabled(False)
        show_steps(self.navigation, session, state)
        self._update_primary()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._close_guard.may_close():
            event.accept()
            self.closed.emit()
        else:
            event.ignore()

    # Dropping things on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_paths(paths)

    def take_paths(self, paths: list[Path]) -> None:
        """Open what was dropped: images are classified, everything else becomes or is a project."""
        images = [path for path in paths if path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()]
        if images and len(images) == len(paths):
            self._classify(images)
        elif len(paths) == 1:
            self.projects.open_path(paths[0])
        elif paths:
            text = self.tr("Drop one folder, one table or one project, or any number of images.")
            self.context.messages.show_message(Message(MessageKind.WARNING, text, key="drop"))

    # Inside

    def _handlers(self) -> dict[str, Callable[[], None]]:
        controller, session = self.context.controller, self.context.session
        return {
            "new": self.choosers.choose_images,
            "open": self.choosers.choose_project,
            "photos": self._try_photos,
            "digits": self._try_digits,
            "close": self._close_project,
            "quit": self._quit,
            "undo": session.undo_stack.undo,
            "redo": session.undo_stack.redo,
            **{f"page_{page.value}": getattr(self, f"_show_{page.value}") for page in PAGES},
            "theme_system": self._use_system,
            "theme_light": self._use_light,
            "theme_dark": self._use_dark,
            "start": self._start_training,
            "pause": controller.pause,
            "go_on": controller.go_on,
            "stop": controller.request_stop,
            "predict": self._predict,
            "help": self.choosers.show_help,
            "about": self.choosers.show_about,
        }

    def _build(self) -> None:
        for page in Page:
            self.pages.addWidget(self._page_widget(page))
        messages = row(self.context.messages)
        messages.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        right = column(self.header, messages, self.pages, spacing=0)
        right.setStretchFactor(self.pages, 1)
        central = QWidget()
        layout = row(self.navigation, right, spacing=0)
        layout.setStretchFactor(right, 1)
        central.setLayout(layout)
        self.setCentralWidget(central)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(StatusArea(self.context.tasks, self.context.icons))
        build_menus(self.menuBar(), self.actions_by_id)
        self.header.undo.setDefaultAction(self.actions_by_id["undo"])
        self.header.redo.setDefaultAction(self.actions_by_id["redo"])
        available = self.screen().availableSize()
        self.resize(min(1280, available.width()), min(800, available.height()))

    def _connect(self) -> None:
        context = self.context
        session, controller = context.session, context.controller
        self.navigation.chosen.connect(self.show_page)
        self.start_page.recent_chosen.connect(self._open_recent)
        self.choosers.images_chosen.connect(self._create)
        self.choosers.project_chosen.connect(self._open)
        self.projects.opened.connect(self._welcome)
        self.training.started.connect(self._follow_training)
        session.project_changed.connect(self._show_project)
        for signal in (
            session.freeze_plan_changed,
            session.run_changed,
            session.undo_stack.indexChanged,
            controller.state_changed,
            self.training.ended,
        ):
            signal.connect(self.update_situation)
        context.tasks.failed.connect(context.messages.show_failure)
        self.show_page(Page.START.value)
        self._show_project()

    def _page_widget(self, page: Page) -> QWidget:
        return {
            Page.START: self.start_page,
            Page.DATA: self.data_page,
            Page.LAYERS: self.layers_page,
            Page.TRAIN: self.train_page,
            Page.COMPARE: self.compare_page,
            Page.USE: self.use_page,
        }[page]

    def _update_primary(self) -> None:
        page = self.current_page
        action: QAction | None = self.actions_by_id["start"]
        icon = "play"
        if self.context.controller.is_active:
            action, icon = self.actions_by_id["stop"], "stop"
        elif page is Page.START:
            action = None
        elif page is Page.USE:
            action, icon = self.actions_by_id["predict"], "use"
        self.header.set_primary(action, icon)

    @Slot()
    def _show_project(self) -> None:
        project = self.context.session.project
        if project is None:
            self.header.set_project(self.tr("Welcome"), "", read_only="")
            self.setWindowTitle("tlft")
            self.show_page(Page.START.value)
        else:
            self.header.set_project(project.config.name, str(project.root), read_only=project.read_only)
            self.setWindowTitle(f"{project.config.name} - tlft")
            if self.current_page is Page.START:
                self.show_page(Page.DATA.value)
        for key in (f"page_{page.value}" for page in PAGES):
            self.actions_by_id[key].setEnabled(project is not None)
        self.navigation.setEnabled(project is not None)
        self.update_situation()

    @Slot(object)
    def _welcome(self, interrupted: list[RunSummary]) -> None:
        self.show_page(Page.DATA.value)
        self.train_page.make_plots()
        self.training.offer_resume(interrupted)

    @Slot()
    def _follow_training(self) -> None:
        if self.context.controller.is_active:
            self.show_page(Page.TRAIN.value)
        self.update_situation()

    @Slot()
    def _start_training(self) -> None:
        self.training.start(self.context.session.choice.kind, self.train_page.settings())
        self.update_situation()

    @Slot(str)
    def _open_recent(self, path: str) -> None:
        self.projects.open_project(Path(path))

    @Slot(str)
    def _open(self, path: str) -> None:
        self.projects.open_project(Path(path))

    @Slot(str)
    def _create(self, path: str) -> None:
        self.projects.open_path(Path(path))

    def _classify(self, images: list[Path]) -> None:
        if not self.context.session.finished_runs:
            text = self.tr("These are images. Open a project with a finished training to classify them.")
            self.context.messages.show_message(Message(MessageKind.WARNING, text, key="drop"))
            return
        self.show_page(Page.USE.value)
        self.use_page.classify(images)

    @Slot()
    def _predict(self) -> None:
        self.show_page(Page.USE.value)
        self.use_page.choose_images()

    @Slot()
    def _try_photos(self) -> None:
        self.projects.try_sample("photos")

    @Slot()
    def _try_digits(self) -> None:
        self.projects.try_sample("digits")

    @Slot()
    def _close_project(self) -> None:
        self.projects.close(self.update_situation)

    @Slot()
    def _quit(self) -> None:
        self.close()

    @Slot()
    def _show_data(self) -> None:
        self.show_page(Page.DATA.value)

    @Slot()
    def _show_layers(self) -> None:
        self.show_page(Page.LAYERS.value)

    @Slot()
    def _show_train(self) -> None:
        self.show_page(Page.TRAIN.value)

    @Slot()
    def _show_compare(self) -> None:
        self.show_page(Page.COMPARE.value)

    @Slot()
    def _show_use(self) -> None:
        self.show_page(Page.USE.value)

    @Slot()
    def _use_system(self) -> None:
        self._use_theme(Theme.SYSTEM)

    @Slot()
    def _use_light(self) -> None:
        self._use_theme(Theme.LIGHT)

    @Slot()
    def _use_dark(self) -> None:
        self._use_theme(Theme.DARK)

    def _use_theme(self, theme: Theme) -> None:
        self.context.theme.apply(theme)
        preferences = self.context.preferences
        preferences.set_settings(replace(preferences.settings, theme=theme))

"""The window: navigation, header, pages, status; what happens is done by the desks and pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.actions import build_actions, connect_actions, merge_handlers, reasons_against, update_actions
from tlft_desktop.gui.close_guard import CloseGuard
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.device_desk import DeviceDesk
from tlft_desktop.gui.desks.look_asking import LookAsking
from tlft_desktop.gui.desks.project_desk import ProjectDesk
from tlft_desktop.gui.desks.race_desk import RaceDesk
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.dialogs.message_log import MessageLog
from tlft_desktop.gui.dropping import DropDesk, DropTarget
from tlft_desktop.gui.focus_ring import FocusRing
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.page_stack import PageStack
from tlft_desktop.gui.pages.start_page import StartPage
from tlft_desktop.gui.palette_entries import entries_of_actions, entries_of_panels, entries_of_projects
from tlft_desktop.gui.palette_search import Entry
from tlft_desktop.gui.restoring import Restorer
from tlft_desktop.gui.situation import primary_action, show_undo_texts, situation_of
from tlft_desktop.gui.steps import Page, add_steps, show_steps
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.theme_actions import ThemeActions
from tlft_desktop.gui.widgets.dock_area import DockArea
from tlft_desktop.gui.widgets.drop_overlay import DropOverlay
from tlft_desktop.gui.widgets.frame import Header, NavigationColumn
from tlft_desktop.gui.widgets.job_list import JobList
from tlft_desktop.gui.widgets.layout import column, row
from tlft_desktop.gui.widgets.menus import ProjectMenu, build_menus
from tlft_desktop.gui.widgets.palette import CommandPalette
from tlft_desktop.gui.widgets.status_area import StatusArea

if TYPE_CHECKING:
    from tlft_desktop.gui.project_pages import ProjectPages

FRAME_HEIGHT = 5 * GRID
"""Room for the title bar and the border that the system draws."""


class MainWindow(QMainWindow):
    """Frame around the pages.

    It opens with the start page alone: `furnish` brings the pages of projects when the window has been painted.

    Signals:
        closed(): The window is closed and nothing runs any more.
    """

    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.setWindowTitle("tlft")
        # Before the desks and pages, which tell of the next project as soon as it is open.
        context.session.project_changed.connect(context.messages.leave_project)
        self.runs = RunDesk(context, self)
        self.training = TrainingDesk(context, self.runs, self)
        self.races = RaceDesk(context, self.training, self.runs, self)
        self.projects = ProjectDesk(context, self)
        self.devices = DeviceDesk(context, self)
        self.themes = ThemeActions(context.theme, context.preferences, self)
        self.drops = DropDesk(context, self.projects, self._classify, self)
        self.actions_by_id = build_actions(context.icons, self)
        self.navigation = NavigationColumn(context.icons)
        add_steps(self.navigation)
        self.project_menu = ProjectMenu(self.actions_by_id, context.preferences, self)
        self.header = Header(context.icons, self.project_menu)
        self.status = StatusArea(context.tasks, context.icons)
        self.job_list = JobList(context.tasks, context.icons, self)
        self.start_page = StartPage(context, self.actions_by_id)
        self.pages = PageStack(self.start_page, context.session)
        self.focus_ring = FocusRing(self._parts, self)
        self._project_pages: ProjectPages | None = None
        self._owners: tuple[object, ...] = (
            self, self.focus_ring, self.projects, self.runs, self.training, self.races, self.themes, self.pages,
        )  # fmt: skip
        self.drop_overlay = DropOverlay(context.icons, self)
        self.drop_target = DropTarget(self.drops, self.drop_overlay, self.start_page, self)
        self.command_palette = CommandPalette(self._palette_entries, context.icons, self)
        self.restorer = Restorer(context, self.pages, self)
        self._build()
        self._close_guard = CloseGuard(context, self.projects, self)
        self._connect()
        self.update_situation()

    def furnish(self) -> None:
        """Build the pages of projects, and let the actions do what they say; called once, after the first painting."""
        # Here and not above: loading and building them takes nearly as long as all before.
        from tlft_desktop.gui.project_pages import ProjectPages

        pages = self._project_pages = ProjectPages(
            self.context,
            self.actions_by_id,
            runs=self.runs,
            training=self.training,
            races=self.races,
            devices=self.devices,
            window=self,
        )
        self.pages.add_pages(pages.by_page)
        self.projects.wait_for(pages.data.desk, self.runs)
        self.drops.prefer_classifying(pages.use.takes_drops)
        looking = LookAsking(self.context, self.pages, pages.compare.look_at, self)
        self._owners += (pages.choosers, *pages.by_page.values(), looking)
        connect_actions(self.actions_by_id, merge_handlers(*self._owners))
        pages.choosers.images_chosen.connect(self.projects.open_images)
        pages.choosers.project_chosen.connect(self.projects.open_folder)
        pages.use.page_wanted.connect(self._show_use_page)
        pages.compare.page_wanted.connect(self._show_compare_page)
        for page in (pages.data, pages.compare, pages.use):
            page.situation_changed.connect(looking.follow)
        for owner in self._owners:
            changed = getattr(owner, "situation_changed", None)
            if changed is not None:
                changed.connect(self.update_situation)
        self.update_situation()

    @property
    def is_furnished(self) -> bool:
        """Whether the pages of projects are there."""
        return self._project_pages is not None

    @property
    def project_pages(self) -> ProjectPages:
        """The pages of projects.

        Raises:
            RuntimeError: Before `furnish`.
        """
        if self._project_pages is None:
            raise RuntimeError("The window is not furnished yet.")
        return self._project_pages

    # Pages

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page; without a project that is always the start page."""
        self.pages.show_page(key)

    @property
    def current_page(self) -> Page:
        """The page that is shown."""
        return self.pages.page

    def current_area(self) -> DockArea | None:
        """Return the area with the panels of the page that is shown; None for a page without panels."""
        page = self.pages.currentWidget()
        areas = page.findChildren(DockArea) if page is not None else []
        return areas[0] if areas else None

    @Slot()
    def update_situation(self) -> None:
        """Enable what can be done now, and say where each step stands."""
        self._reasons = reasons_against(situation_of(self.context, self.training), self._owners)
        update_actions(self.actions_by_id, self._reasons)
        show_undo_texts(self.actions_by_id, self.context.session.undo_stack)
        show_steps(self.navigation, self.context.session, self.context.controller.state)
        self._update_primary()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._close_guard.may_close():
            event.accept()
            self.closed.emit()
        else:
            event.ignore()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the window itself does for actions; pages and desks have their own."""
        controller, undo_stack = self.context.controller, self.context.session.undo_stack
        return {
            "quit": self._quit,
            "undo": undo_stack.undo,
            "redo": undo_stack.redo,
            "start": self._start_training,
            "pause": controller.pause,
            "go_on": controller.go_on,
            "stop": controller.request_stop,
            "reset_panels": self._reset_panels,
            "palette": self.command_palette.open,
            "messages": self._show_messages,
            "jobs": self.job_list.open,
        }

    def blocked(self) -> dict[str, str]:
        """Return why actions of the window itself cannot be chosen now."""
        return {} if self.current_area() else {"reset_panels": self.tr("This page has no panels.")}

    # Inside

    def _build(self) -> None:
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
        self.statusBar().addPermanentWidget(self.status, 1)
        build_menus(self.menuBar(), self.actions_by_id, self.current_area)
        self.header.undo.setDefaultAction(self.actions_by_id["undo"])
        self.header.redo.setDefaultAction(self.actions_by_id["redo"])
        available = self.screen().availableSize()
        # What the system draws around the window is not known before it is shown.
        self.resize(min(1280, available.width()), min(800, available.height() - FRAME_HEIGHT))
        self.restorer.restore_geometry()

    def _connect(self) -> None:
        context = self.context
        session, controller = context.session, context.controller
        self.navigation.chosen.connect(self.show_page)
        self.project_menu.project_chosen.connect(self.projects.open_folder)
        self.status.messages_asked.connect(self._show_messages)
        self.status.jobs_asked.connect(self.job_list.open)
        context.messages.logged.connect(self.status.make_way)
        context.messages.put_away.connect(self.status.show_last)
        context.messages.retracted.connect(self.status.forget)
        context.messages.project_left.connect(self.status.leave_project)
        context.messages.left.connect(self._focus_page)
        self.pages.page_changed.connect(self._follow_page)
        self.start_page.recent.chosen.connect(self.projects.open_folder)
        self.projects.opened.connect(self._welcome)
        self.restorer.wanted.connect(self.projects.open_folder)
        self.devices.changed.connect(self._show_devices)
        for asked in (self.training.asked, self.races.wanted):
            asked.connect(self._show_training)
        self.training.started.connect(self.update_situation)
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
        context.preferences.failed.connect(context.messages.show_program_failure)
        self.show_page(Page.START.value)
        self._show_project()

    @Slot(object)
    def _follow_page(self, page: Page) -> None:
        if page is not Page.START:
            self.navigation.set_current(page.value)
        self.update_situation()

    @Slot()
    def _focus_page(self) -> None:
        page = self.pages.currentWidget()
        if page is not None:
            self.focus_ring.go_to(page)

    def _update_primary(self) -> None:
        action, icon = primary_action(self.current_page, is_training=self.context.controller.is_active)
        self.header.set_primary(self.actions_by_id[action] if action else None, icon)

    @Slot()
    def _show_project(self) -> None:
        project = self.context.session.project
        if project is None:
            self.header.set_project(self.tr("Welcome"), "", read_only="")
            self.setWindowTitle("tlft")
            self.show_page(Page.START.value)
            self.start_page.focus_first()
        else:
            self.header.set_project(project.config.name, str(project.root), read_only=from_core(project.read_only))
            self.setWindowTitle(f"{project.config.name} - tlft")
            if self.current_page is Page.START:
                self.show_page(Page.DATA.value)
        self.navigation.setEnabled(project is not None)
        self.update_situation()

    @Slot()
    def _show_devices(self) -> None:
        self.header.set_device(self.devices.text, self.devices.hint)
        self.project_pages.train.form.set_devices(self.devices.devices)

    @Slot(object)
    def _welcome(self, interrupted: list[RunSummary]) -> None:
        self.show_page(Page.DATA.value)
        self.project_pages.train.make_plots()
        self.restorer.show_last_page()
        was_cut = self.restorer.was_cut
        self.races.offer(self.restorer.runs_to_go_on(interrupted), was_cut=was_cut)

    @Slot()
    def _show_training(self) -> None:
        # At once: whoever has gone elsewhere when the training begins is not called back.
        self.show_page(Page.TRAIN.value)

    @Slot()
    def _start_training(self) -> None:
        self.training.start(self.context.session.choice.kind, self.project_pages.train.settings())
        self.update_situation()

    def _classify(self, images: Sequence[Path]) -> None:
        self.show_page(Page.USE.value)
        self.project_pages.use.classify(list(images))

    @Slot()
    def _show_use_page(self) -> None:
        self.show_page(Page.USE.value)

    @Slot()
    def _show_compare_page(self) -> None:
        self.show_page(Page.COMPARE.value)

    def _parts(self) -> list[QWidget]:
        area, page = self.current_area(), self.pages.currentWidget()
        panels = [dock for dock in area.panels if dock.isVisible()] if area else []
        return [self.header, self.navigation, self.context.messages, *([page] if page else []), *panels, self.status]

    def _palette_entries(self) -> list[Entry]:
        area, recent = self.current_area(), self.context.preferences.settings.recent_projects
        return [
            *entries_of_actions(self.actions_by_id, self._reasons),
            *entries_of_panels(area.panel_actions() if area else []),
            *entries_of_projects(recent, self.projects.open_folder),
        ]

    @Slot()
    def _show_messages(self) -> None:
        MessageLog(self.context.messages, self.context.icons, self).show()

    @Slot()
    def _reset_panels(self) -> None:
        area = self.current_area()
        if area is not None:
            area.reset()

    @Slot()
    def _quit(self) -> None:
        self.close()

"""The pages of the window, one shown at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from tlft_desktop.gui.session import Session
from tlft_desktop.gui.steps import PAGES, Page

_PREFIX = "page_"


class PageStack(QStackedWidget):
    """Shows one page; without a project that is always the start page.

    Signals:
        page_changed(Page): Another page is shown.
    """

    page_changed = Signal(object)

    def __init__(self, start_page: QWidget, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pages: dict[Page, QWidget] = {}
        self.add_pages({Page.START: start_page})

    def add_pages(self, pages: Mapping[Page, QWidget]) -> None:
        """Add pages; the one that is shown stays."""
        self._pages |= pages
        for page in pages.values():
            self.addWidget(page)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {f"{_PREFIX}{page.value}": self._show_chosen for page in PAGES}

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return next(key for key, page in self._pages.items() if page is self.currentWidget())

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page."""
        page = Page(key) if self._session.project is not None else Page.START
        self.setCurrentWidget(self._pages[page])
        self.page_changed.emit(page)

    @Slot()
    def _show_chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.show_page(sender.objectName().removeprefix(_PREFIX))

"""The projects that were open last: name, place and date; one that is gone says so and can be taken off the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from tlft_desktop.core.project.backups import PROJECT_FILE
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.buttons import PushButton
from tlft_desktop.gui.widgets.layout import Card
from tlft_desktop.gui.widgets.text import icon_button, plain_label, plain_tooltip
from tlft_desktop.gui.workers.task import JobContext

MAX_RECENT = 5


@dataclass(frozen=True, slots=True)
class Recent:
    """A project of the list.

    Attributes:
        path: Its folder.
        changed: When it was changed last: UTC, ISO 8601; empty where it is not there.
        is_known: Whether somebody has looked; until then nothing is said about it.
    """

    path: str
    changed: str = ""
    is_known: bool = False


def look_at(path: str) -> Recent:
    """Return what is known of a project; may take long on a network drive that does not answer."""
    try:
        moment = datetime.fromtimestamp((Path(path) / PROJECT_FILE).stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return Recent(path, is_known=True)
    return Recent(path, moment.isoformat(timespec="seconds"), is_known=True)


class RecentRow(QWidget):
    """One project.

    Signals:
        chosen(path): The user wants it open.
        removed(path): The user wants it off the list; its files stay.
    """

    chosen = Signal(str)
    removed = Signal(str)

    def __init__(self, path: str, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._icons = icons
        self.open = PushButton()
        self.open.setAutoDefault(False)
        set_role(self.open, "recent")
        self.open.setToolTip(plain_tooltip(path))
        self.open.setFixedHeight(5 * GRID)
        self.open.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.open.clicked.connect(self._choose)
        self._picture = QLabel()
        self._state = plain_label("", "muted")
        inside = QHBoxLayout(self.open)
        inside.setContentsMargins(GRID, 0, GRID, 0)
        inside.setSpacing(GRID)
        name, place = plain_label(Path(path).stem, "strong"), plain_label(str(Path(path).parent), "muted")
        place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for widget, stretch in ((self._picture, 0), (name, 0), (place, 1), (self._state, 0)):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(widget, stretch)
        self.remove = icon_button(self.tr("Take {name} off the list").format(name=Path(path).stem))
        icons.attach(self.remove, "close", tint=Tint.MUTED)
        self.remove.clicked.connect(self._remove)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.open, 1)
        layout.addWidget(self.remove)
        self.show_state(Recent(path))

    def show_state(self, recent: Recent) -> None:
        """Show whether the project is there, and of when it is."""
        is_gone = recent.is_known and not recent.changed
        text = self.tr("not found") if is_gone else fmt.date_time(recent.changed)
        self._state.setText(text)
        self._icons.attach(
            self._picture, "warning" if is_gone else "recent", tint=Tint.WARNING if is_gone else Tint.MUTED, size=18
        )
        said = (Path(self.path).stem, str(Path(self.path).parent), text)
        self.open.setAccessibleName(", ".join(part for part in said if part))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.path)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.path)


class RecentList(Card):
    """Follows the settings; looks at the projects in the background.

    Signals:
        chosen(path): A project of the list.
    """

    chosen = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._context = context
        self.rows: tuple[RecentRow, ...] = ()
        heading = plain_label(self.tr("Recent projects"), "heading")
        self.setAccessibleName(heading.text())
        self.body.setSpacing(4)
        self.body.addWidget(heading)
        context.preferences.changed.connect(self.show_projects)
        context.session.project_changed.connect(self.look_again)
        self.show_projects()

    @Slot()
    def show_projects(self) -> None:
        """Show the projects of the settings."""
        paths = self._context.preferences.settings.recent_projects[:MAX_RECENT]
        self.setVisible(bool(paths))
        if paths == tuple(row.path for row in self.rows):
            return
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(self._make_row(path) for path in paths)
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Look in the background which projects are there."""
        paths = tuple(row.path for row in self.rows)
        if not paths or self._context.session.project is not None:
            return

        def work(_context: JobContext) -> tuple[Recent, ...]:
            return tuple(look_at(path) for path in paths)

        self._context.tasks.start("", work, on_done=self._take)

    def _take(self, found: Sequence[Recent]) -> None:
        known = {recent.path: recent for recent in found}
        for row in self.rows:
            if row.path in known:
                row.show_state(known[row.path])

    def _make_row(self, path: str) -> RecentRow:
        row = RecentRow(path, self._context.icons)
        row.chosen.connect(self.chosen)
        row.removed.connect(self._remove)
        self.body.addWidget(row)
        return row

    @Slot(str)
    def _remove(self, path: str) -> None:
        preferences = self._context.preferences
        preferences.set_settings(preferences.settings.without_recent(path))

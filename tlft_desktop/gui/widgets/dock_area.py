"""A page body with panels around its middle that can be moved, closed, floated, and stay where they were put."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.text import icon_button, plain_label, plain_tooltip

VERSION = 2
"""Of the saved places; raise it where panels are renamed, so that old places are forgotten."""
REST_MS = 500
SIDES = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "top": Qt.DockWidgetArea.TopDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}


class PanelTitle(QFrame):
    """The title bar of a panel: its name, a button that floats or docks it, a button that closes it.

    Signals:
        float_asked(): The panel becomes a window of its own, or comes back.
        close_asked(): The panel closes; View, Panels brings it back.
    """

    float_asked = Signal()
    close_asked = Signal()

    def __init__(self, title: str, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel-title")
        self._icons, self._title = icons, title
        self._float = icon_button("")
        self._close = icon_button(self.tr("Close the panel {title}").format(title=title))
        icons.attach(self._close, "close", tint=Tint.MUTED)
        self._float.clicked.connect(self.float_asked)
        self._close.clicked.connect(self.close_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 4, 4, 4)
        layout.setSpacing(4)
        layout.addWidget(plain_label(title, "strong"), 1)
        for tool in (self._float, self._close):
            tool.setIconSize(QSize(16, 16))
            layout.addWidget(tool)
        self.show_floating(False)

    @Slot(bool)
    def show_floating(self, floating: bool) -> None:
        """Show whether the panel is a window of its own."""
        text = self.tr("Dock the panel {title}") if floating else self.tr("Float the panel {title}")
        name = text.format(title=self._title)
        self._float.setAccessibleName(name)
        self._float.setToolTip(plain_tooltip(name))
        self._icons.attach(self._float, "panel-dock" if floating else "panel-float", tint=Tint.MUTED)


class DockArea(QMainWindow):
    """Middle and panels of one page.

        area = DockArea("layers", context)
        area.set_center(tree)
        area.add_panel(meaning, self.tr("What this means"), "right", name="meaning", extent=320)
        page_layout.addWidget(area)

    The window finds the area inside of its page: it lists the panels under View, Panels and lets F6 walk through them.
    Add all panels before the page is shown for the first time: then their remembered places are brought back.

    Args:
        key: Names the area in the file of remembered places; unique and never translated.
        context: Parts of the program.
    """

    def __init__(self, key: str, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setObjectName(f"docks_{key}")
        self._key, self._state, self._icons = f"panels/{key}", context.state, context.icons
        self._docks: list[QDockWidget] = []
        self._extents: dict[QDockWidget, int] = {}
        self._shares: dict[QDockWidget, int] = {}
        self._first_state = QByteArray()
        self._hidden_with_page: list[QDockWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._remember)
        context.state.collecting.connect(self._remember)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        # Beside the panels, since names of several do not fit below one that is narrow.
        self.setTabPosition(SIDES["right"], QTabWidget.TabPosition.East)
        self.setTabPosition(SIDES["left"], QTabWidget.TabPosition.West)
        for corner in Qt.Corner:
            # Panels at the sides reach from top to bottom.
            self.setCorner(corner, SIDES["left" if "Left" in corner.name else "right"])

    def set_center(self, widget: QWidget) -> None:
        """Show `widget` in the middle."""
        self.setCentralWidget(widget)

    def add_panel(
        self,
        widget: QWidget,
        title: str,
        side: str,
        *,
        name: str,
        tab: str = "",
        extent: int = 0,
        share: int = 0,
        behind: QDockWidget | None = None,
    ) -> QDockWidget:
        """Add a panel and return it; `name` identifies it in the remembered places and is never translated.

        `side` is `left`, `right`, `top` or `bottom`; `extent` is the wanted width (left, right) or height in pixels
        before the user changes it, 0 for what the widget wants. `share` is the part of the side that the panel takes
        among those there that have one. A panel `behind` another one shares its place: tabs choose between them, with
        the words of `tab` where the title is long.
        """
        dock = QDockWidget(tab or title, self)
        dock.toggleViewAction().setText(title)
        dock.setObjectName(name)
        dock.setAccessibleName(title)
        bar = PanelTitle(title, self._icons, dock)
        bar.float_asked.connect(self._toggle_floating)
        bar.close_asked.connect(dock.close)
        dock.setTitleBarWidget(bar)
        dock.setWidget(_framed(widget))
        dock.topLevelChanged.connect(bar.show_floating)
        for signal in (dock.topLevelChanged, dock.dockLocationChanged, dock.visibilityChanged):
            signal.connect(self._note_change)
        dock.installEventFilter(self)
        self.addDockWidget(SIDES[side], dock)
        if behind is not None:
            self.tabifyDockWidget(behind, dock)
            behind.raise_()
        dock.visibilityChanged.connect(lambda visible: self._show_inside(dock, visible=visible))
        self._docks.append(dock)
        if extent:
            self._extents[dock] = extent
        if share:
            self._shares[dock] = share
        return dock

    @property
    def panels(self) -> tuple[QDockWidget, ...]:
        """The panels, in the order in which they were added."""
        return tuple(self._docks)

    def panel_actions(self) -> list[QAction]:
        """Return one checkable action for each panel, for a menu."""
        return [dock.toggleViewAction() for dock in self._docks]

    @Slot()
    def reset(self) -> None:
        """Put all panels where they were at the first start."""
        if not self._first_state.isEmpty():
            self.restoreState(self._first_state, VERSION)
            self._note_change()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._note_change()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._first_state.isEmpty():
            # Not earlier: only now is the size known that the remembered sizes must fit into.
            self._set_extents()
            self._first_state = self.saveState(VERSION)
            self.restoreState(QByteArray.fromBase64(self._state.value(self._key).encode()), VERSION)
        for dock in self._hidden_with_page:
            dock.show()
        self._hidden_with_page = []

    def hideEvent(self, event: QHideEvent) -> None:
        # Floating panels are windows: they would stay above the other pages.
        if not event.spontaneous():
            self._remember()
            self._hidden_with_page = [dock for dock in self._docks if dock.isFloating() and dock.isVisible()]
            for dock in self._hidden_with_page:
                dock.hide()
        super().hideEvent(event)

    def _set_extents(self) -> None:
        for dock, extent in self._extents.items():
            upright = self._is_upright(dock)
            self.resizeDocks([dock], [extent], Qt.Orientation.Horizontal if upright else Qt.Orientation.Vertical)
        for side in SIDES.values():
            docks = [dock for dock in self._shares if self.dockWidgetArea(dock) is side]
            if docks:
                upright = self._is_upright(docks[0])
                room, whole = self.height() if upright else self.width(), sum(self._shares[dock] for dock in docks)
                sizes = [room * self._shares[dock] // whole for dock in docks]
                self.resizeDocks(docks, sizes, Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)

    def _is_upright(self, dock: QDockWidget) -> bool:
        return self.dockWidgetArea(dock) in (SIDES["left"], SIDES["right"])

    @Slot()
    def _toggle_floating(self) -> None:
        bar = self.sender()
        for dock in self._docks:
            if dock.titleBarWidget() is bar:
                dock.setFloating(not dock.isFloating())

    def _show_inside(self, dock: QDockWidget, *, visible: bool) -> None:
        if not visible and (dock.isHidden() or not self.isVisible()):
            # Closed, or on a page that is not shown.
            return
        # Qt moves a panel behind another one out of sight without hiding it: Tab would lead there.
        for part in (dock.titleBarWidget(), dock.widget()):
            part.setVisible(visible)

    @Slot()
    def _note_change(self) -> None:
        if self.isVisible() and not self._first_state.isEmpty():
            self._timer.start()

    @Slot()
    def _remember(self) -> None:
        self._timer.stop()
        if self.isVisible() and not self._first_state.isEmpty():
            self._state.set_value(self._key, self.saveState(VERSION).toBase64().toStdString())


def _framed(widget: QWidget) -> QFrame:
    """Return the frame of a panel around its content."""
    frame = QFrame()
    set_role(frame, "panel")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(1, 0, 1, 1)
    layout.addWidget(widget)
    return frame

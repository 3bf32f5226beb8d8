"""The filter box of the layer tree: text or a regular expression, and what to do with the layers that match."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.layer_filter import LayerQuery, parse_query
from tlft_desktop.gui.theme import GRID, set_property
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, plain_label, plain_tooltip

_MAX_CHARACTERS = 20_000
"""Enough for the expression of any ticks: the largest networks have a thousand layers with parameters."""


class LayerSearch(QWidget):
    """A line to type into, a switch for regular expressions, and a hint that says what came of it.

    Signals:
        query_changed(LayerQuery): Something else is searched for.
    """

    query_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Filter by name or type"))
        self.line.setAccessibleName(self.tr("Filter layers by name, type or regular expression"))
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumWidth(32 * GRID)
        self.line.setMaxLength(_MAX_CHARACTERS)
        self.regex = button(".*", "toggle", hint=self.tr("The text is a regular expression, as between slashes: /…/"))
        self.regex.setAccessibleName(self.tr("Regular expression"))
        self.regex.setCheckable(True)
        self.hint = plain_label("", "muted")
        # A long hint is cut, it must not push the window wider.
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = row(self.line, self.regex)
        layout.addWidget(self.hint, 1)
        self.setLayout(layout)
        self.line.textChanged.connect(self._announce)
        self.regex.toggled.connect(self._announce)

    @property
    def query(self) -> LayerQuery:
        """What is searched for now."""
        return parse_query(self.line.text(), is_regex=self.regex.isChecked())

    def show_expression(self, expression: str) -> None:
        """Search for a regular expression, as somebody could type it."""
        self.regex.setChecked(True)
        self.line.setText(expression)
        # A long one is read from its beginning.
        self.line.home(False)

    def show_matches(self, num_matches: int) -> None:
        """Say how many layers match; nothing without a query."""
        text = ""
        if not self.query.is_empty:
            words = self.tr("{count} layers match") if num_matches != 1 else self.tr("1 layer matches")
            text = words.format(count=fmt.count(num_matches)) if num_matches else self.tr("No layer matches")
        self._hint(text, is_bad=False)

    def show_problem(self, problem: str) -> None:
        """Say that the text is no regular expression; the reason may be long, so the page tells it in a line."""
        self._hint(self.tr("Not a regular expression"), is_bad=True)
        self.line.setAccessibleDescription(problem)
        self.hint.setToolTip(plain_tooltip(problem))

    def _hint(self, text: str, *, is_bad: bool) -> None:
        self.hint.setText(text)
        self.hint.setToolTip(plain_tooltip(text))
        set_property(self.hint, "role", "warning" if is_bad else "muted")
        set_property(self.line, "state", "bad" if is_bad else "")
        self.line.setAccessibleDescription(text)

    @Slot()
    def _announce(self) -> None:
        self.query_changed.emit(self.query)

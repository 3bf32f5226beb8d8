"""How deep a network is frozen, as a slider beside its tree: the start of the network is at the top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QSlider, QVBoxLayout, QWidget

from tlft_desktop.gui.theme import GRID, set_property, set_role
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip


class DepthSlider(QWidget):
    """A vertical slider whose positions have words; the part above the handle is frozen.

    Signals:
        previewed(position): The handle is dragged; nothing is decided yet.
        chosen(position): The user let the handle go, or moved it by keys, wheel or a click.
    """

    previewed = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._is_shown = False
        self.slider = QSlider(Qt.Orientation.Vertical)
        self.slider.setInvertedAppearance(True)
        self.slider.setInvertedControls(True)
        self.slider.setPageStep(3)
        self.slider.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        set_role(self.slider, "depth")
        self._value = plain_label("", "muted")
        self._value.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._head = plain_label(self.tr("Depth"), "strong")
        self._head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._head)
        layout.addWidget(self.slider, 1, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._value)
        self.setFixedWidth(6 * GRID)
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._released)

    @property
    def position(self) -> int:
        """Where the handle is."""
        return self.slider.value()

    @property
    def words(self) -> str:
        """What the slider says of its value."""
        return self.slider.accessibleDescription()

    def set_positions(self, words: Sequence[str]) -> None:
        """Show a network with one position for each of `words`, from nothing frozen to the deepest."""
        self._words = tuple(words)
        self._is_shown = True
        self.slider.setRange(0, max(0, len(words) - 1))
        self._is_shown = False

    def show_position(self, position: int, words: str) -> None:
        """Show where the frozen front ends, exactly at a position or behind it."""
        self._show(position, words, "")
        self._value.setText(f"{position}/{self.slider.maximum()}")

    def show_custom(self, position: int, words: str) -> None:
        """Show that what is frozen is no front of the network; the handle stays where its front ends."""
        self._show(position, words, "custom")
        self._value.setText(self.tr("custom"))

    def _show(self, position: int, words: str, kind: str) -> None:
        self._is_shown = True
        self.slider.setValue(position)
        self._is_shown = False
        set_property(self.slider, "kind", kind)
        self._say(words)

    def _say(self, words: str) -> None:
        # A screen reader reads the name of the focused slider again when it changes; its number would say nothing.
        self.slider.setAccessibleName(self.tr("Depth of freezing: {words}").format(words=words))
        self.slider.setAccessibleDescription(words)
        self.slider.setToolTip(plain_tooltip(words))

    @Slot(int)
    def _moved(self, position: int) -> None:
        if self._is_shown:
            return
        self._say(self._words[position])
        self._value.setText(f"{position}/{self.slider.maximum()}")
        if self.slider.isSliderDown():
            self.previewed.emit(position)
        else:
            self.chosen.emit(position)

    @Slot()
    def _released(self) -> None:
        self.chosen.emit(self.slider.value())

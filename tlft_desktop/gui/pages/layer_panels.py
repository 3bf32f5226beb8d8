"""The panels beside the layer tree: what a plan means, the depth curve, the advice, compared networks, heat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from tlft_desktop.core.freezing.borders import DepthScale
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.advice_desk import AdviceDesk
from tlft_desktop.gui.desks.backbone_desk import BackboneDesk
from tlft_desktop.gui.desks.depth_desk import DepthDesk
from tlft_desktop.gui.desks.heat_desk import HeatDesk
from tlft_desktop.gui.desks.pilot_desk import PilotDesk
from tlft_desktop.gui.desks.probe_desk import ProbeDesk
from tlft_desktop.gui.desks.sweep_desk import SweepDesk
from tlft_desktop.gui.widgets.advice_panel import AdvicePanel
from tlft_desktop.gui.widgets.depth_panel import DepthPanel
from tlft_desktop.gui.widgets.dock_area import DockArea
from tlft_desktop.gui.widgets.heat_panel import HeatPanel
from tlft_desktop.gui.widgets.meaning_panel import MeaningPanel
from tlft_desktop.gui.widgets.networks_panel import NetworksPanel


class LayerPanels(QObject):
    """Makes the panels and what measures for them, and puts them beside the tree.

    Attributes:
        meaning, depth, advice, networks, heat: The panels.
        depths, advising, piloting, sweeping, heating: What measures for the last four.

    Signals:
        situation_changed(): What can be measured changed.
    """

    situation_changed = Signal()

    def __init__(self, context: AppContext, backbones: BackboneDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.meaning = MeaningPanel(context.icons, context.costs)
        self.depths = DepthDesk(context, self)
        self.depth = DepthPanel(context, self.depths)
        self.advising = AdviceDesk(context, self.depths, self)
        self.piloting = PilotDesk(context, self.advising, self)
        self.advice = AdvicePanel(self.advising, self.piloting)
        self.sweeping = SweepDesk(context, self)
        self.networks = NetworksPanel(context, self.sweeping, backbones)
        self.heating = HeatDesk(context, self)
        self.heat = HeatPanel(context, self.heating)
        self._desks: dict[str, ProbeDesk] = {
            "depth_curve": self.depths,
            "advice": self.advising,
            "networks": self.sweeping,
        }
        self._docks: dict[str, QDockWidget] = {}
        for desk in self._desks.values():
            desk.changed.connect(self.situation_changed)

    def add_to(self, area: DockArea) -> None:
        """Put the panels at the right side of `area`, one behind the other."""
        meaning = area.add_panel(
            self.meaning, self.tr("What this means"), "right", name="meaning", tab=self.tr("Meaning"), extent=256
        )

        def behind(widget: QWidget, title: str, name: str, tab: str = "") -> QDockWidget:
            return area.add_panel(widget, title, "right", name=name, tab=tab, behind=meaning)

        self._docks = {
            "depth_curve": behind(self.depth, self.tr("Depth curve"), "depths", self.tr("Depth")),
            "advice": behind(self.advice, self.tr("Advice"), "advice"),
            "networks": behind(self.networks, self.tr("Networks"), "networks"),
            "heat": behind(self.heat, self.tr("Heat"), "heat"),
        }

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action of a panel: it comes to the front, and most measure."""
        return {"heat": partial(self._raise, "heat"), **{key: partial(self._measure, key) for key in self._desks}}

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        return {key: desk.reason for key, desk in self._desks.items() if desk.reason}

    def set_scale(self, scale: DepthScale | None, *, can_choose: bool) -> None:
        """Take the depths of the network, and whether its plan and strategy can be chosen."""
        self.depth.set_scale(scale, can_freeze=can_choose)
        self.advice.set_can_choose(can_choose and scale is not None)

    def _measure(self, key: str) -> None:
        self._raise(key)
        self._desks[key].measure()

    def _raise(self, key: str) -> None:
        self._docks[key].show()
        self._docks[key].raise_()

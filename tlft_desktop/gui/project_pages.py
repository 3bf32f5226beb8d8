"""The pages of a project, and the dialogs; built after the first painting, since the window opens without a project."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.device_desk import DeviceDesk
from tlft_desktop.gui.desks.mistakes_desk import MistakesDesk
from tlft_desktop.gui.desks.race_desk import RaceDesk
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.dialogs.choosers import Choosers
from tlft_desktop.gui.pages.compare_page import ComparePage
from tlft_desktop.gui.pages.data_page import DataPage
from tlft_desktop.gui.pages.layers_page import LayersPage
from tlft_desktop.gui.pages.train_page import TrainPage
from tlft_desktop.gui.pages.use_page import UsePage
from tlft_desktop.gui.steps import Page


class ProjectPages:
    """Builds them all; the window shows and connects them.

    Attributes:
        data, layers, train, compare, use: The pages.
        choosers: Dialogs for files, help and preferences.
    """

    def __init__(
        self,
        context: AppContext,
        actions: dict[str, QAction],
        *,
        runs: RunDesk,
        training: TrainingDesk,
        races: RaceDesk,
        devices: DeviceDesk,
        window: QWidget,
    ) -> None:
        self.data = DataPage(context, actions)
        self.layers = LayersPage(context, actions)
        self.train = TrainPage(context, training, races, actions)
        mistakes = MistakesDesk(context, self.data.desk, self.data.pictures, window)
        self.compare = ComparePage(context, runs, training, mistakes, actions)
        mistakes.epoch_chosen.connect(self.layers.panels.heating.follow_epoch)
        self.use = UsePage(context, actions)
        self.choosers = Choosers(context, devices, window)

    @property
    def by_page(self) -> dict[Page, QWidget]:
        """The widgets, in the order of the steps."""
        return {
            Page.DATA: self.data,
            Page.LAYERS: self.layers,
            Page.TRAIN: self.train,
            Page.COMPARE: self.compare,
            Page.USE: self.use,
        }

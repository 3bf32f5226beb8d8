"""Puts together what looks after the computer while a training runs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.attendant import Attendant
from tlft_desktop.gui.lazy_power import read_battery, sleep_keeper
from tlft_desktop.gui.power.notifier import Notifier
from tlft_desktop.gui.power.sleep_inhibitor import SleepInhibitor


def make_attendant(context: AppContext, window: QWidget) -> Attendant:
    """Return the attendant of a window."""
    return Attendant(
        context,
        awake=SleepInhibitor(sleep_keeper, context.tasks, window),
        teller=Notifier(window, window),
        battery=read_battery,
        parent=window,
    )

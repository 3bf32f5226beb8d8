"""What reads the battery and keeps the computer awake: its libraries are imported with the first training."""

from __future__ import annotations

import sys

from tlft_desktop.gui.power.battery import Battery
from tlft_desktop.gui.power.keepers import CaffeinateKeeper, Keeper, WindowsKeeper


def sleep_keeper() -> Keeper:
    """Return the way to keep this computer awake; loaded with the first training."""
    if sys.platform == "win32":
        return WindowsKeeper()
    if sys.platform == "darwin":
        return CaffeinateKeeper()
    from tlft_desktop.gui.power.linux_keeper import LinuxKeeper

    return LinuxKeeper()


def read_battery() -> Battery | None:
    """Return the charge of the battery; None where there is none or it cannot be read."""
    import psutil

    read = getattr(psutil, "sensors_battery", None)
    try:
        found = read() if read else None
    except (OSError, RuntimeError):
        return None
    if found is None or found.percent is None:
        return None
    # Unknown counts as plugged in: a training is not paused on a guess.
    return Battery(float(found.percent), found.power_plugged is not False)

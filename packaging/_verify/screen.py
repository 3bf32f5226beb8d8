"""A virtual screen: pictures of it, and a mouse on it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image, ImageGrab
from scipy import ndimage

from _build.tools import call
from _verify.bare_root import Failure

T = TypeVar("T")
SIZE = (1280, 720)
# The button of the next step is the one area in the accent of the light theme.
_ACCENT = (15, 95, 191)
_TOLERANCE = 12
_LEAST_SIDES = (20, 60)  # of a button; bars in that colour are lower


@dataclass(frozen=True)
class Screen:
    """One X server; `name` is what DISPLAY holds."""

    name: str

    def picture(self) -> Image.Image:
        """Return what is on it."""
        return ImageGrab.grab(xdisplay=self.name).convert("RGB")

    def save(self, path: Path) -> None:
        """Save what is on it."""
        self.picture().save(path)

    def click_next_step(self) -> None:
        """Click the button of the next step, once it is there."""
        x, y = wait_for(lambda: accent_centre(np.asarray(self.picture())), "a button in the accent of the theme")
        call(["xdotool", "mousemove", str(x), str(y)], env=self._variables())
        time.sleep(0.3)  # the pointer rests there, as a hand's does
        call(["xdotool", "click", "1"], env=self._variables())

    def _variables(self) -> dict[str, str]:
        return {"DISPLAY": self.name, "PATH": "/usr/bin:/bin"}


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """Start an X server without a monitor."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield Screen(f":{server.stdout.readline().strip()}")
        finally:
            server.terminate()


def accent_centre(pixels: np.ndarray) -> tuple[int, int] | None:
    """Return the centre (x, y) of the largest area in the accent colour, None if there is none of a button's size.

    Args:
        pixels: Array of shape (height, width, 3), uint8.
    """
    near = (np.abs(pixels.astype(int) - _ACCENT) <= _TOLERANCE).all(axis=2)
    labels, _ = ndimage.label(near)
    areas = [area for area in ndimage.find_objects(labels) if all(map(_is_long, area, _LEAST_SIDES))]
    if not areas:
        return None
    rows, columns = max(areas, key=lambda area: (area[0].stop - area[0].start) * (area[1].stop - area[1].start))
    return (columns.start + columns.stop) // 2, (rows.start + rows.stop) // 2


def _is_long(side: slice, least: int) -> bool:
    return bool(side.stop - side.start >= least)


def wait_for(look: Callable[[], T | None], what: str, *, seconds: float = 90) -> T:
    """Look until there is something, and return it.

    Raises:
        Failure: If nothing comes within `seconds`.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.5)
    raise Failure(f"Not there after {seconds:.0f} s: {what}.")

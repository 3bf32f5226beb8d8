"""Drawing takes its share and no more."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QObject

from tlft_desktop.gui.pacing import MAX_INTERVAL_MS, MIN_INTERVAL_MS, RepaintPacer, interval_after, used_seconds


@pytest.mark.parametrize(
    ("cost_seconds", "interval_ms"), [(0.0, 100), (0.001, 100), (0.004, 200), (0.02, 1000), (9.0, MAX_INTERVAL_MS)]
)
def test_a_dear_drawing_waits_longer(cost_seconds: float, interval_ms: int) -> None:
    assert interval_after(cost_seconds) == interval_ms


def burn(seconds: float) -> None:
    until = used_seconds() + seconds
    while used_seconds() < until:
        pass


def test_many_requests_become_few_drawings(qtbot) -> None:
    parent = QObject()
    pacer, drawn = RepaintPacer(parent=parent), []

    def draw() -> None:
        drawn.append(time.monotonic())
        burn(0.01)

    pacer.due.connect(draw)
    started = time.monotonic()
    while len(drawn) < 2:
        pacer.request()
        qtbot.wait(5)
    assert drawn[0] - started < 0.1, "the first one comes at once"
    assert drawn[1] - drawn[0] >= 0.4, "ten milliseconds of work allow two drawings a second"
    assert pacer.cost_seconds >= 0.01
    pacer.stop()
    qtbot.wait(2 * MIN_INTERVAL_MS)
    assert len(drawn) == 2, "nothing is drawn that nobody asked for"
    parent.deleteLater()


def test_what_is_asked_while_drawing_is_drawn_later(qtbot) -> None:
    parent = QObject()
    pacer, drawn = RepaintPacer(least_ms=20, parent=parent), []

    def draw() -> None:
        drawn.append(1)
        if len(drawn) == 1:
            pacer.request()

    pacer.due.connect(draw)
    pacer.request()
    qtbot.waitUntil(lambda: len(drawn) == 2, timeout=3000)
    qtbot.wait(50)
    assert len(drawn) == 2
    parent.deleteLater()

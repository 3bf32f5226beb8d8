"""Which part of an axis is shown."""

from __future__ import annotations

import pytest

from tlft_desktop.gui.plots.ranges import Range, fitted

PERCENT = (0.0, 100.0)


@pytest.mark.parametrize(
    ("values", "limits", "shown"),
    [
        ((96.0, 96.0), PERCENT, (86.4, 100.0)),
        ((0.0, 0.0), PERCENT, (0.0, 1e-7)),
        ((0.5, 0.5), None, (0.45, 0.55)),
        ((20.0, 80.0), PERCENT, (20.0, 80.0)),
    ],
)
def test_equal_values_get_room_within_the_limits(values: Range, limits: Range | None, shown: Range) -> None:
    assert fitted(values, ringed=None, limits=limits, height=300) == pytest.approx(shown)


def test_a_ring_is_not_cut_off() -> None:
    low, high = fitted((0.0, 1.0), ringed=1.0, limits=None, height=100)
    assert low == 0.0
    assert high > 1.1

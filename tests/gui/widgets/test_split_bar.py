"""Shares of a division in whole percents."""

from __future__ import annotations

import pytest

from tlft_desktop.gui.widgets.split_bar import whole_percents


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((67.5, 32.5, 0.0), [68, 32, 0]),
        ((33.4, 33.3, 33.3), [34, 33, 33]),
        ((70.0, 20.0, 10.0), [70, 20, 10]),
        ((99.6, 0.2, 0.2), [100, 0, 0]),
    ],
)
def test_whole_percents_add_up(parts: tuple[float, ...], whole: list[int]) -> None:
    assert whole_percents(parts) == whole

"""Cells of the confusion matrix: colours in which numbers can be read, and room for names."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from tests.gui.test_looks import contrast
from tlft_desktop.gui.theme import DARK, LIGHT, Tokens
from tlft_desktop.gui.widgets.confusion_view import cell_colour


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("is_right", [True, False], ids=["right", "wrong"])
def test_numbers_can_be_read_in_every_cell(tokens: Tokens, is_right: bool) -> None:
    for step in range(101):
        ground = cell_colour(tokens, step / 100, is_right=is_right)
        assert contrast(tokens.text, ground.name()) >= 4.5, step


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_more_is_stronger_and_nothing_is_the_ground(tokens: Tokens) -> None:
    assert cell_colour(tokens, 0.0, is_right=False) == QColor(tokens.surface)
    strengths = [
        abs(cell_colour(tokens, share, is_right=False).green() - QColor(tokens.surface).green())
        for share in (0.0, 0.001, 0.3, 0.6, 1.0)
    ]
    assert strengths == sorted(set(strengths)), "the smallest share is seen, too"

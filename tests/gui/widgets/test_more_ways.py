"""The menu of further strategies."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.widgets.more_ways import MoreWays, explanations


def test_it_tells_which_strategy_was_chosen(qtbot: QtBot) -> None:
    ways = MoreWays(*explanations())
    qtbot.addWidget(ways)
    chosen: list[StrategyKind] = []
    ways.chosen.connect(chosen.append)
    actions = ways.menu().actions()
    for action in actions:
        action.trigger()
    assert chosen == list(explanations())
    assert set(chosen) >= {StrategyKind.GRADUAL, StrategyKind.LAST_STAGE, StrategyKind.NORM_BIAS, StrategyKind.LORA}
    assert all(action.toolTip() and action.toolTip() != action.text() for action in actions)

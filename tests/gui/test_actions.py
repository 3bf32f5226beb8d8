"""The table of actions: who handles what, when it can be chosen and why not, keys and mnemonics."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from tlft_desktop.gui.action_spec import Situation
from tlft_desktop.gui.actions import (
    TABLE,
    connect_actions,
    merge_handlers,
    reasons_against,
    update_actions,
)


class Owner:
    def __init__(self, *keys: str) -> None:
        self.keys, self.called = keys, list[str]()

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {key: partial(self.called.append, key) for key in self.keys}


class Picky(Owner):
    def blocked(self) -> dict[str, str]:
        return {"help": "No image is selected.", "close": "Never said: the table was first."}


def test_handlers_of_all_parts_are_merged_and_called(qapp: object) -> None:
    first, second = Owner("a", "b"), Owner("c")
    parent = QObject()
    actions = {key: QAction(key, parent) for key in "abc"}
    connect_actions(actions, merge_handlers(first, object(), second))
    for action in actions.values():
        action.trigger()
    assert (first.called, second.called) == (["a", "b"], ["c"])


def test_an_action_has_one_handler(qapp: object) -> None:
    with pytest.raises(ValueError, match="'b'"):
        merge_handlers(Owner("a", "b"), Owner("b"))
    with pytest.raises(KeyError, match="lonely"):
        connect_actions({"lonely": QAction("lonely")}, {})
    with pytest.raises(KeyError, match="unknown"):
        connect_actions({}, merge_handlers(Owner("unknown")))


def test_what_cannot_be_chosen_says_why(qapp: object) -> None:
    reasons = reasons_against(Situation(), [Picky(), object()])
    assert reasons["help"] == "No image is selected."
    assert reasons["close"].startswith("No project is open")
    assert all(reason.endswith(".") for reason in reasons.values())
    actions = {spec.id: QAction(spec.text) for spec in TABLE}
    update_actions(actions, reasons)
    assert not actions["help"].isEnabled()
    assert actions["quit"].isEnabled()

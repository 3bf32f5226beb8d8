"""Which runs, or networks, are worth a look when both accuracy and time count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

_Item = TypeVar("_Item")


def pareto_front(items: Iterable[_Item], judge: Callable[[_Item], tuple[float, float, str]]) -> list[_Item]:
    """Return what nothing else beats: the quickest first, each more accurate than all before it.

    Of equally accurate ones the quickest is on the front.

    Args:
        items: All with a result.
        judge: Returns time, accuracy, and a name that decides between equals.
    """
    judged = sorted(((judge(item), item) for item in items), key=lambda pair: _order(*pair[0]))
    front: list[_Item] = []
    highest = -1.0
    for (_time, accuracy, _name), item in judged:
        if accuracy > highest:
            highest = accuracy
            front.append(item)
    return front


def _order(time: float, accuracy: float, name: str) -> tuple[float, float, str]:
    return time, -accuracy, name

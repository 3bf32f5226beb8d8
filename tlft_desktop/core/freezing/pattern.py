"""The frozen layers of a plan as one regular expression: ticks that can be read, searched for and typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan

_LAST_DIGIT = 9


def frozen_pattern(tree: LayerTree, plan: FreezePlan) -> str:
    r"""Return a regular expression that finds the frozen owners in `tree.owners` and no other one; empty for none.

    A layer that is frozen with all below it stands there once, and numbered neighbours stand together, as in
    `^(conv_stem|bn1|blocks\.[0-4])(\.|$)`. Freezing what it finds, and nothing else, gives the same frozen layers.

    Args:
        tree: The network.
        plan: What it freezes must be in the network.
    """
    whole: list[str] = []
    alone: list[str] = []
    for path, is_whole in _frozen_below(tree.root, plan.frozen):
        (whole if is_whole else alone).append(path)
    parts = [_one_of(_joined(whole)) + r"(\.|$)"] if whole else []
    parts += [_one_of(_joined(alone)) + "$"] if alone else []
    return "^" + (parts[0] if len(parts) == 1 else _one_of(parts)) if parts else ""


def _frozen_below(node: LayerNode, frozen: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield paths of frozen layers, and whether all that lies below one is frozen, too; then it stands for that."""
    owners = node.owners()
    if node.path and owners and frozen.issuperset(owners):
        yield node.path, True
        return
    if node.is_owner and node.path in frozen:
        yield node.path, False
    for child in node.children:
        yield from _frozen_below(child, frozen)


def _one_of(choices: Sequence[str]) -> str:
    return choices[0] if len(choices) == 1 else f"({'|'.join(choices)})"


def _joined(paths: Iterable[str]) -> list[str]:
    """Return expressions for paths, with neighbours that differ in their last number only as one."""
    return [
        expression
        for (parent, is_number), members in groupby(paths, key=_place)
        for expression in _together(parent, [path.rpartition(".")[2] for path in members], is_number=is_number)
    ]


def _place(path: str) -> tuple[str, bool]:
    parent, _, name = path.rpartition(".")
    return parent, name.isascii() and name.isdigit()


def _together(parent: str, names: list[str], *, is_number: bool) -> list[str]:
    before = re.escape(parent) + r"\." if parent else ""
    if not is_number or len(names) == 1:
        return [before + re.escape(name) for name in names]
    numbers = list(map(int, names))
    is_run = numbers == list(range(numbers[0], numbers[-1] + 1)) and numbers[-1] <= _LAST_DIGIT
    return [before + (f"[{numbers[0]}-{numbers[-1]}]" if is_run else f"({'|'.join(names)})")]

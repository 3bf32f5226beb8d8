"""Factors on the learning rate as the layer tree shows them."""

from __future__ import annotations

from collections.abc import Sequence

from tlft_desktop.core.values.layer_node import LayerNode
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr


def rates_of(nodes: Sequence[LayerNode], parents: Sequence[int], plan: FreezePlan) -> list[float]:
    """Return the factor that holds at every node; `parents` are places in `nodes`, -1 above the first one.

    Nodes stand in execution order, parents first, so that one pass is enough for thousands of them.
    """
    own = dict(plan.rate_factors)
    if not own:
        return [1.0] * len(nodes)
    rates: list[float] = []
    for node, parent in zip(nodes, parents, strict=True):
        rates.append(own.get(node.path, rates[parent] if parent >= 0 else 1.0))
    return rates


def has_own_rate(plan: FreezePlan, path: str) -> bool:
    """Tell whether a factor is set at this node and not further up."""
    return any(other == path for other, _ in plan.rate_factors)


def rate_text(factor: float, *, is_own: bool) -> str:
    """Return a factor as a cell shows it: in brackets where it comes from above, nothing where none is set."""
    if factor == 1 and not is_own:
        return ""
    text = f"x{fmt.number(factor, 2 if factor < 10 else 3)}"
    return text if is_own else f"({text})"


def rate_hint(factor: float, *, is_own: bool) -> str:
    """Return what a factor means for a row of the tree."""
    words = tr("The learning rate of the training is multiplied by {factor} here").format(factor=fmt.number(factor))
    return f"{words}." if is_own else tr("{words}; set further up.").format(words=words)

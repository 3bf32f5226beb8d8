"""Heat as the layer tree shows it: summed up over what is painted, not over what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tlft_desktop.core.values.heat import Heat, together
from tlft_desktop.core.values.layer_node import LayerNode
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.heat_measures import HeatMeasure, ShownHeat, value_of

Range = tuple[int, int]
_LEAST_IN_CELL = 0.001


class HeatColumn:
    """What the cells of the heat column say; a node with others below it is measured as all of them together.

    Args:
        shown: What is shown.
        owners: All parameter owners of the network, in execution order.
        places: Owners at or below a node, as a range of their places, by the path of the node.
    """

    def __init__(self, shown: ShownHeat, owners: Sequence[str], places: Mapping[str, Range]) -> None:
        self._shown = shown
        self._at: list[Heat | None] = [None] * len(owners)
        for owner, heat in shown.owners.items():
            start, end = places.get(owner) or _around(owner, places)
            if start < end:
                # Layers that the tree does not know belong to the one that they were added to.
                known = self._at[start]
                self._at[start] = heat if known is None else together((known, heat))

    def value(self, place: Range, stage: str) -> float | None:
        """Return the measure of a node with its owners at `place`; `stage` is the one that begins there, or empty."""
        if self._shown.measure is HeatMeasure.DRIFT:
            return self._shown.stages.get(stage)
        start, end = place
        found = [heat for heat in self._at[start:end] if heat is not None]
        return value_of(together(found), self._shown.measure) if found else None

    def bars(self, value: float | None) -> tuple[float, float]:
        """Return the lengths of the two bars of a cell, of which one is seen: still, and straining."""
        share = self._shown.share(value)
        return (0.0, share) if self._shown.strains(value) else (share, 0.0)

    def hint(self, path: str, value: float | None) -> str:
        """Return what a cell means."""
        if value is None:
            return tr("{path}: not measured; it was frozen, or nothing is shown yet").format(path=path)
        words = {
            HeatMeasure.GRADIENT: tr(
                "{path}: the gradient is {value} of the weights in a step, {share} of that of the strongest stage"
            ),
            HeatMeasure.CHANGE: tr(
                "{path}: the weights have moved by {value} of their size since they were pretrained"
            ),
            HeatMeasure.DRIFT: tr(
                "{path}: the outputs of this stage differ by {value} from those of the pretrained network (1 - CKA)"
            ),
        }[self._shown.measure]
        text = words.format(path=path, value=heat_text(value), share=fmt.percent(self._shown.share(value), 0))
        if self._shown.measure is HeatMeasure.GRADIENT:
            text += ": " + (tr("it strains") if self._shown.strains(value) else tr("it is still"))
        return text


def stage_starts(nodes: Sequence[LayerNode], stages: Mapping[str, int]) -> dict[int, int]:
    """Return the number of the stage that begins at a node, by the place of the node."""
    starts: dict[int, int] = {}
    seen: set[str] = set()
    for place, node in enumerate(nodes):
        if node.stage in stages and node.stage not in seen:
            seen.add(node.stage)
            starts[place] = stages[node.stage]
    return starts


def heat_text(value: float | None) -> str:
    """Return a value with two digits that count."""
    return "" if value is None else fmt.number(value, 2)


def cell_text(value: float | None) -> str:
    """Return a value as a cell has room for it."""
    return f"<{fmt.number(_LEAST_IN_CELL)}" if value and value < _LEAST_IN_CELL else heat_text(value)


def _around(owner: str, places: Mapping[str, Range]) -> Range:
    while owner and owner not in places:
        owner = owner.rpartition(".")[0]
    return places.get(owner, (0, 0)) if owner else (0, 0)

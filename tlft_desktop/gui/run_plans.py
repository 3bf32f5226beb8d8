"""The freeze plans of runs and those with names, and how two of them differ; plain values and functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.format import from_core

CURRENT = ""
"""Stands for the ticks on the page Layers, which belong to no run."""


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """What a phase of a run froze, a plan with a name, or the ticks of the page Layers.

    Attributes:
        run: Identifier; `CURRENT` for what belongs to no run.
        phase: Name of the phase; empty where the run has only one.
        plan: What was frozen.
        backbone: Network that the plan belongs to.
        problem: Why the plan could not be read; empty if it could.
        name: Of a plan that the project keeps; empty for those of runs and the ticks.
    """

    run: str
    phase: str = ""
    plan: FreezePlan = field(default_factory=FreezePlan)
    backbone: str = ""
    problem: str = ""
    name: str = ""

    @property
    def is_current(self) -> bool:
        """Whether this stands for the ticks of the page Layers."""
        return self.run == CURRENT and not self.name


def read_plans(store: RunStore, runs: Iterable[RunSummary]) -> tuple[PhasePlan, ...]:
    """Read the plans of runs, one for each phase; a damaged run gives an entry that says so."""
    plans: list[PhasePlan] = []
    for run in runs:
        if run.state is RunState.DAMAGED:
            plans.append(PhasePlan(run.run, problem=from_core(run.problem)))
            continue
        try:
            config = store.config(run.run)
        except TlftError as error:
            plans.append(PhasePlan(run.run, problem=from_core(error.message)))
            continue
        phases = config.strategy.phases
        plans += [
            PhasePlan(run.run, phase.name if len(phases) > 1 else "", phase.plan, config.backbone) for phase in phases
        ]
    return tuple(plans)


class Freezing(StrEnum):
    """How much of a subtree is frozen."""

    FROZEN = "frozen"
    PARTLY = "partly"
    TRAINS = "trains"
    EMPTY = "empty"
    """It has no parameters."""


@dataclass(frozen=True, slots=True)
class NodePair:
    """A subtree under two plans.

    Attributes:
        node: Its root.
        first, second: How much of it each plan freezes.
        rates: Factors on the learning rate that each plan has here.
        ranks: Of the adapter that each plan gives this layer; 0 for none.
        num_differing: Layers with parameters in it that the plans treat differently.
    """

    node: LayerNode
    first: Freezing
    second: Freezing
    rates: tuple[float, float]
    ranks: tuple[int, int]
    num_differing: int


def compare_plans(tree: LayerTree, first: FreezePlan, second: FreezePlan) -> dict[str, NodePair]:
    """Return every node of the network under two plans, by its path, in execution order.

    Layers differ where only one plan freezes them, both train them at different rates, or their adapters differ.
    """
    comparison = _Comparison(
        frozen=(first.frozen, second.frozen),
        factors=(dict(first.rate_factors), dict(second.rate_factors)),
        adapters=(tree.adapters(first), tree.adapters(second)),
        pairs={},
    )
    comparison.add(tree.root, (1.0, 1.0))
    return {node.path: comparison.pairs[node.path] for node in tree.root.walk()}


@dataclass(frozen=True, slots=True)
class _Comparison:
    frozen: tuple[frozenset[str], frozenset[str]]
    factors: tuple[dict[str, float], dict[str, float]]
    adapters: tuple[dict[str, int], dict[str, int]]
    pairs: dict[str, NodePair]

    def add(self, node: LayerNode, above: tuple[float, float]) -> tuple[int, int, int, int]:
        """Note a subtree; return its layers with parameters: all, frozen by the first, by the second, and differing.

        `above` are the factors that hold for what has none of its own.
        """
        own, path = node.is_owner, node.path
        rates = (self.factors[0].get(path, above[0]), self.factors[1].get(path, above[1]))
        ranks = (self.adapters[0].get(path, 0), self.adapters[1].get(path, 0))
        in_first, in_second = (own and path in frozen for frozen in self.frozen)
        is_faster = not in_first and rates[0] != rates[1]
        differs = own and (in_first is not in_second or is_faster or ranks[0] != ranks[1])
        counts = (int(own), int(in_first), int(in_second), int(differs))
        for child in node.children:
            below = self.add(child, rates)
            counts = tuple(a + b for a, b in zip(counts, below, strict=True))  # type: ignore[assignment]
        total, num_first, num_second, num_differing = counts
        self.pairs[path] = NodePair(
            node, _freezing(num_first, total), _freezing(num_second, total), rates, ranks, num_differing
        )
        return counts


def _freezing(num_frozen: int, total: int) -> Freezing:
    if not total:
        return Freezing.EMPTY
    if not num_frozen:
        return Freezing.TRAINS
    return Freezing.FROZEN if num_frozen == total else Freezing.PARTLY

"""The freeze plans of runs, and how two of them differ; plain values and functions."""

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
    """What a phase of a run froze.

    Attributes:
        run: Identifier; `CURRENT` for the ticks of the page Layers.
        phase: Name of the phase; empty where the run has only one.
        plan: What was frozen.
        backbone: Network that the plan belongs to.
        problem: Why the plan could not be read; empty if it could.
    """

    run: str
    phase: str = ""
    plan: FreezePlan = field(default_factory=FreezePlan)
    backbone: str = ""
    problem: str = ""


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
        num_differing: Layers with parameters in it that the plans treat differently.
    """

    node: LayerNode
    first: Freezing
    second: Freezing
    num_differing: int


def compare_plans(tree: LayerTree, first: FreezePlan, second: FreezePlan) -> dict[str, NodePair]:
    """Return every node of the network under two plans, by its path, in execution order."""
    pairs: dict[str, NodePair] = {}
    _compare(tree.root, first.frozen, second.frozen, pairs)
    return {node.path: pairs[node.path] for node in tree.root.walk()}


def _compare(
    node: LayerNode, first: frozenset[str], second: frozenset[str], pairs: dict[str, NodePair]
) -> tuple[int, int, int, int]:
    """Note a subtree; return its layers with parameters: all, frozen by the first, by the second, and differing."""
    own = node.is_owner
    counts = (
        int(own),
        int(own and node.path in first),
        int(own and node.path in second),
        int(own and (node.path in first) is not (node.path in second)),
    )
    for child in node.children:
        below = _compare(child, first, second, pairs)
        counts = tuple(a + b for a, b in zip(counts, below, strict=True))  # type: ignore[assignment]
    total, in_first, in_second, differing = counts
    pairs[node.path] = NodePair(node, _freezing(in_first, total), _freezing(in_second, total), differing)
    return counts


def _freezing(num_frozen: int, total: int) -> Freezing:
    if not total:
        return Freezing.EMPTY
    if not num_frozen:
        return Freezing.TRAINS
    return Freezing.FROZEN if num_frozen == total else Freezing.PARTLY

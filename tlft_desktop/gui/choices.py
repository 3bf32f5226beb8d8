"""What the user chose of the network: immutable values that undo and redo swap."""

from __future__ import annotations

from dataclasses import dataclass, field

from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule


@dataclass(frozen=True, slots=True)
class FreezeChoice:
    """What the user wants trained.

    Attributes:
        plan: The ticks of the layer tree.
        kind: The strategy; `custom` trains exactly what is not ticked.
        thaw: When the stages of a custom strategy begin to train.
    """

    plan: FreezePlan = field(default_factory=FreezePlan)
    kind: StrategyKind = StrategyKind.TRANSFER
    thaw: ThawSchedule = field(default_factory=ThawSchedule)


@dataclass(frozen=True)
class NetworkChoice:
    """The network of a project with what is frozen of it: swapped together, since ticks name layers.

    Attributes:
        backbone: Catalogue name.
        image_size: Side of the square input, in pixels.
        tree: Its layers.
        choice: Ticks and strategy.
    """

    backbone: str
    image_size: int
    tree: LayerTree
    choice: FreezeChoice

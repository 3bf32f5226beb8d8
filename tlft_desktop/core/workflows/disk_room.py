"""Whether the disk has room for what a run will write: told before it starts, not when its checkpoint is refused."""

from __future__ import annotations

import contextlib
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ResourceError, StorageError
from tlft_desktop.core.freezing.footprint import ADAMW_MOMENTS, BYTES_PER_VALUE
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Phase, Strategy

# Two are kept and a third is written before the older one goes; a head that is solved has few.
_NUM_CHECKPOINTS = 3
_NUM_OF_SOLVED = 2


def run_bytes(strategy: Strategy, tree: LayerTree) -> int:
    """Return about how much a run takes in its project at most: its checkpoints and its trained network.

    Features and decoded images lie elsewhere, and are refused or left out by themselves where they have no room.
    """
    weights = BYTES_PER_VALUE * tree.root.parameters
    return weights + max(_checkpoint_bytes(phase, tree, weights) for phase in strategy.phases)


def require_room(project_root: Path, num_bytes: int) -> None:
    """Refuse to start a training whose results would not fit on the disk of the project.

    Args:
        project_root: Folder of the project.
        num_bytes: What the training will write.

    Raises:
        StorageError: If fewer bytes are free.
    """
    # A disk that does not say how full it is refuses nothing; that it is full will be seen when it is.
    with contextlib.suppress(OSError):
        try:
            fsio.require_free_space(project_root, num_bytes)
        except ResourceError as error:
            raise StorageError(
                f"The training was not started: its checkpoints and networks would not fit. {error.message}",
                remedy="Free some space, such as by emptying the trash of the project "
                f"(`tlft run empty-trash {quoted(str(project_root))}`).",
            ) from error


def _checkpoint_bytes(phase: Phase, tree: LayerTree, weights: int) -> int:
    """Return the bytes of all checkpoints that a phase has at the same time."""
    if phase.head is HeadSolver.CONVEX:
        return _NUM_OF_SOLVED * weights
    moments = ADAMW_MOMENTS if phase.optimizer is OptimizerKind.ADAMW else 1
    # Beside the network the best state of what trains, and what the optimiser remembers of it.
    return _NUM_CHECKPOINTS * (weights + (1 + moments) * BYTES_PER_VALUE * tree.trainable_parameters(phase.plan))

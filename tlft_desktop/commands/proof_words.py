"""What is told of the proof that frozen layers did not change."""

from __future__ import annotations

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import FrozenProof

_SENTENCES = {
    FrozenProof.VERIFIED.value: "What was frozen is unchanged to the bit.",
    FrozenProof.VIOLATED.value: "! FROZEN LAYERS CHANGED: this result cannot be trusted. Please report it.",
    FrozenProof.NONE_FROZEN.value: "No layer was frozen.",
}


def proof_cell(store: RunStore, run: str, proof: str) -> str:
    """Return what the proof of a run showed, for a table; empty before its end.

    The statistics of norm layers are held even where every layer trains, and their proof is kept as that of the run:
    `verified` would be taken for layers that nobody froze.
    """
    if proof == FrozenProof.VERIFIED and not _has_frozen_layers(store, run):
        return FrozenProof.NONE_FROZEN.value
    return proof


def proof_sentence(store: RunStore, run: str, proof: str) -> str:
    """Return what the proof of a run showed, as the last words of a training; empty before its end."""
    cell = proof_cell(store, run, proof)
    return _SENTENCES.get(cell, cell)


def _has_frozen_layers(store: RunStore, run: str) -> bool:
    try:
        phases = store.config(run).strategy.phases
    except TlftError:
        # Its damage is told elsewhere; what was recorded at its end still holds.
        return True
    return any(phase.plan.frozen for phase in phases)

"""What is told of the proof that frozen layers did not change."""

from __future__ import annotations

from tlft_desktop.core.values.run import FrozenProof

_SENTENCES = {
    FrozenProof.VERIFIED.value: "What was frozen is unchanged to the bit.",
    FrozenProof.VIOLATED.value: "! FROZEN LAYERS CHANGED: this result cannot be trusted. Please report it.",
    FrozenProof.NONE_FROZEN.value: "No layer was frozen.",
}


def proof_sentence(proof: str) -> str:
    """Return what the proof of a run showed, as the last words of a training; empty before its end."""
    return _SENTENCES.get(proof, proof)

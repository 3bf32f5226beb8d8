"""Hashes that see every bit, whatever the type and the layout in memory."""

from __future__ import annotations

import torch

import pytest

from tests.plan_samples import NormNet
from tlft_desktop.core.freezing.proof import compare_fingerprints, fingerprints
from tlft_desktop.core.values.run import FrozenProof

NAMES = ("stem.0.weight", "stem.1.running_mean", "stem.1.num_batches_tracked", "scale")


def test_equal_tensors_have_equal_hashes_in_any_layout() -> None:
    model = NormNet()
    before = fingerprints(model, NAMES)
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    assert fingerprints(model, NAMES) == before
    assert tuple(before) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_smallest_change_is_seen(name: str) -> None:
    model = NormNet()
    before = fingerprints(model, NAMES)
    with torch.no_grad():
        tensor = model.state_dict()[name]
        flat = tensor.reshape(-1) if tensor.ndim else tensor
        if flat.is_floating_point():
            flat[0] = torch.nextafter(flat[0], torch.tensor(9.0))
        else:
            flat.add_(1)
    verdict, changed = compare_fingerprints(before, fingerprints(model, NAMES))
    assert verdict is FrozenProof.VIOLATED
    assert changed == (name,)


def test_a_negative_zero_is_a_change() -> None:
    model = NormNet()
    torch.nn.init.zeros_(model.scale)
    before = fingerprints(model, ["scale"])
    with torch.no_grad():
        model.scale[3] = -0.0
    assert compare_fingerprints(before, fingerprints(model, ["scale"]))[1] == ("scale",)


def test_verdicts() -> None:
    hashes = fingerprints(NormNet(), NAMES)
    assert compare_fingerprints(hashes, dict(hashes)) == (FrozenProof.VERIFIED, ())
    assert compare_fingerprints({}, hashes) == (FrozenProof.NONE_FROZEN, ())
    gone = {name: digest for name, digest in hashes.items() if name != "scale"}
    assert compare_fingerprints(hashes, gone) == (FrozenProof.VIOLATED, ("scale",))


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16, torch.bool, torch.int64, torch.float64])
def test_every_type_can_be_hashed(kind: torch.dtype) -> None:
    model = torch.nn.Module()
    model.register_buffer("full", torch.ones(3, 2).to(kind))
    model.register_buffer("single", torch.ones(()).to(kind))
    model.register_buffer("empty", torch.ones(0).to(kind))
    hashes = fingerprints(model, ["full", "single", "empty"])
    assert len(set(hashes.values())) == 3

"""Names of published files and of networks, and sentences about what does not fit."""

from __future__ import annotations

import torch
import torchvision

import pytest

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.conversion import canonical_state, describe_mismatch, published_state
from weight_files import SMALL, SMALL_TORCHVISION, random_state


def test_old_names_of_densenet_are_todays() -> None:
    entry = find_backbone("torchvision:densenet121")
    today = torchvision.models.densenet121(weights=None).state_dict()
    old = {key.replace("norm1.", "norm.1.").replace("conv2.", "conv.2."): tensor for key, tensor in today.items()}
    assert "features.denseblock1.denselayer1.norm.1.weight" in old
    assert set(published_state(entry, old)) == set(today)


def test_helper_classifiers_of_googlenet_are_left_out() -> None:
    entry = find_backbone("torchvision:googlenet")
    full = torchvision.models.googlenet(weights=None, aux_logits=True, init_weights=False).state_dict()
    assert any(key.startswith("aux1.") for key in full)
    state, notices = canonical_state(entry, published_state(entry, full), origin="file")
    assert list(state) == [key for key in full if not key.startswith("aux")]
    assert notices == ()


@pytest.mark.parametrize("name", [SMALL, SMALL_TORCHVISION])
def test_a_complete_state_is_taken_as_it_is(name: str) -> None:
    entry = find_backbone(name)
    state = random_state(entry)
    taken, notices = canonical_state(entry, state, origin="file")
    assert list(taken) == list(state)
    assert all(torch.equal(taken[key], state[key]) for key in state)
    assert notices == ()


@pytest.mark.parametrize("name", [SMALL, SMALL_TORCHVISION])
def test_a_classifier_for_other_classes_is_left_out_with_a_notice(name: str) -> None:
    entry = find_backbone(name)
    taken, notices = canonical_state(entry, random_state(entry, num_classes=7), origin="mine.safetensors")
    assert f"{entry.head}.weight" not in taken
    assert len(taken) == len(random_state(entry)) - 2
    assert notices == ("The classifier for 7 classes in 'mine.safetensors' was left out: a project makes a new one.",)


def test_a_missing_classifier_is_told() -> None:
    entry = find_backbone(SMALL)
    state = {key: tensor for key, tensor in random_state(entry).items() if not key.startswith(entry.head)}
    assert canonical_state(entry, state, origin="file")[1] == (
        "The classifier in 'file' is missing: a project makes a new one.",
    )


def test_counters_of_batches_may_be_missing() -> None:
    entry = find_backbone(SMALL)
    state = {key: tensor for key, tensor in random_state(entry).items() if not key.endswith("num_batches_tracked")}
    taken, _ = canonical_state(entry, state, origin="file")
    assert len(taken) > len(state)


def test_weights_without_a_classifier_stay_without_one() -> None:
    entry = find_backbone("timm:vit_small_patch14_dinov2")
    state = random_state(entry)
    taken, notices = canonical_state(entry, state, origin="file")
    assert set(taken) == set(state)
    assert not any(key.startswith("head") for key in taken)
    assert notices == ()


def test_what_does_not_fit_is_said_in_words() -> None:
    entry = find_backbone(SMALL)
    state = random_state(entry)
    state["blocks.9.conv.weight"] = state.pop("conv_stem.weight")
    state["conv_head.weight"] = torch.zeros(3, 3)
    with pytest.raises(InputError) as caught:
        canonical_state(entry, state, origin="file")
    assert caught.value.message == (
        "'file' does not hold the weights of timm:mobilenetv3_small_100. The tensor 'conv_stem.weight' is "
        "missing. The tensor 'blocks.9.conv.weight' is unknown. The tensor 'conv_head.weight' has another shape: "
        "(3, 3) instead of (1024, 576, 1, 1)."
    )


def test_weights_of_another_backbone_are_named_as_such() -> None:
    state = random_state(find_backbone(SMALL_TORCHVISION))
    with pytest.raises(InputError, match=r"does not hold the weights of timm:mobilenetv3.*tensors are missing"):
        canonical_state(find_backbone(SMALL), state, origin="file")


def test_numbers_of_another_kind_are_refused() -> None:
    entry = find_backbone(SMALL)
    for wrong, shown in ((torch.float16, "float16"), (torch.int32, "int32")):
        state = random_state(entry)
        state["conv_stem.weight"] = state["conv_stem.weight"].to(wrong)
        with pytest.raises(InputError, match=f"stores 'conv_stem.weight' as {shown}; .* needs float32"):
            canonical_state(entry, state, origin="file")


def test_a_variance_below_zero_is_refused() -> None:
    entry = find_backbone(SMALL)
    state = random_state(entry)
    state["bn1.running_var"][3] = -0.1
    with pytest.raises(InputError, match=r"variances below zero in 'bn1.running_var'"):
        canonical_state(entry, state, origin="file")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_values_that_are_not_numbers_are_refused(value: float) -> None:
    entry = find_backbone(SMALL)
    state = random_state(entry)
    state["bn1.running_var"][3] = value
    with pytest.raises(InputError, match=r"not numbers in 'bn1.running_var'"):
        canonical_state(entry, state, origin="file")


def test_states_that_fit_are_described_by_nothing() -> None:
    assert describe_mismatch({"a": torch.zeros(2)}, {"a": (2,), "n.num_batches_tracked": ()}) == ""


def test_converting_leaves_the_global_random_state_alone() -> None:
    before = torch.get_rng_state()
    canonical_state(find_backbone(SMALL), random_state(find_backbone(SMALL), num_classes=3), origin="file")
    torch.set_rng_state(before)
    canonical_state(find_backbone(SMALL), random_state_without_draws(), origin="file")
    assert torch.equal(torch.get_rng_state(), before)


def random_state_without_draws() -> dict[str, torch.Tensor]:
    with torch.random.fork_rng(devices=[]):
        return random_state(find_backbone(SMALL))

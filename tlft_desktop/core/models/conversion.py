"""From the names in a published or foreign file to the names of the network, checked to the last tensor."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.builder import build_on_meta, create
from tlft_desktop.core.models.catalog import BackboneEntry, Library, WeightsKind
from tlft_desktop.core.random_state import RANDOM_STATE

# Blocks of each stage of EfficientNet-Lite: the published files count blocks through, timm counts within a stage.
_LITE_DEPTHS = {
    "tf_efficientnet_lite0": (1, 2, 2, 3, 3, 4, 1),
    "tf_efficientnet_lite1": (1, 3, 3, 4, 4, 5, 1),
    "tf_efficientnet_lite2": (1, 3, 3, 4, 4, 5, 1),
}
_LITE_OUTER = {"_conv_stem": "conv_stem", "_bn0": "bn1", "_conv_head": "conv_head", "_bn1": "bn2", "_fc": "classifier"}
_LITE_FIRST = {"_depthwise_conv": "conv_dw", "_bn1": "bn1", "_project_conv": "conv_pw", "_bn2": "bn2"}
_LITE_LATER = {
    "_expand_conv": "conv_pw",
    "_bn0": "bn1",
    "_depthwise_conv": "conv_dw",
    "_bn1": "bn2",
    "_project_conv": "conv_pwl",
    "_bn2": "bn3",
}
# torchvision's DenseNet files are older than its code, which does not allow dots in these names any more.
_DENSENET_OLD = re.compile(r"^(.*denselayer\d+\.(?:norm|conv))\.([12]\.\w+)$")
_COUNTER = "num_batches_tracked"


def lite_key(architecture: str, key: str) -> str:
    """Return timm's name of a tensor of the published file of an EfficientNet-Lite.

    Raises:
        KeyError, IndexError: If the file has no such tensor.
    """
    parts = key.split(".")
    if parts[0] != "_blocks":
        return ".".join([_LITE_OUTER[parts[0]], *parts[1:]])
    depths = _LITE_DEPTHS[architecture]
    stage, block = 0, int(parts[1])
    while block >= depths[stage]:
        block -= depths[stage]
        stage += 1
    names = _LITE_LATER if stage else _LITE_FIRST
    return ".".join(["blocks", str(stage), str(block), names[parts[2]], *parts[3:]])


def published_state(entry: BackboneEntry, raw: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors of a published pickle file under today's names of its library.

    Raises:
        KeyError, IndexError: If a bundled file has a name that it must not have.
    """
    if entry.weights.kind is WeightsKind.BUNDLED:
        return {lite_key(entry.architecture, key): tensor for key, tensor in raw.items()}
    renamed = {_DENSENET_OLD.sub(r"\1\2", key): tensor for key, tensor in raw.items()}
    # GoogLeNet's helper classifiers serve its original training only; our network is built without them.
    return {key: tensor for key, tensor in renamed.items() if not key.startswith(("aux1.", "aux2."))}


def canonical_state(
    entry: BackboneEntry, state: Mapping[str, Tensor], *, origin: object
) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    """Return `state` as the network itself names it, and notices on what was left out.

    Every tensor must have its place, its shape and 32-bit floats that are finite. A classifier for other classes is
    left out: a project puts a new one in any case. timm's own converter takes older names of its hub files.

    Raises:
        InputError: In one sentence which tensors do not fit and how many.
    """
    native = native_state(entry)
    _check_values(state, native, entry, origin)
    loaded = _load_strictly(entry, dict(state))
    if loaded is not None:
        return loaded, ()
    head_keys = (f"{entry.head}.weight", f"{entry.head}.bias")
    body = {key: tensor for key, tensor in state.items() if key not in head_keys}
    stand_in = {key: torch.zeros(native[key].shape) for key in head_keys if key in native}
    loaded = _load_strictly(entry, {**body, **stand_in})
    if loaded is None:
        shapes = {key: tuple(tensor.shape) for key, tensor in native.items() if key not in head_keys}
        why = describe_mismatch(body, shapes) or "Its tensors do not fit."
        raise InputError(
            f"'{origin}' does not hold the weights of {entry.name}. {why}",
            remedy="Choose the backbone that it was made with.",
        )
    notice = _about_classifier(state.get(head_keys[0]), origin)
    return {key: tensor for key, tensor in loaded.items() if key not in head_keys}, (notice,)


def _about_classifier(weight: Tensor | None, origin: object) -> str:
    if weight is None:
        return f"The classifier in '{origin}' is missing: a project makes a new one."
    if weight.ndim == 0:
        return f"The classifier in '{origin}' was left out: a project makes a new one."
    return f"The classifier for {len(weight)} classes in '{origin}' was left out: a project makes a new one."


def describe_mismatch(state: Mapping[str, Tensor], expected: Mapping[str, Sequence[int]]) -> str:
    """Return in sentences how the names and shapes of `state` differ from the expected ones; empty if they do not."""
    missing = [key for key in expected if key not in state and not key.endswith(_COUNTER)]
    unknown = [key for key in state if key not in expected]
    other = [key for key in expected if key in state and tuple(state[key].shape) != tuple(expected[key])]
    sentences = []
    if missing:
        several = f"{len(missing)} tensors are missing, such as '{missing[0]}'."
        sentences.append(f"The tensor '{missing[0]}' is missing." if len(missing) == 1 else several)
    if unknown:
        name = unknown[0][:80]
        several = f"{len(unknown)} tensors are unknown, such as '{name}'."
        sentences.append(f"The tensor '{name}' is unknown." if len(unknown) == 1 else several)
    if other:
        name, shape, wanted = other[0], tuple(state[other[0]].shape), tuple(expected[other[0]])
        several = f"{len(other)} tensors have another shape, such as '{name}': {shape} instead of {wanted}."
        one = f"The tensor '{name}' has another shape: {shape} instead of {wanted}."
        sentences.append(one if len(other) == 1 else several)
    return " ".join(sentences)


def native_state(entry: BackboneEntry) -> dict[str, Tensor]:
    """Return names, shapes and types of the original network, as tensors without values."""
    num_classes = max(entry.weights.num_classes, 2)
    model = build_on_meta(entry, num_classes=num_classes, image_size=entry.weights.native_size)
    state = dict(model.state_dict())
    return (
        state if entry.weights.num_classes else {k: v for k, v in state.items() if not k.startswith(f"{entry.head}.")}
    )


def _check_values(
    state: Mapping[str, Tensor], native: Mapping[str, Tensor], entry: BackboneEntry, origin: object
) -> None:
    for key, tensor in state.items():
        # Names that the network does not have (old hub files carry index tables) are judged by the strict load.
        wanted = native[key].dtype if key in native else tensor.dtype
        if tensor.dtype != wanted:
            raise InputError(
                f"'{origin}' stores '{key[:80]}' as {_plain(tensor.dtype)}; {entry.name} needs {_plain(wanted)}.",
                remedy="Ask for the weights in 32-bit floats.",
            )
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise InputError(f"'{origin}' has values that are not numbers in '{key[:80]}': it is damaged.")
        if key.endswith("running_var") and bool((tensor < 0).any()):
            raise InputError(f"'{origin}' has variances below zero in '{key[:80]}': it is damaged.")


def _plain(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _load_strictly(entry: BackboneEntry, state: dict[str, Tensor]) -> dict[str, Tensor] | None:
    """Return the state of a native network that took every tensor of `state`, or None if one did not fit."""
    size, num_classes = entry.weights.native_size, entry.weights.num_classes
    try:
        # RNG: what is random here is overwritten by the strict load.
        with RANDOM_STATE, torch.random.fork_rng(devices=[]):
            if entry.library is Library.TIMM:
                overlay = {"state_dict": state}
                model: nn.Module = create(
                    entry, image_size=size, num_classes=num_classes, pretrained=True, pretrained_cfg_overlay=overlay
                )
            else:
                model = create(entry, image_size=size, num_classes=num_classes)
                model.load_state_dict(state)
    except (RuntimeError, KeyError, IndexError, AttributeError, TypeError, InputError):
        return None
    return {key: tensor.detach().clone().contiguous() for key, tensor in model.state_dict().items()}

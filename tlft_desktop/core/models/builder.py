"""Networks from the catalogue: random or pretrained, always with a new head for the classes of a project."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import timm
import torch
import torchvision
from torch import Tensor, nn
from torchvision.models.vision_transformer import interpolate_embeddings

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import BackboneEntry, Library
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.random_state import RANDOM_STATE
from tlft_desktop.core.torch_internals import NormBase

# torchvision computes the widths of RegNet with tensors while it builds, which have no values on the meta device.
NOT_ON_META = frozenset({"torchvision:regnet_y_400mf"})

_HEAD_STD = 0.01
_NORMS = (NormBase, nn.GroupNorm, nn.LayerNorm, nn.RMSNorm, nn.LocalResponseNorm)
_TORCHVISION_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    # The published weights expect inputs in the range of the original TensorFlow model: the network converts them.
    "googlenet": {"transform_input": True, "aux_logits": False, "init_weights": True},
}


def head_path(entry: BackboneEntry) -> str:
    """Return the dotted path of the classifier."""
    return entry.head


def is_norm(module: nn.Module) -> bool:
    """Tell whether `module` normalises activations (batch, layer, group, instance or RMS norm, frozen ones too)."""
    return isinstance(module, _NORMS) or type(module).__name__.startswith(("FrozenBatchNorm", "RmsNorm", "SimpleNorm"))


def build_network(entry: BackboneEntry, *, num_classes: int, seed: int, image_size: int | None = None) -> nn.Module:
    """Return the network with random weights and a head for `num_classes`; equal seeds give equal weights.

    torch's global random state is as before afterwards; no other thread may draw from it meanwhile.

    Args:
        image_size: Side of the input; the size of the entry by default. Position tables are made for it.

    Raises:
        InputError: If there are fewer than two classes or the network cannot work with this image size.
    """
    with _seeded(seed):
        model = create(entry, image_size=image_size or entry.preprocessing.input_size)
    return _with_new_head(model, entry, num_classes=num_classes, seed=seed)


def build_on_meta(entry: BackboneEntry, *, num_classes: int, image_size: int | None = None) -> nn.Module:
    """Return the network without values: names and shapes only; as `build_network` otherwise."""
    size = image_size or entry.preprocessing.input_size
    if entry.name in NOT_ON_META:
        return build_network(entry, num_classes=num_classes, seed=0, image_size=size).to("meta")
    with torch.device("meta"):
        return _with_new_head(create(entry, image_size=size), entry, num_classes=num_classes, seed=0)


def build_pretrained(
    entry: BackboneEntry, *, num_classes: int, weights: LoadedWeights, seed: int, image_size: int | None = None
) -> nn.Module:
    """Return the network with `weights` everywhere but in its head, which is new and random by `seed`.

    At another size than the native one, position tables are interpolated as the library does it.

    Raises:
        InputError: As `build_network`; also if the weights do not belong to this backbone.
    """
    size = image_size or entry.preprocessing.input_size
    state = {key: tensor for key, tensor in weights.state.items() if not _is_head_key(key, entry)}
    if _has_fixed_size(entry) and size != entry.weights.native_size:
        try:
            with _seeded(seed):
                model = _create_resampled(entry, state, image_size=size)
        except (RuntimeError, KeyError) as error:
            raise _foreign(entry) from error
        return _with_new_head(model, entry, num_classes=num_classes, seed=seed)
    model = build_network(entry, num_classes=num_classes, seed=seed, image_size=size)
    _load_all_but_head(model, state, entry)
    return model


def build_original(entry: BackboneEntry, weights: LoadedWeights) -> nn.Module:
    """Return the network with its original ImageNet classifier.

    Raises:
        InputError: If the weights have no classifier of their own.
    """
    if f"{entry.head}.weight" not in weights.state:
        raise InputError(f"The weights of {entry.name} have no classifier of their own.")
    with _seeded(0):
        model = create(entry, image_size=entry.weights.native_size, num_classes=entry.weights.num_classes)
    model.load_state_dict(weights.state)
    return model


def create(entry: BackboneEntry, *, image_size: int, num_classes: int = 2, **options: Any) -> nn.Module:
    """Return the bare network as its library builds it; `options` are passed on to the library.

    Raises:
        InputError: If the library refuses the image size.
    """
    try:
        options = {**library_arguments(entry, image_size=image_size), **options}
        if entry.library is Library.TIMM:
            name = f"{entry.architecture}.{entry.tag}"
            return cast("nn.Module", timm.create_model(name, num_classes=num_classes, **options))
        model = torchvision.models.get_model(entry.architecture, weights=None, num_classes=num_classes, **options)
        return cast("nn.Module", model)
    except (AssertionError, ValueError) as error:
        raise InputError(
            f"{entry.name} cannot work with images of {image_size} pixels.",
            remedy=f"Choose {entry.preprocessing.input_size}, or another multiple of its patch size.",
        ) from error


def library_arguments(entry: BackboneEntry, *, image_size: int) -> dict[str, Any]:
    """Return what the library must be told, beside the number of classes, to build the network for this size."""
    if entry.library is Library.TIMM:
        return {"img_size": image_size} if _has_fixed_size(entry) else {}
    size = {"image_size": image_size} if _has_fixed_size(entry) else {}
    return {**_TORCHVISION_OPTIONS.get(entry.architecture, {}), **size}


def _has_fixed_size(entry: BackboneEntry) -> bool:
    if entry.library is Library.TIMM:
        return bool(timm.get_pretrained_cfg(f"{entry.architecture}.{entry.tag}").fixed_input_size)
    return entry.architecture.startswith("vit_")


def _create_resampled(entry: BackboneEntry, state: dict[str, Tensor], *, image_size: int) -> nn.Module:
    """Build at `image_size` and let the library interpolate the position tables of `state`."""
    if entry.library is Library.TORCHVISION:
        model = create(entry, image_size=image_size)
        patch_size = int(cast("Any", model).patch_size)
        resampled = interpolate_embeddings(image_size, patch_size, OrderedDict(state))
        _load_all_but_head(model, dict(resampled), entry)
        return model
    # A class count that no model has makes timm drop the classifier and load the rest, whatever our count is.
    overlay = {"state_dict": dict(state), "num_classes": -1}
    with warnings.catch_warnings():
        # timm 1.0 interpolates bias tables with indexing that torch deprecates; the result is still right.
        warnings.simplefilter("ignore", UserWarning)
        model = create(entry, image_size=image_size, pretrained=True, pretrained_cfg_overlay=overlay)
    _check_loaded(model, state, entry)
    return model


def _check_loaded(model: nn.Module, state: Mapping[str, Tensor], entry: BackboneEntry) -> None:
    """Make sure that a tolerant load took every tensor whose shape fits: only position tables may differ."""
    loaded = model.state_dict()
    wrong = [
        key
        for key, tensor in state.items()
        if key not in loaded or (loaded[key].shape == tensor.shape and not torch.equal(loaded[key], tensor))
    ]
    missing = [key for key in loaded if key not in state and not _is_head_key(key, entry)]
    if wrong or missing:
        raise InputError(f"The weights do not belong to {entry.name}: '{(wrong + missing)[0]}' does not fit.")


def _load_all_but_head(model: nn.Module, state: dict[str, Tensor], entry: BackboneEntry) -> None:
    own = {key: tensor for key, tensor in model.state_dict().items() if _is_head_key(key, entry)}
    try:
        model.load_state_dict({**state, **own})
    except RuntimeError as error:
        raise _foreign(entry) from error


def _foreign(entry: BackboneEntry) -> InputError:
    return InputError(f"The weights do not belong to {entry.name}.", remedy="Import or download them again.")


def _is_head_key(key: str, entry: BackboneEntry) -> bool:
    return key in (f"{entry.head}.weight", f"{entry.head}.bias")


def _with_new_head(model: nn.Module, entry: BackboneEntry, *, num_classes: int, seed: int) -> nn.Module:
    if num_classes < 2:
        raise InputError(f"A classifier needs at least two classes, got {num_classes}.")
    old = model.get_submodule(entry.head)
    if not isinstance(old, nn.Linear):
        raise TypeError(f"the head of {entry.name} is not a linear layer but {type(old).__name__}")
    head = nn.Linear(old.in_features, num_classes, device="meta").to_empty(device=old.weight.device)
    with torch.no_grad():
        if head.weight.device.type != "meta":
            generator = torch.Generator(device="cpu").manual_seed(seed)
            head.weight.copy_(torch.empty(head.weight.shape).normal_(0.0, _HEAD_STD, generator=generator))
        head.bias.zero_()
    model.set_submodule(entry.head, head, strict=True)
    if isinstance(getattr(model, "num_classes", None), int):
        cast("Any", model).num_classes = num_classes
    return model


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Draw initial weights from `seed` on the CPU and restore torch's global random state."""
    with RANDOM_STATE, torch.random.fork_rng(devices=[]), torch.device("cpu"):
        torch.default_generator.manual_seed(seed)
        yield

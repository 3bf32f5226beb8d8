"""The backbones on offer, as data: no torch, no timm, so that lists answer at once.

The table is `catalog.json` beside this file. Parameters and MACs in it were counted by `cost.py` on the meta device
with 1,000 outputs at the input size of the entry; accuracies are published figures and name their source.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.preprocessing import Preprocessing

DEFAULT_BACKBONE = "timm:tf_efficientnet_lite0"
_TABLE = Path(__file__).with_name("catalog.json")


class Library(StrEnum):
    """Where the architecture comes from."""

    TIMM = "timm"
    TORCHVISION = "torchvision"


class BackboneKind(StrEnum):
    """What the backbone is made of."""

    CNN = "cnn"
    TRANSFORMER = "transformer"


class WeightsKind(StrEnum):
    """Where the pretrained weights come from."""

    BUNDLED = "bundled"
    """A pip package that is installed with this program."""
    TORCHVISION = "torchvision"
    """`download.pytorch.org`, in the format of pickle; the file name carries the first digits of its SHA-256."""
    TIMM = "timm"
    """The Hugging Face hub, in safetensors."""


@dataclass(frozen=True, slots=True)
class WeightsSource:
    """Where one file of pretrained weights is and how it is recognised.

    Attributes:
        kind: Which source.
        file_name: Name of the file in the models folder.
        url: Where it is downloaded; empty for the bundled weights.
        sha256: Full hash; empty where nobody published one.
        hash_prefix: First hexadecimal digits of the SHA-256, as torch.hub puts them into the file name; may be empty.
            They tell a broken download, not who made a file: another file with the same ones is made in minutes.
        bytes: Size; exact for the bundled weights, else an estimate that bounds a download.
        num_classes: Outputs of the classifier in the file; 0 without one.
        native_size: Input side at which the weights were made: position tables have this size.
        package: Name on the package index of what bundled weights come with; empty for the others.
    """

    kind: WeightsKind
    file_name: str
    url: str
    sha256: str
    hash_prefix: str
    bytes: int
    num_classes: int
    native_size: int
    package: str = ""


@dataclass(frozen=True, slots=True)
class BackboneEntry:
    """One backbone with its pretrained weights.

    Attributes:
        name: Such as `timm:tf_efficientnet_lite0`.
        tag: Which weights of the architecture, as the library calls them, such as `in1k` or `IMAGENET1K_V2`.
        title: For people.
        family: Architectures of one kind share it.
        kind: Convolutional network or transformer.
        parameters: Number of parameters with 1,000 outputs.
        macs: Multiply-accumulate operations for one image of the input size with 1,000 outputs.
        top1: Published ImageNet-1k accuracy in percent; None where none was found.
        top1_source: Who published it, and the input size if it differs from ours.
        licence: Of the weights, as an SPDX name.
        preprocessing: What the weights expect.
        weights: Where they are.
        head: Path of the classifier, an `nn.Linear`.
        stages: Where the stages begin: a module path, `PATH.*` for every child of it, or `NAME@PATH` for a stage
            called NAME that begins at PATH.
        note: What a user should know before choosing; may be empty.
    """

    name: str
    tag: str
    title: str
    family: str
    kind: BackboneKind
    parameters: int
    macs: int
    top1: float | None
    top1_source: str
    licence: str
    preprocessing: Preprocessing
    weights: WeightsSource
    head: str
    stages: tuple[str, ...]
    note: str = ""

    @property
    def library(self) -> Library:
        """Which library builds the network."""
        return Library(self.name.partition(":")[0])

    @property
    def architecture(self) -> str:
        """Name of the architecture in its library."""
        return self.name.partition(":")[2]

    @property
    def allows_commercial_use(self) -> bool:
        """Whether the licence of the weights says nothing against commercial use."""
        return "-nc" not in self.licence.lower()


@lru_cache(maxsize=1)
def backbones() -> tuple[BackboneEntry, ...]:
    """Return the catalogue, the default first, the others by library and size."""
    rows = json.loads(_TABLE.read_text(encoding="utf-8"))["backbones"]
    entries = (_entry(row) for row in rows)
    return tuple(sorted(entries, key=lambda e: (e.name != DEFAULT_BACKBONE, e.library, e.parameters, e.name)))


def find_backbone(name: str) -> BackboneEntry:
    """Return the entry called `name`; the library may be left out where that is clear.

    Raises:
        InputError: If the catalogue has no such backbone, or more than one; names those that are near.
    """
    wanted = name.strip()
    matches = [entry for entry in backbones() if wanted in (entry.name, entry.architecture)]
    exact = [entry for entry in matches if entry.name == wanted]
    if exact or len(matches) == 1:
        return (exact or matches)[0]
    if matches:
        raise InputError(f"'{name}' exists in both libraries.", remedy=f"Say {' or '.join(e.name for e in matches)}.")
    near = _near_names(wanted)
    remedy = f"Did you mean {', '.join(near)}?" if near else "`tlft backbones` lists them."
    raise InputError(f"There is no backbone '{name}' in the catalogue.", remedy=remedy)


def _near_names(wanted: str) -> list[str]:
    plain = wanted.partition(":")[2] or wanted
    architectures: dict[str, list[str]] = {}
    for entry in backbones():
        architectures.setdefault(entry.architecture, []).append(entry.name)
    near = difflib.get_close_matches(plain, architectures, n=3, cutoff=0.5)
    return [name for architecture in near for name in architectures[architecture]]


def _entry(row: Mapping[str, Any]) -> BackboneEntry:
    values = dict(row)
    weights = dict(values.pop("weights"))
    weights["kind"] = WeightsKind(weights["kind"])
    values["kind"] = BackboneKind(values["kind"])
    values["preprocessing"] = Preprocessing.from_json(values["preprocessing"])
    values["stages"] = tuple(values["stages"])
    return BackboneEntry(**values, weights=WeightsSource(**weights))

"""A network of seven layers and a handful of generated images, for tests that train."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.numerics import DataType, MemoryFormat, Numerics
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.values.strategy import Augmentation, HeadSolver, Phase, Strategy, StrategyKind

CLASSES = ("blue", "green", "red")
PREPROCESSING = Preprocessing(input_size=16, crop_pct=1.0, mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5))
BODY = ("conv1", "bn1", "conv2", "bn2")
HEAD_ONLY = FreezePlan(frozen=frozenset(BODY))


class TinyNet(nn.Module):
    """Two convolutions with BatchNorm, dropout, and a linear head."""

    def __init__(self, num_classes: int = 3) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, stride=2, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 12, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(12)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(12, num_classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        hidden = self.bn1(self.conv1(images)).relu()
        hidden = self.bn2(self.conv2(hidden)).relu()
        return self.head(self.drop(hidden.mean(dim=(2, 3))))  # type: ignore[no-any-return]


def tiny_net(seed: int = 0) -> TinyNet:
    """Return the network with weights by seed and running statistics that are not the initial ones."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        net = TinyNet()
        net.train()
        for _ in range(3):
            net(torch.randn(8, 3, 16, 16))
        return net.eval()


def tiny_tree(net: nn.Module) -> LayerTree:
    """Return the layer tree of `TinyNet`."""
    children = []
    for order, (name, module) in enumerate(net.named_children(), start=1):
        parameters = sum(parameter.numel() for parameter in module.parameters())
        stage = "head" if name == "head" else f"stage{1 if name.endswith('1') else 2}"
        children.append(
            LayerNode(
                path=name,
                name=name,
                kind=NodeKind.MODULE,
                type=type(module).__name__,
                parameters=parameters,
                macs=parameters,
                output_shape=(),
                stage=stage,
                order=order,
                is_norm=isinstance(module, nn.BatchNorm2d),
                is_owner=parameters > 0,
            )
        )
    total = sum(child.parameters for child in children)
    root = LayerNode(
        path="",
        name="tiny",
        kind=NodeKind.MODULE,
        type="TinyNet",
        parameters=total,
        macs=total,
        output_shape=(3,),
        stage="",
        order=0,
        children=tuple(children),
    )
    return LayerTree(backbone="test:tiny", root=root, stages=("stage1", "stage2", "head"), head_path="head")


class PixelsInMemory(dict[str, NDArray[np.uint8]]):
    """What an image source needs of a pixel store."""

    def read(self, sha256: str) -> NDArray[np.uint8]:
        """Return the pixels of an image."""
        return self[sha256]


def tiny_source(*, num_images: int, seed: int) -> ImageSource:
    """Return noisy images whose mean colour tells the class."""
    generator = np.random.default_rng(seed)
    store = PixelsInMemory()
    records = []
    for index in range(num_images):
        label = index % len(CLASSES)
        pixels = generator.integers(0, 150, (16, 16, 3))
        pixels[:, :, 2 - label] += 12
        key = f"{seed:032x}{index:032x}"
        store[key] = pixels.astype(np.uint8)
        records.append(ImageRecord(f"{seed}/{index}.png", key, CLASSES[label], Split.TRAIN, 16, 16, "RGB"))
    return ImageSource(
        records,
        classes=CLASSES,
        store=store,  # type: ignore[arg-type]
        preprocessing=PREPROCESSING,
        data_seed=3,
    )


def tiny_numerics(*, batch: int = 8, micro_batch: int | None = None) -> Numerics:
    """Return how tests compute: one thread, float32."""
    return Numerics(
        device="cpu",
        threads=1,
        interop_threads=1,
        dtype=DataType.FLOAT32,
        memory_format=MemoryFormat.CHANNELS_LAST,
        batch=batch,
        micro_batch=micro_batch or batch,
    )


def tuning_phase(*, epochs: int = 3, plan: FreezePlan | None = None, **changes: object) -> Phase:
    """Return a phase that trains everything, statistics included, with new views in each epoch."""
    settings: dict[str, object] = {
        "learning_rate": 3e-3,
        "head_learning_rate": 1e-2,
        "augmentation": Augmentation.STANDARD,
        "views": 0,
        "label_smoothing": 0.1,
        "layer_decay": 0.8,
    }
    return Phase("tuning", plan or FreezePlan(norm=NormPolicy.FULL), epochs, **(settings | changes))  # type: ignore[arg-type]


def head_phase(*, iterations: int = 30) -> Phase:
    """Return a phase that solves the head."""
    return Phase("head", HEAD_ONLY, iterations, head=HeadSolver.CONVEX)


def strategy(*phases: Phase, target: float | None = None) -> Strategy:
    """Return a strategy of the given phases."""
    return Strategy(StrategyKind.CUSTOM, phases, target)


def tiny_setup(
    chosen: Strategy, *, num_train: int = 22, numerics: Numerics | None = None, seed: int = 5
) -> TrainingSetup:
    """Return everything a trainer needs; equal arguments give equal setups."""
    net = tiny_net()
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return TrainingSetup(
        model=net,
        tree=tiny_tree(net),
        strategy=chosen,
        train=tiny_source(num_images=num_train, seed=1),
        val=tiny_source(num_images=12, seed=2),
        numerics=numerics or tiny_numerics(),
        seed=seed,
        manifest="0" * 64,
    )


class StopAt(Control):
    """Asks for a stop before the given step, counted from 0 over the whole life of this object.

    Attributes:
        num_checks: How often the worker asked so far.
    """

    def __init__(self, step: int | None = None) -> None:
        super().__init__()
        self._step = step
        self.num_checks = 0

    def wait_while_paused(self) -> None:
        """Count a checkpoint of the worker."""
        if self.num_checks == self._step:
            self.request_stop()
        self.num_checks += 1
        super().wait_while_paused()


def weights_of(model: nn.Module) -> dict[str, torch.Tensor]:
    """Return a copy of all parameters and buffers."""
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def differing(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> Sequence[str]:
    """Return the names of tensors that are not equal to the bit."""
    return [name for name in first if not torch.equal(first[name], second[name])]


def run(
    setup: TrainingSetup, control: Control | None = None, state: TrainerState | None = None
) -> tuple[Trainer, list[Event]]:
    """Train to the end, from a state where one is given; return the trainer and what it told."""
    trainer = Trainer(setup, control or Control(), state)
    return trainer, list(trainer.fit())


def copied(state: TrainerState) -> TrainerState:
    """Return the state as a checkpoint would bring it back: equal, but sharing nothing with the trainer."""
    return TrainerState({name: tensor.clone() for name, tensor in state.tensors.items()}, dict(state.meta))

"""The model card of a trained network: what it learned from, how good it is, and where it must not be trusted.

Markdown. Names that users chose are data in it and never markup.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tlft_desktop.core.models.catalog import BackboneEntry, Library
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import FrozenProof, RunConfig
from tlft_desktop.core.values.strategy import HeadSolver, Phase, is_head_solved

_MAX_NAME = 120
_MAX_LAYERS = 30
SMALL_CLASS = 20
"""With fewer validation images the figures of a class say little."""
_HARMLESS = "-,';"
_MARKUP = re.compile(f"([{re.escape(''.join(sign for sign in string.punctuation if sign not in _HARMLESS))}])")
GENERAL_LIMITS = (
    "It answers one of its classes for every image, also for one that shows none of them.",
    "It was measured on images of one source. Another camera, place or time can change the accuracy much.",
    "Its probabilities were not calibrated: 0.9 does not mean that nine of ten such answers are right.",
)
"""What holds for every network that was trained here."""
_PROOFS = {
    FrozenProof.VERIFIED.value: "Hashes of the frozen parameters and buffers before and after training are equal.",
    FrozenProof.VIOLATED.value: "**Frozen layers changed during training: do not rely on this network.**",
    FrozenProof.NONE_FROZEN.value: "No layer was frozen to the end.",
}
_LOADING = {
    Library.TIMM: """\
The weights load with timm alone:

```python
import timm

network = timm.create_model("local-dir:PATH_OF_THIS_FOLDER", pretrained=True).eval()
```
""",
    Library.TORCHVISION: """\
The weights load with torchvision alone, by the function `load_network` of `predict_example.py`:

```python
from pathlib import Path
from predict_example import load_network, read_config

folder = Path("PATH_OF_THIS_FOLDER")
network = load_network(folder, read_config(folder))
```
""",
}


@dataclass(frozen=True)
class BlendFacts:
    """What a card tells of a network whose weights lie between those of two runs.

    Attributes:
        base: Identifier of the run of the pretrained network with a head.
        alpha: Share of the other run, 0 to 1.
        predictions: What the blend answers for the validation images.
    """

    base: str
    alpha: float
    predictions: Predictions


@dataclass(frozen=True)
class CardFacts:
    """What a model card tells of.

    Attributes:
        config: Of the run.
        entry: Its backbone.
        tree: The layers of the network.
        manifest: The images of the run.
        state: Where the run stands, as `RunState` names it.
        frozen_proof: As `FrozenProof` names it; empty before the end of a run.
        predictions: What the network answers for the validation images; None where that was not saved.
        blend: What a network has that is blended of this run and another one.
    """

    config: RunConfig
    entry: BackboneEntry
    tree: LayerTree
    manifest: Manifest
    state: str
    frozen_proof: str
    predictions: Predictions | None
    blend: BlendFacts | None = None


def model_card(facts: CardFacts) -> str:
    """Return the card in Markdown."""
    lines = [
        *_head(facts),
        *_data(facts.manifest),
        *_training(facts),
        *_results(facts),
        *_use(facts),
        *_limits(facts),
    ]
    return "\n".join(lines) + "\n"


def escaped(name: str) -> str:
    """Return a name that users chose as one line of Markdown that shows it and does nothing else."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in name).strip()
    shown = shown if len(shown) <= _MAX_NAME else f"{shown[:_MAX_NAME]}…"
    return _MARKUP.sub(r"\\\1", shown) or "(no name)"


def _head(facts: CardFacts) -> Iterator[str]:
    config, entry = facts.config, facts.entry
    yield "---"
    yield f"library_name: {entry.library.value}"
    yield "pipeline_tag: image-classification"
    yield "---"
    yield ""
    yield f"# Image classifier with {len(config.classes):,} classes"
    yield ""
    yield (
        f"{entry.title} ({_code(entry.name)}), pretrained and then adapted to these classes. "
        f"Run {_code(config.run)}, started {_code(config.started)}, state: {facts.state}."
    )
    yield ""


def _data(manifest: Manifest) -> Iterator[str]:
    used = {split: manifest.used(split) for split in Split}
    yield "## Images it learned from"
    yield ""
    yield "| class | training | validation | test |"
    yield "|---|--:|--:|--:|"
    counts = {split: Counter(record.label for record in records) for split, records in used.items()}
    for name in manifest.classes:
        yield f"| {escaped(name)} | {' | '.join(f'{counts[split][name]:,}' for split in Split)} |"
    yield f"| all | {' | '.join(f'{len(used[split]):,}' for split in Split)} |"
    yield ""
    num_excluded = sum(bool(record.excluded) for record in manifest.records)
    if num_excluded:
        yield f"{num_excluded:,} more were left out: damaged, duplicate, or excluded by hand."
    if manifest.scaling:
        yield (
            f"Images of more than 8 bits: raw values from {manifest.scaling.low:g} to {manifest.scaling.high:g} "
            "are mapped to 0 to 255."
        )
    yield f"The list of all images with their hashes has the SHA-256 {_code(manifest.digest)}."
    yield ""


def _training(facts: CardFacts) -> Iterator[str]:
    config = facts.config
    yield "## How it was trained"
    yield ""
    yield f"Strategy: {config.strategy.kind.value}. Image size: {config.image_size} pixels. Seed: {config.seed}."
    yield ""
    for number, phase in enumerate(config.strategy.phases, start=1):
        yield f"{number}. **{escaped(phase.name)}**: {_settings(phase)}"
        yield f"   - Frozen: {_frozen(facts.tree, phase.plan)}"
    yield ""
    if any(phase.continues for phase in config.strategy.phases):
        yield "A phase that continues the one before it goes on from its last weights; no gate stands between the two."
        yield ""
    if not all(phase.continues for phase in config.strategy.phases[1:]):
        yield (
            "After each phase a gate decides whether the next one is worth it, and takes it back if it was not: "
            "not every phase listed has to have left a trace."
        )
        yield ""
    if facts.blend is not None:
        yield (
            f"Then its weights, and the running statistics of norm layers, were blended: {100 * facts.blend.alpha:g} % "
            f"of this run and {100 - 100 * facts.blend.alpha:g} % of run {_code(facts.blend.base)}, the pretrained "
            "network with a head of its own (WiSE-FT)."
        )
        yield ""
    elif facts.frozen_proof in _PROOFS:
        yield _PROOFS[facts.frozen_proof]
        yield ""
    versions = ", ".join(_code(f"{name} {version}") for name, version in sorted(config.versions.items()))
    yield f"Computed on {_code(config.numerics.device)} with {versions}."
    yield f"Pretrained weights: SHA-256 {_code(config.weights_sha256)}, licence {facts.entry.licence}."
    yield ""


def _settings(phase: Phase) -> str:
    if phase.head is HeadSolver.CONVEX:
        return f"logistic regression on the features, solved exactly (iterations: up to {phase.epochs:,})."
    return (
        f"epochs: up to {phase.epochs:,}, {phase.optimizer.value}, peak learning rate {phase.learning_rate:g} "
        f"({phase.head_learning_rate:g} for the head), augmentation: {phase.augmentation.value}"
        f"{', continues the phase before it' if phase.continues else ''}."
    )


def _frozen(tree: LayerTree, plan: FreezePlan) -> str:
    paths = list(_frozen_paths(tree, tree.root, plan))
    if not paths:
        return "nothing, every layer trained."
    total, trainable = tree.root.parameters, tree.trainable_parameters(plan)
    shown = ", ".join(_code(path) for path in paths[:_MAX_LAYERS])
    rest = f" and {len(paths) - _MAX_LAYERS:,} more" if len(paths) > _MAX_LAYERS else ""
    biases = " Their biases trained." if plan.biases else ""
    adapters = tree.adapters(plan)
    if adapters:
        ranks = ", ".join(str(rank) for rank in sorted(set(adapters.values())))
        biases += (
            f" Updates of low rank (LoRA, rank {ranks}) of {len(adapters):,} of these layers trained and were added to "
            "their weights at the end."
        )
        trainable -= sum(rank * sum(tree.node(owner).matrix) for owner, rank in adapters.items())
    return f"{total - trainable:,} of {total:,} parameters, in {shown}{rest}.{biases}"


def _frozen_paths(tree: LayerTree, node: LayerNode, plan: FreezePlan) -> Iterator[str]:
    """Yield the highest layers below which everything is frozen."""
    if tree.state_of(node, plan) is True:
        yield node.path or tree.backbone
        return
    for child in node.children:
        yield from _frozen_paths(tree, child, plan)


def _results(facts: CardFacts) -> Iterator[str]:
    predictions = facts.predictions
    yield "## How good it is"
    yield ""
    if predictions is None or not len(predictions.labels):
        yield "No answers for the validation images were saved, so nothing is known of its accuracy."
        yield ""
        return
    guessed = predictions.logits.argmax(axis=1)
    right = guessed == predictions.labels
    total = len(right)
    yield f"On {total:,} validation images, which it was not trained on, with 95 % intervals (Wilson):"
    yield ""
    yield f"- Accuracy: {_share(int(right.sum()), total)}"
    recalls = [float(right[mask].mean()) for mask in _masks(predictions) if mask.any()]
    yield f"- Mean recall over the classes: {100 * float(np.mean(recalls)):.1f} %"
    yield ""
    yield "| class | validation images | recall |"
    yield "|---|--:|---|"
    for name, mask in zip(predictions.classes, _masks(predictions), strict=True):
        count = int(mask.sum())
        share = _share(int(right[mask].sum()), count) if count else "no image"
        yield f"| {escaped(name)} | {count:,} | {share} |"
    yield ""
    if facts.blend is None and all(is_head_solved(phase.to_json()) for phase in facts.config.strategy.phases):
        yield "None of them chose an epoch: the head is the exact solution for the training images."
    else:
        yield "The same images chose the best epoch, so new images will be classified a little worse."
    yield ""


def _masks(predictions: Predictions) -> Iterator[np.ndarray]:
    return (predictions.labels == index for index in range(len(predictions.classes)))


def _share(num_correct: int, total: int) -> str:
    low, high = wilson_interval(num_correct, total)
    return f"{100 * num_correct / total:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def _use(facts: CardFacts) -> Iterator[str]:
    yield "## How to use it"
    yield ""
    library = "timm torchvision" if facts.entry.library is Library.TIMM else "torchvision"
    yield "```"
    yield f"pip install torch {library} safetensors pillow"
    yield "python predict_example.py IMAGE"
    yield "```"
    yield ""
    yield _LOADING[facts.entry.library]
    yield (
        "`config.json` says how an image is prepared: the network is only as good as stated with exactly this "
        "preparation, which `read_image` of `predict_example.py` does."
    )
    yield ""


def _limits(facts: CardFacts) -> Iterator[str]:
    yield "## Limits"
    yield ""
    yield from (f"- {limit}" for limit in GENERAL_LIMITS)
    small = _small_classes(facts)
    if small:
        names = ", ".join(escaped(name) for name in small[:10]) + (", …" if len(small) > 10 else "")
        yield f"- Fewer than {SMALL_CLASS} validation images stand behind the figures of: {names}."
    yield (
        f"- The pretrained weights are under {facts.entry.licence}"
        f"{'' if facts.entry.allows_commercial_use else ', which forbids commercial use'}; "
        "the rights in the training images apply too."
    )


def _small_classes(facts: CardFacts) -> list[str]:
    counts = Counter(record.label for record in facts.manifest.used(Split.VAL))
    return [name for name in facts.manifest.classes if counts[name] < SMALL_CLASS]


def _code(text: str) -> str:
    """Return a name of this program or of a library as code; a foreign run may hold anything in its place."""
    return f"`{''.join(sign for sign in text[:_MAX_NAME] if sign.isprintable() and sign != '`')}`"

"""How the runs were trained and judged, in words that can stand in a paper, with what they cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.calibration import NUM_BINS
from tlft_desktop.core.models.catalog import BackboneEntry, Library, find_backbone
from tlft_desktop.core.number_words import duration, plural
from tlft_desktop.core.report.citations import Citations, works_of
from tlft_desktop.core.report.facts import RaceFacts, ReportFacts, RunFacts
from tlft_desktop.core.runs.names import title_of
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.run import FrozenProof, RunConfig
from tlft_desktop.core.values.strategy import Augmentation, HeadSolver, OptimizerKind, Phase, StrategyKind

_PROGRAM = "tlft_desktop"
_AUGMENTATIONS = {
    Augmentation.LIGHT: "random crops of at least 70 % of the image",
    Augmentation.STANDARD: (
        "random crops of at least 50 % of the image and random changes of brightness, contrast and saturation by up "
        "to 20 %"
    ),
}
_OPTIMIZERS = {
    OptimizerKind.ADAMW: ("AdamW", "adamw"),
    OptimizerKind.SGD: ("stochastic gradient descent with Nesterov momentum 0.9", "momentum"),
}
_TITLES = {"torch": "PyTorch"}
_WAYS = {StrategyKind.HYBRID: "lpft", StrategyKind.GRADUAL: "gradual", StrategyKind.NORM_BIAS: "bitfit"}


def methods_of(facts: ReportFacts) -> tuple[list[str], Citations]:
    """Return the paragraphs of a methods section, and the works that they cite."""
    citations = Citations()
    trained = [run for run in facts.runs if run.config is not None]
    configs = [run.config for run in trained if run.config is not None]
    paragraphs = []
    if configs:
        paragraphs = [
            " ".join(_data(facts)),
            " ".join(_networks(configs, citations)),
            *(" ".join(_training(run, run.config, citations)) for run in trained if run.config is not None),
            " ".join(_selection(facts.races)),
            " ".join(_judging(facts, citations)),
            " ".join(_programs(configs, citations)),
        ]
    return [text for text in paragraphs if text], citations


def _data(facts: ReportFacts) -> Iterator[str]:
    manifests = [images.manifest for images in facts.lists if images.manifest is not None]
    if not manifests:
        return
    manifest, project = manifests[0], facts.project
    yield f"{_images(manifest)}."
    by = " by groups of images that belong together" if any(record.group for record in manifest.records) else ""
    yield (
        "Where the data set itself did not divide its images, they were divided at random"
        f"{by}, class by class, with seed {project.seed}; copies of an image were kept in one part."
    )
    if len(facts.lists) > 1:
        yield f"The runs used {len(facts.lists)} different lists of images; these numbers are those of the first."


def _images(manifest: Manifest) -> str:
    counts = {split: len(manifest.used(split)) for split in Split}
    return (
        f"The data set had {sum(counts.values()):,} images of {plural(len(manifest.classes), 'class')}: "
        f"{counts[Split.TRAIN]:,} for training, {counts[Split.VAL]:,} for validation and {counts[Split.TEST]:,} for a "
        "final test"
    )


def _networks(configs: Sequence[RunConfig], citations: Citations) -> Iterator[str]:
    for name, size in dict.fromkeys((config.backbone, config.image_size) for config in configs):
        entry = _entry(name)
        if entry is None:
            yield f"The pretrained network {name} had an input of {size} x {size} pixels."
            continue
        preprocessing = entry.preprocessing.at_size(size)
        library = {Library.TIMM: "timm", Library.TORCHVISION: "torchvision"}[entry.library]
        yield (
            f"{entry.title} with pretrained weights ({entry.name}, {entry.tag}; {library}"
            f"{citations.cite(library)}){citations.cite(*works_of(entry))} got a new linear classifier."
        )
        yield (
            f"Images were scaled to a short side of {preprocessing.resize_side} pixels ({preprocessing.interpolation}),"
            f" cropped to the central {size} x {size} pixels, and normalised as the pretrained weights expect it."
        )


def _entry(name: str) -> BackboneEntry | None:
    try:
        return find_backbone(name)
    except InputError:
        return None


def _training(run: RunFacts, config: RunConfig, citations: Citations) -> Iterator[str]:
    way = _WAYS.get(config.strategy.kind)
    cited = citations.cite(way) if way else ""
    yield f"Run '{run.name}' ({config.strategy.kind.value}{cited}, seed {config.seed}):"
    for phase in config.strategy.phases:
        yield f"{_phase(phase, config, citations)}"
    if any(not phase.continues for phase in config.strategy.phases[1:]):
        yield (
            "Between phases a rule on the validation accuracy decided whether the next one was trained, and afterwards "
            "whether it was kept."
        )
    if run.summary.frozen_proof == FrozenProof.VERIFIED:
        yield "Hashes of the frozen parameters and running statistics before and after training were equal."


def _phase(phase: Phase, config: RunConfig, citations: Citations) -> str:
    if phase.head is HeadSolver.CONVEX:
        return (
            f"In phase '{phase.name}' only the classifier was fitted, as a multinomial logistic regression on the "
            f"outputs of the frozen network, by L-BFGS{citations.cite('lbfgs')} with at most {phase.epochs} iterations;"
            f" its L2 penalty was chosen on folds of the training images{citations.cite('sklearn')}."
        )
    optimizer, work = _OPTIMIZERS[phase.optimizer]
    parts = [
        f"In phase '{phase.name}' the layers that were not frozen were trained for up to "
        f"{plural(phase.epochs, 'epoch')} with {optimizer}{citations.cite(work)}",
        f"batches of {config.numerics.batch} images, peak learning rates of "
        f"{phase.learning_rate:g} (layers) and {phase.head_learning_rate:g} (classifier)",
        f"a linear warm-up over {100 * phase.warmup_share:g} % of the steps and a cosine decay"
        f"{citations.cite('cosine')}",
        *_options(phase, citations),
    ]
    return f"{', '.join(parts)}."


def _options(phase: Phase, citations: Citations) -> Iterator[str]:
    if phase.weight_decay:
        yield f"weight decay {phase.weight_decay:g}"
    if phase.layer_decay < 1:
        yield f"rates that fall by a factor of {phase.layer_decay:g} from stage to stage towards the input"
    if phase.label_smoothing:
        yield f"label smoothing {phase.label_smoothing:g}{citations.cite('smoothing')}"
    if phase.mixup:
        yield f"mixup with alpha {phase.mixup:g}{citations.cite('mixup')}"
    if phase.plan.adapters:
        yield f"updates of low rank in frozen layers (LoRA{citations.cite('lora')})"
    if phase.balance_classes:
        yield "classes weighted by the inverse of their size"
    if phase.augmentation in _AUGMENTATIONS:
        yield f"{_AUGMENTATIONS[phase.augmentation]}{' and random mirroring' if phase.flip else ''}"
    if phase.patience:
        yield f"an end after {plural(phase.patience, 'epoch')} without a lower validation loss"


def _selection(races: Sequence[RaceFacts]) -> Iterator[str]:
    """Say of each race in which strategies tried several learning rates how one was chosen, and what that took."""
    for facts in races:
        tried = [
            f"{title_of(place.strategy)} tried {plural(place.num_tried, 'learning rate')} "
            f"({duration(place.tries_seconds or 0.0)} of training for all of them)"
            for place in facts.standing.places
            if place.num_tried > 1
        ]
        if tried:
            yield (
                f"In race {facts.race.race}, with each seed, {' and '.join(tried)}; of these the run with the best "
                "accuracy on the validation images counts, so that its accuracy is validation-selected."
            )


def _judging(facts: ReportFacts, citations: Citations) -> Iterator[str]:
    if not facts.judged:
        return
    yield (
        "Of each run the state with the most validation images right counts; of fewer than 100 validation images the "
        "latest of those that so few cannot tell apart."
    )
    yield f"Accuracies are given with 95 % Wilson intervals{citations.cite('wilson')}."
    compared = [item for item in facts.comparisons if item.is_possible]
    if compared:
        yield (
            f"Runs were compared on the same validation images by the exact McNemar test{citations.cite('mcnemar')}; "
            "intervals of differences combine the Clopper-Pearson interval of the discordant images with the Wilson "
            f"interval of their share{citations.cite('clopper', 'zou')}."
        )
    if len(compared) > 1:
        yield f"The p values of {len(compared)} comparisons were corrected by Holm's method{citations.cite('holm')}."
    yield (
        f"The expected calibration error was computed over {NUM_BINS} bins of equal width"
        f"{citations.cite('calibration')}."
    )


def _programs(configs: Sequence[RunConfig], citations: Citations) -> Iterator[str]:
    for versions, runs in _by_versions(configs):
        named = dict(versions)
        program, python = named.pop(_PROGRAM, "unknown"), named.pop("python", "unknown")
        works = {"torch": "torch", "torchvision": "torchvision", "timm": "timm", "scikit-learn": "sklearn"}
        libraries = ", ".join(
            f"{_TITLES.get(name, name)} {version}{citations.cite(works[name]) if name in works else ''}"
            for name, version in named.items()
        )
        devices = " and ".join(sorted({config.numerics.device for config in runs}))
        whose = "Training" if len(runs) == len(configs) else f"Training of {plural(len(runs), 'run')}"
        yield f"{whose} was done with {_PROGRAM} {program} on Python {python} with {libraries} (device: {devices})."


def _by_versions(configs: Sequence[RunConfig]) -> list[tuple[tuple[tuple[str, str], ...], list[RunConfig]]]:
    groups: dict[tuple[tuple[str, str], ...], list[RunConfig]] = {}
    for config in configs:
        groups.setdefault(tuple(sorted(config.versions.items())), []).append(config)
    return list(groups.items())

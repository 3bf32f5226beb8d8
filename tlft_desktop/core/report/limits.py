"""What the figures of a report do not show, and where the networks must not be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.export.model_card import SMALL_CLASS
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.number_words import percent, plural
from tlft_desktop.core.report.facts import ReportFacts, RunFacts
from tlft_desktop.core.report.markup import shortened
from tlft_desktop.core.stats import detectable_difference
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.run import FrozenProof

_NUM_NAMED = 10
_NAME = 40


def limits_of(facts: ReportFacts) -> list[str]:
    """Return sentences about these runs, beside what holds for every network."""
    return [*_of_choice(facts), *_of_images(facts), *_of_runs(facts), *_of_licences(facts)]


def _of_choice(facts: ReportFacts) -> Iterator[str]:
    selected = [run for run in facts.judged if run.evaluated and run.evaluated.is_validation_selected]
    if selected:
        names = "each run" if len(selected) == len(facts.judged) else _listed([run.name for run in selected])
        yield (
            f"The validation images chose the network of {names}: {_among(selected)}. Other images may be answered "
            "less well than stated."
        )
    if len(facts.judged) > 1:
        yield (
            f"The best of {len(facts.judged)} runs, taken by its validation accuracy, looks better than it is: so many "
            "tries make a lucky one likelier."
        )
    if facts.num_openings:
        runs = f", by {plural(facts.num_opened_runs, 'run')}" if facts.num_opened_runs else ""
        yield (
            f"The test images were looked at {plural(facts.num_openings, 'time')}{runs}; what is chosen by them is no "
            "longer a test."
        )
    seeds = Counter(run.config.seed for run in facts.judged if run.config)
    if facts.judged and len(seeds) < 2:
        yield (
            "All runs have the same seed. How much a training differs from itself with another seed was not measured: "
            "a comparison of two runs is one of these two networks, not of the ways in which they were made."
        )


def _among(selected: Sequence[RunFacts]) -> str:
    """Say among how many networks and learning rates was chosen at most."""
    judged = [run.evaluated for run in selected if run.evaluated]
    networks, rates = max(each.num_judged for each in judged), max(each.num_rates for each in judged)
    are_many = len(selected) > 1
    counts = [f"{number:,} {what}" for number, what in ((networks, "epochs"), (rates, "learning rates")) if number > 1]
    solved = "; the solution of a head counts as an epoch" if any(each.has_solution for each in judged) else ""
    return f"one of {'up to ' if are_many else ''}{' and of '.join(counts)}{solved}"


def _of_images(facts: ReportFacts) -> Iterator[str]:
    counts = sorted({run.evaluated.evaluation.metrics.num_images for run in facts.judged if run.evaluated})
    if counts:
        points = 100 * detectable_difference(counts[0])
        yield (
            f"{plural(counts[0], 'validation image')} cannot separate differences of accuracy below about "
            f"{points:.0f} points, where two runs disagree on a tenth of them."
        )
    for images in facts.lists[:1]:
        if images.manifest is None:
            continue
        support = Counter(record.label for record in images.manifest.used(Split.VAL))
        small = [name for name in images.manifest.classes if support[name] < SMALL_CLASS]
        if small:
            yield f"Fewer than {SMALL_CLASS} validation images stand behind the figures of {_listed(small)}."


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"'{shortened(name, _NAME)}'" for name in names[:_NUM_NAMED])
    return f"{shown} and {len(names) - _NUM_NAMED:,} more classes" if len(names) > _NUM_NAMED else shown


def _of_runs(facts: ReportFacts) -> Iterator[str]:
    for run in facts.runs:
        if run.summary.frozen_proof == FrozenProof.VIOLATED:
            yield f"Frozen layers of {run.name} changed during training: do not rely on that network."
    unanswered = [run for run in facts.judged if _num_unanswered(run)]
    for run in unanswered:
        yield f"{plural(_num_unanswered(run), 'answer')} of {run.name} are no numbers; they count as wrong."
    errors = [run.evaluated.evaluation.calibration.ece for run in facts.judged if run.evaluated]
    if errors:
        span = percent(max(errors)) if len(errors) == 1 else f"{percent(min(errors))} to {percent(max(errors))}"
        yield f"Probabilities and shares of right answers differ by {span} on the mean (calibration error)."


def _num_unanswered(run: RunFacts) -> int:
    return run.evaluated.evaluation.metrics.num_unanswered if run.evaluated else 0


def _of_licences(facts: ReportFacts) -> Iterator[str]:
    for name in dict.fromkeys(run.config.backbone for run in facts.runs if run.config):
        try:
            entry = find_backbone(name)
        except InputError:
            continue
        forbids = "" if entry.allows_commercial_use else ", which forbids commercial use"
        yield (
            f"The pretrained weights of {entry.title} are under {entry.licence}{forbids}; the rights in the training "
            "images apply too."
        )

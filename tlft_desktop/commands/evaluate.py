"""`tlft evaluate`: how good a run is, class by class, and how far its probabilities can be believed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tlft_desktop.commands import evaluate_folds, words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.evaluate_images import check_wanted, image_lines, image_lists, lists_to_json
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.evaluation.calibration import Calibration
from tlft_desktop.core.evaluation.costs import CostView
from tlft_desktop.core.evaluation.epochs import evaluate_epoch
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.metrics import ClassMetrics, Metrics
from tlft_desktop.core.evaluation.reliability import CoveragePoint
from tlft_desktop.core.evaluation.stored import evaluate_validation
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.runs.resources import run_resources
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split

_HEADER = ("class", "images", "answered", "precision", "recall", "95 % interval", "F1")
_MAX_MISTAKES = 10
_SHARES_SURE = (0.95, 0.8, 0.5)
_SPLIT_NAMES = {Split.VAL: "validation", Split.TEST: "test"}


def run(args: argparse.Namespace, app: App) -> int:
    """Print figures and tables, or one object; a look at test images is counted in the project."""
    if args.folds is not None:
        return evaluate_folds.run(args, app)
    if args.repeats is not None:
        raise UsageError("--repeats is for --folds.", remedy="Add --folds, or leave --repeats out.")
    check_wanted(args)
    found = _evaluated(args, app)
    lists = image_lists(args, app)
    if args.json:
        store = RunStore(open_project_read_only(args.project).root)
        listed = lists_to_json(lists)
        app.output.record({**found.to_json(), **listed, "resources": run_resources(store, found.run).to_json()})
        return ExitCode.DONE
    most_mistakes = None if args.confusions else _MAX_MISTAKES
    for line in _asked_lines(found, args) if lists else _lines(found, most_mistakes=most_mistakes):
        app.output.line(line)
    for line in image_lines(lists):
        app.output.line(line)
    if not lists:
        evaluate_folds.give_hint(args, found, app)
    return ExitCode.DONE


def _evaluated(args: argparse.Namespace, app: App) -> Evaluated:
    if args.epoch is not None:
        return _evaluated_epoch(args)
    if args.split == Split.VAL:
        project = open_project_read_only(args.project)
        return evaluate_validation(project, RunStore(project.root).resolve(args.run), costs=args.costs)
    # Loads torch: stored answers are told without it, in half the time.
    from tlft_desktop.core.workflows.evaluating import evaluate_test

    with open_project(args.project) as project:
        run_id = RunStore(project.root).resolve(args.run)
        steps = evaluate_test(project, run_id, costs=args.costs, paths=app.paths, control=app.control)
        return follow(steps, app, Evaluated)


def _evaluated_epoch(args: argparse.Namespace) -> Evaluated:
    if args.split == Split.TEST:
        raise UsageError(
            "Single epochs were asked about the validation images only.", remedy="Leave out --epoch or --split test."
        )
    if args.costs is not None:
        raise UsageError(
            "What mistakes cost needs all probabilities, of which single epochs keep two.",
            remedy="Leave out --epoch or --costs.",
        )
    store = RunStore(open_project_read_only(args.project).root)
    return evaluate_epoch(store, store.resolve(args.run), args.epoch)


def _asked_lines(found: Evaluated, args: argparse.Namespace) -> Iterator[str]:
    """Yield what stands above lists of images: one line, and the tables that were asked for beside them."""
    metrics = found.evaluation.metrics
    interval = words.interval(metrics.low, metrics.high)
    yield f"{_subject(found)}: accuracy {words.percent(metrics.accuracy)} {interval}."
    if args.confusions:
        yield from _mistakes(metrics, None)
    if found.evaluation.costs is not None:
        yield from _costs(found.evaluation.costs)


def _subject(found: Evaluated) -> str:
    """Return which answers are told of."""
    stored = ", as stored before" if found.is_stored else ""
    images = words.plural(found.evaluation.metrics.num_images, f"{_SPLIT_NAMES[found.split]} image")
    epoch = "" if found.epoch is None or found.is_kept else f" after epoch {found.epoch}"
    return f"{found.name} ({found.run}){epoch} on {images}{stored}"


def _lines(found: Evaluated, *, most_mistakes: int | None) -> Iterator[str]:
    evaluation = found.evaluation
    metrics = evaluation.metrics
    yield f"{_subject(found)}:"
    yield from words.table(("figure", "value", "95 % interval"), _figures(metrics, evaluation.calibration), right=(1,))
    if evaluation.curves is not None:
        curves = evaluation.curves
        yield (
            f"'{curves.positive}' against the other class: area under the ROC curve {curves.roc_auc:.3f}, average "
            f"precision {curves.average_precision:.3f}."
        )
    yield ""
    yield from words.table(_HEADER, [_cells(item) for item in metrics.classes], right=(1, 2, 3, 4, 6))
    yield from _mistakes(metrics, most_mistakes)
    yield from _sureness(evaluation.coverage)
    yield from _calibration(evaluation.calibration)
    if evaluation.costs is not None:
        yield from _costs(evaluation.costs)
    if found.caution:
        yield ""
        yield found.caution


def _figures(metrics: Metrics, calibration: Calibration) -> list[tuple[str, str, str]]:
    rows = [
        ("accuracy", words.percent(metrics.accuracy), words.interval(metrics.low, metrics.high)),
        ("balanced accuracy", words.percent(metrics.balanced_accuracy), ""),
        ("macro F1", words.percent(metrics.macro_f1), ""),
        ("log loss", "-" if metrics.log_loss is None else f"{metrics.log_loss:.3f}", ""),
        ("calibration error", words.percent(calibration.ece), ""),
    ]
    if metrics.top5 is not None:
        rows.insert(1, ("among the likeliest 5", words.percent(metrics.top5), ""))
    return rows


def _cells(item: ClassMetrics) -> tuple[str, ...]:
    return (
        item.name,
        f"{item.support:,}",
        f"{item.answered:,}",
        words.percent(item.precision),
        words.percent(item.recall),
        words.interval(item.low, item.high),
        words.percent(item.f1),
    )


def _mistakes(metrics: Metrics, most: int | None) -> Iterator[str]:
    mistakes = metrics.mistakes[:most]
    if mistakes:
        yield ""
        yield "Most frequent mistakes:"
        rows = [(true, answer, f"{count:,}") for true, answer, count in mistakes]
        yield from words.table(("true class", "answer", "images"), rows, right=(2,))
    if metrics.num_unanswered:
        yield f"{words.plural(metrics.num_unanswered, 'answer')} of the network are no numbers; they count as wrong."


def _sureness(coverage: tuple[CoveragePoint, ...]) -> Iterator[str]:
    """Say what a threshold does, where it leaves about so many of the images an answer."""
    yield ""
    # The first point covers all images.
    points = [next(point for point in reversed(coverage) if point.coverage >= share) for share in _SHARES_SURE]
    rows = [
        (
            f"{point.threshold:.2f}",
            words.percent(point.coverage),
            words.percent(point.accuracy),
            words.interval(point.low, point.high),
        )
        for point in dict.fromkeys(points)
    ]
    header = ("not sure below", "answered", "of them right", "95 % interval")
    yield from words.table(header, rows, right=(0, 1, 2))


def _calibration(calibration: Calibration) -> Iterator[str]:
    scaled = calibration.scaled
    if scaled is not None and scaled.ece < calibration.ece:
        manner = "too sure" if scaled.temperature > 1 else "less sure than it could be"
        yield ""
        yield (
            f"The network is {manner}: its percentages are off by {words.percent(calibration.ece)} on average "
            f"(calibration error). With its raw outputs (logits) divided by {scaled.temperature:.2f} they would be off "
            f"by {words.percent(scaled.ece)}."
        )


def _costs(costs: CostView) -> Iterator[str]:
    yield ""
    yield (
        f"By your costs an image costs {costs.likeliest:.4g} with the likeliest class as the answer, and "
        f"{costs.cheapest:.4g} with the cheapest one, which is another one for "
        f"{words.plural(costs.num_changed, 'image')}."
    )
    rows = [(name, f"{likeliest:,}", f"{cheapest:,}") for name, likeliest, cheapest in costs.answered]
    yield from words.table(("answer", "likeliest", "cheapest"), rows, right=(1, 2))

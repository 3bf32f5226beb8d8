"""`tlft compare`: is one run better than another, or one strategy? And the report about all of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.evaluation.bootstrap import Metric
from tlft_desktop.core.evaluation.chosen import MAX_RUNS_ALL_PAIRS, ChosenRuns, chosen_runs
from tlft_desktop.core.evaluation.comparison import Comparison, compare_chosen, comparison_record
from tlft_desktop.core.evaluation.comparison_words import Correction, p_words, points_words
from tlft_desktop.core.evaluation.groups import (
    GroupComparison,
    compare_groups,
    pooled_runs,
    single_runs,
    without_beaten_recipes,
)
from tlft_desktop.core.evaluation.leading import leading_words
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import SIGNIFICANT_P

_FEW_RUNS = 5
_METRIC_NAMES = {
    Metric.ACCURACY: "accuracy",
    Metric.BALANCED_ACCURACY: "balanced accuracy",
    Metric.MACRO_F1: "macro F1",
    Metric.CALIBRATION_ERROR: "calibration error",
}


def run(args: argparse.Namespace, app: App) -> int:
    """Print a sentence, or an object, for each pair of runs; runs that cannot be compared get one, too."""
    project = open_project_read_only(args.project)
    if args.html is not None:
        return _report(args, app, project)
    store = RunStore(project.root)
    chosen = chosen_runs(store, args.runs, with_beaten=args.pool)
    if args.pool:
        chosen = without_beaten_recipes(store, chosen)
    if args.pool or args.metric:
        exit_code = _print([*_group_records(args, store, chosen)], app, as_json=args.json)
    else:
        exit_code = _print_pairs(store, compare_chosen(chosen), app, as_json=args.json)
    for remark in chosen.left_out if args.pool else chosen.remarks:
        app.output.note(remark)
    return exit_code


def _group_records(args: argparse.Namespace, store: RunStore, chosen: ChosenRuns) -> Iterator[dict[str, Any]]:
    groups = (pooled_runs if args.pool else single_runs)(store, chosen)
    is_each_pair = chosen.is_named or len(groups) <= MAX_RUNS_ALL_PAIRS
    found = compare_groups(groups, Metric(args.metric or Metric.ACCURACY), is_each_pair=is_each_pair)
    num_compared = sum(item.p_value is not None for item in found)
    yield from (_group_record(item, num_compared) for item in found)


def _print_pairs(store: RunStore, comparisons: Sequence[Comparison], app: App, *, as_json: bool) -> int:
    """Print what each pair says, and how the best run stands against all others."""
    exit_code = _print([comparison_record(store, found) for found in comparisons], app, as_json=as_json)
    leading = leading_words(comparisons, {summary.run: summary for summary in store.summaries()})
    if leading and not as_json:
        app.output.line()
        app.output.line(leading)
    return exit_code


def _print(records: Sequence[dict[str, Any]], app: App, *, as_json: bool) -> int:
    possible = [record for record in records if record["p_value"] is not None]
    for record in records:
        if as_json:
            app.output.record(record)
        else:
            app.output.line(record["sentence"])
    return ExitCode.DONE if possible else ExitCode.BAD_INPUT


def _report(args: argparse.Namespace, app: App, project: Project) -> int:
    """Write the report, and print what it says of each pair of runs; one run is enough for it."""
    # Loads torch and what draws: a comparison alone does without.
    from tlft_desktop.core.report.writing import Report, make_report, require_page

    useless = [option for option, value in (("--metric", args.metric), ("--pool", args.pool)) if value]
    if useless:
        raise UsageError(f"Leave out {', '.join(useless)}: the report compares accuracies, image by image.")
    require_page(args.html)
    fsio.require_absent(args.html)
    steps = make_report(project, args.runs, paths=app.paths, control=app.control)
    report = follow(steps, app, Report)
    fsio.write_output(args.html, report.data)
    store = RunStore(project.root)
    _print_pairs(store, report.comparisons, app, as_json=args.json)
    if report.no_comparison:
        app.output.note(report.no_comparison)
    app.output.note(f"The report is in '{args.html}' ({words.size(len(report.data))}).")
    return ExitCode.DONE


def _group_record(found: GroupComparison, num_compared: int) -> dict[str, Any]:
    points = [
        None if value is None else 100 * value
        for value in (_difference(found), found.low, found.high, found.value_a, found.value_b)
    ]
    return {
        "a": found.a,
        "b": found.b,
        **dict(zip(("difference_points", "low", "high", "points_a", "points_b"), points, strict=True)),
        "p_value": found.p_value,
        "p_holm": found.p_holm,
        "sentence": found.obstacle or _sentence(found, num_compared),
        "metric": found.metric.value,
        "method": found.method or None,
        "num_divisions": found.num_divisions,
        "runs_a": list(found.runs_a),
        "runs_b": list(found.runs_b),
    }


def _difference(found: GroupComparison) -> float | None:
    return None if found.value_a is None or found.value_b is None else found.value_a - found.value_b


def _sentence(found: GroupComparison, num_compared: int) -> str:
    """Say which group is better, by how much, and whether that may be chance among so many comparisons."""
    p_value, p_holm = found.p_value or 0.0, found.p_holm or 0.0
    # Ahead is who has more, or less where less is better.
    sign = 1 if found.metric.is_better_high else -1
    ahead = sign * (_difference(found) or 0.0)
    limits = sorted((sign * (found.low or 0.0), sign * (found.high or 0.0)))
    names = (found.a, found.b)
    if ahead < 0:
        names, limits = (found.b, found.a), [-limits[1], -limits[0]]
    shown = [points_words(100 * value) for value in limits]
    numbers = f"{points_words(100 * abs(ahead))} points [{', '.join(shown)}], {p_words(p_value)}"
    what = _METRIC_NAMES[found.metric]
    if p_value < SIGNIFICANT_P <= p_holm:
        said = f"{names[0]} is ahead of {names[1]} in {what} by {numbers}, which may be chance"
    elif p_value < SIGNIFICANT_P:
        said = f"{names[0]} is better than {names[1]} in {what} by {numbers}"
    else:
        said = f"No measurable difference in {what} between {found.a} and {found.b} ({names[0]} ahead by {numbers})"
    said = f"{said}{_of_runs(found)}"
    return f"{said} {Correction(p_holm, num_compared)}" if num_compared > 1 else said


def _of_runs(found: GroupComparison) -> str:
    """Say how many runs that is from, as the end of a sentence."""
    counts = (len(found.runs_a), len(found.runs_b))
    if counts == (1, 1):
        return "."
    runs = f", by {counts[0]} and {words.plural(counts[1], 'run')}"
    if found.num_divisions > 1:
        return f"{runs} on {found.num_divisions} divisions of the images."
    few = " With so few runs the interval is a little too narrow." if min(counts) < _FEW_RUNS else ""
    return f"{runs} with different seeds.{few}"

"""`tlft runs`: the runs of a project."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.resource_words import resource_sentences
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.resources import run_resources
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.runs.summaries import kept_words
from tlft_desktop.core.values.run import RunSummary

_HEADER = ("", "name", "state", "accuracy", "95 % interval", "epoch", "time", "memory", "trained", "frozen", "run")


def run(args: argparse.Namespace, app: App) -> int:
    """Print the runs, the oldest first; changes nothing, so it works while the project is open elsewhere."""
    store = RunStore(open_project_read_only(args.project).root)
    summaries = store.summaries() if args.run is None else [store.summary(store.resolve(args.run))]
    if args.json:
        for summary in summaries:
            app.output.record({**summary.to_json(), "size_bytes": run_resources(store, summary.run).size_bytes})
        return ExitCode.DONE
    if not summaries:
        app.output.line(f"No runs yet. Next: {command('train', args.project, '--strategy', 'transfer')}")
        return ExitCode.DONE
    for line in run_table(summaries):
        app.output.line(line)
    for summary in summaries:
        if summary.problem:
            app.output.line(f"! {summary.name}: {summary.problem}")
    if args.run is not None:
        for sentence in resource_sentences(run_resources(store, summaries[0].run)):
            app.output.line(sentence)
    resumable = [summary for summary in summaries if summary.resumable]
    if resumable:
        app.output.detail(f"Go on: {command('train', args.project, '--resume', resumable[-1].run)}")
    return ExitCode.DONE


def run_table(summaries: list[RunSummary]) -> list[str]:
    """Return the lines of the table of runs."""
    return words.table(_HEADER, [_cells(summary) for summary in summaries], right=(3, 5, 6, 7, 8))


def _cells(summary: RunSummary) -> tuple[str, ...]:
    return (
        "*" if summary.starred else "",
        summary.name,
        summary.state.value,
        words.percent(summary.val_accuracy),
        words.interval(summary.low, summary.high),
        kept_words(summary),
        words.duration(summary.total_seconds) if summary.total_seconds else "",
        words.size(summary.peak_memory_bytes) if summary.peak_memory_bytes else "",
        words.short_count(summary.trainable_parameters) if summary.trainable_parameters else "",
        summary.frozen_proof,
        summary.run,
    )

"""The beginning of a report: what it is about, the main results in words, and the table of runs."""

from __future__ import annotations

from collections.abc import Iterator

from tlft_desktop.core.evaluation.leading import leading_words
from tlft_desktop.core.number_words import duration, interval, percent, plural, size
from tlft_desktop.core.report.facts import ReportFacts, RunFacts
from tlft_desktop.core.report.markup import Content, Markup, join, named, tag
from tlft_desktop.core.report.run_reading import why_unfinished
from tlft_desktop.core.report.sections.blocks import bullets, name_of_run, paragraph, run_name, section, table
from tlft_desktop.core.runs.summaries import kept_words
from tlft_desktop.core.values.run import RunState, RunSummary

_MAX_SENTENCES = 3
MAX_ROWS = 100
"""Runs in the table; of more the best are shown."""
_HEADER = ("run", "state", "accuracy", "95 % interval", "best epoch", "time", "memory", "trained", "frozen layers")


def overview(facts: ReportFacts) -> Markup:
    """Return the main results in words."""
    return section("overview", "In short", bullets(_sentences(facts)))


def runs(facts: ReportFacts) -> Markup:
    """Return the table of all runs, and what went wrong with some."""
    shown = _rows(facts)
    left_out = len(facts.summaries) - len(shown)
    rest = paragraph(f"Runs with a lower accuracy, or without one, left out here: {left_out:,}.") if left_out else None
    detailed = len(facts.runs)
    few = detailed < len(facts.summaries)
    said = (
        f"The {detailed} best of {len(facts.summaries)} runs are told in detail; name others to see theirs."
        if few
        else None
    )
    return section(
        "runs",
        "Runs",
        paragraph("Accuracy is that on the validation images, with its 95 % Wilson interval."),
        table("The runs", _HEADER, [_cells(facts, summary) for summary in shown], right=(2, 3, 4, 5, 6, 7)),
        rest,
        paragraph(said) if said else None,
        _problems(facts),
        _notes(shown),
    )


def _sentences(facts: ReportFacts) -> Iterator[Content]:
    best = facts.best
    if best is None or best.evaluated is None:
        yield "No run has a result yet; why is told with the runs."
    else:
        metrics = best.evaluated.evaluation.metrics
        images = f"{plural(metrics.num_images, 'image')} of {plural(len(metrics.classes), 'class')}"
        accuracy = f"{percent(metrics.accuracy)} {interval(metrics.low, metrics.high)}"
        is_only = len(facts.judged) == 1
        said = "a validation accuracy of" if is_only else "the highest validation accuracy:"
        yield join(run_name(best), f" has {said} {accuracy} on {images}.")
    yield from _verdicts(facts, best)
    for run in facts.judged:
        if run.tested is not None:
            metrics = run.tested.evaluation.metrics
            yield join(
                run_name(run),
                f" has {percent(metrics.accuracy)} {interval(metrics.low, metrics.high)} on ",
                f"{plural(metrics.num_images, 'test image')}. {run.tested.caution}",
            )
    failed = [summary for summary in facts.summaries if summary.state in (RunState.FAILED, RunState.DAMAGED)]
    if failed:
        yield f"Runs that failed or cannot be read: {len(failed):,}; why is told with the runs."
    yield from facts.remarks


def _verdicts(facts: ReportFacts, best: RunFacts | None) -> Iterator[str]:
    """Yield what comparing the best run with the others says, and how many more such sentences there are."""
    if facts.no_comparison:
        yield facts.no_comparison
        return
    possible = [item for item in facts.comparisons if item.is_possible]
    leading = leading_words(facts.comparisons, {summary.run: summary for summary in facts.summaries})
    if leading:
        yield leading
        yield f"Each pair is told in the comparison below: {len(facts.comparisons):,}."
        return
    own = [item for item in possible if best is not None and best.summary.run in (item.a, item.b)]
    for item in own[:_MAX_SENTENCES]:
        yield item.sentence
    rest = len(facts.comparisons) - min(len(own), _MAX_SENTENCES)
    if rest:
        yield f"More pairs are told in the comparison below: {rest:,}."


def _rows(facts: ReportFacts) -> list[RunSummary]:
    if len(facts.summaries) <= MAX_ROWS:
        return list(facts.summaries)
    best = sorted(facts.summaries, key=lambda summary: -(summary.val_accuracy or -1.0))[:MAX_ROWS]
    return sorted(best, key=lambda summary: summary.run)


def _cells(facts: ReportFacts, summary: RunSummary) -> tuple[Content, ...]:
    total = summary.total_parameters
    trained = f"{summary.trainable_parameters:,}" if summary.trainable_parameters else ""
    share = f" ({percent(summary.trainable_parameters / total)})" if trained and total else ""
    return (
        join(name_of_run(facts, summary.run), " ★" if summary.starred else ""),
        summary.state.value,
        percent(summary.val_accuracy),
        interval(summary.low, summary.high),
        kept_words(summary),
        duration(summary.total_seconds) if summary.total_seconds else "",
        size(summary.peak_memory_bytes) if summary.peak_memory_bytes else "",
        f"{trained}{share}",
        summary.frozen_proof,
    )


def _problems(facts: ReportFacts) -> Content:
    told = [(run, " ".join(dict.fromkeys(filter(None, (_damage(run.summary), run.no_result))))) for run in facts.runs]
    reasons = [join(run_name(run), f": {why}") for run, why in told if why]
    known = {run.summary.run for run in facts.runs}
    others = [item for item in facts.summaries if why_unfinished(item) and item.run not in known]
    reasons += [join(named(item.name), f": {why_unfinished(item)}") for item in others[:MAX_ROWS]]
    return [tag("h3", "What went wrong"), bullets(reasons)] if reasons else None


def _damage(summary: RunSummary) -> str:
    return summary.problem if summary.state is RunState.DAMAGED else ""


def _notes(shown: list[RunSummary]) -> Content:
    notes = [join(named(item.name), ": ", tag("bdi", item.note)) for item in shown if item.note]
    return [tag("h3", "Notes"), bullets(notes)] if notes else None

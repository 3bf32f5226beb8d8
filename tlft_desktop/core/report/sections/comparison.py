"""Runs against each other: accuracy by time, pairs in numbers and words, races."""

from __future__ import annotations

from collections.abc import Sequence

from tlft_desktop.core.evaluation.comparison import Comparison
from tlft_desktop.core.evaluation.comparison_words import p_words, points_words
from tlft_desktop.core.evaluation.pareto import pareto_front
from tlft_desktop.core.number_words import best_of, duration, interval, percent
from tlft_desktop.core.report.facts import RaceFacts, ReportFacts
from tlft_desktop.core.report.markup import Content, Markup, join, named, tag
from tlft_desktop.core.report.plots.run_curves import time_plot
from tlft_desktop.core.report.sections.blocks import bullets, figure, name_of_run, paragraph, run_name, section, table
from tlft_desktop.core.runs.names import title_of
from tlft_desktop.core.values.race import Place

MAX_PAIRS = 30
"""Pairs in the table; of more the others are left out."""
MAX_OBSTACLES = 10
_HEADER = ("a", "b", "a minus b (points)", "95 % interval", "p", "p (Holm)", "only a right", "only b right", "images")


def comparison(facts: ReportFacts) -> Markup:
    """Return the runs against each other."""
    possible = [item for item in facts.comparisons if item.is_possible]
    return section(
        "comparison",
        "Comparison",
        _time(facts),
        paragraph(facts.no_comparison) if facts.no_comparison else None,
        _pairs(facts, possible),
        _obstacles([item for item in facts.comparisons if not item.is_possible]),
    )


def races(facts: ReportFacts) -> Markup | None:
    """Return how the strategies of races stand; None without a race."""
    if not facts.races:
        return None
    return section("races", "Races", [_race(race) for race in facts.races])


def _time(facts: ReportFacts) -> Content:
    plot = time_plot(facts.runs, "Validation accuracy of each run against its active time")
    if plot is None:
        return None
    shown = [run for run in facts.runs if run.course.epochs or run.summary.val_accuracy is not None]
    judged = [run for run in facts.runs if run.summary.val_accuracy is not None]
    front = pareto_front(
        judged, lambda run: (run.summary.total_seconds, run.summary.val_accuracy or 0.0, run.summary.run)
    )
    legend = tag("span", [join(run_name(run), " ") for run in shown], class_="legend")
    said = join("No run is both quicker and more accurate than ", _listed([run_name(run) for run in front]), ".")
    return figure(
        plot,
        "Validation accuracy against the active time: lines from epoch to epoch, marks with 95 % intervals at the end.",
        tag("br"),
        legend,
        tag("br"),
        said if len(judged) > 1 else None,
    )


def _listed(items: Sequence[Markup]) -> Markup:
    last = items[-1]
    return last if len(items) == 1 else join(*(join(item, ", ") for item in items[:-2]), items[-2], " or ", last)


def _pairs(facts: ReportFacts, possible: Sequence[Comparison]) -> Content:
    if not possible:
        return None
    shown = possible[:MAX_PAIRS]
    rest = len(possible) - len(shown)
    return [
        table(
            "Pairs of runs on the same validation images",
            _HEADER,
            [_cells(facts, item) for item in shown],
            right=range(2, 9),
        ),
        paragraph(f"Pairs left out here: {rest:,}. `tlft compare` tells them.") if rest else None,
        bullets(item.sentence for item in shown),
    ]


def _cells(facts: ReportFacts, item: Comparison) -> tuple[Content, ...]:
    low, high = item.low or 0.0, item.high or 0.0
    return (
        name_of_run(facts, item.a),
        name_of_run(facts, item.b),
        points_words(item.difference_points or 0.0),
        f"[{points_words(low)}, {points_words(high)}]",
        p_words(item.p_value or 0.0).removeprefix("p = ").removeprefix("p "),
        p_words(item.p_holm or 0.0).removeprefix("p = ").removeprefix("p "),
        f"{item.only_a_correct:,}",
        f"{item.only_b_correct:,}",
        f"{item.num_images:,}",
    )


def _obstacles(impossible: Sequence[Comparison]) -> Content:
    if not impossible:
        return None
    said: list[Content] = [item.sentence for item in impossible[:MAX_OBSTACLES]]
    if len(impossible) > MAX_OBSTACLES:
        said.append(f"Pairs that cannot be compared either: {len(impossible) - MAX_OBSTACLES:,}.")
    return [tag("h3", "Not compared"), bullets(said)]


def _race(facts: RaceFacts) -> Content:
    race, standing = facts.race, facts.standing
    limit = "to its own end" if race.budget_seconds is None else f"for {race.budget_seconds:g} s at most"
    header: tuple[str, ...] = ("strategy", "state", "accuracy", "95 % interval", "over seeds", "mean time", "best at")
    right: tuple[int, ...] = (2, 3, 4, 5, 6)
    if race.num_tries > 1:
        header, right = (*header, "tries", "mean time of all tries"), (*right, 8)
    rows = [_place(place, has_tries=race.num_tries > 1) for place in standing.places]
    tries = "" if race.num_tries == 1 else f", learning rates that each may try: {race.num_tries}"
    remarks = [remark for place in standing.places for remark in place.remarks]
    return [
        paragraph(
            f"Race {race.race} ({race.state.value}): strategies: {len(race.strategies)}, seeds of each: "
            f"{len(race.seeds)}{tries}, each run {limit}."
        ),
        table("Standing of the race", header, rows, right=right),
        _tries(facts),
        bullets([*standing.sentences, *remarks]),
    ]


def _tries(facts: RaceFacts) -> Content:
    """Return a table of all tries; nothing where there are none."""
    rows = [
        (
            named(title_of(place.strategy)),
            str(found.seed),
            f"{found.learning_rate:g}",
            found.state,
            percent(found.accuracy),
            duration(found.seconds) if found.run else "",
            "counts" if found.counts else "",
        )
        for place in facts.standing.places
        for found in place.tries
    ]
    header = ("strategy", "seed", "learning rate", "state", "accuracy", "time", "which counts")
    return table("Tries of the race", header, rows, right=(1, 2, 4, 5)) if rows else None


def _place(place: Place, *, has_tries: bool) -> tuple[Content, ...]:
    spent = place.tries_seconds
    tries = best_of(place.num_tried, is_all=place.has_tried_all) if place.tries else "one"
    several = place.num_results > 1
    return (
        named(title_of(place.strategy)),
        place.state,
        percent(place.accuracy),
        interval(place.low, place.high),
        f"{percent(place.lowest)} to {percent(place.highest)} ({place.num_results})" if several else "",
        duration(place.seconds) if place.num_results else "",
        "" if place.best_seconds is None else duration(place.best_seconds),
        *((tries, "" if spent is None else duration(spent)) if has_tries else ()),
    )

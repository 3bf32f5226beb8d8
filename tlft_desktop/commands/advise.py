"""`tlft advise`: which strategy fits a project, by what was measured of its images and of this machine."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.advice.advisor import Advice, Confidence, Expectation, revise
from tlft_desktop.core.advice.pilot import DEFAULT_SECONDS, NAMES, Pilot, PilotWay
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.errors import ExitCode, StoppedError
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.advice_log import note_advice, track_record
from tlft_desktop.core.workflows.advising import AdviceFound, advice_for
from tlft_desktop.core.workflows.pilot import WAYS, run_pilot

_HEADER = ("strategy", "accuracy", "expected", "time", "memory", "")
_PILOT_HEADER = ("tried out", "accuracy", "expected", "epochs", "points an epoch", "time")


def run(args: argparse.Namespace, app: App) -> int:
    """Measure, print each reason as soon as it is known, and the advice at the end."""
    project = open_project_read_only(args.project)
    if args.score:
        return _show_score(project, args, app)

    def tell(reason: Reason) -> None:
        if args.json:
            app.output.record({"event": "reason", **reason.to_json()})
            return
        for line in words.wrapped(reason.text, indent="  "):
            app.output.line(line)

    found = follow(advice_for(project, paths=app.paths, control=app.control), app, AdviceFound, tell)
    advice = found.advice
    if args.pilot or (advice.rules_disagree and not args.no_pilot):
        try:
            advice = revise(advice, _tried(project, args.pilot or DEFAULT_SECONDS, app))
        except StoppedError:
            # What the rules say was measured to its end.
            _show(advice, found, project, args, app)
            raise
    _show(advice, found, project, args, app)
    return ExitCode.DONE


def _show_score(project: Project, args: argparse.Namespace, app: App) -> int:
    record = track_record(project)
    if args.json:
        app.output.record(record.to_json())
        return ExitCode.DONE
    _say(record.in_words() or "No run has followed an advice of this project yet.", app, indent="")
    if record.num_damaged:
        app.output.note(f"Lines of the log of advices that cannot be read and are left out: {record.num_damaged}.")
    return ExitCode.DONE


def _tried(project: Project, seconds: float, app: App) -> Pilot:
    app.output.note(f"The strategies are tried out: about {words.rough_duration(seconds)}.")
    return follow(run_pilot(project, seconds=seconds, paths=app.paths, control=app.control), app, Pilot)


def _show(advice: Advice, found: AdviceFound, project: Project, args: argparse.Namespace, app: App) -> None:
    output, earlier = app.output, track_record(project).in_words()
    note_advice(project, advice)
    if args.json:
        output.record({**advice.to_json(), "scores": found.scores})
        return
    output.line("")
    if advice.pilot is not None and advice.pilot.ways:
        for line in words.table(_PILOT_HEADER, _pilot_rows(advice.pilot), right=(1, 3, 4, 5)):
            output.line(line)
        output.line("")
    output.line(f"Advice: {NAMES[advice.strategy]} (confidence: {advice.confidence.value}).")
    _say(f"{advice.reasons[0].text} Otherwise: {NAMES[advice.runner_up]}.", app)
    pilot = next((reason for reason in advice.reasons[1:] if reason.name == "pilot"), None)
    if pilot is not None:
        _say(pilot.text, app)
    _say(advice.settings[advice.strategy].in_words(), app)
    if earlier:
        _say(earlier, app)
    output.line("")
    cells = [_cells(kind, expected, advice) for kind, expected in advice.expected.items()]
    for line in words.table(_HEADER, cells, right=(1, 3, 4)):
        output.line(line)
    if advice.pilot is None and advice.confidence is Confidence.LOW:
        output.detail(f"Unsure: {command('advise', args.project, '--pilot')} tries the strategies out.")
    output.detail(f"Try it: {command('train', args.project, '--strategy', advice.strategy.value)}")


def _say(text: str, app: App, *, indent: str = "  ") -> None:
    for line in words.wrapped(text, indent=indent):
        app.output.line(line)


def _pilot_rows(pilot: Pilot) -> list[tuple[str, ...]]:
    missing = [kind for kind in WAYS if pilot.of(kind) is None]
    return [*map(_pilot_cells, pilot.ways), *((NAMES[kind], "-", "", "", "", "no time") for kind in missing)]


def _pilot_cells(way: PilotWay) -> tuple[str, ...]:
    return (
        NAMES[way.kind],
        words.percent(way.accuracy),
        words.interval(*way.interval),
        str(way.epochs) if way.epochs else "solved",
        f"{way.points_per_epoch:+.1f}" if way.epochs else "",
        words.duration(way.seconds),
    )


def _cells(kind: StrategyKind, expected: Expectation, advice: Advice) -> tuple[str, ...]:
    return (
        NAMES[kind],
        words.percent(expected.accuracy),
        words.interval(expected.low, expected.high),
        "" if expected.seconds is None else f"about {words.rough_duration(expected.seconds)}",
        "" if expected.memory is None else f"about {words.size(expected.memory)}",
        {advice.strategy: "advised", advice.runner_up: "runner-up"}.get(kind, ""),
    )

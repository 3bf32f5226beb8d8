"""`tlft advise`: which strategy fits a project, by what was measured of its images and of this machine."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.program import command
from tlft_desktop.core.advice.advisor import Advice, Expectation
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.advising import AdviceFound, advice_for
from tlft_desktop.core.workflows.probe_subject import ProbeProgress

_STAGES = {
    "read": "reading images",
    "shift": "measuring the distance",
    "pass": "running the network",
    "probe": "probing depths",
    "folds": "probing the head",
    "curve": "learning from fewer images",
    "costs": "measuring the machine",
}
_NAMES = {
    StrategyKind.TRANSFER: "transfer learning",
    StrategyKind.FINETUNE: "fine-tuning",
    StrategyKind.HYBRID: "hybrid",
    StrategyKind.CUSTOM: "custom",
}
_HEADER = ("strategy", "accuracy", "expected", "time", "memory", "")


def run(args: argparse.Namespace, app: App) -> int:
    """Measure, print each reason as soon as it is known, and the advice at the end."""
    project = open_project_read_only(args.project)
    with closing(advice_for(project, paths=app.paths, control=app.control)) as steps:
        found = _follow(steps, app, as_json=args.json)
    if args.json:
        app.output.record({**found.advice.to_json(), "scores": found.scores})
        return ExitCode.DONE
    advice = found.advice
    app.output.line("")
    app.output.line(f"Advice: {_NAMES[advice.strategy]} (confidence: {advice.confidence.value}).")
    for line in words.wrapped(f"{advice.reasons[0].text} Otherwise: {_NAMES[advice.runner_up]}.", indent="  "):
        app.output.line(line)
    app.output.line("")
    cells = [_cells(kind, expected, advice) for kind, expected in advice.expected.items()]
    for line in words.table(_HEADER, cells, right=(1, 3, 4)):
        app.output.line(line)
    app.output.detail(f"Try it: {command('train', args.project, '--strategy', advice.strategy.value)}")
    return ExitCode.DONE


def _follow(steps: Iterator[ProbeProgress | Reason | AdviceFound], app: App, *, as_json: bool) -> AdviceFound:
    stage = "read"
    with app.output.progress(_STAGES[stage]) as progress:
        for item in steps:
            if isinstance(item, AdviceFound):
                return item
            if isinstance(item, Reason):
                if as_json:
                    app.output.record({"event": "reason", **item.to_json()})
                else:
                    for line in words.wrapped(item.text, indent="  "):
                        app.output.line(line)
                continue
            if item.stage != stage:
                stage = item.stage
                progress.restart(_STAGES[stage])
            progress.update(item.done / max(1, item.total), f"{item.done} of {item.total}")
    raise AssertionError("advising ends with its result")


def _cells(kind: StrategyKind, expected: Expectation, advice: Advice) -> tuple[str, ...]:
    return (
        _NAMES[kind],
        words.percent(expected.accuracy),
        words.interval(expected.low, expected.high),
        "" if expected.seconds is None else f"about {words.rough_duration(expected.seconds)}",
        "" if expected.memory is None else f"about {words.size(expected.memory)}",
        {advice.strategy: "advised", advice.runner_up: "runner-up"}.get(kind, ""),
    )

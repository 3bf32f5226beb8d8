"""`tlft advise`: which strategy fits a project, by what was measured of its images and of this machine."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.commands.program import command
from tlft_desktop.core.advice.advisor import Advice, Expectation
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.advising import AdviceFound, advice_for

_NAMES = {
    StrategyKind.TRANSFER: "transfer learning",
    StrategyKind.FINETUNE: "fine-tuning",
    StrategyKind.HYBRID: "hybrid",
    StrategyKind.GRADUAL: "gradual unfreezing",
    StrategyKind.LAST_STAGE: "last stage",
    StrategyKind.NORM_BIAS: "norms and biases",
    StrategyKind.CUSTOM: "custom",
}
_HEADER = ("strategy", "accuracy", "expected", "time", "memory", "")


def run(args: argparse.Namespace, app: App) -> int:
    """Measure, print each reason as soon as it is known, and the advice at the end."""
    project = open_project_read_only(args.project)

    def tell(reason: Reason) -> None:
        if args.json:
            app.output.record({"event": "reason", **reason.to_json()})
            return
        for line in words.wrapped(reason.text, indent="  "):
            app.output.line(line)

    found = follow(advice_for(project, paths=app.paths, control=app.control), app, AdviceFound, tell)
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


def _cells(kind: StrategyKind, expected: Expectation, advice: Advice) -> tuple[str, ...]:
    return (
        _NAMES[kind],
        words.percent(expected.accuracy),
        words.interval(expected.low, expected.high),
        "" if expected.seconds is None else f"about {words.rough_duration(expected.seconds)}",
        "" if expected.memory is None else f"about {words.size(expected.memory)}",
        {advice.strategy: "advised", advice.runner_up: "runner-up"}.get(kind, ""),
    )

"""`tlft depth-curve`: how well each depth of a pretrained network separates the classes of a project."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.advice.depth_curve import DepthCurve, DepthPoint
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.workflows.depth import depth_curve

_HEADER = ("up to", "computation", "linear probe", "95 %", "nearest neighbours", "logistic regression", "")
_HEAD = "input of the head"


def run(args: argparse.Namespace, app: App) -> int:
    """Measure the curve and print a line for each depth."""
    project = open_project_read_only(args.project)
    curve = follow(depth_curve(project, paths=app.paths, control=app.control), app, DepthCurve)
    if args.json:
        for point in curve.points:
            app.output.record(point.to_json())
        return ExitCode.DONE
    cells = [_cells(place, point, curve) for place, point in enumerate(curve.points)]
    for line in words.table(_HEADER, cells, right=(1, 2, 4, 5)):
        app.output.line(line)
    app.output.line(_sentence(curve))
    knee = curve.points[curve.knee].place.cut
    if knee:
        app.output.detail(f"Train what lies behind it: {command('freeze', args.project, '--up-to', knee)}")
    return ExitCode.DONE


def _cells(number: int, point: DepthPoint, curve: DepthCurve) -> tuple[str, ...]:
    marks = {curve.knee: "as good as the best", curve.best: "best"}
    return (
        point.place.cut or _HEAD,
        f"{100 * point.place.frozen_share:.0f} %",
        words.percent(point.accuracy),
        words.interval(point.low, point.high),
        words.percent(point.knn_accuracy),
        "" if point.logistic is None else f"{words.percent(point.logistic[0])} {words.interval(*point.logistic[1:])}",
        marks.get(number, ""),
    )


def _sentence(curve: DepthCurve) -> str:
    best, knee, last = (curve.points[place] for place in (curve.best, curve.knee, -1))
    images = f"{curve.num_images} training images, each classified by what was learned from the others"
    text = (
        f"Up to {knee.place.cut or _HEAD} the pretrained network separates these classes as well as anywhere: "
        f"{words.percent(knee.accuracy)}, at best {words.percent(best.accuracy)} ({images})."
    )
    if curve.loses:
        text += f" Its last layers lose some of that ({words.percent(last.accuracy)}): training them may pay."
    return text

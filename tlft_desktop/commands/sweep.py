"""`tlft sweep`: which pretrained network, or which size of the images, separates the classes of a project best."""

from __future__ import annotations

import argparse
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.values.sweep import Over, Sweep, SweepPoint
from tlft_desktop.core.workflows.sweep import candidates_over, sweep_networks

_HEADER = ("backbone", "image size", "linear probe", "95 %", "nearest neighbours", "ms an image", "")


def run(args: argparse.Namespace, app: App) -> int:
    """Measure the candidates and print a line for each."""
    project = open_project_read_only(args.project)
    over = Over(args.over)
    candidates = candidates_over(project, over, paths=app.paths)

    def tell(point: SweepPoint) -> None:
        if args.json:
            app.output.record(point.to_json())

    sweep = follow(sweep_networks(project, candidates, paths=app.paths, control=app.control), app, Sweep, tell)
    if args.json:
        return ExitCode.DONE
    cells = [_cells(place, point, sweep) for place, point in enumerate(sweep.points)]
    for line in words.table(_HEADER, cells, right=(1, 2, 4, 5)):
        app.output.line(line)
    for point in sweep.points:
        if point.problem:
            app.output.line(f"{point.candidate.backbone} at {point.candidate.image_size} pixels: {point.problem}")
    if len(sweep.points) > 1:
        app.output.line(_sentence(sweep))
    if over is Over.BACKBONE and len(candidates) == 1:
        app.output.detail("Only one network is on this machine: `tlft weights get LIB:NAME` fetches another.")
    _advise_new_project(args.project, sweep, app)
    return ExitCode.DONE


def _cells(place: int, point: SweepPoint, sweep: Sweep) -> tuple[str, ...]:
    name, size = point.candidate.backbone, str(point.candidate.image_size)
    if point.problem:
        return name, size, "-", "", "-", "-", "not measured"
    marks = {sweep.enough: "as good as the best, and quickest", sweep.best: "best"}
    return (
        name,
        size,
        words.percent(point.accuracy),
        words.interval(point.low, point.high),
        words.percent(point.knn_accuracy),
        f"{1000 * point.image_seconds:.1f}",
        "best, and quickest of the best" if sweep.best == sweep.enough == place else marks.get(place, ""),
    )


def _sentence(sweep: Sweep) -> str:
    best, enough = sweep.points[sweep.best], sweep.points[sweep.enough]
    if best is enough:
        return "None that is quicker separates these classes as well."
    quicker = best.image_seconds / enough.image_seconds
    return (
        f"{enough.candidate.backbone} at {enough.candidate.image_size} pixels is not measurably worse than the best, "
        f"and {quicker:.1f} times as quick."
    )


def _advise_new_project(project: Path, sweep: Sweep, app: App) -> None:
    chosen = sweep.points[sweep.enough].candidate
    opened = open_project_read_only(project).config
    if (chosen.backbone, chosen.image_size) != (opened.backbone, opened.image_size):
        app.output.detail(
            f"Use it: `tlft new PROJECT --data PATH --backbone {chosen.backbone} --image-size {chosen.image_size}`, or "
            "the chooser of the window."
        )

"""`tlft blend`: how good the networks between the pretrained one and a run are, and one of them for others."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.export.formats import ExportFormat
from tlft_desktop.core.export.model_card import BlendFacts
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.workflows.blending import Blend, BlendEnds, BlendPoint, accuracy, blend_ends, measured_blend
from tlft_desktop.core.workflows.exporting import export_network, require_output


def run(args: argparse.Namespace, app: App) -> int:
    """Print a row, or an object, for each blend, and write the chosen one if it is wanted."""
    if args.output is not None:
        if args.alpha is None:
            raise UsageError("--output writes the blend at --alpha.", remedy="Say --alpha too, such as --alpha 0.5.")
        require_output(args.output, ExportFormat.BUNDLE)
    project = open_project_read_only(args.project)
    store = RunStore(project.root)
    ends = blend_ends(project, store.resolve(args.run), None if args.base is None else store.resolve(args.base))

    def tell(point: BlendPoint) -> None:
        if args.json:
            app.output.record(_record(point, ends))

    steps = measured_blend(project, ends, _alphas(args), elsewhere=args.images, paths=app.paths, control=app.control)
    blend = follow(steps, app, Blend, tell)
    if not args.json:
        for line in _table(blend, store.summary(ends.base).name, store.summary(ends.run).name):
            app.output.line(line)
    if blend.num_unreadable:
        app.output.note(f"{words.plural(blend.num_unreadable, 'image')} from elsewhere could not be read.")
    if args.output is not None:
        _export(args, project, ends, blend, app)
    return ExitCode.DONE


def _alphas(args: argparse.Namespace) -> Sequence[float]:
    if args.alpha is not None:
        return sorted({0.0, args.alpha, 1.0})
    return [number / args.steps for number in range(args.steps + 1)]


def _record(point: BlendPoint, ends: BlendEnds) -> dict[str, object]:
    return {
        "base": ends.base,
        "run": ends.run,
        "alpha": point.alpha,
        **_figures(point.validation, ""),
        **_figures(point.elsewhere, "elsewhere_"),
    }


def _figures(predictions: Predictions | None, prefix: str) -> dict[str, object]:
    values = (None, None, None) if predictions is None else accuracy(predictions)
    return dict(zip((f"{prefix}accuracy", f"{prefix}low", f"{prefix}high"), values, strict=True))


def _table(blend: Blend, base: str, name: str) -> list[str]:
    has_more = blend.points[0].elsewhere is not None
    header = ("share", "validation", "95 %", *(("elsewhere", "95 %") if has_more else ()), "")
    rows = []
    for point in blend.points:
        cells = [f"{point.alpha:.2f}"]
        for predictions in filter(None, (point.validation, point.elsewhere)):
            share, low, high = accuracy(predictions)
            cells += [words.percent(share), words.interval(low, high)]
        mark = {0.0: f"'{base}'", 1.0: f"'{name}'"}.get(point.alpha, "")
        rows.append((*cells, f"{mark} best".strip() if point is blend.best else mark))
    return [*words.table(header, rows, right=(0, 1, 3) if has_more else (0, 1)), blend.verdict(base, name)]


def _export(args: argparse.Namespace, project: Project, ends: BlendEnds, blend: Blend, app: App) -> None:
    point = next(point for point in blend.points if point.alpha == args.alpha)
    exported = export_network(
        project,
        ends.run,
        ends.bundle(point.alpha),
        args.output,
        form=ExportFormat.BUNDLE,
        control=app.control,
        blend=BlendFacts(ends.base, point.alpha, point.validation),
    )
    app.output.note(f"The blend at {point.alpha:g} is in '{exported.path}' ({words.size(exported.num_bytes)}).")

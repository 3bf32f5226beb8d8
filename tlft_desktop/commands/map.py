"""`tlft map`: the validation images as points of a plane, near those that a network finds alike."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.image_map import ImageMap, MapMethod
from tlft_desktop.core.workflows.embedding import image_map
from tlft_desktop.core.workflows.map_table import csv_bytes
from tlft_desktop.core.workflows.prediction_table import require_table


def run(args: argparse.Namespace, app: App) -> int:
    """Print where the classes lie, or one object with every point; write a table if one is wanted."""
    if args.csv is not None:
        require_table(args.csv)
        fsio.require_absent(args.csv)
    project = open_project_read_only(args.project)
    store = RunStore(project.root)
    runs = list(dict.fromkeys(store.resolve(run) for run in args.runs or ["best"]))
    steps = image_map(project, runs, method=MapMethod(args.method), paths=app.paths, control=app.control)
    found = follow(steps, app, ImageMap)
    if args.csv is not None:
        fsio.write_output(args.csv, csv_bytes(found))
    if args.json:
        app.output.record(found.to_json())
    else:
        for line in _lines(found):
            app.output.line(line)
    if args.csv is not None:
        app.output.note(f"The table is in '{args.csv}'.")
    return ExitCode.DONE


def _lines(found: ImageMap) -> list[str]:
    rows = []
    for each in found.maps:
        wrong = int((each.predicted != found.labels).sum())
        explained = "-" if each.explained is None else words.percent(each.explained)
        neighbours = words.percent(each.neighbours)
        rows.append((each.name, f"{len(found.labels):,}", f"{wrong:,}", neighbours, explained))
    header = ("run", "images", "wrong", "next to their class", "variance in the plane")
    lines = words.table(header, rows, right=(1, 2, 3, 4))
    lines.append("Next to their class: the image most like it has the same class, whatever the run answers.")
    if found.num_left_out:
        lines.append(f"Left out: {words.plural(found.num_left_out, 'image')}; of each class as large a share is shown.")
    return lines

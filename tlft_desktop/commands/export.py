"""`tlft export`: a trained network in a form for others."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.export.formats import ExportFormat
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.workflows.exporting import export_run


def run(args: argparse.Namespace, app: App) -> int:
    """Write the best network of a run and say how it was verified."""
    project = open_project_read_only(args.project)
    name = RunStore(project.root).resolve(args.run)
    exported = export_run(project, name, args.output, form=ExportFormat(args.format), control=app.control)
    app.output.line(f"'{exported.path}' ({words.size(exported.num_bytes)})")
    app.output.detail(
        f"Verified: loaded again, it answers for {words.plural(exported.num_images, 'validation image')} "
        "as the trained network does."
    )
    return ExitCode.DONE

"""`tlft compare`: is one run better than another?"""

from __future__ import annotations

import argparse

from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.evaluation.comparison import compare_runs
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore


def run(args: argparse.Namespace, app: App) -> int:
    """Print a sentence, or an object, for each pair of runs; runs that cannot be compared get one, too."""
    comparisons = compare_runs(RunStore(open_project_read_only(args.project).root), args.runs)
    for comparison in comparisons:
        if args.json:
            app.output.record(comparison.to_json())
        else:
            app.output.line(comparison.sentence)
    possible = [comparison for comparison in comparisons if comparison.is_possible]
    if len(possible) > 1 and not args.json:
        app.output.detail(f"The p values are not corrected for making {len(possible)} comparisons.")
    return ExitCode.DONE if possible else ExitCode.BAD_INPUT

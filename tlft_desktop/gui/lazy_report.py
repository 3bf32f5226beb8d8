"""The report about runs as the window saves it; loads torch, so only `lazy.py` imports it, behind the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.report.writing import Report, make_report, require_page
from tlft_desktop.gui.workers.task import Progress
from tlft_desktop.paths import AppPaths


def saved_report(
    project: Project, path: Path, runs: Sequence[str], *, paths: AppPaths, control: Control
) -> Iterator[Progress | Path]:
    """Make the report about some runs, or about all where none is named; the last item is its file, written whole."""
    require_page(path)
    with closing(make_report(project, runs, paths=paths, control=control)) as steps:
        for item in steps:
            if isinstance(item, Report):
                fsio.write_output(path, item.data)
                yield path
            else:
                yield Progress(item.done, item.total, item.stage)

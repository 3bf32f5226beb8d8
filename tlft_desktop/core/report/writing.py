"""Makes a report: gathers what it tells, and returns the page as the bytes of its file."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.evaluation.comparison import Comparison
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.report.gathering import gather
from tlft_desktop.core.report.page import page
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.paths import AppPaths

_SUFFIXES = (".html", ".htm")


@dataclass(frozen=True)
class Report:
    """A report that is not written yet.

    Attributes:
        data: Content of its file, UTF-8.
        comparisons: Pairs of runs that it tells.
        no_comparison: Why there are none; empty otherwise.
    """

    data: bytes
    comparisons: tuple[Comparison, ...]
    no_comparison: str


def require_page(path: Path) -> None:
    """Refuse a name that no browser would open, or that has something else.

    Raises:
        UsageError: If it does not end as a page does, or something that is no file has it.
        InputError: If its folder is not there.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"'{path}' is no name of a page.", remedy="Name a file NAME.html.")
    if path.exists() and not path.is_file():
        raise UsageError(f"'{path}' exists and is no file; it is not overwritten.", remedy="Name a file NAME.html.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder '{path.absolute().parent}' for the report.")


def make_report(
    project: Project, refs: Sequence[str] = (), *, paths: AppPaths, control: Control
) -> Generator[ProbeProgress | Report, None, None]:
    """Yield progress, and at the end the report about some runs.

    Args:
        project: Open in any way: nothing of it is changed.
        refs: Which runs, as `RunStore.resolve` understands them; all of the project where none is named.
        paths: Folders of the program.
        control: Asked between runs and between pictures.

    Raises:
        InputError: If the project has no runs, or a name means none.
        StoppedError: If a stop was requested.
    """
    if not refs and not RunStore(project.root).ids():
        raise InputError("The project has no runs yet, so there is nothing to report.", remedy="Train first.")
    with closing(gather(project, refs, paths=paths, control=control)) as steps:
        facts = yield from steps
    yield Report(page(facts).encode("utf-8"), facts.comparisons, facts.no_comparison)

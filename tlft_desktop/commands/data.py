"""`tlft data`: classes, counts, split and problems of a project, and whether its images may be mirrored."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.mirroring import answer_words
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import Project, open_project, open_project_read_only
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.problem import Problem

_NUM_PATHS_SHOWN = 3


def run(args: argparse.Namespace, app: App) -> int:
    """Print the classes of a project as they are with all edits; keep first what is said of its images."""
    if args.flip is not None:
        with open_project(args.project) as opened:
            if opened.config.flip is not args.flip:
                opened.save(replace(opened.config, flip=args.flip))
    project = open_project_read_only(args.project)
    manifest = project.edited_manifest
    problems = _project_problems(project, manifest)
    if args.json:
        for label, counts in class_counts(manifest).items():
            app.output.record({"class": label, **counts})
        app.output.record(
            {
                "summary": True,
                "images": sum(not record.excluded for record in manifest.records),
                "classes": len(manifest.classes),
                "problems": [problem.to_json() for problem in problems],
                "manifest": manifest.digest,
                "flip": project.config.flip,
            }
        )
        return ExitCode.DONE
    for line in class_table(manifest):
        app.output.line(line)
    app.output.line(answer_words(project.config.flip))
    print_problems(problems, app)
    return ExitCode.DONE


def _project_problems(project: Project, manifest: Manifest) -> tuple[Problem, ...]:
    """Return what the user should know about the images, and whether their edits can be read."""
    damage = project.edits.damage()
    first = (Problem("damaged_edits", damage),) if damage else ()
    return (*first, *find_problems(manifest, project.config.findings))


def class_counts(manifest: Manifest) -> dict[str, dict[str, int]]:
    """Return for each class the number of its images by split, and of those left out."""
    counts = Counter(
        (record.label, "excluded" if record.excluded else record.split.value) for record in manifest.records
    )
    labels = [*manifest.classes, *sorted({record.label for record in manifest.records} - set(manifest.classes))]
    columns = (*(split.value for split in Split), "excluded")
    return {label: {column: counts[label, column] for column in columns} for label in labels}


def class_table(manifest: Manifest) -> list[str]:
    """Return the lines of a table of the classes with their sums."""
    rows = class_counts(manifest)
    columns = (*(split.value for split in Split), "excluded")
    sums = [sum(row[column] for row in rows.values()) for column in columns]
    cells = [[label, *(str(row[column]) for column in columns)] for label, row in rows.items()]
    total = [words.plural(len(manifest.classes), "class"), *map(str, sums)]
    return words.table(["class", *columns], [*cells, total], right=range(1, len(columns) + 1))


def print_problems(problems: Iterable[Problem], app: App) -> None:
    """Print what the user should know, with a few of the files concerned."""
    for problem in problems:
        app.output.line(f"! {problem.message}")
        for path in problem.paths[:_NUM_PATHS_SHOWN]:
            app.output.line(f"    {path}")
        if len(problem.paths) > _NUM_PATHS_SHOWN:
            app.output.line(f"    ... and {len(problem.paths) - _NUM_PATHS_SHOWN} more")

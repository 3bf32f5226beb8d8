"""`tlft new`: a project from a folder of images."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.data import class_table, print_problems
from tlft_desktop.core.data.import_images import ImportProgress
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.project.safe_path import sync_warning
from tlft_desktop.core.workflows.create import NewProject, create, project_folder

_STAGES = {"scan": "looking for images", "read": "reading images", "scale": "reading images of more than 8 bits"}


def run(args: argparse.Namespace, app: App) -> int:
    """Import the images, make the project and say what is in it."""
    wanted = NewProject(
        root=args.project,
        source=args.data,
        backbone=args.backbone,
        image_size=args.image_size,
        val_fraction=args.val,
        test_fraction=args.test,
        group_by=args.group_by,
        seed=args.seed,
        flip=args.flip,
    )
    parent = project_folder(args.project).parent
    parent_is_new = not parent.exists()
    with follow_import(create(wanted, paths=app.paths, control=app.control), app) as project:
        manifest, config = project.manifest, project.config
        for line in class_table(manifest):
            app.output.line(line)
        print_problems(find_problems(manifest, config.findings), app)
        app.output.line(f"Made '{project.root}' for {config.backbone} at {config.image_size} pixels.")
        if parent_is_new:
            app.output.detail(f"The folder '{parent}' was not there and was made, too.")
        warning = sync_warning(project.root)
        if warning:
            app.output.note(warning)
        app.output.detail(f"Next: {command('train', project.root, '--strategy', 'transfer')}")
    return ExitCode.DONE


def follow_import(steps: Iterable[ImportProgress | Project], app: App) -> Project:
    """Show the progress of an import and return the project that it ends with, open for writing."""
    stage = ""
    with app.output.progress(_STAGES["scan"]) as progress:
        for item in steps:
            if isinstance(item, Project):
                return item
            if item.stage != stage:
                stage = item.stage
                progress.restart(_STAGES.get(stage, stage))
            if item.total:
                progress.update(item.done / item.total, f"{item.done:,} of {words.plural(item.total, 'image')}")
    raise AssertionError("an import ends with its project")

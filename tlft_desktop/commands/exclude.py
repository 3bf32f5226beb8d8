"""`tlft exclude`: leave images out, or take them in again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.edit_project import edit_images
from tlft_desktop.core.data.edit_images import exclude, include
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.project.edits import Edit
from tlft_desktop.core.values.manifest import Manifest


def run(args: argparse.Namespace, app: App) -> int:
    """Leave images out with a reason, or take them in with `--undo`; the files stay where they are."""
    if args.undo and args.reason is not None:
        raise UsageError("--reason has no meaning where images are taken in again.")

    def make_edits(manifest: Manifest, paths: Sequence[str]) -> tuple[Edit, ...]:
        return include(manifest, paths) if args.undo else exclude(manifest, paths, args.reason or "")

    edits = edit_images(args.project, args.images, make_edits, app)
    done = "taken in again" if args.undo else "left out"
    verb = "was" if len(edits) == 1 else "were"
    app.output.line(f"{words.plural(len(edits), 'image')} {verb} {done}.")
    return ExitCode.DONE

"""`tlft split`: move images to another split."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.edit_project import edit_images
from tlft_desktop.core.data.edit_images import move
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.edits import Edit
from tlft_desktop.core.values.manifest import Manifest, Split


def run(args: argparse.Namespace, app: App) -> int:
    """Move images, with the rest of their groups and their copies, to a split."""

    def make_edits(manifest: Manifest, paths: Sequence[str]) -> tuple[Edit, ...]:
        return move(manifest, paths, Split(args.split))

    edits = edit_images(args.project, args.images, make_edits, app)
    app.output.line(f"{words.plural(len(edits), 'image')} moved to {args.split}.")
    return ExitCode.DONE

"""`tlft label`: give images another class."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.edit_project import edit_images
from tlft_desktop.core.data.edit_images import relabel
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.edits import Edit
from tlft_desktop.core.values.manifest import Manifest


def run(args: argparse.Namespace, app: App) -> int:
    """Relabel images; the files stay where they are."""

    def make_edits(manifest: Manifest, paths: Sequence[str]) -> tuple[Edit, ...]:
        edits = relabel(manifest, paths, args.label)
        new = {edit.new for edit in edits} - set(manifest.classes)
        for name in sorted(new):
            app.output.note(f"'{name}' is a new class.")
        return edits

    edits = edit_images(args.project, args.images, make_edits, app)
    app.output.line(f"{words.plural(len(edits), 'image')} got another class.")
    return ExitCode.DONE

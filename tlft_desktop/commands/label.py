"""`tlft label`: give images another class, or confirm the one that they have."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.edit_project import edit_images
from tlft_desktop.core.data.edit_images import confirm_labels, relabel
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.edits import Edit, EditField, EditLog, apply_edits, confirmed_labels
from tlft_desktop.core.values.manifest import Manifest


def run(args: argparse.Namespace, app: App) -> int:
    """Relabel images, with `--keep` also against later doubts; the files stay where they are."""

    def make_edits(manifest: Manifest, paths: Sequence[str]) -> tuple[Edit, ...]:
        edits = relabel(manifest, paths, args.label)
        new = {edit.new for edit in edits} - set(manifest.classes)
        for name in sorted(new):
            app.output.note(f"'{name}' is a new class.")
        if args.keep:
            confirmed = confirmed_labels(EditLog(args.project).read())
            edits += confirm_labels(apply_edits(manifest, edits), paths, confirmed)
        return edits

    edits = edit_images(args.project, args.images, make_edits, app)
    num_confirmed = sum(edit.field is EditField.CONFIRMED for edit in edits)
    app.output.line(f"{words.plural(len(edits) - num_confirmed, 'image')} got another class.")
    if args.keep:
        verb = "is" if num_confirmed == 1 else "are"
        app.output.line(f"The class of {words.plural(num_confirmed, 'image')} {verb} confirmed.")
    return ExitCode.DONE

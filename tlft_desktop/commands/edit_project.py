"""What `label`, `exclude` and `split` have in common: find the images, write the edits, say what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.data import class_table
from tlft_desktop.core.data.edit_images import find_images
from tlft_desktop.core.project.edits import Edit, apply_edits
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.manifest import Manifest

MakeEdits = Callable[[Manifest, Sequence[str]], tuple[Edit, ...]]


def edit_images(root: Path, names: Sequence[str], make_edits: MakeEdits, app: App) -> tuple[Edit, ...]:
    """Change the images of a project and print its classes as they are now; all of the edits are written, or none.

    Raises:
        InputError: If the project is not one, or a name is no image of it; nothing was changed.
        StorageError: If the edits cannot be written.
    """
    with open_project(root) as project:
        project.require_writable()
        damage = project.edits.damage()
        if damage:
            app.output.note(damage)
        manifest = project.edited_manifest
        paths = find_images(manifest, names, lambda: project.data_folder)
        edits = make_edits(manifest, paths)
        if edits:
            project.edits.append(edits)
    for line in class_table(apply_edits(manifest, edits)):
        app.output.detail(line)
    extra = len({edit.image for edit in edits} - set(paths))
    if extra:
        app.output.note(f"{words.plural(extra, 'image')} of the same groups, or copies, moved with them.")
    return edits

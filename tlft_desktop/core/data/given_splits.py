"""Which images a data set itself puts into train, validation or test: by folders of that name, or by a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.sources.found import SPLIT_NAMES, are_splits
from tlft_desktop.core.data.sources.table import scan_table
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import Manifest, Split


def given_splits(manifest: Manifest, data_folder: Path, source: str, *, control: Control) -> Mapping[str, Split]:
    """Return path -> split for the images whose split the data set fixes; empty where it says nothing.

    Args:
        manifest: The images of the project.
        data_folder: Folder that the paths are relative to.
        source: What the project was made of; a table is read again, folders show in the paths of the images.
        control: Looked at while a table is read.

    Raises:
        InputError: If the table is gone or cannot be read any more.
    """
    table = data_folder / Path(source).name
    if table.suffix.casefold() == ".csv":
        try:
            images = scan_table(table, control=control).images
        except InputError as error:
            raise InputError(
                f"Which splits the table fixes cannot be told any more. {error.message}",
                remedy="Bring the table back, or move single images instead.",
            ) from error
        return {image.path: image.split for image in images if image.split is not None}
    tops = {record.path: record.path.split("/", 1)[0].casefold() for record in manifest.records}
    if not are_splits(tops.values()):
        return {}
    return {path: SPLIT_NAMES[top] for path, top in tops.items() if top in SPLIT_NAMES}

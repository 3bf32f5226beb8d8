"""Finding the images of a data set, whatever form it has. Opens no image."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.sources.archive import extract_zip
from tlft_desktop.core.data.sources.folders import scan_folder
from tlft_desktop.core.data.sources.found import LAYOUT_REMEDY, FoundImage, ScanResult
from tlft_desktop.core.data.sources.table import scan_table
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.patterns import PatternError, search_each
from tlft_desktop.core.values.problem import Problem

__all__ = ["FoundImage", "ScanResult", "extract_zip", "scan"]


def scan(source: Path, *, group_by: str = "", control: Control) -> ScanResult:
    """Find the images of a folder of class folders or of a CSV file.

    Args:
        source: Folder, or file with the columns path, label[, split][, group].
        group_by: Regular expression on paths whose match names the group of an image; empty for none.
        control: Looked at often.

    Raises:
        InputError: If the source is not there or is not laid out like this; the remedy explains the layout.
        StoppedError: If `control` asks to stop.
    """
    root = source.absolute()
    if root.is_dir():
        result = scan_folder(root, control=control)
    elif root.suffix.casefold() == ".csv" and root.is_file():
        result = scan_table(root, control=control)
    elif root.suffix.casefold() == ".zip" and root.is_file():
        raise InputError(f"'{source}' is an archive.", remedy="Extract it first.")
    elif root.exists():
        raise InputError(f"'{source}' is neither a folder nor a CSV file.", remedy=LAYOUT_REMEDY)
    else:
        raise InputError(f"'{source}' is not there.", remedy="Check the path; is the disk connected?")
    return with_groups(result, group_by, control=control) if group_by else result


def with_groups(result: ScanResult, pattern: str, *, control: Control | None = None) -> ScanResult:
    """Fill the groups by a regular expression on the path: its first group, or else the whole match, names the group.

    Raises:
        InputError: If the expression is not valid, takes too long or matches no path.
        StoppedError: If `control` asks to stop.
    """
    try:
        groups = search_each(pattern, [image.path for image in result.images], control=control)
    except PatternError as error:
        raise InputError(error.message, remedy=error.remedy) from error
    images, unmatched = [], []
    for image, group in zip(result.images, groups, strict=True):
        if group is None:
            unmatched.append(image.path)
        images.append(replace(image, group=group or image.group))
    if len(unmatched) == len(images):
        raise InputError(
            f"The expression '{pattern}' matches no path.",
            remedy=f"It is searched in paths such as '{images[0].path}'.",
        )
    problems = list(result.problems)
    if unmatched:
        message = f"The expression '{pattern}' does not match {len(unmatched)} paths; these images form no group."
        problems.append(Problem("no_group", message, tuple(unmatched)))
    return ScanResult(result.root, tuple(images), tuple(problems))

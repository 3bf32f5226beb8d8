"""A data set laid out as class folders, perhaps below train, val and test folders. Opens no image."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.sources.found import (
    LAYOUT_REMEDY,
    MAX_FILES,
    SPLIT_NAMES,
    FoundImage,
    ScanResult,
    are_splits,
)
from tlft_desktop.core.data.suffixes import SUFFIXES
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.safe_path import PROJECT_SUFFIX
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.problem import Problem

_MAX_DEPTH = 32
_MAX_PATHS_SHOWN = 20
_SYSTEM_NAMES = {"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin", "manifest.json"}


@dataclass
class _Findings:
    """What a walk collects apart from images: kind -> paths."""

    control: Control
    num_files: int = 0
    skipped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unreadable: set[str] = field(default_factory=set)

    def count(self) -> None:
        self.num_files += 1
        if self.num_files % 256 == 1:
            self.control.raise_if_stopped()
        if self.num_files > MAX_FILES:
            raise InputError(
                f"The folder holds more than {MAX_FILES:,} files; is it the right one?", remedy=LAYOUT_REMEDY
            )


def scan_folder(root: Path, *, control: Control) -> ScanResult:
    """Find the images of a folder of class folders; `train`, `val` and `test` folders above them are respected.

    Images at any depth belong to the class of the top folder. Links to folders are followed for class folders only.

    Raises:
        InputError: If the folder is not there or is not laid out like this.
        StoppedError: If `control` asks to stop.
    """
    findings = _Findings(control)
    images: list[FoundImage] = []
    try:
        for split, folder, label in _class_folders(root, findings):
            found = [FoundImage(path, label, split) for path in _images_below(root, folder, findings)]
            if not found and folder not in findings.unreadable:
                findings.skipped["empty_class"].append(label)
            images += found
    except OSError as error:
        raise InputError(f"The folder '{error.filename or root}' cannot be read: {error.strerror}.") from error
    if not images:
        raise _explain_layout(root, findings)
    images.sort(key=lambda image: image.path)
    problems = _describe(findings)
    return ScanResult(root, tuple(images), tuple(problems))


def is_hidden(name: str) -> bool:
    """Tell whether a name is one that systems leave behind, begins with a dot, or is a project of this program."""
    return name.startswith(".") or name.casefold() in _SYSTEM_NAMES or _is_project(name)


def _is_project(name: str) -> bool:
    return name.casefold().endswith(PROJECT_SUFFIX)


def _class_folders(root: Path, findings: _Findings) -> Iterator[tuple[Split | None, str, str]]:
    """Yield split, path and label of each class folder."""
    tops = list(_folders(str(root), findings))
    if are_splits(map(os.path.basename, tops)):
        splits = [top for top in tops if os.path.basename(top).casefold() in SPLIT_NAMES]
        for top in tops:
            if top not in splits:
                findings.skipped["beside_splits"].append(os.path.basename(top))
        for top in splits:
            for folder in _folders(top, findings):
                yield SPLIT_NAMES[os.path.basename(top).casefold()], folder, _label(folder)
    else:
        for folder in tops:
            yield None, folder, _label(folder)


def _label(folder: str) -> str:
    # macOS stores accents in another form than everybody else; the same class must not become two.
    return unicodedata.normalize("NFC", os.path.basename(folder))


def _folders(parent: str, findings: _Findings) -> Iterator[str]:
    """Yield the folders in `parent`, sorted; notes everything else that lies there."""
    with os.scandir(parent) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        findings.count()
        if is_hidden(entry.name):
            findings.skipped["project" if _is_project(entry.name) else "hidden"].append(entry.name)
        elif _is_folder(entry):
            _require_text(entry.name, parent)
            if entry.is_symlink() and _leads_back(entry.path, parent):
                findings.skipped["link"].append(entry.name)
            else:
                yield entry.path
        elif entry.is_symlink() and not os.path.exists(entry.path):
            findings.skipped["broken_link"].append(entry.name)
        elif os.path.splitext(entry.name)[1].casefold() in SUFFIXES:
            findings.skipped["loose"].append(entry.name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _require_text(name: str, parent: str) -> None:
    if not _is_text(name):
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")
        raise InputError(
            f"The name of the folder '{shown}' in '{parent}' holds bytes that are not text.",
            remedy="Rename the folder: its name becomes the name of the class.",
        )


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _leads_back(path: str, parent: str) -> bool:
    """Tell whether a link leads to a folder that holds or is within what is being scanned."""
    target, home = os.path.realpath(path), os.path.realpath(parent)
    return home == target or home.startswith(target.rstrip(os.sep) + os.sep) or target.startswith(home + os.sep)


def _images_below(root: Path, folder: str, findings: _Findings) -> Iterator[str]:
    """Yield the paths of images in `folder` and below, relative to `root`; never follows a link to a folder."""
    pending = [(folder, 0)]
    prefix = len(str(root).rstrip(os.sep)) + 1
    while pending:
        current, depth = pending.pop()
        try:
            entries = list(os.scandir(current))
        except OSError as error:
            findings.unreadable.add(current)
            findings.skipped[f"unreadable: {error.strerror}"].append(current[prefix:])
            continue
        for entry in entries:
            findings.count()
            path = entry.path[prefix:].replace(os.sep, "/")
            reason = _reason_to_skip(entry)
            if reason:
                findings.skipped[reason].append(path)
            elif not _is_folder(entry):
                yield path
            elif depth >= _MAX_DEPTH:
                findings.skipped["too_deep"].append(path)
            else:
                pending.append((entry.path, depth + 1))


def _reason_to_skip(entry: os.DirEntry[str]) -> str:
    """Return the kind of thing that is not an image; empty for images and for folders to walk into."""
    if is_hidden(entry.name):
        return "project" if _is_project(entry.name) else "hidden"
    if not _is_text(entry.name):
        return "name"
    if _is_folder(entry):
        return "link" if entry.is_symlink() else ""
    if os.path.splitext(entry.name)[1].casefold() not in SUFFIXES:
        return "other"
    try:
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return "broken_link"
    except OSError as error:
        return f"unreadable: {error.strerror}"
    return "" if stat.S_ISREG(mode) else "special"


# For one thing and for several; the second place is what `_detail` returns.
_DESCRIPTIONS = {
    "hidden": ("One hidden or system file was ignored.", "{} hidden or system files were ignored."),
    "project": (
        "One project of this program (its name ends in .tlft) lies there and was not searched for images.",
        "{} projects of this program (names ending in .tlft) lie there and were not searched for images.",
    ),
    "other": (
        "One file is not an image by its name and was ignored ({1}).",
        "{0} files are not images by their name and were ignored ({1}).",
    ),
    "loose": (
        "One image lies outside of the class folders and was ignored.",
        "{} images lie outside of the class folders and were ignored.",
    ),
    "beside_splits": (
        "One folder lies beside the train folder, but is not called val or test; it was ignored.",
        "{} folders lie beside the train folder, but are not called val or test; they were ignored.",
    ),
    "empty_class": (
        "The class folder {1} holds no image and was left out.",
        "{0} class folders hold no image and were left out: {1}.",
    ),
    "link": ("One link to a folder was not followed.", "{} links to folders were not followed."),
    "broken_link": ("One link leads nowhere and was skipped.", "{} links lead nowhere and were skipped."),
    "special": ("One pipe, socket or device was skipped.", "{} pipes, sockets or devices were skipped."),
    "name": (
        "One name holds bytes that are not text; this file was skipped. Rename it to use it.",
        "{} names hold bytes that are not text; these files were skipped. Rename them to use them.",
    ),
    "too_deep": (
        "One folder lies more than {1} levels deep and was skipped.",
        "{0} folders lie more than {1} levels deep and were skipped.",
    ),
}


def _describe(findings: _Findings) -> Iterator[Problem]:
    for kind, paths in sorted(findings.skipped.items()):
        shown = tuple(_printable(path) for path in sorted(paths)[:_MAX_PATHS_SHOWN])
        if kind.startswith("unreadable: "):
            reason = kind.removeprefix("unreadable: ")
            several = f"{len(paths)} files or folders cannot be read: {reason}."
            one = f"One file or folder cannot be read: {reason}."
            yield Problem("unreadable", one if len(paths) == 1 else several, shown)
            continue
        one, several = _DESCRIPTIONS[kind]
        message = (one if len(paths) == 1 else several).format(len(paths), _detail(kind, paths, shown))
        yield Problem(kind, message, shown)


def _detail(kind: str, paths: list[str], shown: tuple[str, ...]) -> str:
    match kind:
        case "other":
            return _suffixes(paths)
        case "empty_class":
            return ", ".join(f"'{name}'" for name in shown)
        case "too_deep":
            return str(_MAX_DEPTH)
    return ""


def _suffixes(paths: list[str]) -> str:
    suffixes = Counter(os.path.splitext(path)[1].casefold() for path in paths)
    without = suffixes.pop("", 0)
    parts = [f"{count} {name}" for name, count in suffixes.most_common(5)]
    # At the end: the sentence is recognised by its last words.
    return ", ".join([*parts, f"{without} without a suffix"] if without else parts)


def _printable(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _explain_layout(root: Path, findings: _Findings) -> InputError:
    if loose := findings.skipped["loose"]:
        message = f"The folder '{root}' holds images ({len(loose)}), but no class folders."
    elif findings.skipped["empty_class"]:
        classes = len(findings.skipped["empty_class"])
        others = len(findings.skipped["other"])
        message = f"None of the class folders in '{root}' ({classes}) holds an image."
        if others:
            message = f"{message} Other files lie there: {others}."
    elif findings.skipped["beside_splits"]:
        message = f"The train folder in '{root}' holds no class folders."
    else:
        message = f"The folder '{root}' holds neither images nor class folders."
    return InputError(message, remedy=LAYOUT_REMEDY)

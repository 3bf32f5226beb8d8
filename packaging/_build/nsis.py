"""The installer for one user or for all, made by NSIS."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from _bootstrap.console import SetupError
from _build.publisher import read_publisher
from _build.release import Release
from _build.tools import call
from _build.tree import Tree
from tlft_desktop import APP_ID

TOOLS = ("makensis", "7z")
_NEW = "$INSTDIR\\${NEW}"
_CLUSTER = 4096  # what a small file takes on a disk of Windows
_RESERVE_MIB = 20


def build_exe(release: Release, tree: Tree, target: Path, *, compressor: str) -> None:
    """Write the installer of the tree and look whether everything is in it."""
    files = sorted(path for path in tree.root.rglob("*") if path.is_file())
    num_bytes = sum(-(-path.stat().st_size // _CLUSTER) * _CLUSTER for path in files)
    target = target.resolve()  # makensis counts from the folder of its script
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        listed = Path(folder, "files.nsh")
        listed.write_text("\n".join(file_macros(tree.root, files)) + "\n", encoding="utf-8-sig")
        names = {
            "VERSION": release.version,
            "PUBLISHER": read_publisher(release.root).name,
            "APP_ID": APP_ID,
            "STAGE": tree.root,
            "FILES": listed,
            "OUT": target,
            "NEEDED_MIB": (num_bytes >> 20) + _RESERVE_MIB,
            "INSTALLED_KIB": num_bytes >> 10,
            "COMPRESSOR": compressor,
        }
        command = ["makensis", "-V2", "-WX", *(f"-D{name}={value}" for name, value in names.items())]
        call([*command, release.root / "packaging" / "windows" / "tlft.nsi"])
    check_exe(target, [path.relative_to(tree.root).as_posix() for path in files])


def file_macros(root: Path, files: Sequence[Path]) -> Iterator[str]:
    """Return the lines of three macros: what is written, what is put in place then, what a removal deletes."""
    paths = [path.relative_to(root) for path in files]
    yield "!macro WRITE_FILES"
    before = None
    # Files of one kind together are packed more tightly.
    for path in sorted(paths, key=lambda path: (path.suffix, path.parts)):
        if path.parent != before:
            before = path.parent
            yield f'SetOutPath "{_windows(_NEW, path.parent)}"'
        yield f'File "{root / path}"'
    yield "!macroend\n!macro MOVE_FILES"
    yield from (f'!insertmacro MOVE "{name}"' for name in sorted({path.parts[0] for path in paths}))
    yield "!macroend\n!macro REMOVE_FILES"
    yield from (f'Delete "{_windows("$INSTDIR", path)}"' for path in paths)
    folders = {folder for path in paths for folder in path.parents if folder.parts}
    yield from (f'RMDir "{_windows("$INSTDIR", folder)}"' for folder in sorted(folders, reverse=True))
    yield "!macroend"


def check_exe(target: Path, expected: Sequence[str]) -> None:
    """List what is in the installer.

    Raises:
        SetupError: If a file of the program lacks.
    """
    told = call(["7z", "l", "-slt", target])
    packed = set(re.findall(r"^Path = .*~tlft-new/(.+)$", told.replace("\\", "/"), re.MULTILINE))
    missing = sorted(set(expected) - packed)
    if missing:
        raise SetupError(f"{target.name} lacks {len(missing)} of {len(expected)} files, such as {missing[0]}.")


def _windows(folder: str, path: Path) -> str:
    return "\\".join((folder, *path.parts))

"""How the program shows on a desktop for Linux: menu entry, icons, kinds of files, manual pages, completion."""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import shtab

from _build import icons
from _build.release import SUMMARY, TITLE, Release
from _build.tools import call, own_tool
from tlft_desktop import APP_ID
from tlft_desktop.cli import build_parser
from tlft_desktop.commands import argument_types

_TEMPLATES = Path(__file__).resolve().parents[1] / "linux"
_COMPLETIONS = {
    "bash": "bash-completion/completions/tlft",
    "zsh": "zsh/vendor-completions/_tlft",
    "fish": "fish/vendor_completions.d/tlft.fish",
}


def write_share(release: Release, share: Path) -> None:
    """Fill the folder that becomes `/usr/share`."""
    for name in ("applications", "metainfo", "mime/packages", "man/man1"):
        (share / name).mkdir(parents=True)
    shutil.copyfile(_TEMPLATES / f"{APP_ID}.desktop", share / "applications" / f"{APP_ID}.desktop")
    shutil.copyfile(_TEMPLATES / f"{APP_ID}.xml", share / "mime" / "packages" / f"{APP_ID}.xml")
    metainfo = (_TEMPLATES / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    date = datetime.fromtimestamp(release.epoch, UTC).date().isoformat()
    metainfo = metainfo.replace("@VERSION@", release.version).replace("@DATE@", date)
    (share / "metainfo" / f"{APP_ID}.metainfo.xml").write_text(metainfo, encoding="utf-8")
    icons.write_pngs(release.root / "resources" / "icons" / "program.svg", share / "icons" / "hicolor", APP_ID)
    _write_manual_pages(release, share / "man" / "man1")
    _write_completions(share)


def _write_manual_pages(release: Release, folder: Path) -> None:
    command = [own_tool("argparse-manpage"), "--module", "tlft_desktop.cli", "--function", "build_parser"]
    command += ["--prog", "tlft", "--project-name", TITLE, "--manual-title", TITLE, "--version", release.version]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": str(release.epoch), "COLUMNS": "80"}
    _compress(call([*command, "--description", SUMMARY], env=variables), folder / "tlft.1.gz")
    _compress(".so man1/tlft.1\n", folder / "tlft-desktop.1.gz")


def _write_completions(share: Path) -> None:
    parser = build_parser()
    for action in _actions(parser):
        if action.type is argument_types.path:
            is_folder = action.metavar in ("PROJECT", "DIR", "FOLDER")
            action.complete = shtab.DIRECTORY if is_folder else shtab.FILE  # type: ignore[attr-defined]
    for shell, name in _COMPLETIONS.items():
        target = share / name
        target.parent.mkdir(parents=True)
        target.write_text(shtab.complete(parser, shell=shell), encoding="utf-8")


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # argparse has no other way to list them
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _actions(inner)


def _compress(text: str, target: Path) -> None:
    target.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))

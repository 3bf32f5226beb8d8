"""What is made of the tree for macOS: an app bundle, on a disk image from which it is dragged to the programs."""

from __future__ import annotations

import os
import plistlib
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from _bootstrap.console import SetupError, say
from _build import packages
from _build.macos_signing import notarise, signer
from _build.macos_tree import ICON, build_macos_tree
from _build.publisher import read_publisher
from _build.release import TITLE, Release
from _build.tools import call
from _build.tree import Tree
from tlft_desktop import APP_ID

TOOLS = ("codesign", "hdiutil", "otool", "security", "xcrun")
LAUNCHER = "tlft-desktop"
PROJECT_TYPE = f"{APP_ID}.project"
_TRIES = 5
_PAUSE_S = 5.0
_ASKED_FOR = ("DesktopFolder", "DocumentsFolder", "DownloadsFolder", "NetworkVolumes", "RemovableVolumes")
_WHY = "Images are read, and projects written, in the folders that you choose."


def ensure_mac(*, platform: str = sys.platform) -> None:
    """Look whether this is a computer that can build for macOS.

    Raises:
        SetupError: If it is not.
    """
    if platform != "darwin":
        raise SetupError("The app for macOS can be built on a Mac only: it takes Apple's tools and a Python for macOS.")
    missing = [name for name in TOOLS if shutil.which(name) is None]
    if missing:
        raise SetupError(f"The build needs {', '.join(missing)}: xcode-select --install")


def build_dmg(release: Release, work: Path, target: Path, *, is_quick: bool) -> Tree:
    """Build tree, app bundle and disk image; sign them as far as the environment has secrets for it."""
    content = work / "image"
    app = content / f"{TITLE}.app"
    with signer(os.environ) as by:
        tree = build_macos_tree(release, app / "Contents" / "Resources", sign=by.sign_tree)
        write_bundle(release, app / "Contents")
        by.sign_bundle(app)
        (content / "Applications").symlink_to("/Applications")
        write_image(content, target, is_quick=is_quick)
        by.sign_image(target)
        notarise(target, os.environ, is_signed=bool(by.identity))
    return tree


def write_bundle(release: Release, contents: Path) -> None:
    """Write what makes an app of the installation in `contents/Resources`."""
    (contents / "MacOS").mkdir(parents=True)
    shutil.copy2(release.root / "packaging" / "macos" / LAUNCHER, contents / "MacOS" / LAUNCHER)
    (contents / "Info.plist").write_bytes(plistlib.dumps(information(release)))
    (contents / "PkgInfo").write_text("APPL????", encoding="ascii")


def information(release: Release) -> dict[str, Any]:
    """Return what the app says of itself, as `Info.plist` holds it."""
    return {
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundlePackageType": "APPL",
        "CFBundleIdentifier": APP_ID,
        "CFBundleName": TITLE,
        "CFBundleDisplayName": TITLE,
        "CFBundleExecutable": LAUNCHER,
        "CFBundleIconFile": ICON,
        "CFBundleShortVersionString": release.version,
        "CFBundleVersion": release.version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "de"],
        "LSMinimumSystemVersion": packages.MACOS.oldest,
        "LSArchitecturePriority": ["arm64"],
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{read_publisher(release.root).name}, Apache License 2.0",
        "UTExportedTypeDeclarations": [_project_type()],
        "CFBundleDocumentTypes": _document_types(),
        **{f"NS{place}UsageDescription": _WHY for place in _ASKED_FOR},
    }


def _project_type() -> dict[str, Any]:
    # No package: the Finder would show a project as one file, and dialogs that choose folders would refuse it.
    return {
        "UTTypeIdentifier": PROJECT_TYPE,
        "UTTypeDescription": "TLFT project",
        "UTTypeConformsTo": ["public.folder"],
        "UTTypeIconFile": ICON,
        "UTTypeTagSpecification": {"public.filename-extension": ["tlft"]},
    }


def _document_types() -> list[dict[str, Any]]:
    """Return what can be dropped on the icon: projects, the file that names one, and images to make one of."""
    project = {"CFBundleTypeName": "TLFT project", "CFBundleTypeRole": "Editor", "CFBundleTypeIconFile": ICON}
    others = {"CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate"}
    images = ["public.folder", "public.zip-archive", "public.comma-separated-values-text"]
    return [
        {**project, "LSHandlerRank": "Owner", "LSItemContentTypes": [PROJECT_TYPE]},
        {**others, "CFBundleTypeName": "File that names a TLFT project", "LSItemContentTypes": ["public.json"]},
        {**others, "CFBundleTypeName": "Images in folders", "LSItemContentTypes": images},
    ]


def write_image(content: Path, target: Path, *, is_quick: bool, pause_s: float = _PAUSE_S) -> None:
    """Write a folder as a compressed disk image.

    Raises:
        SetupError: If that fails; a volume that is busy is tried again, since what indexes it lets go soon.
    """
    packing = "UDZO" if is_quick else "ULMO"
    options: list[str | Path] = [
        "-volname",
        TITLE,
        "-srcfolder",
        content,
        "-fs",
        "HFS+",
        "-format",
        packing,
        "-ov",
        "-quiet",
    ]
    for left in reversed(range(_TRIES)):
        try:
            call(["hdiutil", "create", *options, target])
            return
        except SetupError as error:
            if "Resource busy" not in str(error) or not left:
                raise
            say("The disk image is busy: once more.")
            time.sleep(pause_s)

"""The package of Windows Installer for all users of a computer, made by wixl."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr

from _bootstrap.console import SetupError
from _build.publisher import read_publisher
from _build.release import Release
from _build.tools import call
from _build.tree import Tree
from tlft_desktop import APP_ID

TOOLS = ("wixl", "msibuild", "msiextract")
# By this one Windows knows versions as those of one program; it stays for ever.
UPGRADE_CODE = uuid.UUID("6b0f1f7c-6a0a-4b3e-9a1b-7f9f3a4d1c11")


def build_msi(release: Release, tree: Tree, target: Path) -> None:
    """Write the package of the tree and look whether everything is in it."""
    files = sorted(path.relative_to(tree.root) for path in tree.root.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        listed = Path(folder, "files.wxs")
        listed.write_text("\n".join(file_elements(tree.root, files)) + "\n", encoding="utf-8")
        names = {
            "Version": release.version,
            "Publisher": read_publisher(release.root).name,
            "AppId": APP_ID,
            "SRC": tree.root,
            # One for each version: two builds of one version replace each other only by the administrator's word.
            "ProductCode": _guid(f"product {release.version}"),
            "UpgradeCode": str(UPGRADE_CODE).upper(),
        }
        defined = [word for name, value in names.items() for word in ("-D", f"{name}={value}")]
        call(["wixl", "-a", "x64", *defined, "-o", target, release.root / "packaging" / "windows" / "tlft.wxs", listed])
    _complete(target)
    check_msi(target, [path.as_posix() for path in files])


def file_elements(root: Path, files: Sequence[Path]) -> Iterator[str]:
    """Return the lines of a fragment with a component for each folder: one for each file would take Windows minutes."""
    yield '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Fragment><DirectoryRef Id="INSTALLDIR">'
    components: list[str] = []
    yield from _folder(root, PurePosixPath(), [PurePosixPath(path.as_posix()) for path in files], components)
    yield '</DirectoryRef><ComponentGroup Id="Files">'
    yield from (f'<ComponentRef Id="{component}"/>' for component in components)
    yield "</ComponentGroup></Fragment></Wix>"


def check_msi(target: Path, expected: Sequence[str]) -> None:
    """List what is in the package.

    Raises:
        SetupError: If a file of the program lacks.
    """
    told = call(["msiextract", "--list", target])
    packed = {line.partition("TLFT Desktop/")[2] for line in told.splitlines()}
    missing = sorted(set(expected) - packed)
    if missing:
        raise SetupError(f"{target.name} lacks {len(missing)} of {len(expected)} files, such as {missing[0]}.")


def _folder(root: Path, folder: PurePosixPath, files: Sequence[PurePosixPath], components: list[str]) -> Iterator[str]:
    own = [path for path in files if path.parent == folder]
    if own or not folder.parts:
        name = _identifier("c", folder)
        components.append(name)
        content = "\n".join(path.as_posix() for path in own)
        yield f'<Component Id="{name}" Guid="{_guid(f"component {folder} {content}")}" Win64="yes">'
        for path in own:
            source = quoteattr(str(root / path))
            yield f'<File Id="{_identifier("f", path)}" Name={quoteattr(path.name)} Source={source}/>'
        yield f'<RemoveFolder Id="{_identifier("r", folder)}" On="uninstall"/></Component>'
    depth = len(folder.parts)
    for part in sorted({path.parts[depth] for path in files if len(path.parts) > depth + 1}):
        inner = folder / part
        yield f'<Directory Id="{_identifier("d", inner)}" Name={quoteattr(part)}>'
        yield from _folder(root, inner, [path for path in files if path.parts[depth] == part], components)
        yield "</Directory>"


def _complete(target: Path) -> None:
    """Write what wixl has no words for: the id by which the taskbar joins shortcut and window."""
    columns = ("MsiShortcutProperty", "Shortcut_", "PropertyKey", "PropVariantValue")
    kinds = ", ".join(f"`{name}` CHAR(255) NOT NULL" for name in columns)
    table = f"CREATE TABLE `MsiShortcutProperty` ({kinds} PRIMARY KEY `MsiShortcutProperty`)"
    named = ", ".join(f"`{name}`" for name in columns)
    values = f"'AppId', 'StartMenuShortcut', 'System.AppUserModel.ID', '{APP_ID}'"
    row = f"INSERT INTO `MsiShortcutProperty` ({named}) VALUES ({values})"
    call(["msibuild", target, "-q", table, "-q", row])


def _identifier(kind: str, path: PurePosixPath) -> str:
    return f"{kind}{hashlib.sha256(str(path).encode('utf-8')).hexdigest()[:32]}"


def _guid(of: str) -> str:
    return str(uuid.uuid5(UPGRADE_CODE, of)).upper()

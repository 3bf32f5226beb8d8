"""The two installers for Windows, made of a small tree by the real programs where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from _bootstrap.console import SetupError
from _build import msi, nsis, packages
from _build.release import Release
from _build.tree import Tree
from tlft_desktop import APP_ID

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = ROOT / "packaging" / "windows"
RELEASE = Release(ROOT, "1.2.3", "0" * 40, 1_700_000_000)
FILES = (
    "manifest.json",
    "python/pythonw.exe",
    "python/Lib/site-packages/tlft_desktop/__main__.py",
    "python/Lib/site-packages/a name/this & that.txt",
)


def needs(tools: Sequence[str]) -> pytest.MarkDecorator:
    """Skip a test where programs that make installers are missing."""
    missing = [name for name in tools if shutil.which(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)}: not installed")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    root = tmp_path / "work" / "tlft"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{name}\n", encoding="utf-8")
    Image.new("RGBA", (16, 16)).save(root / "app.ico", sizes=[(16, 16)])
    return Tree(root, packages.WINDOWS, root / "python" / "Lib" / "site-packages", "0" * 64)


def told(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@needs(nsis.TOOLS)
def test_the_installer_holds_the_tree_and_its_version(tree: Tree, tmp_path: Path) -> None:
    made = tmp_path / "made.exe"
    nsis.build_exe(RELEASE, tree, made, compressor="zlib")  # which looks for every file in it
    resource = made.read_bytes().decode("utf-16-le", errors="replace")
    assert re.search("ProductVersion\0+1\\.2\\.3\0", resource)
    assert re.search("CompanyName\0+tlft_desktop developers\0", resource)
    with pytest.raises(SetupError, match=r"made\.exe lacks 1 of 2 files, such as python/other\.py"):
        nsis.check_exe(made, ["manifest.json", "python/other.py"])


@needs(nsis.TOOLS)
def test_equal_trees_make_equal_installers(tree: Tree, tmp_path: Path) -> None:
    for name in ("a.exe", "b.exe"):
        nsis.build_exe(RELEASE, tree, tmp_path / name, compressor="zlib")
    assert (tmp_path / "a.exe").read_bytes() == (tmp_path / "b.exe").read_bytes()


def test_a_removal_deletes_what_was_written_and_nothing_else(tmp_path: Path) -> None:
    paths = [tmp_path / "top.txt", tmp_path / "a" / "b" / "x.py", tmp_path / "a" / "c.dll"]
    text = "\n".join(nsis.file_macros(tmp_path, paths))
    written, moved, removed = text.split("!macroend\n")
    assert written.count("\nFile ") == 3
    assert 'SetOutPath "$INSTDIR\\${NEW}\\a\\b"' in written
    assert moved.splitlines()[1:] == ['!insertmacro MOVE "a"', '!insertmacro MOVE "top.txt"']
    assert removed.splitlines()[1:-1] == [
        'Delete "$INSTDIR\\top.txt"',
        'Delete "$INSTDIR\\a\\b\\x.py"',
        'Delete "$INSTDIR\\a\\c.dll"',
        'RMDir "$INSTDIR\\a\\b"',
        'RMDir "$INSTDIR\\a"',
    ]
    uninstaller = (WINDOWS / "tlft.nsi").read_text(encoding="utf-8").partition('Section "Uninstall"')[2]
    assert "RMDir /r" not in uninstaller


def test_the_installer_says_everything_in_both_languages() -> None:
    words = (WINDOWS / "words.nsh").read_text(encoding="utf-8-sig")
    languages: dict[str, set[str]] = {"ENGLISH": set(), "GERMAN": set()}
    for name, language in re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", words, re.MULTILINE):
        languages[language].add(name)
    used = set(re.findall(r"\$\((\w+)\)", (WINDOWS / "tlft.nsi").read_text(encoding="utf-8")))
    assert languages["ENGLISH"] == languages["GERMAN"] == used


def test_every_exit_code_of_the_installer_is_told() -> None:
    script = (WINDOWS / "tlft.nsi").read_text(encoding="utf-8")
    used = {*re.findall(r"REFUSE (\d) ", script), *re.findall(r"(?:StrCpy \$Code|SetErrorLevel) (\d)", script)}
    head = script.partition("; Exit codes:")[2].partition("\nTarget")[0]
    assert used <= set(re.findall(r"\b\d\b", head))


@needs(msi.TOOLS)
def test_the_package_of_windows_installer_holds_the_tree(tree: Tree, tmp_path: Path) -> None:
    made = tmp_path / "a.msi"
    msi.build_msi(RELEASE, tree, made)  # which looks for every file in it
    with pytest.raises(SetupError, match=r"a\.msi lacks 1 of 1 files, such as other\.py"):
        msi.check_msi(made, ["other.py"])
    assert f"System.AppUserModel.ID\t{APP_ID}" in told("msiinfo", "export", made, "MsiShortcutProperty")
    assert "ProductVersion\t1.2.3" in told("msiinfo", "export", made, "Property")
    assert "A newer version is installed" in told("msiinfo", "export", made, "LaunchCondition")
    upgrades = told("msiinfo", "export", made, "Upgrade")
    assert upgrades.count(f"{{{str(msi.UPGRADE_CODE).upper()}}}") == 2
    folders = told("msiinfo", "export", made, "RemoveFile").splitlines()[3:]
    assert len(folders) == 4  # those with files in them


@needs(msi.TOOLS)
def test_versions_are_products_of_one_program(tree: Tree, tmp_path: Path) -> None:
    codes = []
    for release in (RELEASE, RELEASE, replace(RELEASE, version="1.2.4")):
        made = tmp_path / "a.msi"
        msi.build_msi(release, tree, made)
        tables = [told("msiinfo", "export", made, name) for name in ("Component", "File", "MsiFileHash")]
        codes.append((re.findall(r"ProductCode\t(\S+)", told("msiinfo", "export", made, "Property")), tables))
    assert codes[0] == codes[1]
    assert codes[0][0] != codes[2][0]


def test_the_list_of_files_is_well_formed_and_names_each_folder(tree: Tree) -> None:
    files = [Path(name) for name in FILES]
    root = ElementTree.fromstring("\n".join(msi.file_elements(tree.root, files)))
    space = "{http://schemas.microsoft.com/wix/2006/wi}"
    sources = {element.get("Source") for element in root.iter(f"{space}File")}
    assert sources == {str(tree.root / name) for name in FILES}
    assert [element.get("Name") for element in root.iter(f"{space}Directory")] == [
        "python",
        "Lib",
        "site-packages",
        "a name",
        "tlft_desktop",
    ]
    named = (element.get("Id") for element in root.iter() if element.tag != f"{space}ComponentRef")
    identifiers = [name for name in named if name is not None]
    assert len(set(identifiers)) == len(identifiers)
    ElementTree.parse(WINDOWS / "tlft.wxs")


def test_both_installers_know_the_same_kinds_of_files() -> None:
    script = (WINDOWS / "tlft.nsi").read_text(encoding="utf-8").replace("${APP_ID}", "ID")
    package = (WINDOWS / "tlft.wxs").read_text(encoding="utf-8").replace("$(var.AppId)", "ID")
    keys = r"(Software\\Classes\\[^\"]*)\""
    assert set(re.findall(f'WriteRegStr SHCTX "{keys}', script)) == set(re.findall(f'Key="{keys}', package))

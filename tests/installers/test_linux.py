"""The package of Debian and the archive, made of a small tree."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from _build import linux, packages
from _build.release import Release
from _build.tree import Tree

ROOT = Path(__file__).resolve().parents[2]
RELEASE = Release(ROOT, "1.2.3", "0" * 40, 1_700_000_000)
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not all(map(shutil.which, linux.TOOLS)), reason="tools of Debian are missing"
)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    root = tmp_path / "work" / "tlft"
    for name in ("licences/NOTICES.txt", "share/applications/org.tlft.Desktop.desktop", "python/lib/module.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{name}\n", encoding="utf-8")
    (root / "python" / "bin").mkdir()
    shutil.copy("/bin/true", root / "python" / "bin" / "python3")
    shutil.copy(ROOT / "packaging" / "linux" / "tlft.sh", root / "tlft")
    (root / "tlft-desktop").symlink_to("tlft")
    return Tree(root, packages.LINUX, root / "python" / "lib", "0" * 64)


def deb_info(deb: Path, field: str) -> str:
    return subprocess.run(["dpkg-deb", "-f", deb, field], capture_output=True, text=True, check=True).stdout.strip()


def test_the_package_installs_the_tree_and_names_what_it_needs(tree: Tree, tmp_path: Path) -> None:
    deb = tmp_path / "a.deb"
    linux.build_deb(RELEASE, tree, deb, level=1)
    assert (deb_info(deb, "Package"), deb_info(deb, "Version")) == ("tlft-desktop", "1.2.3")
    depends = deb_info(deb, "Depends")
    assert "libc6 (>= " in depends
    assert "libegl1" in depends
    listed = subprocess.run(["dpkg-deb", "-c", deb], capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/tlft -> /opt/tlft/tlft" in listed
    assert "./opt/tlft/python/lib/module.py" in listed
    assert "./usr/share/applications/org.tlft.Desktop.desktop" in listed
    assert "./usr/share/doc/tlft-desktop/copyright" in listed
    assert all(line.split()[1] == "root/root" for line in listed.splitlines())


def test_equal_trees_make_equal_files(tree: Tree, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        linux.build_deb(RELEASE, tree, tmp_path / f"{name}.deb", level=1)
        linux.build_archive(RELEASE, tree, tmp_path / f"{name}.tar.zst", level=1)
        made.append([(tmp_path / f"{name}{ending}").read_bytes() for ending in (".deb", ".tar.zst")])
        (tree.root / "python" / "lib" / "module.py").touch()
    assert made[0] == made[1]


def test_the_archive_has_one_folder_at_its_top(tree: Tree, tmp_path: Path) -> None:
    packed = tmp_path / "a.tar.zst"
    linux.build_archive(RELEASE, tree, packed, level=1)
    subprocess.run(["zstd", "-q", "-d", packed], check=True)
    with tarfile.open(tmp_path / "a.tar") as archive:
        members = {member.name: member for member in archive}
    assert {name.partition("/")[0] for name in members} == {"tlft-desktop-1.2.3"}
    assert members["tlft-desktop-1.2.3/tlft"].mode == 0o755
    assert members["tlft-desktop-1.2.3/tlft-desktop"].linkname == "tlft"
    assert {(member.uid, member.mtime) for member in members.values()} == {(0, RELEASE.epoch)}

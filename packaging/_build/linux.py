"""What is made of the tree for Linux: a package of Debian, and an archive that runs from any folder."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import tempfile
from email.utils import formatdate
from pathlib import Path

from _build.libraries import debian_packages
from _build.publisher import read_publisher
from _build.release import PACKAGE, SUMMARY, Release
from _build.tools import call
from _build.tree import Tree

TOOLS = ("dpkg-deb", "strip", "readelf", "zstd")
_PLACE = Path("opt/tlft")


def build_archive(release: Release, tree: Tree, target: Path, *, level: int) -> None:
    """Write the tree as `.tar.zst` with one folder at its top, equal to the byte for equal trees."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = release.epoch
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        packed = Path(folder, "tree.tar")
        with tarfile.open(packed, "w", format=tarfile.PAX_FORMAT) as archive:
            archive.add(tree.root, arcname=f"{PACKAGE}-{release.version}", filter=plain)
        call(["zstd", "-q", "-f", f"-{level}", "-T0", packed, "-o", target])


def build_deb(release: Release, tree: Tree, target: Path, *, level: int) -> None:
    """Write the tree as a package of Debian that installs it into /opt/tlft."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        root = Path(folder, "root")
        _place(release, tree, root)
        (root / "DEBIAN").mkdir()
        control = _control(release, root, debian_packages(root))
        (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
        for script in ("preinst", "prerm"):
            shutil.copy2(release.root / "packaging" / "linux" / script, root / "DEBIAN" / script)
        _set_rights(root, release.epoch)
        command: list[str | Path] = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{level}", "--build", root, target]
        call(command, env={**os.environ, "SOURCE_DATE_EPOCH": str(release.epoch)})


def _place(release: Release, tree: Tree, root: Path) -> None:
    (root / _PLACE.parent).mkdir(parents=True)
    shutil.copytree(tree.root, root / _PLACE, symlinks=True, copy_function=os.link)
    (root / "usr" / "bin").mkdir(parents=True)
    for name in ("tlft", "tlft-desktop"):
        (root / "usr" / "bin" / name).symlink_to(Path("/", _PLACE, name))
    # Menu entry, icons, manual pages and completion are part of the tree, so that an archive has them too.
    shutil.copytree(tree.root / "share", root / "usr" / "share", copy_function=os.link)
    papers = root / "usr" / "share" / "doc" / PACKAGE
    papers.mkdir(parents=True)
    (papers / "copyright").write_text(_copyright(tree), encoding="utf-8")
    entry = f"{PACKAGE} ({release.version}) unstable; urgency=medium\n\n  * Release {release.version}.\n\n"
    entry += f" -- {read_publisher(release.root).mailbox}  {formatdate(release.epoch)}\n"
    (papers / "changelog.gz").write_bytes(gzip.compress(entry.encode("utf-8"), 9, mtime=0))
    overrides = root / "usr" / "share" / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copyfile(release.root / "packaging" / "linux" / "lintian-overrides", overrides / PACKAGE)


def _copyright(tree: Tree) -> str:
    notices = (tree.root / "licences" / "NOTICES.txt").read_text(encoding="utf-8")
    return f"{notices}\nOn Debian the Apache License 2.0 lies in /usr/share/common-licenses/Apache-2.0.\n"


def _control(release: Release, root: Path, depends: list[str]) -> str:
    publisher = read_publisher(release.root)
    homepage = f"Homepage: {publisher.homepage}\n" if publisher.homepage else ""
    num_kib = sum(-(-path.lstat().st_size // 1024) for path in root.rglob("*") if not path.is_dir())
    return f"""\
Package: {PACKAGE}
Version: {release.version}
Section: science
Priority: optional
Architecture: amd64
Installed-Size: {num_kib}
Maintainer: {publisher.mailbox}
{homepage}Depends: {", ".join(depends)}
Description: {SUMMARY}
 A desktop program and a command line for classifiers of one's own images:
 freeze layers of a pretrained network or train all of them, see what it
 brings, and decide by measurement. It carries its own Python, PyTorch for the
 processor and three pretrained networks, and works without a network.
"""


def _set_rights(root: Path, epoch: int) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)

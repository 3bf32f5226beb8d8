"""Which device computes, and how: found, described, applied, and given back."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path

import torch

import pytest

from tests.training_samples import tiny_net, tiny_numerics
from tlft_desktop.core.errors import InputError, ResourceError
from tlft_desktop.core.training import device as device_module
from tlft_desktop.core.training.device import (
    applied_numerics,
    autocast,
    available_modes,
    choose_device,
    choose_numerics,
    default_numerics,
    describe_device,
    place_model,
    require_available,
    to_device,
    usable_cores,
)
from tlft_desktop.core.values.numerics import MODES, DataType, MemoryFormat, NumericMode, Numerics

BFLOAT16 = Numerics("cpu", 1, 1, DataType.BFLOAT16, MemoryFormat.CONTIGUOUS, 8, 8)


@pytest.fixture
def two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make torch say that there are two CUDA devices."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    monkeypatch.setattr(device_module, "_multiply", lambda device: None)


@pytest.fixture
def broken_gpu(two_gpus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make torch list GPUs for which it has no code."""

    def fail(device: str) -> None:
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device\nCUDA kernel errors")

    monkeypatch.setattr(device_module, "_multiply", fail)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make torch say that there is no accelerator."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


@pytest.mark.parametrize(
    ("limit", "cores"),
    [("max 100000", 8), ("200000 100000", 2), ("150000 100000", 1), ("50000 100000", 1), ("9900000 100000", 8)],
)
def test_container_limits_are_respected(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: str, cores: int
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)), raising=False)
    (tmp_path / "cpu.max").write_text(limit)
    monkeypatch.setattr(device_module, "_CGROUP_LIMIT", tmp_path / "cpu.max")
    assert usable_cores() == cores


@pytest.mark.parametrize("content", [None, "", "nonsense", "a b"])
def test_unreadable_limits_are_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 5}, raising=False)
    if content is not None:
        (tmp_path / "cpu.max").write_text(content)
    monkeypatch.setattr(device_module, "_CGROUP_LIMIT", tmp_path / "cpu.max")
    assert usable_cores() == 3


@pytest.mark.parametrize(("wanted", "cores"), [("1", 1), ("3", 3), ("64", 8), ("0", 1), ("many", 8), ("", 8)])
def test_f12_wanted_number_of_threads_is_respected(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wanted: str, cores: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)), raising=False)
    monkeypatch.setattr(device_module, "_CGROUP_LIMIT", tmp_path / "none")
    monkeypatch.setenv("OMP_NUM_THREADS", wanted)
    assert usable_cores() == cores


def test_without_affinity_all_cores_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(device_module, "_CGROUP_LIMIT", tmp_path / "none")
    assert usable_cores() == os.cpu_count()


@pytest.mark.usefixtures("no_gpu")
@pytest.mark.parametrize("wanted", ["cuda", "cuda:0", "mps", "gpu", "", "cpu:1", "CPU", "cuda:x"])
def test_devices_that_are_not_there(wanted: str) -> None:
    with pytest.raises(InputError, match=f"'{wanted}' is not available") as caught:
        choose_device(wanted)
    assert "tlft doctor" in caught.value.remedy


@pytest.mark.usefixtures("two_gpus")
@pytest.mark.parametrize("wanted", ["cuda:2", "cuda:-1", "cuda:", "cuda:x"])
def test_gpus_that_are_not_there(wanted: str) -> None:
    with pytest.raises(InputError):
        choose_device(wanted)


@pytest.mark.usefixtures("two_gpus")
def test_a_gpu_is_taken_where_there_is_one() -> None:
    assert choose_device() == "cuda"
    assert choose_device("cuda:1") == "cuda:1"
    assert choose_device("cpu") == "cpu"


@pytest.mark.usefixtures("broken_gpu")
def test_a_gpu_that_does_not_compute_is_not_chosen(caplog: pytest.LogCaptureFixture) -> None:
    assert choose_device() == "cpu"
    assert "no kernel image" in caplog.text
    assert choose_device("cpu") == "cpu"
    for wanted in ("cuda", "cuda:1"):
        with pytest.raises(ResourceError, match=f"'{wanted}' does not compute: CUDA error: no kernel") as caught:
            choose_device(wanted)
        assert "--device cpu" in caught.value.remedy


def test_a_device_that_torch_was_built_without_does_not_compute() -> None:
    assert torch.cuda.is_available() or device_module.device_problem("cuda")


@pytest.mark.usefixtures("no_gpu")
def test_apple_gpu_comes_before_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_device() == "cpu"
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    monkeypatch.setattr(device_module, "_multiply", lambda device: None)
    assert choose_device() == choose_device("mps") == "mps"


def test_devices_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Properties:
        name = "NVIDIA T4"
        total_memory = 16 * 2**30

    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda device: Properties)
    assert describe_device("cuda:1") == "NVIDIA T4, 16 GiB"
    assert describe_device("mps") == "Apple GPU"
    for cores, words in ((1, "CPU, 1 core"), (4, "CPU, 4 cores")):
        monkeypatch.setattr(device_module, "usable_cores", lambda cores=cores: cores)
        assert describe_device("cpu") == words


def test_numerics_by_rule() -> None:
    cpu = default_numerics(device="cpu", is_convolutional=True, batch=32)
    assert (cpu.threads, cpu.batch, cpu.micro_batch) == (usable_cores(), 32, 32)
    assert (cpu.dtype, cpu.memory_format) == (DataType.FLOAT32, MemoryFormat.CHANNELS_LAST)
    transformer = default_numerics(device="cpu", is_convolutional=False, batch=32, threads=3, micro_batch=8)
    assert (transformer.threads, transformer.micro_batch) == (3, 8)
    assert transformer.memory_format is MemoryFormat.CONTIGUOUS
    mps = default_numerics(device="mps", is_convolutional=True, batch=4)
    assert (mps.dtype, mps.memory_format) == (DataType.FLOAT32, MemoryFormat.CONTIGUOUS)


@pytest.mark.parametrize("is_there", [True, False])
def test_features_are_computed_in_bfloat16_where_the_processor_has_instructions_for_it(
    monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    monkeypatch.setattr(device_module, "has_bfloat16_kernels", lambda: True)
    for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"):
        monkeypatch.setattr(torch.cpu, name, lambda: is_there, raising=False)
    for is_convolutional in (True, False):
        numerics = default_numerics(device="cpu", is_convolutional=is_convolutional, batch=8)
        assert (numerics.dtype, numerics.bfloat16_features) == (DataType.FLOAT32, is_there)
        assert require_available(numerics) == numerics
    assert not default_numerics(device="mps", is_convolutional=True, batch=8).bfloat16_features
    reference = choose_numerics(NumericMode.REFERENCE, device="cpu", is_convolutional=True, batch=8)
    assert not reference.bfloat16_features
    monkeypatch.delattr(torch.cpu, "_is_avx512_bf16_supported")
    monkeypatch.delattr(torch.cpu, "_is_amx_tile_supported")
    assert not default_numerics(device="cpu", is_convolutional=True, batch=8).bfloat16_features


@pytest.mark.parametrize("is_convolutional", [True, False])
@pytest.mark.parametrize("mode", list(MODES))
def test_a_mode_overrules_the_rule(mode: NumericMode, is_convolutional: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module, "has_bfloat16_kernels", lambda: True)
    chosen = choose_numerics(mode, device="cpu", is_convolutional=is_convolutional, batch=32, threads=3)
    assert (chosen.dtype, chosen.memory_format) == MODES[mode]
    assert (chosen.mode, chosen.threads, chosen.batch, chosen.micro_batch) == (mode, 3, 32, 32)
    by_rule = choose_numerics(NumericMode.AUTO, device="cpu", is_convolutional=is_convolutional, batch=32)
    assert by_rule == default_numerics(device="cpu", is_convolutional=is_convolutional, batch=32)


def test_modes_that_a_device_does_not_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module, "has_bfloat16_kernels", lambda: False)
    assert available_modes("cpu") == (NumericMode.REFERENCE, NumericMode.FP32_CHANNELS_LAST)
    assert available_modes("mps") == (NumericMode.REFERENCE,)
    for device, mode in (("cpu", NumericMode.BF16), ("mps", NumericMode.FP32_CHANNELS_LAST)):
        with pytest.raises(InputError, match=f"cannot compute in the mode '{mode.value}'") as caught:
            choose_numerics(mode, device=device, is_convolutional=True, batch=8)
        assert "It has reference" in caught.value.remedy
    with pytest.raises(InputError, match="'cpu'"):
        require_available(BFLOAT16)
    assert require_available(tiny_numerics()) == tiny_numerics()


@pytest.mark.parametrize("supported", [True, False])
def test_modes_of_a_gpu(monkeypatch: pytest.MonkeyPatch, supported: bool) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: supported)
    assert (NumericMode.BF16_CHANNELS_LAST in available_modes("cuda:1")) is supported
    assert NumericMode.FP32_CHANNELS_LAST in available_modes("cuda")


def test_float32_is_not_rounded_in_convolutions_of_a_gpu() -> None:
    precision = torch.backends.cudnn.conv.fp32_precision  # type: ignore[attr-defined]
    with applied_numerics(tiny_numerics()):
        assert torch.backends.cudnn.conv.fp32_precision == "ieee"  # type: ignore[attr-defined]
    assert torch.backends.cudnn.conv.fp32_precision == precision  # type: ignore[attr-defined]
    with applied_numerics(replace(BFLOAT16, threads=torch.get_num_threads())):
        assert torch.backends.cudnn.conv.fp32_precision == precision  # type: ignore[attr-defined]


@pytest.mark.parametrize(("supported", "dtype"), [(True, DataType.BFLOAT16), (False, DataType.FLOAT32)])
def test_bfloat16_on_gpus_that_have_it(monkeypatch: pytest.MonkeyPatch, supported: bool, dtype: DataType) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: supported)
    assert default_numerics(device="cuda:1", is_convolutional=True, batch=4).dtype is dtype


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("before", [(False, False), (True, True), (True, False)])
def test_numerics_are_given_back(before: tuple[bool, bool], fails: bool) -> None:
    threads = torch.get_num_threads()
    torch.use_deterministic_algorithms(before[0], warn_only=before[1])
    try:
        with (
            contextlib.suppress(ZeroDivisionError),
            applied_numerics(replace(tiny_numerics(), threads=2)),
        ):
            assert torch.get_num_threads() == 2
            assert torch.are_deterministic_algorithms_enabled()
            assert torch.is_deterministic_algorithms_warn_only_enabled()
            assert not torch.utils.deterministic.fill_uninitialized_memory  # type: ignore[attr-defined]
            if fails:
                raise ZeroDivisionError
        assert torch.get_num_threads() == threads
        assert torch.are_deterministic_algorithms_enabled() is before[0]
        assert torch.is_deterministic_algorithms_warn_only_enabled() is before[1]
        assert torch.utils.deterministic.fill_uninitialized_memory  # type: ignore[attr-defined]
    finally:
        torch.use_deterministic_algorithms(False)
        torch.set_num_threads(threads)


def test_activations_have_the_type_of_the_run() -> None:
    layer, values = torch.nn.Linear(3, 2), torch.ones(1, 3)
    with autocast(tiny_numerics()):
        assert layer(values).dtype is torch.float32
    with autocast(BFLOAT16):
        assert layer(values).dtype is torch.bfloat16


def test_images_get_the_layout_of_the_run_and_features_stay() -> None:
    images = torch.randn(2, 3, 8, 8)
    moved = to_device(images, tiny_numerics())
    assert moved.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(moved, images)
    assert to_device(images, BFLOAT16).is_contiguous()
    features = torch.randn(2, 5)
    assert to_device(features, tiny_numerics()).stride() == features.stride()


@pytest.mark.parametrize(
    ("numerics", "layout"), [(tiny_numerics(), torch.channels_last), (BFLOAT16, torch.contiguous_format)]
)
def test_networks_get_the_layout_of_the_run(numerics: Numerics, layout: torch.memory_format) -> None:
    net = tiny_net()
    assert place_model(net, numerics) is net
    assert net.conv2.weight.is_contiguous(memory_format=layout)
    assert net.conv2.weight.dtype is torch.float32

"""Checkpoints: what is saved is what is loaded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch

import pytest

from storage_samples import leftovers
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.runs.checkpoint import load_best, load_last, load_newest, save_checkpoint
from tlft_desktop.core.runs.checkpoint_files import best_step, mark_best, prune
from tlft_desktop.core.training.state import TrainerState


def _save(folder: Path, step: int, *, kind: str = "last", value: float | None = None) -> int:
    tensors = {"w": torch.full((4,), float(step) if value is None else value)}
    return save_checkpoint(folder, step=step, state=TrainerState(tensors, {"step": step}), kind=kind)


def _steps(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the checkpoints folder of a run without checkpoints."""
    return tmp_path / "checkpoints"


def test_tensors_and_numbers_come_back_to_the_bit(folder: Path) -> None:
    generator = torch.Generator().manual_seed(5)
    weight = torch.randn(7, 5, generator=generator)
    tensors = {
        "weight": weight,
        "tied": weight,
        "view": weight[2:4],
        "transposed": weight.t(),
        "half": weight.bfloat16(),
        "double": weight.double() / 3,
        "bool": weight > 0,
        "scalar": torch.tensor(12345678901),
        "empty": torch.zeros(0, 3),
        "rng": torch.get_rng_state(),
        "parameter": torch.nn.Parameter(weight.clone()),
        "tiny": torch.tensor([float("nan"), -0.0, 1e-45]),
    }
    before = {name: tensor.detach().clone() for name, tensor in tensors.items()}
    meta: dict[str, Any] = {
        "epoch": 3,
        "loss": 0.1 + 0.2,
        "best": float("inf"),
        "none": None,
        "list": [1, 2.5, "x"],
        "on": True,
    }
    num_bytes = save_checkpoint(folder, step=12, state=TrainerState(tensors, meta), record={"seq": 9})
    loaded = load_newest(folder)
    assert loaded is not None
    assert (loaded.step, loaded.kind, loaded.record, loaded.num_bytes, loaded.damaged) == (
        12,
        "last",
        {"seq": 9},
        num_bytes,
        [],
    )
    assert loaded.state.meta == meta
    assert loaded.state.tensors.keys() == before.keys()
    for name, tensor in before.items():
        found = loaded.state.tensors[name]
        assert (found.dtype, found.shape) == (tensor.dtype, tensor.shape), name
        assert (
            found.numpy(force=True).tobytes() == tensor.numpy(force=True).tobytes()
            if name != "half"
            else torch.equal(found, tensor)
        )


def test_loaded_tensors_do_not_share_memory_with_the_file_or_each_other(folder: Path) -> None:
    weight = torch.ones(3)
    save_checkpoint(folder, step=1, state=TrainerState({"a": weight, "b": weight}, {}))
    loaded = load_newest(folder)
    assert loaded is not None
    loaded.state.tensors["a"].zero_()
    assert loaded.state.tensors["b"].sum() == 3
    again = load_newest(folder)
    assert again is not None
    assert again.state.tensors["a"].sum() == 3


def test_without_checkpoints_there_is_none(folder: Path) -> None:
    assert load_newest(folder) is None
    assert load_best(folder) is None
    assert best_step(folder) is None


def test_the_newest_whole_one_is_loaded_and_damaged_ones_are_named(folder: Path) -> None:
    for step in (5, 100, 20):
        _save(folder, step)
    (folder / "000000100" / "state.safetensors").write_bytes(b"garbage")
    os.unlink(folder / "000000020" / "MANIFEST.json")
    (folder / ".tmp-1-abc").mkdir()
    (folder / "notes").mkdir()
    loaded = load_newest(folder)
    assert loaded is not None
    assert loaded.step == 5
    assert [Path(name).name.split("-")[1] for name in loaded.damaged] == ["000000100", "000000020"]
    assert all(Path(name).is_dir() for name in loaded.damaged)
    again = load_newest(folder)
    assert again is not None
    assert again.damaged == []


def test_the_last_one_is_the_newest_that_is_whole_and_nothing_is_renamed(folder: Path) -> None:
    for step in (5, 20):
        _save(folder, step)
    (folder / "000000020" / "state.safetensors").write_bytes(b"garbage")
    loaded = load_last(folder)
    assert loaded is not None
    assert (loaded.step, loaded.damaged) == (5, [])
    assert _steps(folder) == ["000000005", "000000020"]
    assert load_last(folder / "nowhere") is None


def test_all_damaged_is_none(folder: Path) -> None:
    _save(folder, 5)
    (folder / "000000005" / "meta.json").write_bytes(b"{}")
    assert load_newest(folder) is None


@pytest.mark.parametrize("meta", [b"[]", b'{"schema": 2}', b'{"schema": 1, "step": 5}', b"{"])
def test_a_checkpoint_with_right_hashes_and_wrong_content_is_damaged(meta: bytes, folder: Path) -> None:
    from tlft_desktop.core import fsio

    folder.mkdir()
    with fsio.FolderWriter(folder / "000000005") as writer:
        writer.add("state.safetensors", b"not tensors")
        writer.add("meta.json", meta)
    assert load_newest(folder) is None


def test_saving_a_step_again_replaces_it(folder: Path) -> None:
    _save(folder, 5)
    _save(folder, 5, value=7.0)
    loaded = load_newest(folder)
    assert loaded is not None
    assert loaded.state.tensors["w"][0] == 7.0
    assert _steps(folder) == ["000000005"]
    assert leftovers(folder) == []


def test_pruning_keeps_the_last_two_and_the_best(folder: Path) -> None:
    for step in range(1, 7):
        _save(folder, step, kind="best" if step == 2 else "last")
    mark_best(folder, 2)
    prune(folder)
    assert _steps(folder) == ["000000002", "000000005", "000000006"]
    loaded = load_best(folder)
    assert loaded is not None
    assert loaded.step == 2
    mark_best(folder, None)
    prune(folder)
    assert _steps(folder) == ["000000005", "000000006"]
    assert load_best(folder) is None


def test_a_damaged_best_one_falls_back_to_the_best_before_and_is_left_alone(folder: Path) -> None:
    for step, kind in ((1, "best"), (2, "last"), (3, "best"), (4, "last")):
        _save(folder, step, kind=kind)
    mark_best(folder, 3)
    (folder / "000000003" / "state.safetensors").write_bytes(b"")
    loaded = load_best(folder)
    assert loaded is not None
    assert loaded.step == 1
    assert len(_steps(folder)) == 4


def test_no_ghost_of_a_run_that_is_gone_is_made(folder: Path) -> None:
    with pytest.raises(StorageError, match="gone"):
        _save(folder.parent / "gone" / "checkpoints", 1)
    assert not (folder.parent / "gone").exists()


def test_keys_that_json_would_change_are_refused(folder: Path) -> None:
    with pytest.raises(TypeError, match="texts"):
        save_checkpoint(folder, step=1, state=TrainerState({}, {"epochs": {1: 0.5}}))
    assert load_newest(folder) is None

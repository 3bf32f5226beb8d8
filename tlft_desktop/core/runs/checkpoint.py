"""Checkpoints: a folder per step that is complete or absent, checked by hash when it is read."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

import safetensors
import safetensors.torch

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ResourceError, StorageError
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.runs.checkpoint_files import best_step, newest_first, step_of
from tlft_desktop.core.training.state import TrainerState

_STATE_NAME = "state.safetensors"
_META_NAME = "meta.json"
_SCHEMA = 1
_NOT_FINITE = "$float"


@dataclass(frozen=True)
class LoadedCheckpoint:
    """A checkpoint read from disk.

    Attributes:
        step: Optimiser steps done.
        kind: `last` or `best`, as it was saved.
        state: What the trainer saved; the tensors are new ones.
        record: What the recorder saved beside it.
        num_bytes: Size of the tensors' file.
        damaged: Folders of newer checkpoints that could not be used, under the name that they have now.
    """

    step: int
    kind: str
    state: TrainerState
    record: dict[str, Any]
    num_bytes: int
    damaged: list[str] = field(default_factory=list)


def save_checkpoint(
    folder: Path, *, step: int, state: TrainerState, kind: str = "last", record: Mapping[str, Any] | None = None
) -> int:
    """Save a state as the checkpoint of `step` and return the bytes written; a state saved there before is replaced.

    Args:
        folder: The `checkpoints` folder of the run.
        step: Optimiser steps done.
        state: What the trainer needs to go on.
        kind: `last` or `best`.
        record: What the recorder needs to go on, plain types.

    Raises:
        StorageError: If it cannot be written; earlier checkpoints are intact.
    """
    tensors = safetensors.torch.save(_separate(state.tensors))
    meta = {"schema": _SCHEMA, "step": step, "kind": kind, "trainer": _encode(state.meta), "record": dict(record or {})}
    path = folder / f"{step:09d}"
    aside = folder / f"{step:09d}.old"
    if not folder.parent.is_dir():
        # Making it again would leave a ghost of a project that was moved or deleted while it trained.
        raise StorageError(f"'{folder.parent}' is gone: its folder was moved, deleted or unmounted.")
    fsio.make_folder(folder)
    _require_room(folder, len(tensors))
    with fsio.FolderWriter(path) as writer:
        writer.add(_STATE_NAME, tensors)
        writer.add(_META_NAME, fsio.json_bytes(meta))
        if path.exists():
            fsio.remove_tree(aside)
            fsio.move(path, aside)
    fsio.remove_tree(aside)
    return len(tensors)


def load_newest(folder: Path) -> LoadedCheckpoint | None:
    """Return the newest checkpoint that is whole; None if there is none.

    Checkpoints that are damaged are renamed to `.damaged-...` and named in the result, for the user to know that work
    was lost. Call it with the project's lock held.
    """
    damaged: list[str] = []
    for path in newest_first(folder):
        try:
            return _load(path, damaged)
        except fsio.DamagedError:
            if path.exists():
                damaged.append(str(_set_aside(path)))
    return None


def load_best(folder: Path) -> LoadedCheckpoint | None:
    """Return the checkpoint with the best validation result; None if there is none. Changes nothing.

    Where the best one is damaged, the newest whole one that was the best of its time is returned.
    """
    step = best_step(folder)
    by_age = list(newest_first(folder))
    pointed = [path for path in by_age if step is not None and path.name.startswith(f"{step:09d}")]
    for path in [*pointed, *(path for path in by_age if path not in pointed)]:
        with contextlib.suppress(fsio.DamagedError):
            loaded = _load(path, [])
            if loaded.kind == "best" or path in pointed:
                return loaded
    return None


def load_last(folder: Path) -> LoadedCheckpoint | None:
    """Return the newest checkpoint that is whole, as `load_newest` does; None if there is none. Changes nothing."""
    for path in newest_first(folder):
        with contextlib.suppress(fsio.DamagedError):
            return _load(path, [])
    return None


def _require_room(folder: Path, num_bytes: int) -> None:
    try:
        fsio.require_free_space(folder, num_bytes)
    except ResourceError as error:
        raise StorageError(f"The checkpoint was not saved. {error.message}", remedy=error.remedy) from error


def _load(path: Path, damaged: list[str]) -> LoadedCheckpoint:
    files = fsio.read_folder(path)
    try:
        meta = fsio.parse_json(files[_META_NAME], path / _META_NAME)
        if meta["schema"] != _SCHEMA or meta["step"] != step_of(path):
            raise fsio.DamagedError(f"'{path}' is of another version of this program or was renamed.")
        tensors = safetensors.torch.load(files[_STATE_NAME])
        return LoadedCheckpoint(
            step=meta["step"],
            kind=str(meta["kind"]),
            state=TrainerState(tensors=tensors, meta=_decode(meta["trainer"])),
            record=dict(meta["record"]),
            num_bytes=len(files[_STATE_NAME]),
            damaged=damaged,
        )
    except (KeyError, TypeError, ValueError, safetensors.SafetensorError) as error:
        raise fsio.DamagedError(f"'{path}' is not a checkpoint of this program: {error}.") from error


def _set_aside(path: Path) -> Path:
    aside = path.with_name(f".damaged-{path.name}-{new_ulid()}")
    try:
        fsio.move(path, aside)
    except StorageError:
        # On a disk that cannot be written the older checkpoint is as good; it is named where it lies.
        return path
    return aside


def _separate(tensors: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return contiguous tensors on the CPU that share no memory: tied weights would be refused."""
    seen: set[int] = set()
    separate = {}
    for name, tensor in tensors.items():
        plain = tensor.detach().to("cpu").contiguous()
        storage = plain.untyped_storage()
        if storage.data_ptr() in seen or storage.nbytes() != plain.numel() * plain.element_size():
            plain = plain.clone()
        seen.add(plain.untyped_storage().data_ptr())
        separate[name] = plain
    return separate


def _encode(value: Any) -> Any:
    """Return plain JSON types; floats that are not finite are legal in a state (a best loss before the first epoch)."""
    if isinstance(value, float) and not math.isfinite(value):
        return {_NOT_FINITE: repr(value)}
    if isinstance(value, Mapping):
        return {_text_key(key): _encode(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encode(item) for item in value]
    return value


def _text_key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"keys of a trainer's state are texts, not {key!r}: JSON would change them")
    return key


def _decode(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_NOT_FINITE}:
            return float(value[_NOT_FINITE])
        return {key: _decode(item) for key, item in value.items()}
    return [_decode(item) for item in value] if isinstance(value, list) else value


def unusable(checkpoints: Iterable[str]) -> str:
    """Return a sentence that names damaged checkpoints; empty if there are none."""
    names = ", ".join(f"'{name}'" for name in checkpoints)
    return f"Damaged checkpoints were passed over: {names}. The run goes on from the one before." if names else ""

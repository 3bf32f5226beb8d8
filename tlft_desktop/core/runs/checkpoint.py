"""Checkpoints: a folder per step that is complete or absent, checked by hash when it is read."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

import safetensors
import safetensors.torch

from tlft_desktop.core import fsio
from tlft_desktop.core.counters import mapping
from tlft_desktop.core.errors import InputError, ResourceError, StorageError
from tlft_desktop.core.models.safetensors_header import check_header
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.runs.checkpoint_files import best_step, newest_first, step_of
from tlft_desktop.core.runs.run_layout import RunLayout
from tlft_desktop.core.training.state import TrainerState

_log = logging.getLogger(__name__)
_STATE_NAME = "state.safetensors"
_META_NAME = "meta.json"
_SCHEMA = 1
_NOT_FINITE = "$float"
_BEST = "best"
_KINDS = ("last", _BEST)


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


def load_newest(
    folder: Path, layout: RunLayout | None = None, *, on_damaged: Callable[[str], object] = _log.warning
) -> LoadedCheckpoint | None:
    """Return the newest checkpoint that is whole; None if there is none.

    Checkpoints that are damaged are renamed to `.damaged-...` and named in the result, for the user to know that work
    was lost. Call it with the project's lock held.

    Args:
        folder: The `checkpoints` folder of the run.
        layout: What a checkpoint of the run must fit; None where it only has to be what was saved.
        on_damaged: Called with a sentence for each that cannot be used.
    """
    damaged: list[str] = []
    for path in newest_first(folder):
        try:
            return _load(path, damaged, layout)
        except fsio.DamagedError as error:
            on_damaged(error.message)
            if path.exists():
                damaged.append(str(_set_aside(path)))
    return None


def load_best(folder: Path, layout: RunLayout | None = None) -> LoadedCheckpoint | None:
    """Return the checkpoint with the best validation result; None if there is none. Changes nothing.

    Where the best one is damaged, the newest whole one that was the best of its time is returned.

    Args:
        folder: As for `load_newest`.
        layout: As for `load_newest`.

    Raises:
        DamagedError: If there is none because of one that is damaged.
    """
    step = best_step(folder)
    by_age = list(newest_first(folder))
    pointed = [path for path in by_age if step is not None and path.name.startswith(f"{step:09d}")]
    found = _whole([*pointed, *(path for path in by_age if path not in pointed)], layout)
    return next((loaded for path, loaded in found if loaded.kind == _BEST or path in pointed), None)


def load_last(folder: Path, layout: RunLayout | None = None) -> LoadedCheckpoint | None:
    """Return the newest checkpoint that is whole, as `load_newest` does; None if there is none. Changes nothing.

    Args:
        folder: As for `load_newest`.
        layout: As for `load_newest`.

    Raises:
        DamagedError: If there is none because of one that is damaged.
    """
    return next((loaded for _, loaded in _whole(newest_first(folder), layout)), None)


def _whole(paths: Iterable[Path], layout: RunLayout | None) -> Iterator[tuple[Path, LoadedCheckpoint]]:
    """Yield those that can be used; who wants another one than these is told of the first that cannot."""
    first: fsio.DamagedError | None = None
    for path in paths:
        try:
            yield path, _load(path, [], layout)
        except fsio.DamagedError as error:
            first = first or error
    if first is not None:
        raise first


def _require_room(folder: Path, num_bytes: int) -> None:
    try:
        fsio.require_free_space(folder, num_bytes)
    except ResourceError as error:
        raise StorageError(f"The checkpoint was not saved. {error.message}", remedy=error.remedy) from error


def _load(path: Path, damaged: list[str], layout: RunLayout | None) -> LoadedCheckpoint:
    files = fsio.read_folder(path, max_bytes=None if layout is None else layout.max_bytes)
    try:
        meta = fsio.parse_json(files[_META_NAME], path / _META_NAME)
        if meta["schema"] != _SCHEMA or meta["step"] != step_of(path):
            raise fsio.DamagedError(f"'{path}' is of another version of this program or was renamed.")
        if meta["kind"] not in _KINDS:
            raise ValueError("its kind is unknown")
        trainer, record = mapping(_decode(meta["trainer"]), "trainer"), mapping(meta["record"], "record")
        data = files[_STATE_NAME]
        if layout is not None:
            header = check_header(data, origin=path / _STATE_NAME)
            layout.require(header, trainer, record, step=step_of(path))
        tensors = safetensors.torch.load(data)
        if layout is not None:
            _require_finite(tensors)
        return LoadedCheckpoint(
            step=step_of(path),
            kind=meta["kind"],
            state=TrainerState(tensors=tensors, meta=trainer),
            record=record,
            num_bytes=len(data),
            damaged=damaged,
        )
    except KeyError as error:
        raise fsio.DamagedError(f"'{path}' is not a checkpoint of this run: it lacks {error}.") from error
    except InputError as error:
        raise error if isinstance(error, fsio.DamagedError) else fsio.DamagedError(error.message) from error
    except (*fsio.UNREADABLE, safetensors.SafetensorError) as error:
        raise fsio.DamagedError(f"'{path}' is not a checkpoint of this run: {error}.") from error


def _require_finite(tensors: Mapping[str, torch.Tensor]) -> None:
    for name, tensor in tensors.items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"'{name}' holds values that are not finite numbers")


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

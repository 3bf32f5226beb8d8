"""What a run answered for each validation image in each epoch: the class, how sure, and what the true class got.

One file: a head that tells images and classes, then a record of one size for each epoch, epochs rising. Every record
has a hash of its own, so that what a kill tore or a disk spoilt is passed over and costs its epoch only.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core import fsio
from tlft_desktop.core.runs.predictions import NO_ANSWER

ANSWERS_FILE = "epoch_answers.bin"
MAX_BYTES = 128 << 20
"""What the records of a run may take; where they would take more every second epoch goes, and again if need be."""
_MAGIC = b"tlft-ea1"
_PREFIX = struct.Struct("<8sIIII")
"""Magic, bytes of the description, images, classes, CRC of these."""
_NUMBER = struct.Struct("<I")
"""A record begins with its epoch and the CRC of that: epochs are listed without reading what they hold."""
_DIGEST_BYTES = 16
_MAX_HEAD_BYTES = 500_000_000
_CHUNK_VALUES = 4_000_000
"""Logits that are looked at together: their powers stay small beside what the network needs."""


@dataclass(frozen=True)
class EpochImages:
    """The validation images of a run.

    Attributes:
        labels: The true class, int64 [N].
        hashes: SHA-256 of each image.
        classes: Names in the order of the outputs.
    """

    labels: NDArray[np.int64]
    hashes: tuple[str, ...]
    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.labels.shape != (len(self.hashes),):
            raise ValueError(f"labels {self.labels.shape} do not fit {len(self.hashes)} images")
        if len(self.labels) and not 0 <= int(self.labels.min()) <= int(self.labels.max()) < len(self.classes):
            raise ValueError(f"a label is none of the {len(self.classes)} classes")


@dataclass(frozen=True)
class EpochAnswers:
    """The answers of one epoch, in the order of the images.

    Attributes:
        epoch: Over the whole run, from 1.
        answers: The likeliest class, int64 [N]; `NO_ANSWER` where the answer is no number.
        confidence: Its probability, float16 [N]; 0 where the answer is no number.
        true_probability: That of the true class, float16 [N]; 0 where the answer is no number.
    """

    epoch: int
    answers: NDArray[np.int64]
    confidence: NDArray[np.float16]
    true_probability: NDArray[np.float16]


@dataclass(frozen=True)
class StoredEpochs:
    """Which epochs of a run can be read.

    Attributes:
        epochs: Rising; those that were thinned out are missing.
        images: What all of them answer.
    """

    epochs: tuple[int, ...]
    images: EpochImages


def answers_in(epoch: int, logits: NDArray[np.float32], labels: NDArray[np.int64]) -> EpochAnswers:
    """Return what logits [N, C] answer; of equally likely classes the first is the answer.

    A row with a NaN or +infinity in it, or with nothing but -infinity, is no answer.
    """
    answers = np.full(len(labels), NO_ANSWER, dtype=np.int64)
    confidence, true_probability = np.zeros(len(labels), np.float16), np.zeros(len(labels), np.float16)
    step = max(1, _CHUNK_VALUES // max(1, logits.shape[1]))
    for start in range(0, len(labels), step):
        values = logits[start : start + step]
        highest = values.max(axis=1, keepdims=True)
        rows = np.flatnonzero(np.isfinite(highest[:, 0]))
        powers = np.exp(values[rows] - highest[rows])
        sums = powers.sum(axis=1)
        places = start + rows
        answers[places] = values[rows].argmax(axis=1)
        confidence[places] = 1 / sums
        true_probability[places] = powers[np.arange(len(rows)), labels[places]] / sums
    return EpochAnswers(epoch, answers, confidence, true_probability)


class EpochAnswersWriter:
    """Adds epochs to the file of a run.

    Args:
        run_folder: Folder of the run.
        images: The validation images of the run; a file of other images is replaced.
        max_bytes: What the records may take; see `MAX_BYTES`.

    Raises:
        StorageError: If the file cannot be written.
    """

    def __init__(self, run_folder: Path, images: EpochImages, *, max_bytes: int = MAX_BYTES) -> None:
        self._path = run_folder / ANSWERS_FILE
        head = _head_of(images)
        self._layout = _Layout(len(images.hashes), len(images.classes), len(head))
        self._max_records = max(2, max_bytes // self._layout.record_bytes)
        if not _begins_with(self._path, head):
            fsio.write_bytes(self._path, head)
        self._num_records = self._last_epoch = self._end = 0
        self._open()

    def append(self, answers: EpochAnswers) -> None:
        """Store the answers of an epoch behind those before it, unless it is one that is left out to save space.

        Raises:
            StorageError: If they cannot be written; earlier epochs are intact.
        """
        if answers.epoch <= self._last_epoch:
            raise ValueError(f"epoch {answers.epoch} is stored behind epoch {self._last_epoch}")
        every = 1
        while (answers.epoch - 1) // every >= self._max_records:
            every *= 2
        if (answers.epoch - 1) % every:
            return
        if self._num_records >= self._max_records:
            self._thin(every)
        self._file.write(self._end, _record_of(answers, self._layout))
        self._end += self._layout.record_bytes
        self._num_records += 1
        self._last_epoch = answers.epoch

    def sync(self) -> None:
        """Make what was stored survive a power cut.

        Raises:
            StorageError: If the disk refuses.
        """
        self._file.sync()

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        self._file.close()

    def _thin(self, every: int) -> None:
        """Keep one of `every` epochs."""
        with fsio.open_regular(self._path) as file:
            kept = [file.read(self._layout.first)]
            for epoch, offset in list(_places(file, self._layout)):
                if (epoch - 1) % every == 0:
                    kept.append(_bytes_at(file, offset, self._layout.record_bytes))
        # Windows replaces no file that is open.
        self._file.close()
        try:
            fsio.write_bytes(self._path, b"".join(kept))
        finally:
            self._open()

    def _open(self) -> None:
        self._file = fsio.RowFile(self._path)
        with fsio.open_regular(self._path) as file:
            found = list(_places(file, self._layout))
        self._num_records = len(found)
        self._last_epoch = found[-1][0] if found else 0
        # What lies behind the last record was torn; the next one is written over it.
        self._end = found[-1][1] + self._layout.record_bytes if found else self._layout.first


def cut_epochs(run_folder: Path, last: int) -> None:
    """Drop the epochs behind `last`: a run that goes on from there trains them again.

    Raises:
        DamagedError: If the file is damaged.
        StorageError: If it cannot be changed.
    """
    path = run_folder / ANSWERS_FILE
    if not path.exists():
        return
    with _opened(path) as (file, layout):
        ends = [offset + layout.record_bytes for epoch, offset in _places(file, layout) if epoch <= last]
        size = file.seek(0, os.SEEK_END)
    end = ends[-1] if ends else layout.first
    if end < size:
        with closing(fsio.RowFile(path)) as rows:
            rows.truncate(end)


def read_epochs(run_folder: Path) -> StoredEpochs | None:
    """Return which epochs of a run can be read; None where it stored none.

    Raises:
        DamagedError: If the file is damaged.
    """
    path = run_folder / ANSWERS_FILE
    if not path.exists():
        return None
    with _opened(path) as (file, layout):
        epochs = tuple(epoch for epoch, _ in _places(file, layout))
        return StoredEpochs(epochs, _images_in(file, layout)) if epochs else None


def read_epoch(run_folder: Path, epoch: int) -> EpochAnswers | None:
    """Return the answers of an epoch; None where they are not stored.

    Raises:
        DamagedError: If they, or the file, are damaged.
    """
    path = run_folder / ANSWERS_FILE
    if not path.exists():
        return None
    with _opened(path) as (file, layout):
        for found, offset in _places(file, layout):
            if found == epoch:
                return _answers_at(file, offset, layout)
    return None


def check_epochs(run_folder: Path) -> None:
    """Verify everything that is stored; a torn record at the end is what a kill leaves.

    Raises:
        DamagedError: If something is damaged.
    """
    with _opened(run_folder / ANSWERS_FILE) as (file, layout):
        # Before the records are listed: a run that trains meanwhile adds some.
        whole = (file.seek(0, os.SEEK_END) - layout.first) // layout.record_bytes
        _images_in(file, layout)
        found = list(_places(file, layout))
        for _, offset in found:
            _answers_at(file, offset, layout)
        if len(found) < whole:
            raise fsio.DamagedError(f"'{file.name}' is damaged: {whole - len(found)} of its epochs cannot be read.")


# ---- the bytes


@dataclass(frozen=True, slots=True)
class _Layout:
    """Sizes in a file: of its images, classes, and bytes before the first record."""

    num_images: int
    num_classes: int
    first: int

    @property
    def answer_type(self) -> np.dtype[np.unsignedinteger]:
        """Of the number of a class; the largest number stands for no answer."""
        return np.dtype("<u2" if self.num_classes < np.iinfo(np.uint16).max else "<u4")

    @property
    def record_bytes(self) -> int:
        """Length of a record."""
        return 2 * _NUMBER.size + self.num_images * (self.answer_type.itemsize + 4) + _DIGEST_BYTES


def _head_of(images: EpochImages) -> bytes:
    content = {"classes": images.classes, "labels": images.labels.tolist(), "hashes": images.hashes}
    text = json.dumps(content).encode("ascii")
    fields = _PREFIX.pack(_MAGIC, len(text), len(images.hashes), len(images.classes), 0)[: -_NUMBER.size]
    return _with_digest(fields + _NUMBER.pack(zlib.crc32(fields)) + text)


def _record_of(answers: EpochAnswers, layout: _Layout) -> bytes:
    number = _NUMBER.pack(answers.epoch)
    no_answer = np.iinfo(layout.answer_type).max
    classes = np.where(answers.answers == NO_ANSWER, no_answer, answers.answers).astype(layout.answer_type)
    probabilities = np.stack([answers.confidence, answers.true_probability]).astype("<f2")
    return _with_digest(number + _NUMBER.pack(zlib.crc32(number)) + classes.tobytes() + probabilities.tobytes())


def _with_digest(data: bytes) -> bytes:
    return data + _digest(data)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()


def _checked(data: bytes, name: str) -> bytes:
    """Return data without the digest that it ends with."""
    if _digest(data[:-_DIGEST_BYTES]) != data[-_DIGEST_BYTES:]:
        raise fsio.DamagedError(f"'{name}' is damaged: it is not what was saved.")
    return data[:-_DIGEST_BYTES]


def _bytes_at(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def _begins_with(path: Path, head: bytes) -> bool:
    try:
        with fsio.open_regular(path) as file:
            return file.read(len(head)) == head
    except OSError:
        return False


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, _Layout]]:
    try:
        with fsio.open_regular(path) as file:
            yield file, _layout_of(file)
    except OSError as error:
        raise fsio.DamagedError(f"'{path}' cannot be read: {error.strerror or error}.") from error


def _layout_of(file: BinaryIO) -> _Layout:
    prefix = file.read(_PREFIX.size)
    if len(prefix) == _PREFIX.size:
        magic, length, num_images, num_classes, crc = _PREFIX.unpack(prefix)
        first = _PREFIX.size + length + _DIGEST_BYTES
        # The head is written at once: a shorter file was cut off.
        is_whole = file.seek(0, os.SEEK_END) >= first
        if magic == _MAGIC and crc == zlib.crc32(prefix[: -_NUMBER.size]) and is_whole:
            return _Layout(num_images, num_classes, first)
    raise fsio.DamagedError(f"'{file.name}' is damaged, or was written by another version of this program.")


def _images_in(file: BinaryIO, layout: _Layout) -> EpochImages:
    data = _checked(_bytes_at(file, 0, min(layout.first, _MAX_HEAD_BYTES)), file.name)
    content = fsio.parse_json(data[_PREFIX.size :], file.name)
    try:
        images = EpochImages(
            labels=np.array(content["labels"], dtype=np.int64),
            hashes=tuple(str(value) for value in content["hashes"]),
            classes=tuple(str(value) for value in content["classes"]),
        )
        if (len(images.hashes), len(images.classes)) != (layout.num_images, layout.num_classes):
            raise ValueError("it holds other images than it says")
    except fsio.UNREADABLE as error:
        raise fsio.DamagedError(f"'{file.name}' cannot be used: {error}.") from error
    return images


def _places(file: BinaryIO, layout: _Layout) -> Iterator[tuple[int, int]]:
    """Yield epoch and offset of each record whose epoch can be read and which is there to its end."""
    size = file.seek(0, os.SEEK_END)
    for offset in range(layout.first, size - layout.record_bytes + 1, layout.record_bytes):
        number = _bytes_at(file, offset, 2 * _NUMBER.size)
        if zlib.crc32(number[: _NUMBER.size]) == _NUMBER.unpack(number[_NUMBER.size :])[0]:
            yield _NUMBER.unpack(number[: _NUMBER.size])[0], offset


def _answers_at(file: BinaryIO, offset: int, layout: _Layout) -> EpochAnswers:
    data = _checked(_bytes_at(file, offset, layout.record_bytes), file.name)
    num_images, kind = layout.num_images, layout.answer_type
    classes = np.frombuffer(data, dtype=kind, count=num_images, offset=2 * _NUMBER.size)
    probabilities = np.frombuffer(data, dtype="<f2", offset=2 * _NUMBER.size + num_images * kind.itemsize)
    answers = np.where(classes == np.iinfo(kind).max, NO_ANSWER, classes.astype(np.int64))
    # A NaN is neither.
    are_probabilities = bool(((probabilities >= 0) & (probabilities <= 1)).all())
    if not are_probabilities or int(answers.max(initial=0)) >= layout.num_classes:
        raise fsio.DamagedError(f"'{file.name}' holds answers that are none.")
    confidence, true_probability = probabilities.astype(np.float16).reshape(2, num_images)
    return EpochAnswers(_NUMBER.unpack_from(data)[0], answers, confidence, true_probability)

"""Importing a data set: every image is read once, checked, hashed, split, and kept at the size that training needs."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data import depth
from tlft_desktop.core.data.pixel_store import PixelStore, pixel_store_folder
from tlft_desktop.core.data.probe_exchange import Probed, ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.data.scan import FoundImage, ScanResult, scan
from tlft_desktop.core.data.sources.found import LAYOUT_REMEDY
from tlft_desktop.core.data.splits import SplitItem, assign_splits, unit_names
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.cache import CacheLease
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, PixelScaling, Split
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.values.problem import Problem

_PROGRESS_SECONDS = 0.05
_TYPICAL_ASPECT = 1.5


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is; at most 20 a second.

    Attributes:
        done, total: Images read; total is 0 while it is not known.
        stage: `scan`, `read`, or `scale` for a second look at images of more than 8 bits.
    """

    done: int
    total: int
    stage: str


@dataclass(frozen=True)
class ImportResult:
    """The images of a project.

    Attributes:
        manifest: Every file found, excluded ones with their reason.
        findings: What the user should know and the manifest does not tell.
        root: Folder that the paths are relative to.
    """

    manifest: Manifest
    findings: tuple[Problem, ...]
    root: Path

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the user should know."""
        return (*self.findings, *find_problems(self.manifest))


def import_images(
    source: Path,
    *,
    preprocessing: Preprocessing,
    cache_dir: Path,
    val: float,
    test: float,
    group_by: str,
    seed: int,
    control: Control,
) -> Generator[ImportProgress | ImportResult, None, None]:
    """Read a data set and fill the pixel store; the last item is the result.

    Args:
        source: Folder of class folders, or CSV file.
        preprocessing: What the backbone expects; its `resize_side` is the short side of the stored pixels.
        cache_dir: Folder of the caches.
        val, test: Shares for validation and test where the source does not say.
        group_by: Regular expression on paths that names the groups; empty for none.
        seed: Of the division.
        control: Looked at often; a stop leaves nothing behind but cached pixels.

    Raises:
        InputError: If the data cannot be used for classification; the message says why.
        ResourceError: If the disk is full or a helper cannot start.
        StoppedError: If `control` asks to stop.
    """
    if not (0 <= val < 1 and 0 <= test < 1 and val + test < 1):
        raise InputError(f"The shares of validation ({val:g}) and test ({test:g}) must be below 1 together.")
    yield ImportProgress(0, 0, "scan")
    found = scan(source, group_by=group_by, control=control)
    _require_two_classes({image.label for image in found.images}, source)
    reader = _Reader(found.root, preprocessing, cache_dir, control)
    yield from reader.read(found.images)
    records = _assign(found, reader, val=val, test=test, seed=seed)
    used = [record for record in records if not record.excluded]
    _require_usable(used, records, source=source)
    manifest = Manifest(records=tuple(records), classes=tuple(sorted({r.label for r in used})), scaling=reader.scaling)
    yield ImportResult(manifest, (*found.problems, *_note_on_share(used, found, val=val)), found.root)


def ensure_pixels(
    manifest: Manifest, root: Path, *, preprocessing: Preprocessing, cache_dir: Path, control: Control
) -> Generator[ImportProgress, None, None]:
    """Fill what is missing in the pixel store from the originals: for another backbone, or after the cache was emptied.

    Raises:
        InputError: If an original is gone or is not what was imported; the message names it.
        ResourceError: If the disk is full or a helper cannot start.
        StoppedError: If `control` asks to stop.
    """
    with ExitStack() as stack:
        store = stack.enter_context(open_pixel_store(manifest, preprocessing=preprocessing, cache_dir=cache_dir))
        missing = [record for record in manifest.records if not record.excluded and record.sha256 not in store]
        if not missing:
            return
        stack.enter_context(CacheLease(store.folder))
        fsio.require_free_space(cache_dir, _bytes_needed(len(missing), preprocessing))
        records = {record.path: record for record in missing}
        requests = (_request(root, record.path, preprocessing, manifest.scaling) for record in missing)
        throttle = _Throttle(len(missing), "read")
        for answer in _probe(requests, control):
            record = records[answer.request.key]
            if answer.error or answer.pixels is None:
                raise InputError(
                    f"The image '{root / record.path}' cannot be read any more: {answer.error}",
                    remedy="Restore the file, or exclude it from the project.",
                )
            if answer.sha256 != record.sha256:
                raise InputError(
                    f"The image '{root / record.path}' has changed since it was imported.",
                    remedy="Restore the file, or make a new project from the folder.",
                )
            store.add(answer.sha256, answer.pixels)
            yield from throttle.step()
        store.sync()


def open_pixel_store(manifest: Manifest, *, preprocessing: Preprocessing, cache_dir: Path) -> PixelStore:
    """Return the pixel store that holds the images of `manifest` for a backbone."""
    return PixelStore(_store_folder(cache_dir, preprocessing, manifest.scaling))


class _Reader:
    """Reads all files through the helper processes and keeps what is learned of them."""

    def __init__(self, root: Path, preprocessing: Preprocessing, cache_dir: Path, control: Control) -> None:
        self.scaling: PixelScaling | None = None
        self.facts: dict[str, _Facts] = {}
        self._root, self._preprocessing, self._cache_dir, self._control = root, preprocessing, cache_dir, control

    def read(self, images: Sequence[FoundImage]) -> Iterator[ImportProgress]:
        """Fill `facts` and the pixel store; a second pass only if images have more than 8 bits."""
        fsio.require_free_space(self._cache_dir, _bytes_needed(len(images), self._preprocessing))
        throttle = _Throttle(len(images), "read")
        folder = _store_folder(self._cache_dir, self._preprocessing, None)
        with CacheLease(folder), PixelStore(folder) as store:
            for answer in self._probe([image.path for image in images]):
                self.facts[answer.request.key] = _Facts.of(answer)
                if answer.pixels is not None and not answer.high_depth:
                    store.add(answer.sha256, answer.pixels)
                yield from throttle.step()
            store.sync()
            deep = [path for path, facts in self.facts.items() if facts.high_depth]
            if deep:
                yield from self._read_scaled(sorted(deep), store)

    def _read_scaled(self, paths: Sequence[str], plain: PixelStore) -> Iterator[ImportProgress]:
        """Choose one window for all images of more than 8 bits and read these again with it."""
        facts = [self.facts[path] for path in paths]
        self.scaling = depth.automatic_scaling(
            min(fact.raw_min for fact in facts),
            max(fact.raw_max for fact in facts),
            is_float=all(fact.is_float for fact in facts),
        )
        throttle = _Throttle(len(paths), "scale")
        folder = _store_folder(self._cache_dir, self._preprocessing, self.scaling)
        with CacheLease(folder), PixelStore(folder) as store:
            for answer in self._probe(paths):
                before = self.facts[answer.request.key]
                if answer.sha256 != before.sha256 or answer.pixels is None:
                    reason = answer.error or "The file changed while it was imported."
                    self.facts[answer.request.key] = replace(before, error=reason)
                else:
                    store.add(answer.sha256, answer.pixels)
                yield from throttle.step()
            for fact in self.facts.values():
                self._control.raise_if_stopped()
                if fact.sha256 in plain:
                    store.add(fact.sha256, plain.read(fact.sha256))
            store.sync()

    def _probe(self, paths: Iterable[str]) -> Iterator[Probed]:
        requests = (_request(self._root, path, self._preprocessing, self.scaling) for path in paths)
        return _probe(requests, self._control)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is kept of an answer: all but the pixels."""

    error: str
    sha256: str
    mode: str
    width: int
    height: int
    note: str
    raw_min: float
    raw_max: float
    high_depth: bool
    is_float: bool

    @classmethod
    def of(cls, answer: Probed) -> _Facts:
        return cls(
            error=answer.error,
            sha256=answer.sha256,
            mode=answer.mode,
            width=answer.width,
            height=answer.height,
            note=answer.note,
            raw_min=answer.raw_min,
            raw_max=answer.raw_max,
            high_depth=answer.high_depth,
            is_float=answer.is_float,
        )


@dataclass
class _Throttle:
    """Yields progress at most 20 times a second, and at the end."""

    total: int
    stage: str
    done: int = 0
    _last: float = field(default_factory=time.monotonic)

    def step(self) -> Iterator[ImportProgress]:
        self.done += 1
        now = time.monotonic()
        if self.done == self.total or now - self._last >= _PROGRESS_SECONDS:
            self._last = now
            yield ImportProgress(self.done, self.total, self.stage)


def _probe(requests: Iterable[ProbeRequest], control: Control) -> Iterator[Probed]:
    with ProbePool() as pool, closing(pool.probe(requests, control=control)) as answers:
        yield from answers


def _request(root: Path, path: str, preprocessing: Preprocessing, scaling: PixelScaling | None) -> ProbeRequest:
    return ProbeRequest(
        key=path,
        path=str(root / path),
        side=preprocessing.resize_side,
        interpolation=preprocessing.interpolation,
        scaling=scaling,
    )


def _store_folder(cache_dir: Path, preprocessing: Preprocessing, scaling: PixelScaling | None) -> Path:
    return pixel_store_folder(
        cache_dir, side=preprocessing.resize_side, interpolation=preprocessing.interpolation, scaling=scaling
    )


def _bytes_needed(num_images: int, preprocessing: Preprocessing) -> int:
    return int(num_images * preprocessing.resize_side**2 * 3 * _TYPICAL_ASPECT)


def _assign(found: ScanResult, reader: _Reader, *, val: float, test: float, seed: int) -> list[ImageRecord]:
    """Return a record for each file, with its split."""
    usable = [image for image in found.images if not reader.facts[image.path].error]
    units = unit_names((image.path, image.group, reader.facts[image.path].sha256) for image in usable)
    items = [SplitItem(image.path, image.label, units[image.path], image.split) for image in usable]
    splits = assign_splits(items, val=val, test=test, seed=seed)
    records = []
    for image in found.images:
        facts = reader.facts[image.path]
        records.append(
            ImageRecord(
                path=image.path,
                sha256=facts.sha256,
                label=image.label,
                split=splits.get(image.path, image.split or Split.TRAIN),
                width=facts.width,
                height=facts.height,
                mode=facts.mode,
                group=image.group,
                excluded=facts.error,
                note=facts.note,
            )
        )
    return records


def _require_two_classes(labels: set[str], source: Path) -> None:
    if len(labels) < 2:
        raise InputError(
            f"'{source}' holds one class only ({', '.join(labels)}); at least two are needed to tell apart.",
            remedy=LAYOUT_REMEDY,
        )


def _require_usable(used: Sequence[ImageRecord], records: Sequence[ImageRecord], *, source: Path) -> None:
    """Check that something can be learned and measured."""
    counts: dict[str, int] = defaultdict(int)
    for record in used:
        counts[record.label] += 1
    large = [name for name, count in counts.items() if count > 1]
    if len(large) < 2:
        bad = next((record for record in records if record.excluded), None)
        message = (
            f"Fewer than two classes in '{source}' have two usable images or more "
            f"({len(used)} of {len(records)} files can be used)."
        )
        example = f"For example '{bad.path}': {bad.excluded}" if bad else ""
        raise InputError(f"{message} {example}".strip(), remedy="Add images to the classes, or choose another folder.")
    splits = {record.split for record in used}
    remedy = "Give a share for validation, such as 0.2, and see that groups do not hold whole classes."
    if Split.VAL not in splits:
        raise InputError(f"No image of '{source}' would be used for validation.", remedy=remedy)
    if Split.TRAIN not in splits:
        raise InputError(f"No image of '{source}' would be used for training.", remedy=remedy)


def _note_on_share(used: Sequence[ImageRecord], found: ScanResult, *, val: float) -> Iterator[Problem]:
    """Say so when validation became much larger or smaller than asked, as with tiny classes or large groups."""
    if any(image.split is Split.VAL for image in found.images):
        return
    share = sum(record.split is Split.VAL for record in used) / len(used)
    if abs(share - val) > 0.05:
        message = (
            f"{share:.0%} of the images went to validation instead of {val:.0%}: "
            "each class needs at least one, and groups stay together."
        )
        yield Problem("validation_share", message)

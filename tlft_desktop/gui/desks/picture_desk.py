"""Gets pictures of images from the background: the newest wishes first, one small job at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.byte_lru import ByteLru
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.opened import Opened
from tlft_desktop.gui.engine import Picture, Pictures
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

MAX_BYTES = 96 << 20
"""For pixmaps: about 1,000 of 160 x 160 pixels."""
BATCH = 12
MAX_WANTED = 400
"""Wishes that are older have scrolled out of sight."""
_GLANCE = 32
"""Pixels of a thumbnail that tells whether left and right differ."""
Key = tuple[str, int]
Shown = tuple[QImage, ...]
Show = Callable[[Shown, str], None]


@dataclass(frozen=True, slots=True)
class _Wish:
    """Something slower than a thumbnail, for one place that shows it.

    Attributes:
        get: Called in the background with the pictures of the project.
        show: Called in the window's thread with what came, or with the reason why nothing did.
    """

    get: Callable[[Pictures, JobContext], Sequence[Picture]]
    show: Show


class PictureDesk(QObject):
    """Keeps thumbnails for the views of the page, and fetches what they miss.

    Signals:
        loaded(): Thumbnails arrived, or reasons why there are none.
    """

    loaded = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pixmaps: ByteLru[Key, QPixmap] = ByteLru(MAX_BYTES, _num_bytes)
        self._errors: dict[str, str] = {}
        self._wanted: dict[Key, ImageRecord] = {}
        self._wishes: dict[str, _Wish] = {}
        self._opened: Opened[Pictures] | None = None
        # Two lanes: the network's views may wait for the training libraries, thumbnails must not wait behind them.
        self._is_fetching = {"thumbnails": False, "wishes": False}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._work)
        context.session.project_changed.connect(self._change_project)
        context.saver.network_saved.connect(self._change_project)

    def thumbnail(self, record: ImageRecord, side: int) -> QPixmap | None:
        """Return the picture of an image, `side` device pixels; None while it is fetched or where there is none."""
        key = (record.path, side)
        pixmap = self._pixmaps.get(key)
        if pixmap is None and record.path not in self._errors:
            self._want(key, record)
        return pixmap

    def error_of(self, record: ImageRecord) -> str:
        """Return why an image cannot be shown; empty while nobody knows of a reason."""
        return self._errors.get(record.path, "")

    def fetch_original(self, place: str, record: ImageRecord, side: int, show: Show) -> None:
        """Fetch an image from its file; a later wish for the same place replaces this one."""
        self._wish(place, lambda pictures, context: [pictures.original(record, side, context.control)], show)

    def fetch_lopsided(self, place: str, records: Sequence[ImageRecord], side: int, show: Show) -> None:
        """Fetch from its file that image of `records`, not empty, which differs most from its mirror image."""

        def work(pictures: Pictures, context: JobContext) -> Sequence[Picture]:
            most = max(records, key=lambda record: _lopsidedness(pictures, record, context.control))
            return [pictures.original(most, side, context.control)]

        self._wish(place, work, show)

    def fetch_views(self, place: str, record: ImageRecord, numbers: Sequence[int], show: Show) -> None:
        """Fetch what the network receives; a later wish for the same place replaces this one."""
        self._wish(place, lambda pictures, context: pictures.views(record, numbers, context.control), show)

    def drop(self, place: str) -> None:
        """Forget what a place wanted."""
        self._wishes.pop(place, None)

    def _wish(self, place: str, get: Callable[[Pictures, JobContext], Sequence[Picture]], show: Show) -> None:
        self._wishes.pop(place, None)
        self._wishes[place] = _Wish(get, show)
        self._start()

    def _want(self, key: Key, record: ImageRecord) -> None:
        self._wanted.pop(key, None)
        self._wanted[key] = record
        while len(self._wanted) > MAX_WANTED:
            del self._wanted[next(iter(self._wanted))]
        self._start()

    def _start(self) -> None:
        if not self._timer.isActive() and self._opened is not None:
            self._timer.start(0)

    @Slot()
    def _work(self) -> None:
        opened = self._opened
        if opened is None:
            return
        if self._wishes and not self._is_fetching["wishes"]:
            self._fetch_wish(opened, self._wishes.pop(next(reversed(self._wishes))))
        if self._wanted and not self._is_fetching["thumbnails"]:
            # What was asked for last is in sight now.
            keys = list(self._wanted)[-BATCH:]
            self._fetch_thumbnails(opened, {key: self._wanted.pop(key) for key in reversed(keys)})

    def _fetch_wish(self, opened: Opened[Pictures], wish: _Wish) -> None:
        def work(context: JobContext) -> tuple[Shown, str]:
            try:
                return tuple(_image(picture) for picture in wish.get(opened.get(context.control), context)), ""
            except InputError as error:
                return (), from_core(str(error))

        def done(result: tuple[Shown, str]) -> None:
            if self._opened is opened:
                wish.show(*result)

        self._run("wishes", opened, work, done)

    def _fetch_thumbnails(self, opened: Opened[Pictures], wanted: dict[Key, ImageRecord]) -> None:
        def work(context: JobContext) -> dict[Key, QImage | str]:
            found: dict[Key, QImage | str] = {}
            for key, record in wanted.items():
                context.control.raise_if_stopped()
                try:
                    found[key] = _image(opened.get(context.control).thumbnail(record, key[1], context.control))
                except InputError as error:
                    found[key] = from_core(str(error))
            return found

        def done(found: dict[Key, QImage | str]) -> None:
            if self._opened is not opened:
                return
            for key, image in found.items():
                if isinstance(image, str):
                    self._errors[key[0]] = image
                else:
                    self._pixmaps.put(key, QPixmap.fromImage(image))
            self.loaded.emit()

        self._run("thumbnails", opened, work, done)

    def _run(
        self, lane: str, opened: Opened[Pictures], work: Callable[[JobContext], Any], done: Callable[[Any], None]
    ) -> None:
        self._is_fetching[lane] = True
        opened.num_jobs += 1

        def finish() -> None:
            self._is_fetching[lane] = False
            opened.num_jobs -= 1
            if self._opened is not opened and not opened.num_jobs:
                self._close(opened)
            if self._wanted or self._wishes:
                self._start()

        def succeeded(result: Any) -> None:
            done(result)
            finish()

        def failed(failure: Failure) -> None:
            # A fault in a picture must not stop the page: it is told once, and asked for no more.
            self._wanted.clear()
            self._context.tasks.failed.emit(failure)
            finish()

        self._context.tasks.start("", work, on_done=succeeded, on_failed=failed, on_stopped=finish)

    @Slot()
    def _change_project(self) -> None:
        """Forget everything of the project before, and be ready for the next one."""
        before = self._opened
        session = self._context.session
        self._pixmaps.clear()
        self._errors.clear()
        self._wanted.clear()
        self._wishes.clear()
        self._timer.stop()
        self._opened = None
        if session.project is not None and session.manifest is not None:
            engine, project, manifest = self._context.engine, session.project, session.manifest
            self._opened = Opened(lambda _control: engine.pictures(project, manifest))
        if before is not None and not before.num_jobs:
            self._close(before)

    def _close(self, opened: Opened[Pictures]) -> None:
        def work(_context: JobContext) -> bool:
            opened.close()
            return True

        self._context.tasks.start("", work)


def _image(picture: Picture) -> QImage:
    image = QImage(picture.data, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    # The copy owns its memory, in the form in which screens are painted.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _num_bytes(pixmap: QPixmap) -> int:
    return 4 * pixmap.width() * pixmap.height()


def _lopsidedness(pictures: Pictures, record: ImageRecord, control: Control) -> float:
    """Return the mean difference of an image's bytes to those of its mirror image; -1 if it cannot be read."""
    try:
        picture = pictures.thumbnail(record, _GLANCE, control)
    except InputError:
        return -1
    total, length = 0, 3 * picture.width
    for start in range(0, len(picture.data), length):
        line = picture.data[start : start + length]
        mirrored = b"".join(line[place : place + 3] for place in range(length - 3, -1, -3))
        total += sum(abs(one - other) for one, other in zip(line, mirrored, strict=True))
    return total / len(picture.data)

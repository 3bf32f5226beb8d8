"""Takes the pictures of the README: drives the real window with the real engine on sample images.

    python packaging/screenshots.py [--theme light|dark] [FOLDER]

Makes a project of the sample digits in a throwaway profile, trains it by transfer, unticks a part of the layers, then
fine-tunes; takes some minutes on two cores. Needs no display: without one Qt's platform `offscreen` is taken.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, QSortFilterProxyModel, Qt, QTimer, Slot
from PySide6.QtGui import QImage

from tlft_desktop.core.settings import Theme
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.app import SWITCH_INTERVAL_S, Application, execute, make_qt_application
from tlft_desktop.gui.desks.cost_desk import CostState
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.paths import AppPaths, usable_paths

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "resources" / "help" / "images"
SIZE = QSize(1280, 720)
LOOK_INTERVAL_MS = 50
STEP_LIMIT_S = 600.0
EPOCHS, EPOCHS_SHOWN = 8, 6
FIRST_TRAINED = ("blocks.4", "blocks.5", "blocks.6", "conv_head", "bn2", "classifier")
OPEN_LAYERS = ("blocks", "blocks.4")

Condition = Callable[[], object]


class Tour(QObject):
    """Walks through the window and takes pictures.

    Args:
        application: The program, not started yet.
        theme: Of the pictures.
        folder: Where the pictures go.
        size: Of the window, in logical pixels.
    """

    def __init__(self, application: Application, theme: Theme, folder: Path, size: QSize = SIZE) -> None:
        super().__init__(application)
        self._window, self._context = application.window, application.context
        self._folder = folder
        self.failure = ""
        self._context.theme.apply(theme)
        self._window.setFixedSize(size)
        self._steps = self._walk()
        self._condition: Condition = lambda: self._window.is_furnished
        self._since = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _walk(self) -> Iterator[Condition]:
        """Do one step after the other; each yields what must hold before the next."""
        raise NotImplementedError

    def _take(self, name: str) -> None:
        path = self._folder / f"{name}.png"
        focused = self._window.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self._save(self._window.grab().toImage(), path)
        print(f"{path}: {path.stat().st_size // 1000} kB", flush=True)

    def _save(self, picture: QImage, path: Path) -> None:
        save_small(picture, path)

    def _after(self, seconds: float) -> Condition:
        """Return the condition that some time has passed since the step began, so that all is painted."""
        return lambda: time.monotonic() - self._since > seconds

    @Slot()
    def _look(self) -> None:
        try:
            if self._condition():
                self._condition = next(self._steps)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > STEP_LIMIT_S:
                raise TimeoutError(" ".join(message.text for message in self._context.messages.messages))
        except StopIteration:
            self._end()
        except Exception:
            self.failure = traceback.format_exc()
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._context.controller.request_stop()
        self._window.close()


class ReadmeTour(Tour):
    """Takes the two pictures of the README."""

    def _walk(self) -> Iterator[Condition]:
        """Do one step after the other; each yields what must hold before the next."""
        context, window = self._context, self._window
        actions, session, controller = window.actions_by_id, context.session, context.controller
        actions["digits"].trigger()
        yield lambda: session.layer_tree is not None
        actions["start"].trigger()
        yield lambda: controller.is_active
        yield lambda: not controller.is_active and session.finished_runs
        self._tick_layers()
        yield lambda: context.costs.state is CostState.KNOWN
        yield self._after(0.5)
        self._take("layers")
        session.choose_strategy(StrategyKind.FINETUNE, "")
        window.project_pages.train.form.epochs.setValue(EPOCHS)
        actions["start"].trigger()
        yield lambda: controller.is_active
        yield lambda: self._num_epochs_done() >= EPOCHS_SHOWN
        yield self._after(0.5)
        self._take("train")
        controller.request_stop()
        yield lambda: not controller.is_active
        yield self._after(0.5)

    def _tick_layers(self) -> None:
        """Freeze the front of the network only, and open the tree around the border."""
        page = self._window.project_pages.layers
        self._window.show_page("layers")
        self._context.messages.clear_key("training")
        for path in FIRST_TRAINED:
            page.model.setData(page.model.index_of(path), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
        shown = page.tree.model()
        assert isinstance(shown, QSortFilterProxyModel)
        for path in OPEN_LAYERS:
            page.tree.expand(shown.mapFromSource(page.model.index_of(path)))

    def _num_epochs_done(self) -> int:
        live = self._window.training.live
        if live.end is not None:
            raise RuntimeError(f"The training ended too early: {live.lines}")
        return len(live.val)


def save_small(picture: QImage, path: Path) -> None:
    """Save a picture with its 256 most frequent colours: a window has few others, and the file is a third as large."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    pixels = np.asarray(Image.open(io.BytesIO(buffer.data().data())).convert("RGB"), dtype=np.int64)
    colours, places, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-counts, kind="stable")[:256]]
    # Pillow's own look-up is coarse: it takes white for the gray beside it.
    nearest = ((colours[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1)
    image = Image.fromarray(nearest[places].reshape(pixels.shape[:2]).astype(np.uint8))
    image.putpalette(kept.flatten().tolist())
    image.save(path, optimize=True)


def run_tour(home: Path, make_tour: Callable[[Application], Tour]) -> int:
    """Run the program with a tour to its end; return its exit code, or 1 if something went wrong."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    paths, _warning = usable_paths(AppPaths.default(home))
    app = make_qt_application()
    application = Application(app, paths, CoreEngine(paths))
    tour = make_tour(application)
    code = execute(app, application, None)
    print(tour.failure, end="", file=sys.stderr)
    return 1 if tour.failure else code


def main() -> int:
    """Take the pictures; return 1 if something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", default=IMAGES)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        return run_tour(Path(home), lambda program: ReadmeTour(program, Theme(options.theme), options.folder))


if __name__ == "__main__":
    sys.exit(main())

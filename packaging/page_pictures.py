"""Takes a picture of every page in every look, for somebody to go through before a release.

    python packaging/page_pictures.py FOLDER [--only TEXT]

Looks: light and dark; English and German; 1280 x 720, 1920 x 1080, and 1280 x 720 at 200 %. Makes a project of the
sample digits in a throwaway profile, trains it by transfer and by fine-tuning, then opens it in each look. `--only`
takes the looks whose name holds a text, such as `dark` or `de-light-1280x720`.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDockWidget

from screenshots import Condition, Tour, run_tour
from tlft_desktop.core.settings import Language, Theme, load_settings, save_settings
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.sweep import Over
from tlft_desktop.gui.desks.cost_desk import CostState
from tlft_desktop.paths import AppPaths

EPOCHS = 4
PAGES = ("data", "layers", "train", "compare", "use")


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks.

    Attributes:
        language, theme: Of the window.
        width, height: In logical pixels.
        scale: Real pixels for each logical one.
    """

    language: str
    theme: str
    width: int
    height: int
    scale: int

    @property
    def name(self) -> str:
        """Name of the look in file names."""
        percent = f"-{100 * self.scale}" if self.scale > 1 else ""
        return f"{self.language}-{self.theme}-{self.width}x{self.height}{percent}"


SIZES = ((1280, 720, 1), (1920, 1080, 1), (1280, 720, 2))
LOOKS = tuple(
    Look(language, theme, *size) for language, theme, size in itertools.product(("en", "de"), ("light", "dark"), SIZES)
)


class Preparation(Tour):
    """Makes the project and trains it twice."""

    def _walk(self) -> Iterator[Condition]:
        window, session, controller = self._window, self._context.session, self._context.controller
        window.actions_by_id["digits"].trigger()
        yield lambda: session.layer_tree is not None
        for kind in (StrategyKind.TRANSFER, StrategyKind.FINETUNE):
            if kind is StrategyKind.FINETUNE:
                session.choose_strategy(kind, "")
                window.project_pages.train.form.epochs.setValue(EPOCHS)
            count = len(session.finished_runs)
            window.actions_by_id["start"].trigger()
            yield lambda: controller.is_active
            yield self._ended(count)

    def _ended(self, count: int) -> Condition:
        """Return the condition that no training runs and there are more finished runs than before."""
        context = self._context
        return lambda: not context.controller.is_active and len(context.session.finished_runs) > count


class PageTour(Tour):
    """Shows every page of an open project, and what lies before and above them."""

    def _walk(self) -> Iterator[Condition]:
        window, session, actions = self._window, self._context.session, self._window.actions_by_id
        yield self._after(0.5)
        self._take("start")
        root = next(iter(self._context.preferences.settings.recent_projects))
        window.projects.open_project(Path(root))
        yield lambda: session.layer_tree is not None and session.finished_runs
        for page in PAGES:
            actions[f"page_{page}"].trigger()
            self._fill(page)
            yield self._after(1.5)
            if page == "layers":
                yield lambda: self._context.costs.state is CostState.KNOWN
                yield self._after(0.5)
            self._take(page)
            if page == "layers":
                yield from self._take_panels()
        actions["preferences"].trigger()
        yield self._after(0.5)
        self._take_dialog("preferences")
        actions["palette"].trigger()
        yield self._after(0.5)
        self._take("palette")

    def _take_panels(self) -> Iterator[Condition]:
        layers = self._window.project_pages.layers
        self._window.actions_by_id["advice"].trigger()
        yield lambda: layers.panels.advising.advice is not None
        yield self._after(0.5)
        self._take("advice")
        # Its curve came with the advice.
        next(dock for dock in layers.findChildren(QDockWidget) if dock.objectName() == "depths").raise_()
        yield self._after(0.5)
        self._take("depths")
        layers.panels.sweeping.set_over(Over.IMAGE_SIZE)
        self._window.actions_by_id["networks"].trigger()
        yield lambda: layers.panels.sweeping.sweep is not None
        yield self._after(0.5)
        self._take("networks")

    def _fill(self, page: str) -> None:
        """Bring something to look at onto a page."""
        session, window = self._context.session, self._window
        if page == "layers":
            layers = window.project_pages.layers
            layers.tree.expandToDepth(1)
            next(dock for dock in layers.findChildren(QDockWidget) if dock.objectName() == "meaning").raise_()
        elif page == "train" and not self._context.controller.is_active:
            window.actions_by_id["start"].trigger()
        elif page == "use":
            assert session.project is not None
            assert session.manifest is not None
            folder = session.project.data_folder
            window.project_pages.use.classify([folder / record.path for record in session.manifest.records[:24]])

    def _save(self, picture: QImage, path: Path) -> None:
        # With all colours: these pictures are judged.
        picture.save(str(path))

    def _take_dialog(self, name: str) -> None:
        shown = [item for item in QApplication.topLevelWidgets() if item.isVisible() and item is not self._window]
        if not shown:
            raise RuntimeError(f"'{name}' did not open")
        self._save(shown[-1].grab().toImage(), self._folder / f"{name}.png")
        shown[-1].close()


def take_look(look: Look, home: Path, folder: Path) -> None:
    """Take the pictures of one look in a process of its own: Qt reads the scale once."""
    command = [sys.executable, __file__, "--look", look.name, "--home", str(home), str(folder)]
    environment = {**os.environ, "QT_SCALE_FACTOR": str(look.scale)}
    subprocess.run(command, env=environment, check=True)


def run_look(kind: type[Tour], home: Path, folder: Path, look: Look) -> int:
    """Run a tour in this process and in this look; return its exit code."""
    settings_file = AppPaths.default(home).settings_file
    known, _warning = load_settings(settings_file)
    theme = Theme(look.theme)
    save_settings(settings_file, replace(known, language=Language(look.language), theme=theme, reopen=False))
    return run_tour(home, lambda program: kind(program, theme, folder, QSize(look.width, look.height)))


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--only", default="", help="only looks whose name holds this text")
    parser.add_argument("--look", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.look:
        look = next(look for look in LOOKS if look.name == options.look)
        folder = options.folder / look.name
        folder.mkdir(parents=True, exist_ok=True)
        return run_look(PageTour, options.home, folder, look)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        code = run_look(Preparation, Path(home), options.folder, LOOKS[0])
        for look in LOOKS if not code else ():
            if options.only in look.name:
                take_look(look, Path(home), options.folder)
    return code


if __name__ == "__main__":
    sys.exit(main())

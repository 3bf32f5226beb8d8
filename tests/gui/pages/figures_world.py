"""The page Compare with runs whose figures are shown, and measurements that wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.gui.fakes import make_manifest
from tests.gui.hands import click
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.run_files import make_run
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.pages.compare_page import FIGURES
from tlft_desktop.gui.widgets.figures_panel import FiguresPanel


def figures_world(qapp: QApplication, qtbot: Any, folder: Path) -> CompareWorld:
    """Return the shown page with a transfer run, a fine-tuned one, one without a result, and a test image."""
    made = CompareWorld(qapp, folder, runs, with_test_images())
    made.show(qtbot)
    return made


def figures_panel(world: CompareWorld, qtbot: Any) -> FiguresPanel:
    """Return the panel in front, with its figures."""
    click(world.page.panels.button_of(FIGURES))
    world.settle(qtbot)
    return world.page.figures


def runs(project: Any) -> None:
    make_run(project, 0.8)
    make_run(project, 0.9, kind=StrategyKind.FINETUNE)
    make_run(project, None)


def with_test_images() -> Manifest:
    manifest = make_manifest()
    last = replace(manifest.records[3], split=Split.TEST)
    return replace(manifest, records=(*manifest.records[:3], last, *manifest.records[4:]))


@contextmanager
def held(engine: Any, name: str) -> Iterator[None]:
    """Let a measurement wait until this ends."""
    whole, goes_on = getattr(engine, name), threading.Event()

    def slow(*arguments: Any) -> Any:
        while not goes_on.wait(0.005):
            arguments[-1].raise_if_stopped()
            yield None
        yield from whole(*arguments)

    setattr(engine, name, slow)
    try:
        yield
    finally:
        goes_on.set()

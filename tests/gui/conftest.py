"""Fixtures of the window's tests: a screenless platform, a tiny layer tree, and a check for everything left behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tests.gui.contexts import make_context
from tests.gui.fakes import make_manifest
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.gui.context import AppContext


@pytest.fixture(scope="session", autouse=True)
def _english_locale() -> Iterator[None]:
    """Numbers in the tests' expectations are English."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


def _alive(kind: type) -> list[object]:
    # Not isinstance: it asks an object for its class, and torch has objects that warn when they are asked.
    return [item for item in gc.get_objects() if issubclass(type(item), kind)]


def _is_valid(item: object) -> bool:
    import shiboken6

    return shiboken6.isValid(item)


@pytest.fixture(scope="session", autouse=True)
def _collector_gets_everything_back() -> Iterator[None]:
    """Undo what `no_leftovers` freezes: triton, a part of the CUDA build of torch, prints what is left at the end."""
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def no_leftovers(qapp: QApplication) -> Iterator[None]:
    """Fail on threads, timers, pools and top-level widgets that a test leaves behind."""
    known_widgets = set(map(id, QApplication.topLevelWidgets()))
    # What was there before is out of the collector's sight from here on: with torch loaded, a look at all objects takes
    # longer than most tests. First goes what pytest held of the test before, or its windows would stay for ever.
    gc.collect()
    gc.freeze()
    yield
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()
    threads = [t for t in _alive(QThread) if _is_valid(t) and t.isRunning()]  # type: ignore[attr-defined]
    assert not threads, f"threads left running: {threads}"
    timers = [t for t in _alive(QTimer) if _is_valid(t) and t.isActive()]  # type: ignore[attr-defined]
    assert not timers, f"timers left active: {[(t, t.parent()) for t in timers]}"  # type: ignore[attr-defined]
    pools = [p for p in _alive(QThreadPool) if _is_valid(p) and p.activeThreadCount()]  # type: ignore[attr-defined]
    assert not pools, f"thread pools left busy: {pools}"
    widgets = [w for w in QApplication.topLevelWidgets() if id(w) not in known_widgets]
    assert not widgets, f"windows left behind: {widgets}"


@pytest.fixture
def layer_tree() -> LayerTree:
    return make_layer_tree()


@pytest.fixture
def manifest() -> Manifest:
    return make_manifest()


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    """A window on the screen with nothing but a button, which has had the focus before."""
    window = QWidget()
    QVBoxLayout(window).addWidget(QPushButton("before"))
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


@pytest.fixture
def context(qapp: QApplication, tmp_path: Path, window: QWidget, qtbot: Any) -> Iterator[AppContext]:
    """The parts that pages share, over a quick engine; a project that a test opened is closed behind it."""
    made = make_context(qapp, tmp_path / "home", window)
    qtbot.addWidget(made.messages)
    yield made
    project = made.session.project
    if project is not None:
        made.session.clear_project()
        project.close()
    # A test that failed half way must not leave jobs that wait for ever.
    made.tasks.request_stop()
    qtbot.waitUntil(lambda: not made.tasks.jobs)

"""Make importing Qt fail, as if it were not installed: a pytest plug-in (`-p no_qt`), and a function for children."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

QT_PACKAGES = frozenset({"PySide6", "shiboken6", "pyqtgraph", "PyQt5", "PyQt6", "PySide2", "pytestqt"})


class QtBlocker(MetaPathFinder):
    """A finder that is asked first and refuses Qt."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise for Qt's packages and leave everything else to the finders that follow."""
        if fullname.partition(".")[0] in QT_PACKAGES:
            raise ModuleNotFoundError(
                f"{fullname} must not be imported here: this part works without Qt", name=fullname
            )
        return None


def block_qt() -> None:
    """Make every later import of Qt in this process fail."""
    loaded = sorted(QT_PACKAGES & set(sys.modules))
    if loaded:
        raise RuntimeError(f"Qt has been imported before it was blocked: {loaded}")
    sys.meta_path.insert(0, QtBlocker())


def pytest_configure() -> None:
    """Block Qt for this whole run."""
    block_qt()

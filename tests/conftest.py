"""A throwaway profile and the same number of threads everywhere; nothing here imports torch or Qt."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Before anything imports torch or numpy: sums of floats depend on the number of threads, and two cores are shared.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
os.environ.pop("DISPLAY", None)
os.environ.pop("WAYLAND_DISPLAY", None)


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point TLFT_HOME of this test and of its child processes to a folder that does not exist yet; return it."""
    home = tmp_path / "profile"
    monkeypatch.setenv("TLFT_HOME", str(home))
    return home

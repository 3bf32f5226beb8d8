"""What several rows of the fault matrix start from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage_samples import make_project


@pytest.fixture
def project_root(tmp_path: Path) -> Path:
    """Return a project that is not open."""
    make_project(tmp_path / "p.tlft").close()
    return tmp_path / "p.tlft"


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the waiting for the disk: what is injected comes before it, and a power cut is not what is tested."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)

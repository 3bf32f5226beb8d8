"""A throwaway profile and the same number of threads everywhere; nothing here imports torch or Qt."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tlft_desktop.core.models.weights import WeightsStore

# Before anything imports torch or numpy: sums of floats depend on the number of threads, and two cores are shared.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
if os.environ["QT_QPA_PLATFORM"] == "offscreen":
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
# A shell that starts the tests in the background ignores Ctrl+C for them and all of their children.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def weights_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WeightsStore:
    """Return an empty store of weights, which reaches servers of this machine without a proxy."""
    # Here and not above: it loads torch.
    from tlft_desktop.core.models.weights import WeightsStore

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return WeightsStore(tmp_path / "models")


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point TLFT_HOME of this test and of its child processes to a folder that does not exist yet; return it.

    What an administrator laid down on this computer has no part in tests either.
    """
    home = tmp_path / "profile"
    monkeypatch.setenv("TLFT_WEIGHTS_DIR", str(tmp_path / "site"))
    monkeypatch.setenv("TLFT_POLICY_FILE", str(Path(__file__).with_name("no_policy.toml")))
    monkeypatch.setenv("TLFT_HOME", str(home))
    return home

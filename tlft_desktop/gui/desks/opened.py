"""Something of a project that jobs share: opened by the first of them, closed behind the last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from tlft_desktop.core.control import Control


class Closable(Protocol):
    """What has to be given back."""

    def close(self) -> None:
        """Give everything back."""


Source = TypeVar("Source", bound=Closable)


class Opened(Generic[Source]):
    """Opens a source for jobs.

    Args:
        make: Opens it; called by a job, with what asks the job to stop.

    Attributes:
        num_jobs: How many jobs use it; counted by the desk that starts them.
    """

    def __init__(self, make: Callable[[Control], Source]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._source: Source | None = None
        self.num_jobs = 0

    def get(self, control: Control) -> Source:
        """Return the source; called by jobs."""
        with self._lock:
            if self._source is None:
                self._source = self._make(control)
            return self._source

    @property
    def made(self) -> Source | None:
        """The source if a job opened it already."""
        return self._source

    def close(self) -> None:
        """Give everything back; called by a job, since it may take long."""
        with self._lock:
            source, self._source = self._source, None
        if source is not None:
            source.close()

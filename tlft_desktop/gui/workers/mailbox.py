"""Where a worker leaves what the window may show: latest values and a bounded list, polled by a timer.

Qt never merges queued signals: 200,000 of them took 0.67 s to emit and stalled the window for 0.2 s, the same number of
posts took 0.05 s. Signals therefore carry outcomes only.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from tlft_desktop.core.values.events import BatchEnd, CacheProgress, Event

MAX_EVENTS = 20_000
MAX_BATCHES = 2_000


@dataclass(frozen=True, slots=True)
class Mail:
    """What came in since the last look.

    Attributes:
        events: All events but the two frequent ones, in order.
        batches: Batch events in order; thinned out where nobody looked for long.
        cache: The last cache progress, or None.
        num_lost: Events dropped because nobody looked.
    """

    events: tuple[Event, ...]
    batches: tuple[BatchEnd, ...]
    cache: CacheProgress | None
    num_lost: int

    def __bool__(self) -> bool:
        return bool(self.events or self.batches or self.cache)


class Mailbox:
    """A box between two threads; every method may be called from any thread and never waits for long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: list[Event] = []
        self._batches: list[BatchEnd] = []
        self._cache: CacheProgress | None = None
        self._num_lost = 0

    def post(self, event: Event) -> None:
        """Leave an event."""
        with self._lock:
            if isinstance(event, BatchEnd):
                self._batches.append(event)
                if len(self._batches) > MAX_BATCHES:
                    # Every second one: the shape of the curve stays, the memory does not grow.
                    del self._batches[-3:0:-2]
            elif isinstance(event, CacheProgress):
                self._cache = event
            else:
                self._events.append(event)
                if len(self._events) > MAX_EVENTS:
                    self._num_lost += 1
                    del self._events[0]

    def collect(self) -> Mail:
        """Take everything out."""
        with self._lock:
            mail = Mail(tuple(self._events), tuple(self._batches), self._cache, self._num_lost)
            self._events, self._batches, self._cache, self._num_lost = [], [], None, 0
        return mail

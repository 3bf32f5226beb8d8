"""A cache that is bounded in bytes and forgets what was not used for the longest time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class ByteLru(Generic[Key, Value]):
    """Keeps values up to a number of bytes; every method may be called from several threads.

    Args:
        max_bytes: Upper bound of the sum of all sizes; a single value that is larger is not kept.
        size_of: Tells how many bytes a value takes.
    """

    def __init__(self, max_bytes: int, size_of: Callable[[Value], int]) -> None:
        self.max_bytes = max_bytes
        self._size_of = size_of
        self._lock = threading.Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._num_bytes = 0

    def __len__(self) -> int:
        return len(self._values)

    @property
    def num_bytes(self) -> int:
        """Bytes that the kept values take."""
        return self._num_bytes

    def get(self, key: Key) -> Value | None:
        """Return a value and count it as used; None if it is not there."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value; others go where it does not fit beside them."""
        size = self._size_of(value)
        with self._lock:
            old = self._values.pop(key, None)
            if old is not None:
                self._num_bytes -= self._size_of(old)
            if size > self.max_bytes:
                return
            self._values[key] = value
            self._num_bytes += size
            while self._num_bytes > self.max_bytes:
                _, oldest = self._values.popitem(last=False)
                self._num_bytes -= self._size_of(oldest)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._num_bytes = 0

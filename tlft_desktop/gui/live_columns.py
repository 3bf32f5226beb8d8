"""What single batches told, column by column; thinned out where there are many. No numpy: the window opens without."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

MAX_BATCH_POINTS = 20_000
_NAN = float("nan")


class BatchColumns:
    """Rows of numbers in order of `x`.

    Attributes:
        x: Position in epochs.
        columns: Values by name, each as long as `x`; NaN where a row did not have it.
        version: Rises with every change.
    """

    def __init__(self) -> None:
        self.x = array("d")
        self.columns: dict[str, array[float]] = {}
        self.version = 0

    def append(self, x: float, values: Mapping[str, float]) -> None:
        """Add a row; one that does not lie behind the last is left out."""
        if self.x and x <= self.x[-1]:
            return
        self.version += 1
        for name in values.keys() - self.columns.keys():
            self.columns[name] = array("d", [_NAN]) * len(self.x)
        self.x.append(x)
        for name, column in self.columns.items():
            column.append(values.get(name, _NAN))
        if len(self.x) > MAX_BATCH_POINTS:
            # Every second one: the shape of the curves stays, the memory does not grow.
            for column in (self.x, *self.columns.values()):
                del column[::2]

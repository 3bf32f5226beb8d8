"""Which images of a project the grid shows: plain Python, so that it can be tested and kept without a view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tlft_desktop.core.values.manifest import ImageRecord, Split


class Usage(StrEnum):
    """Whether images are used or left out."""

    ALL = "all"
    USED = "used"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class ImageFilter:
    """What the user wants to see.

    Attributes:
        label: Class; empty for all.
        split: Split; None for all.
        usage: Used images, those left out, or both.
        search: Part of the path, in any case.
        paths: Images of a problem, in the order in which they are to be shown; None for no problem.
        title: What the problem is called.
    """

    label: str = ""
    split: Split | None = None
    usage: Usage = Usage.ALL
    search: str = ""
    paths: tuple[str, ...] | None = None
    title: str = ""

    @property
    def is_open(self) -> bool:
        """Whether everything is shown."""
        return self == ImageFilter()

    def apply(self, records: Sequence[ImageRecord]) -> tuple[ImageRecord, ...]:
        """Return the images to show, in the order of `records`, or of the problem."""
        if self.is_open:
            return tuple(records)
        if self.paths is not None:
            by_path = {record.path: record for record in records}
            records = [by_path[path] for path in self.paths if path in by_path]
        words = self.search.casefold().split()
        return tuple(record for record in records if self._fits(record, words))

    def _fits(self, record: ImageRecord, words: Sequence[str]) -> bool:
        if self.label and record.label != self.label:
            return False
        if self.split is not None and (record.split is not self.split or record.excluded):
            return False
        if self.usage is not Usage.ALL and bool(record.excluded) is not (self.usage is Usage.EXCLUDED):
            return False
        if not words:
            return True
        path = record.path.casefold()
        return all(word in path for word in words)

"""How often the test images of a project were looked at: an append-only log, for each look a line."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio

OPENINGS_FILE = "test_openings.jsonl"
TEST_FOLDER = "test"
"""In the folder of a run: its answers for the test images, in files as those for the validation images."""
_MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Opening:
    """One look at what a run answers for the test images.

    Attributes:
        run: Identifier of the run.
        best_epoch: Of the network that answered; None where the run does not say.
        num_images: Test images.
        time: UTC, ISO 8601.
        stored: Whether the answers had been stored by an earlier look.
    """

    run: str
    best_epoch: int | None
    num_images: int
    time: str
    stored: bool

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {"schema": 1, **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Opening:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: If a field is missing or unusable.
        """
        epoch = data["best_epoch"]
        return cls(
            run=str(data["run"]),
            best_epoch=None if epoch is None else int(epoch),
            num_images=int(data["num_images"]),
            time=str(data["time"]),
            stored=bool(data["stored"]),
        )


class OpeningLog:
    """The looks at the test images of the project at `root`."""

    def __init__(self, root: Path) -> None:
        self.path = root / OPENINGS_FILE

    def read(self) -> list[Opening]:
        """Return the looks that can be read, the oldest first.

        Raises:
            DamagedError: If the file cannot be read at all.
        """
        found = []
        for record in self._salvaged().records:
            with suppress(KeyError, TypeError, ValueError):
                found.append(Opening.from_json(record))
        return found

    def count(self) -> int:
        """Return how many looks there were; a damaged line was one, too.

        Raises:
            DamagedError: If the file cannot be read at all.
        """
        salvaged = self._salvaged()
        return len(salvaged.records) + salvaged.num_damaged

    def append(self, opening: Opening) -> None:
        """Write a look so that it survives a power cut; call it with the project's lock held.

        Raises:
            DamagedError: If the file cannot be read at all.
            StorageError: If it cannot be written.
        """
        with fsio.AppendLog(self.path, truncate_to=self._salvaged().end) as log:
            log.append(opening.to_json())
            log.sync()

    def _salvaged(self) -> fsio.Salvage:
        try:
            return fsio.salvage_log(self.path, max_bytes=_MAX_BYTES)
        except FileNotFoundError:
            return fsio.Salvage((), 0, 0, is_whole=True)

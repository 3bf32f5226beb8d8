"""The images of a project: which, with which label, in which split. Immutable and named by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Split(StrEnum):
    """What an image is used for."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class PixelScaling:
    """The window of raw values that becomes 0 to 255, for images of more than 8 bits; one for a whole project.

    Attributes:
        low: Raw value shown as black.
        high: Raw value shown as white.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.high > self.low:
            raise ValueError(f"the white value must exceed the black one, got {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image of a project.

    Attributes:
        path: Path below the data folder, with forward slashes.
        sha256: Hash of the file's bytes; empty for a file that could not be read.
        label: Name of the class.
        split: Train, validation or test.
        width, height: Pixels after EXIF orientation; 0 where unknown.
        mode: Mode of the file as Pillow names it, such as `RGB` or `I;16`; empty where unknown.
        group: Images of one group stay in one split; empty for none.
        excluded: Why the image is left out; empty for an image that is used.
        note: Something the user should know although the image is used, such as "first of 3 frames".
    """

    path: str
    sha256: str
    label: str
    split: Split
    width: int
    height: int
    mode: str
    group: str = ""
    excluded: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain types; the order of the keys is fixed."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "label": self.label,
            "split": self.split.value,
            "width": self.width,
            "height": self.height,
            "mode": self.mode,
            "group": self.group,
            "excluded": self.excluded,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ImageRecord:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: If a field is missing or unusable.
        """
        return cls(
            path=str(data["path"]),
            sha256=str(data["sha256"]),
            label=str(data["label"]),
            split=Split(data["split"]),
            width=int(data["width"]),
            height=int(data["height"]),
            mode=str(data["mode"]),
            group=str(data["group"]),
            excluded=str(data["excluded"]),
            note=str(data["note"]),
        )


@dataclass(frozen=True)
class Manifest:
    """All images of a project in a fixed order.

    Attributes:
        records: Sorted by path; excluded images included, so that nothing is silently dropped.
        classes: Names of the classes in the order of the network's outputs.
        scaling: Window for images of more than 8 bits; None where all are 8-bit.
        digest: SHA-256 of the lines; two manifests with equal content have equal digests.
    """

    records: tuple[ImageRecord, ...]
    classes: tuple[str, ...]
    scaling: PixelScaling | None = None
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "records", tuple(sorted(self.records, key=lambda record: record.path)))
        object.__setattr__(self, "digest", hashlib.sha256("".join(self.lines()).encode("ascii")).hexdigest())

    def lines(self) -> Iterable[str]:
        """Yield the lines of the manifest file: a header with the classes, then one line per image."""
        scaling = [self.scaling.low, self.scaling.high] if self.scaling else None
        yield json.dumps({"schema": 1, "classes": list(self.classes), "scaling": scaling}) + "\n"
        for record in self.records:
            yield json.dumps(record.to_json()) + "\n"

    def used(self, split: Split) -> tuple[ImageRecord, ...]:
        """Return the images of `split` that are not excluded, in order."""
        return tuple(record for record in self.records if record.split is split and not record.excluded)

    def label_index(self, record: ImageRecord) -> int:
        """Return the network output that stands for the class of `record`."""
        return self.classes.index(record.label)

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Manifest:
        """Read what `lines` wrote.

        Raises:
            KeyError, TypeError, ValueError: If a line cannot be read.
        """
        parsed = [json.loads(line) for line in lines]
        if not parsed or parsed[0].get("schema") != 1:
            raise ValueError("the first line of a manifest names schema 1 and the classes")
        classes = tuple(str(name) for name in parsed[0]["classes"])
        window = parsed[0]["scaling"]
        scaling = PixelScaling(float(window[0]), float(window[1])) if window else None
        return cls(records=tuple(ImageRecord.from_json(line) for line in parsed[1:]), classes=classes, scaling=scaling)

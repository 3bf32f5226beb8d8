"""What the window asks and shows of blends between two runs: plain values that may cross threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tlft_desktop.core.control import Control
from tlft_desktop.gui.workers.task import Progress


@dataclass(frozen=True, slots=True)
class BlendFigure:
    """How many of some images a blend has right.

    Attributes:
        num_right, num_images: How many, of how many.
        accuracy, low, high: As a fraction, with its 95 % interval.
    """

    num_right: int
    num_images: int
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BlendRow:
    """How good one blend is.

    Attributes:
        alpha: Share of the fine-tuned network, 0 to 1.
        validation: On the validation images of the run.
        elsewhere: On the images from elsewhere; None without any.
        source: What exporting needs.
    """

    alpha: float
    validation: BlendFigure
    elsewhere: BlendFigure | None = None
    source: object = field(repr=False, compare=False, default=None)


@dataclass(frozen=True, slots=True)
class MeasuredBlend:
    """The line between a pretrained network with a head and a run.

    Attributes:
        run, base: Identifiers of the two runs.
        rows: By growing `alpha`.
        best: Place of the best row.
        verdict: A sentence of the core about it.
        num_unreadable: Images from elsewhere that could not be read.
    """

    run: str
    base: str
    rows: tuple[BlendRow, ...]
    best: int
    verdict: str
    num_unreadable: int = 0


class Blends(Protocol):
    """Measures and exports blends of the runs of one project; every method may take long."""

    def base(self, run: str) -> str:
        """Return the run of the pretrained network that a run is blended with.

        Raises:
            InputError: If it cannot be blended.
        """

    def measure(
        self, run: str, name: str, elsewhere: Path | None, control: Control
    ) -> Iterator[Progress | BlendRow | MeasuredBlend]:
        """Measure blends; each comes as soon as it is measured, the whole at the end.

        Args:
            run: Identifier of the run.
            name: What it is called.
            elsewhere: Folder of class folders with other images; None without.
            control: Asked between batches.

        Raises:
            TlftError: If it cannot be blended, or images cannot be used.
            StoppedError: If `control` asks to stop.
        """

    def export(self, blend: MeasuredBlend, row: BlendRow, folder: Path, control: Control) -> int:
        """Write a blend as a bundle into a new folder; return how many bytes it takes.

        Raises:
            TlftError: If the folder is there already, or the bundle cannot be written or verified.
            StoppedError: If `control` asks to stop.
        """

"""What `tlft explain` shows of each network: an object for programs, or sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tlft_desktop.commands import words
from tlft_desktop.core.evaluation.overlay import Pixels, heat_picture, png_bytes
from tlft_desktop.core.evaluation.saliency import (
    BORDER_AREA,
    CENTRE_AREA,
    HeatDifference,
    HeatPlace,
    SaliencyMap,
    agreement,
    heat_difference,
    heat_place,
)
from tlft_desktop.core.workflows.explaining import Explanation, Randomised

BEST, LAST = "best", "last"


@dataclass(frozen=True)
class Asked:
    """A network that is asked.

    Attributes:
        number: Its place, from 1.
        run: Identifier of its run.
        name: Of the run.
        state: `best`, or `last` for the network after the last step.
    """

    number: int
    run: str
    name: str
    state: str

    @property
    def title(self) -> str:
        """What the network is called."""
        return f"'{self.name}'" if self.state == BEST else f"'{self.name}' after its last step"

    def file(self, kind: str = "") -> str:
        """Return the name of a picture of it."""
        return f"{self.number:02d}-{self.run}-{self.state}{kind}.png"


@dataclass(frozen=True)
class Shown:
    """What one network looked at, and the checks that were asked for.

    Attributes:
        asked: The network.
        explanation: What it says, with its map.
        occlusion: Drop of the probability under patches.
        randomised: Comparison with networks whose weights were shuffled.
        picture: The image as people look at it, uint8 [H, W, 3].
    """

    asked: Asked
    explanation: Explanation
    occlusion: SaliencyMap | None
    randomised: Randomised | None
    picture: Pixels = field(repr=False)

    @cached_property
    def place(self) -> HeatPlace | None:
        """Where the heat lies."""
        return heat_place(self.explanation.saliency)

    @cached_property
    def agreement(self) -> float | None:
        """Rank correlation of the map with the drops."""
        return None if self.occlusion is None else agreement(self.explanation.saliency, self.occlusion)

    @property
    def largest_drop(self) -> float | None:
        """Largest drop of the probability."""
        return None if self.occlusion is None else float(self.occlusion.values.max())

    def difference_from(self, first: Shown) -> HeatDifference | None:
        """Return what the heat of this network has more than that of another one."""
        height, width = self.picture.shape[:2]
        maps = first.explanation.saliency, self.explanation.saliency
        return heat_difference(*maps, height=height, width=width)

    def pictures(self) -> dict[str, bytes]:
        """Return the pictures of the maps as PNG files, by their names."""
        maps = {"": self.explanation.saliency, "-occlusion": self.occlusion}
        return {
            self.asked.file(kind): png_bytes(heat_picture(self.picture, saliency))
            for kind, saliency in maps.items()
            if saliency is not None
        }


def record(shown: Shown) -> dict[str, object]:
    """Return the object that is printed for a network."""
    asked, explanation, place, randomised = shown.asked, shown.explanation, shown.place, shown.randomised
    return {
        "run": asked.run,
        "name": asked.name,
        "state": asked.state,
        "answer": explanation.answer,
        "class": explanation.class_name,
        "probability": explanation.probability,
        "stage": explanation.stage,
        "places": list(explanation.saliency.values.shape),
        "centre": None if place is None else place.centre,
        "border": None if place is None else place.border,
        "half_area": None if place is None else place.half_area,
        "agreement": shown.agreement,
        "largest_drop": shown.largest_drop,
        "head_shuffled": None if randomised is None else randomised.head,
        "last_stage_shuffled": None if randomised is None else randomised.last_stage,
        "remark": explanation.remark or None,
        "error": None,
    }


def sentences(shown: Shown) -> Iterator[str]:
    """Yield the lines that are printed for a network."""
    explanation = shown.explanation
    answer = words.percent(explanation.probabilities[explanation.answer])
    yield f"{shown.asked.title} answers '{explanation.answer}' ({answer})."
    rows, columns = explanation.saliency.values.shape
    share = words.percent(explanation.probability)
    yield f"  What speaks for '{explanation.class_name}' ({share}) at {explanation.stage}, {rows} x {columns} places:"
    if shown.place is not None:
        yield from _place_words(shown.place)
    if explanation.remark:
        yield f"  {explanation.remark}"
    if shown.occlusion is not None:
        drop = words.percent(shown.largest_drop)
        yield f"  Covered by a patch its probability drops by up to {drop}; {_correlation(shown.agreement)}."
    if shown.randomised is not None:
        yield f"  With a shuffled head {_correlation(shown.randomised.head)},"
        yield f"  with the last stage shuffled as well {_correlation(shown.randomised.last_stage)}."


def _place_words(place: HeatPlace) -> Iterator[str]:
    yield (
        f"  {words.percent(place.centre)} of the heat in the centre ({100 * CENTRE_AREA:.0f} % of the area), "
        f"{words.percent(place.border)} at the border ({100 * BORDER_AREA:.0f} %), "
        f"half of it on {words.percent(place.half_area)}."
    )
    if place.is_at_border:
        yield "  The border is hotter than the centre: look whether the network reads the background."


def _correlation(value: float | None) -> str:
    return "no rank correlation can be told" if value is None else f"the rank correlation with the map is {value:.2f}"

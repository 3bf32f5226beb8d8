"""What one network looked at in an image, with the checks of its map, in sentences and as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

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
from tlft_desktop.core.number_words import percent
from tlft_desktop.core.workflows.explaining import Explanation, Randomised

BEST, LAST = "best", "last"
PICTURE_SIDE = 512
"""Short side of the pictures for people, in pixels."""
ALIKE, PARTLY_ALIKE = 0.8, 0.5
"""Rank correlations from which on two maps are called nearly the same, and partly alike."""


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
        is_learned: Whether the run learned from the image; None where that cannot be told.
    """

    asked: Asked
    explanation: Explanation
    occlusion: SaliencyMap | None
    randomised: Randomised | None
    picture: Pixels = field(repr=False)
    is_learned: bool | None = False

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

    def answer_words(self) -> str:
        """Return a sentence about what the network answers."""
        explanation = self.explanation
        answer = percent(explanation.probabilities[explanation.answer])
        return f"{self.asked.title} answers '{explanation.answer}' ({answer})."

    def learned_words(self) -> str:
        """Return a sentence about an image that the run learned from, or may have; nothing of another one."""
        if self.is_learned is None:
            return "Whether the run has learned this image cannot be told: its list of images cannot be read."
        return "The run has learned this image, so its answer here says little about others." if self.is_learned else ""

    def map_words(self) -> str:
        """Return a sentence about what the map is of; what follows tells of it."""
        explanation = self.explanation
        rows, columns = explanation.saliency.values.shape
        share = percent(explanation.probability)
        return (
            f"What speaks for '{explanation.class_name}' ({share}) at {explanation.stage}, {rows} x {columns} places:"
        )

    def place_words(self) -> str:
        """Return a sentence about where the heat lies; nothing where there is none."""
        place = self.place
        if place is None:
            return ""
        return (
            f"{percent(place.centre)} of the heat in the centre ({100 * CENTRE_AREA:.0f} % of the area), "
            f"{percent(place.border)} at the border ({100 * BORDER_AREA:.0f} %), "
            f"half of it on {percent(place.half_area)}."
        )

    def border_words(self) -> str:
        """Return a warning where the border is hotter than the centre; nothing where it is not."""
        if self.place is None or not self.place.is_at_border:
            return ""
        return "The border is hotter than the centre: look whether the network reads the background."

    def check_words(self) -> Iterator[str]:
        """Yield sentences about the checks that were made."""
        if self.occlusion is not None:
            yield _drop_words(self.largest_drop, self.agreement)
        if self.randomised is not None:
            yield _head_words(self.randomised.head)
            yield _stage_words(self.randomised.last_stage)
            yield from trust_words(self.randomised)


def overlap_words(overlap: float, first: Asked) -> str:
    """Return a sentence about how much of the heat of a network lies where that of the first one does."""
    return f"{percent(overlap)} of the heat lies where {first.title} has it."


def _drop_words(largest: float | None, correlation: float | None) -> str:
    drop = percent(largest)
    if correlation is None:
        return (
            f"Covered by a patch its probability drops by up to {drop}; no rank correlation with the map can be told."
        )
    return (
        f"Covered by a patch its probability drops by up to {drop}; the rank correlation with the map is "
        f"{correlation:.2f}."
    )


def trust_words(found: Randomised) -> Iterator[str]:
    """Yield a sentence about what the maps of shuffled networks mean; none where no correlation can be told.

    Source: the test by randomised weights, Adebayo et al. (2018), arXiv 1810.03292; the limits are this program's.
    """
    known = [value for value in (found.head, found.last_stage) if value is not None]
    if known and max(known) >= ALIKE:
        yield "A network that forgot what it learned gives nearly the same map: do not believe this one."
    elif known and max(known) >= PARTLY_ALIKE:
        yield "A network that forgot what it learned gives a map that is partly alike: believe this one with care."
    elif known:
        yield "Networks that forgot what they learned give other maps, so this one shows something that was learned."


def _head_words(correlation: float | None) -> str:
    if correlation is None:
        return "With a shuffled head no rank correlation with the map can be told."
    return f"With a shuffled head the rank correlation with the map is {correlation:.2f}."


def _stage_words(correlation: float | None) -> str:
    if correlation is None:
        return "With the last stage shuffled as well no rank correlation with the map can be told."
    return f"With the last stage shuffled as well the rank correlation with the map is {correlation:.2f}."

"""Maps of what speaks for a class, on the picture: where the heat lies, how alike two maps are, what they differ in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CENTRE_AREA = 0.25
"""Area of the centre: the middle half of rows and columns."""
BORDER_AREA = 1 - 0.75**2
"""Area of the border: an eighth of the side wide."""
MIN_PLACES = 9
"""With fewer places a rank correlation says nothing."""
MIN_BORDER_SIDE = 7
"""Places in a row from which on the border can be told from what lies inside: fewer are wider than it, and most of them
touch the edge. Of round spots (deviation 5 to 20 % of the side) whose heat does not lie at the border, maps of 3 x 3
places show it there for one in five, of 5 x 5 for one in eight, of 7 x 7 for one in twenty: simulated."""
_SIDE = 112
Values = NDArray[np.float32]


@dataclass(frozen=True)
class SaliencyMap:
    """What speaks for a class in the part of a picture that a network receives.

    Attributes:
        values: float32 [h, w]; what speaks against the class is negative.
        box: Left, top, right and bottom of that part, as shares of width and height of the whole picture.
    """

    values: Values
    box: tuple[float, float, float, float]

    @property
    def heat(self) -> Values:
        """What speaks for the class, [h, w], nothing below 0."""
        return np.maximum(self.values, 0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing speaks for the class."""
        return not float(self.heat.max()) > 0

    def on_picture(self, height: int, width: int) -> Values:
        """Return the heat on a picture, float32 [height, width]; 0 where the network does not look."""
        left, top, right, bottom = self.box
        x, y, x_end, y_end = round(left * width), round(top * height), round(right * width), round(bottom * height)
        picture = np.zeros((height, width), np.float32)
        picture[y:y_end, x:x_end] = resized(self.heat, y_end - y, x_end - x)
        return picture


@dataclass(frozen=True, slots=True)
class HeatPlace:
    """Where the heat of a map lies, as shares of all of it; even heat has the shares of the areas.

    Attributes:
        centre: In the centre of what the network receives, `CENTRE_AREA` of it.
        border: At its border, `BORDER_AREA` of it.
        half_area: The smallest share of the area that holds half of the heat: small where it is in one place.
        side: Places of the map in a row, or in a column where these are fewer.
    """

    centre: float
    border: float
    half_area: float
    side: int

    @property
    def is_at_border(self) -> bool:
        """Whether the border has more than its area is worth, and the centre less: the background may be read.

        Never with fewer than `MIN_BORDER_SIDE` places in a row, which cannot tell.
        """
        return self.side >= MIN_BORDER_SIDE and self.border > BORDER_AREA and self.centre < CENTRE_AREA


def heat_place(saliency: SaliencyMap) -> HeatPlace | None:
    """Return where the heat lies; None where there is none."""
    if saliency.is_empty:
        return None
    heat = resized(saliency.heat, _SIDE, _SIDE).astype(np.float64)
    total = float(heat.sum())
    quarter, eighth = _SIDE // 4, _SIDE // 8
    centre = float(heat[quarter:-quarter, quarter:-quarter].sum())
    inside = float(heat[eighth:-eighth, eighth:-eighth].sum())
    summed = np.cumsum(np.sort(heat, axis=None)[::-1])
    num_places = int(np.searchsorted(summed, total / 2)) + 1
    return HeatPlace(centre / total, 1 - inside / total, num_places / heat.size, min(saliency.values.shape))


def resized(values: NDArray[np.floating[Any]], height: int, width: int) -> Values:
    """Return a map at another size, by linear interpolation between the centres of places; smaller ones are means."""
    image = Image.fromarray(np.ascontiguousarray(values, dtype=np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))


def agreement(first: SaliencyMap, second: SaliencyMap) -> float | None:
    """Return the rank correlation of two maps of one part of a picture, -1 to 1, over the places of the coarser one.

    None where one does not vary, or there are fewer than `MIN_PLACES`.

    Source: Spearman (1904), Am. J. Psychol. 15, 72-101; equal values have the mean of their ranks.
    """
    coarse, fine = sorted((first.values, second.values), key=lambda values: values.size)
    if coarse.size < MIN_PLACES:
        return None
    # A box holds what lies in a place and nothing of its neighbours.
    height, width = coarse.shape
    fine = np.asarray(Image.fromarray(fine).resize((width, height), Image.Resampling.BOX))
    one, other = _ranks(coarse), _ranks(fine)
    if not (one.std() > 0 and other.std() > 0):
        return None
    return float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))


def _ranks(values: Values) -> NDArray[np.float64]:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means: NDArray[np.float64] = ends - (counts - 1) / 2
    return means[inverse.ravel()]


@dataclass(frozen=True)
class HeatDifference:
    """What the heat of a second map has more than that of a first, on one picture.

    Attributes:
        values: float32 [H, W]: each map divided by the sum of its heat, the second minus the first.
        scale: The largest value of either of the two, so that 1 after division is as hot as the hottest place.
        overlap: Share of the heat that lies in the same places, 0 to 1.
    """

    values: Values
    scale: float
    overlap: float


def heat_difference(first: SaliencyMap, second: SaliencyMap, *, height: int, width: int) -> HeatDifference | None:
    """Return the difference of two maps of one picture, whatever each network sees of it; None where one is empty.

    Logits of two networks have different scales, so shares of the heat are compared: where, not how much.
    """
    maps = [item.on_picture(height, width).astype(np.float64) for item in (first, second)]
    sums = [float(item.sum()) for item in maps]
    if not min(sums) > 0:
        return None
    one, other = (item / total for item, total in zip(maps, sums, strict=True))
    overlap = 1 - float(np.abs(other - one).sum()) / 2
    return HeatDifference(
        (other - one).astype(np.float32), float(max(one.max(), other.max())), min(1.0, max(0.0, overlap))
    )

"""A plot with two axes as SVG: colours are classes of the page's style, which knows light, dark and paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from tlft_desktop.core.report.markup import Markup, tag
from tlft_desktop.core.report.plots.axes import Axis

_Point = TypeVar("_Point", bound=tuple[float, ...])
NUM_SERIES = 8
"""Colours that the style has."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 10, 40
_MARK = 4.0
_MAX_MARKED = 24
"""Points of a line that are marked one by one; of more the line is enough."""
_MAX_POINTS = 400


@dataclass(frozen=True)
class Chart:
    """The frame of a plot; its methods return parts to be drawn inside.

    Attributes:
        x, y: Its axes.
        width, height: In units of the drawing, about pixels.
    """

    x: Axis
    y: Axis
    width: int = 640
    height: int = 300

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is drawn."""
        inner_width, inner_height = self.width - _LEFT - _RIGHT, self.height - _TOP - _BOTTOM
        return _LEFT + self.x.place(x) * inner_width, _TOP + (1 - self.y.place(y)) * inner_height

    def line(self, points: Sequence[_Point], look: str, *, marks: str = "") -> list[Markup]:
        """Return a line through the points that are numbers, with marks on few of them.

        Args:
            points: From left to right.
            look: Classes of the line and its marks.
            marks: Shape of the marks, see `mark`; empty for none.
        """
        known = thinned([point for point in points if all(map(math.isfinite, point))])
        if not known:
            return []
        places = [self.at(point[0], point[1]) for point in known]
        path = " ".join(f"{'L' if number else 'M'}{x:.1f} {y:.1f}" for number, (x, y) in enumerate(places))
        drawn = [tag("path", d=path, class_=f"line {look}")]
        if marks and len(places) <= _MAX_MARKED:
            drawn += [mark(marks, x, y, look) for x, y in places]
        return drawn

    def band(self, points: Sequence[tuple[float, float, float]], look: str) -> list[Markup]:
        """Return the area between a lower and an upper limit: points of place, lower and upper one."""
        known = thinned([point for point in points if all(map(math.isfinite, point))])
        if len(known) < 2:
            return []
        edge = [self.at(x, high) for x, _, high in known] + [self.at(x, low) for x, low, _ in reversed(known)]
        return [tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in edge), class_=f"band {look}")]

    def bar(self, x: float, low: float, high: float, look: str) -> Markup:
        """Return an upright line from a lower to an upper limit, such as an interval."""
        (left, bottom), (_, top) = self.at(x, low), self.at(x, high)
        return tag("path", d=f"M{left:.1f} {bottom:.1f}V{top:.1f}", class_=f"bar {look}")

    def border(self, x: float) -> Markup:
        """Return a dashed line from below to above, such as the border of two phases."""
        place, _ = self.at(x, self.y.low)
        return tag("path", d=f"M{place:.1f} {_TOP}V{self.height - _BOTTOM}", class_="border")

    def svg(self, title: str, *drawn: Sequence[Markup] | Markup) -> Markup:
        """Return the whole plot.

        Args:
            title: What it shows, for those who cannot see it.
            drawn: What lies inside of the axes.
        """
        return tag(
            "svg",
            tag("title", title),
            self._frame(),
            drawn,
            viewBox=f"0 0 {self.width} {self.height}",
            role="img",
            class_="plot",
        )

    def _frame(self) -> list[Markup]:
        right, bottom = self.width - _RIGHT, self.height - _BOTTOM
        parts = []
        for tick in self.y.ticks:
            _, y = self.at(self.x.low, tick)
            parts.append(tag("path", d=f"M{_LEFT} {y:.1f}H{right}", class_="grid"))
            parts.append(tag("text", self.y.words(tick), x=_LEFT - 6, y=f"{y + 4:.1f}", text_anchor="end"))
        for tick in self.x.ticks:
            x, _ = self.at(tick, self.y.low)
            parts.append(tag("path", d=f"M{x:.1f} {bottom}v4", class_="axis"))
            parts.append(tag("text", self.x.words(tick), x=f"{x:.1f}", y=bottom + 17, text_anchor="middle"))
        parts.append(tag("path", d=f"M{_LEFT} {bottom}H{right}", class_="axis"))
        middle = (_LEFT + right) / 2
        parts.append(tag("text", self.x.label, x=f"{middle:.1f}", y=self.height - 4, text_anchor="middle"))
        centre = (_TOP + bottom) / 2
        turned = f"translate(12 {centre:.1f}) rotate(-90)"
        parts.append(tag("text", self.y.label, transform=turned, text_anchor="middle"))
        return parts


def mark(shape: str, x: float, y: float, look: str) -> Markup:
    """Return a mark: `circle`, `square`, `triangle` or `diamond`."""
    size = _MARK
    corners = {
        "square": ((-size, -size), (size, -size), (size, size), (-size, size)),
        "triangle": ((0, -size * 1.3), (size * 1.2, size), (-size * 1.2, size)),
        "diamond": ((0, -size * 1.4), (size * 1.2, 0), (0, size * 1.4), (-size * 1.2, 0)),
    }.get(shape)
    if corners is None:
        return tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{size:g}", class_=f"mark {look}")
    points = " ".join(f"{x + right:.1f},{y + down:.1f}" for right, down in corners)
    return tag("polygon", points=points, class_=f"mark {look}")


def series_look(place: int) -> str:
    """Return the class that gives a run its colour."""
    return f"s{place % NUM_SERIES}"


def series_shape(place: int) -> str:
    """Return the shape of the marks of a run; colour and shape together are another pair for the first 32."""
    shapes = ("circle", "square", "triangle", "diamond")
    return shapes[(place + place // NUM_SERIES) % len(shapes)]


def swatch(place: int) -> Markup:
    """Return the mark of a run, to stand beside its name."""
    drawn = mark(series_shape(place), 7, 7, series_look(place))
    return tag("svg", drawn, viewBox="0 0 14 14", class_="swatch", aria_hidden="true")


def thinned(points: list[_Point]) -> list[_Point]:
    """Return every so many-th point where there are more than a plot can show; the last one stays."""
    step = math.ceil(len(points) / _MAX_POINTS)
    return points if step < 2 else [*points[:-1:step], points[-1]]

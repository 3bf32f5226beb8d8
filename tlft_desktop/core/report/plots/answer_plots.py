"""How far probabilities are right, and which classes are taken for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.evaluation.calibration import ReliabilityBin
from tlft_desktop.core.report.markup import Markup, shortened, tag
from tlft_desktop.core.report.plots.axes import Axis
from tlft_desktop.core.report.plots.chart import Chart, mark

MAX_MATRIX_CLASSES = 20
"""Of more classes the cells would be too small to read; the most frequent mistakes are told instead."""
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_CELL, _SIGN = 30, 6.2
_NAME = 16
_STRONG = 0.55
"""Share of a row from which on a cell is so dark that its number is light."""


def reliability_plot(bins: Sequence[ReliabilityBin], title: str) -> Markup:
    """Return how often answers were right against how sure they were, with 95 % intervals."""
    words = _percent
    x = Axis("probability of the answer (%)", 0.0, 1.0, _QUARTERS, words=words)
    y = Axis("of them right (%)", 0.0, 1.0, _QUARTERS, words=words)
    chart = Chart(x, y, width=380, height=330)
    drawn = chart.line([(0.0, 0.0), (1.0, 1.0)], "ideal")
    for item in bins:
        drawn.append(chart.bar(item.confidence, item.low, item.high, "val"))
        drawn.append(mark("circle", *chart.at(item.confidence, item.accuracy), "val"))
    return chart.svg(title, drawn)


def confusion_plot(matrix: NDArray[np.int64], classes: Sequence[str], title: str) -> Markup:
    """Return the confusion matrix: rows true classes, columns answers, shaded by the share of the row.

    Args:
        matrix: Numbers of images, [C, C], for `MAX_MATRIX_CLASSES` at most.
        classes: Names in the order of both.
    """
    names = [shortened(name, _NAME) for name in classes]
    margin = round(_SIGN * max(map(len, names))) + 30
    side = _CELL * len(names)
    totals = matrix.sum(axis=1)
    drawn: list[Markup] = [
        tag("text", "true class", transform=f"translate(12 {margin + side / 2:g}) rotate(-90)", text_anchor="middle"),
        tag("text", "answer", x=f"{margin + side / 2:g}", y=12, text_anchor="middle"),
    ]
    for row, name in enumerate(names):
        middle = margin + row * _CELL + _CELL / 2
        drawn.append(tag("text", name, x=margin - 6, y=f"{middle + 4:g}", text_anchor="end"))
        place = f"translate({middle + 4:g} {margin - 6}) rotate(-90)"
        drawn.append(tag("text", name, transform=place, text_anchor="start"))
        for column in range(len(names)):
            drawn += _cell(int(matrix[row, column]), int(totals[row]), margin, row, column)
    size = margin + side + 4
    return tag(
        "svg",
        tag("title", title),
        drawn,
        viewBox=f"0 0 {size} {size}",
        role="img",
        class_="plot matrix",
        width=size,
        height=size,
    )


def _cell(count: int, total: int, margin: int, row: int, column: int) -> list[Markup]:
    share = count / total if total else 0.0
    look = "right" if row == column else "wrong"
    x, y = margin + column * _CELL, margin + row * _CELL
    area = tag("rect", x=x, y=y, width=_CELL, height=_CELL, class_=f"cell {look}", fill_opacity=f"{share:.2f}")
    edge = tag("rect", x=x, y=y, width=_CELL, height=_CELL, class_="edge")
    if not count:
        return [edge]
    number = tag(
        "text",
        f"{count}",
        x=f"{x + _CELL / 2:g}",
        y=f"{y + _CELL / 2 + 4:g}",
        text_anchor="middle",
        class_="strong" if share >= _STRONG else None,
    )
    return [area, edge, number]


def _percent(tick: float) -> str:
    return f"{100 * tick:g}"

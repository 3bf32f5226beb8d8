"""What mistakes cost where some are worse than others: a table of the user's, and the cheapest answer by it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.data.sources.csv_text import read_csv
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import Answers, has_answer, probabilities_of, row_chunks
from tlft_desktop.core.runs.predictions import NO_ANSWER, Predictions

MAX_CLASSES = 1_000
_REMEDY = (
    "The first line names the answers, behind an empty cell; each other line begins with a true class and gives the "
    "cost of each answer for an image of it."
)


@dataclass(frozen=True)
class CostView:
    """Answers of a run by what they cost.

    Attributes:
        likeliest: Mean cost of an image when the likeliest class is the answer.
        cheapest: Mean cost of an image when the answer is the class with the least expected cost.
        num_changed: Images for which these are two different classes.
        answered: For each class its name, and how often it is the likeliest and the cheapest answer.
    """

    likeliest: float
    cheapest: float
    num_changed: int
    answered: tuple[tuple[str, int, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "likeliest": self.likeliest,
            "cheapest": self.cheapest,
            "num_changed": self.num_changed,
            "answered": [
                {"class": name, "likeliest": likeliest, "cheapest": cheapest}
                for name, likeliest, cheapest in self.answered
            ],
        }


def cost_view(predictions: Predictions, answers: Answers, costs: NDArray[np.float64]) -> CostView:
    """Return what the answers of a run cost, by its probabilities as they are.

    An answer that is no number costs as much as the dearest answer would.

    Args:
        predictions: At least one image.
        answers: Those of `predictions`.
        costs: Rows true class, columns answer, [C, C], finite.

    Source: the decision with the least expected cost; Elkan (2001), Proc. IJCAI, 973-978.
    """
    cheapest = answers.predicted.copy()
    for rows in row_chunks(predictions.logits):
        logits = predictions.logits[rows]
        answered = has_answer(logits)
        places = np.arange(len(cheapest))[rows][answered]
        cheapest[places] = (probabilities_of(logits[answered]) @ costs).argmin(axis=1)
    counts = [_counted(answers.predicted, len(costs)), _counted(cheapest, len(costs))]
    return CostView(
        likeliest=_mean_cost(answers.labels, answers.predicted, costs),
        cheapest=_mean_cost(answers.labels, cheapest, costs),
        num_changed=int((cheapest != answers.predicted).sum()),
        answered=tuple(zip(predictions.classes, *(count.tolist() for count in counts), strict=True)),
    )


def read_costs(path: Path, classes: Sequence[str]) -> NDArray[np.float64]:
    """Return the table of costs in a CSV file, rows true class and columns answer in the order of `classes`.

    Raises:
        InputError: If it cannot be read, lacks a class, names an unknown one, or a cost is no number.
    """
    if len(classes) > MAX_CLASSES:
        raise InputError(f"A table of costs can have {MAX_CLASSES:,} classes at most; there are {len(classes):,}.")
    lines = list(read_csv(path))
    if not lines:
        raise InputError(f"'{path}' is empty.", remedy=_REMEDY)
    columns = _places(_cells(lines[0][1])[1:], classes, path)
    if (name := _not_once(columns, classes)) is not None:
        raise InputError(f"The first line of '{path}' does not name the class '{name}' exactly once.", remedy=_REMEDY)
    rows = _places([_cells(values)[0] for _, values in lines[1:]], classes, path)
    if (name := _not_once(rows, classes)) is not None:
        raise InputError(f"In '{path}' the class '{name}' does not begin exactly one line.", remedy=_REMEDY)
    costs = np.empty((len(classes), len(classes)))
    for (line, values), row in zip(lines[1:], rows, strict=True):
        cells = _cells(values)
        if len(cells) != len(columns) + 1:
            raise InputError(
                f"Line {line} of '{path}' has {len(cells) - 1} costs for {len(columns)} answers.", remedy=_REMEDY
            )
        for text, column in zip(cells[1:], columns, strict=True):
            costs[row, column] = _cost(text, line, path)
    return costs


def _cells(values: Sequence[str]) -> list[str]:
    """Return the values of a line without the empty ones at its end that spread-sheet programs add."""
    cells = [unicodedata.normalize("NFC", value.strip()) for value in values]
    while not cells[-1]:
        cells.pop()
    return cells


def _places(names: Sequence[str], classes: Sequence[str], path: Path) -> list[int]:
    place_of = {name: place for place, name in enumerate(classes)}
    unknown = next((name for name in names if name not in place_of), None)
    if unknown is not None:
        raise InputError(f"'{path}' names '{unknown[:80]}', which is no class of the run.", remedy=_REMEDY)
    return [place_of[name] for name in names]


def _not_once(places: Sequence[int], classes: Sequence[str]) -> str | None:
    counts = Counter(places)
    return next((name for place, name in enumerate(classes) if counts[place] != 1), None)


def _cost(text: str, line: int, path: Path) -> float:
    try:
        # Spread-sheet programs of many countries write a comma in numbers.
        value = float(text.replace(",", "."))
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise InputError(f"Line {line} of '{path}' has the cost '{text[:40]}', which is no number.", remedy=_REMEDY)
    return value


def _mean_cost(labels: NDArray[np.int64], answers: NDArray[np.int64], costs: NDArray[np.float64]) -> float:
    paid = np.where(answers == NO_ANSWER, costs.max(axis=1)[labels], costs[labels, answers])
    return float(paid.mean())


def _counted(answers: NDArray[np.int64], num_classes: int) -> NDArray[np.intp]:
    return np.bincount(answers[answers != NO_ANSWER], minlength=num_classes)

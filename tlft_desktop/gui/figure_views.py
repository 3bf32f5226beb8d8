"""Which plots there are of a run's figures."""

from __future__ import annotations

from enum import StrEnum


class FigureView(StrEnum):
    """What is drawn."""

    RELIABILITY = "reliability"
    COVERAGE = "coverage"
    ROC = "roc"
    PRECISION = "precision"


ONLY_TWO_CLASSES = (FigureView.ROC, FigureView.PRECISION)

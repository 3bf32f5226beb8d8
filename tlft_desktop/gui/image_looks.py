"""What can be looked at of the images that runs answered, in plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NO_CLASS = -1


class LookKind(StrEnum):
    """Which images are shown, and in which order."""

    ALL = "all"
    WRONG = "wrong"
    WORST = "worst"
    """All, those first whose true class is the least likely."""
    UNCERTAIN = "uncertain"
    """All, those first whose two likeliest classes are nearly equally likely."""
    SUSPECTS = "suspects"
    """Those whose label is doubted and about which nobody has decided."""
    CELL = "cell"
    """Those of one class that were taken for one."""
    BOTH = "both"
    ONLY_FIRST = "first"
    ONLY_SECOND = "second"
    NEITHER = "neither"
    """The last four: what two runs get right."""


AGREEMENT = (LookKind.BOTH, LookKind.ONLY_FIRST, LookKind.ONLY_SECOND, LookKind.NEITHER)


@dataclass(frozen=True, slots=True)
class Look:
    """A choice of images.

    Attributes:
        kind: Which images.
        truth, answer: The classes of a cell, by their numbers.
    """

    kind: LookKind
    truth: int = NO_CLASS
    answer: int = NO_CLASS


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What a run says about an image.

    Attributes:
        run: Identifier of the run.
        name: The likeliest class; empty where the answer is no number.
        probability: Of that class.
        is_right: Whether it is the true class.
    """

    run: str
    name: str
    probability: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class ShownImage:
    """An image with what is known of it.

    Attributes:
        label: The true class when the runs were trained.
        answers: Of the run that is shown, and of the second one where two are held against each other.
        since: What was changed since, in words; empty for nothing.
    """

    label: str
    answers: tuple[ShownAnswer, ...]
    since: str = ""

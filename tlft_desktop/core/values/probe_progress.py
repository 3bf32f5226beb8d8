"""How far a measurement on images is; loads nothing that is slow, so that a command can show it at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProbeProgress:
    """How far a measurement is.

    Attributes:
        stage: `read` for images that are read again, `shift` for the distance to the source, `pass` for images through
            the network, `probe` for depths, `folds` for logistic regression, `heads` for heads on folds, `curve` for
            shares of the images, `costs` for the machine, `runs` and `pictures` for what a report reads.
        done, total: Images, depths, or parts.
    """

    stage: str
    done: int
    total: int

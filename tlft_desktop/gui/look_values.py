"""What the window asks and shows of networks that look at images: plain values that may cross threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tlft_desktop.core.control import Control
from tlft_desktop.gui.workers.task import Progress


@dataclass(frozen=True, slots=True)
class AskedNetwork:
    """A network that is asked what it looks at.

    Attributes:
        run: Identifier of its run.
        name: Of the run.
        is_last: Whether it is the network after the last step, not the best one.
        version: Differs where the run has another network by now.
    """

    run: str
    name: str
    is_last: bool = False
    version: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class LookSubject:
    """An image that the user has before them and may ask networks about.

    Attributes:
        path: Its file.
        run: The run whose answer is shown beside it; empty for none.
        problem: Why networks cannot be asked about it: a sentence; empty where they can.
    """

    path: Path
    run: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LookWish:
    """What is asked of a network.

    Attributes:
        path: The image.
        class_name: Whose map is wanted; empty for the answer.
        stage: Where it is taken; empty for the last one that tells places apart.
        threads: Of the processor; 0 for as many as there are.
    """

    path: Path
    class_name: str = ""
    stage: str = ""
    threads: int = 0


@dataclass(frozen=True, slots=True)
class Layers:
    """An image with a map on it, in parts, so that the map can be made weaker.

    Attributes:
        width, height: In pixels.
        plain: The image as it is: red, green and blue of each pixel, 8 bits each, rows without gaps.
        gray: In grey, and dark where the network does not look; in the form of `plain`.
        heat: What lies over it: red, green, blue and opacity of each pixel.
    """

    width: int
    height: int
    plain: bytes = field(repr=False)
    gray: bytes = field(repr=False)
    heat: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Look:
    """What one network looked at.

    Attributes:
        network: Which one.
        answer, probability: Its likeliest class, and how likely that is, 0 to 1.
        class_name, share: The class that the map is of, and its probability.
        classes: That the network knows.
        stages: In front of its head, in execution order.
        lines: Sentences of the core about map and heat.
        warning: A sentence of the core where the heat lies at the border; empty where it does not.
        layers: The map on the image.
        source: What comparing and checking needs.
    """

    network: AskedNetwork
    answer: str
    probability: float
    class_name: str
    share: float
    classes: tuple[str, ...]
    stages: tuple[str, ...]
    lines: tuple[str, ...]
    warning: str
    layers: Layers = field(repr=False)
    source: object = field(repr=False, compare=False, default=None)


@dataclass(frozen=True, slots=True)
class LookDifference:
    """Where a second network looked more, or less, than a first one.

    Attributes:
        line: A sentence of the core about how much of the heat lies in the same places; empty where a map is empty.
        layers: The difference on the image; None where a map is empty.
    """

    line: str
    layers: Layers | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookCheck:
    """How far a map can be trusted.

    Attributes:
        lines: Sentences of the core.
        layers: Where covering the image costs the class its probability.
    """

    lines: tuple[str, ...]
    layers: Layers = field(repr=False)


class Looks(Protocol):
    """The networks of one project that look at images; every method may take long, one is called at a time.

    While `check` waits for its next step, other methods may be called.
    """

    def prepare(self, network: AskedNetwork) -> None:
        """Get ready to ask a network, so that its first look takes as long as a later one.

        Raises:
            InputError: If the run has no network.
        """

    def look(self, network: AskedNetwork, wish: LookWish, control: Control) -> Look:
        """Return what a network looked at.

        Raises:
            InputError: If the image cannot be read, the run has no network, or class or stage are not there.
            StoppedError: If `control` asks to stop.
        """

    def difference(self, first: Look, second: Look) -> LookDifference:
        """Return what the heat of a second network has more than that of the first, of one image."""

    def check(self, look: Look, control: Control) -> Iterator[Progress | LookCheck]:
        """Cover the image patch by patch, and shuffle weights; the last item is what came of it.

        Raises:
            InputError: If a network's answer is not a number.
            StoppedError: If `control` asks to stop.
        """

    def wrong_images(self, run: str) -> tuple[str, ...]:
        """Return the SHA-256 of the validation images that a run has wrong.

        Raises:
            InputError: If the run keeps no answers, or they are damaged.
        """

    def release_networks(self) -> None:
        """Forget the networks if memory is short: a training needs it more."""

    def close(self) -> None:
        """Give everything back."""

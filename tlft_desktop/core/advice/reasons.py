"""Measured figures in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tlft_desktop.core.advice.rules import bands
from tlft_desktop.core.stats import detectable_difference, paired_difference_interval

if TYPE_CHECKING:
    # The window shows reasons without loading what measures them.
    from tlft_desktop.core.advice.depth_curve import DepthCurve
    from tlft_desktop.core.advice.difficulty import Difficulty
    from tlft_desktop.core.advice.logistic_probe import CurvePoint, LogisticProbe

_UNSURER = 0.3
"""Nats by which a classifier must be surer of inverted images before it counts: of photographs it is 0.1 less sure."""
_MANY_PLAIN = 0.5
_NAMED = 3
_WORTH = 0.01
"""A difference of accuracies below which nobody would go to any length."""
_CLEARLY_MORE = 0.1
"""By which near misses must be more than chance gives before they say something."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A measured figure and what it means.

    Attributes:
        name: Which figure.
        value: It; None for a reason that is no single figure.
        text: A sentence.
    """

    name: str
    value: float | None
    text: str

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {"name": self.name, "value": None if self.value is None else round(self.value, 6), "text": self.text}


def of_images(
    num_train: int, num_classes: int, images_per_class: float, num_val: int, detectable: float
) -> list[Reason]:
    """Say how many images there are, and which differences the validation images can show."""
    found = [
        Reason(
            "images_per_class",
            images_per_class,
            f"{num_train} training images of {num_classes} classes: {images_per_class:.0f} of a class (median).",
        )
    ]
    return [*found, Reason("detectable", detectable, detectable_words(num_val))]


def detectable_words(num_val: int) -> str:
    """Say before anything is trained which differences so many validation images can show."""
    if not num_val:
        return "There are no validation images: no result of a training could be measured."
    points = 100 * detectable_difference(num_val)
    return (
        f"With {num_val} validation images, two ways of which only one is right on one image in ten cannot be told "
        f"apart below about {points:.0f} points; the more they agree, the smaller a difference shows."
    )


def of_shift(shift: float | None, *, is_by_photographs: bool = False) -> Reason:
    """Say how far the images are from the source, in nats of mean divergence, and what stood for it."""
    if shift is None:
        return Reason(
            "shift", None, "This network keeps nothing by which the distance to its own images could be told."
        )
    limits = bands()
    distance = f"{shift:.2f}: near below {limits.near}, far from {limits.far} on"
    sentences = {
        "near": f"Your images are near to those that the network learned from ({distance}).",
        "moderate": f"Your images are moderately far from those that the network learned from ({distance}).",
        "far": f"Your images are far from those that the network learned from ({distance}).",
        "very far": f"Your images are very far from those that the network learned from ({distance}).",
    }
    against = " It keeps nothing of its own images: photographs stand for them." if is_by_photographs else ""
    return Reason("shift", shift, sentences[limits.word(shift)] + against)


def against_shift(plain_borders: float, entropy: float | None, inverted_entropy: float | None) -> list[Reason]:
    """Say what fools the distance to the source, where it is there."""
    found = []
    if plain_borders >= _MANY_PLAIN:
        text = (
            f"{100 * plain_borders:.0f} % of your images have a border of one colour: that alone makes them look "
            "unlike photographs."
        )
        found.append(Reason("plain_borders", plain_borders, text))
    if entropy is not None and inverted_entropy is not None and entropy - inverted_entropy > _UNSURER:
        text = "The network is surer of your images with black and white exchanged: they may be inverted."
        found.append(Reason("inverted", entropy - inverted_entropy, text))
    return found


def of_probe(probe: LogisticProbe, knn_accuracy: float) -> list[Reason]:
    """Say how good a head on the untouched network would be."""
    low, high = probe.interval()
    text = (
        f"A head on the network as it is would be right for {100 * probe.accuracy:.1f} % "
        f"[{100 * low:.1f}, {100 * high:.1f}] of images that it has not seen; their nearest neighbours for "
        f"{100 * knn_accuracy:.1f} %."
    )
    return [Reason("probe_accuracy", probe.accuracy, text)]


def of_too_few() -> Reason:
    """Say that nothing can be learned from some images and tested on others."""
    text = "Of most classes only one image is looked at: what a head would reach cannot be told without a second one."
    return Reason("too_few", None, text)


def of_depth(curve: DepthCurve) -> Reason:
    """Say where in the network these classes are told apart best."""
    best, last = curve.points[curve.best], curve.points[-1]
    lost = best.accuracy - last.accuracy
    if curve.loses:
        text = (
            f"The layers behind '{best.place.cut}' lose {100 * lost:.1f} points of what a linear probe tells apart "
            f"there ({100 * best.accuracy:.1f} %)."
        )
        return Reason("early_loss", lost, text)
    return Reason("early_loss", 0.0, "No depth in front of the head tells these classes apart measurably better.")


def of_difficulty(difficulty: Difficulty, classes: Sequence[str], paths: Sequence[str]) -> list[Reason]:
    """Say what is confused, and which labels may be wrong."""
    found = []
    if difficulty.worst is not None:
        worst = difficulty.worst
        text = (
            f"'{classes[worst.first]}' and '{classes[worst.second]}' are taken for each other most: "
            f"{worst.num_images} of {worst.num_both} images."
        )
        found.append(Reason("confused", worst.num_images / worst.num_both, text))
        if difficulty.excess > _CLEARLY_MORE:
            text = (
                f"In {100 * difficulty.near_misses:.0f} % of the wrong answers the right class comes second "
                f"({100 * difficulty.near_misses_by_chance:.0f} % by chance): classes look alike."
            )
            found.append(Reason("near_misses", difficulty.excess, text))
    if difficulty.suspects:
        names = ", ".join(f"'{paths[row]}'" for row in difficulty.suspects[:_NAMED])
        number = len(difficulty.suspects)
        text = (
            f"{number} labels may be wrong, such as of {names}."
            if number > 1
            else f"The label of {names} may be wrong."
        )
        found.append(Reason("suspects", number, text))
    return found


def of_disturbance() -> Reason:
    """Say that the machine was busy while it was measured."""
    return Reason(
        "disturbed", None, "Other programs were working while this machine was measured: the times may be too long."
    )


def of_learning_curve(curve: Sequence[CurvePoint]) -> Reason | None:
    """Say what the second half of the images brought, on the same held-out images; None without a curve."""
    half = next((point for point in curve if point.share == 0.5), None)
    if half is None:
        return None
    whole = curve[-1]
    gained, lost = int((whole.hits & ~half.hits).sum()), int((half.hits & ~whole.hits).sum())
    low, high = paired_difference_interval(gained, lost, len(whole.hits))
    gain = whole.accuracy - half.accuracy
    measured = f"{100 * gain:.1f} points [{100 * low:.1f}, {100 * high:.1f}]"
    if low > 0:
        text = f"The second half of the training images brought {measured}: more images would bring more."
    else:
        text = f"The second half of the training images brought {measured}: that more would help cannot be seen."
    return Reason("gain_of_doubling", gain, text)


def of_more_images_or_layers(doubling: float | None, gain: float, low: float, high: float) -> Reason:
    """Answer which of the two brings more, as far as it can be told.

    Args:
        doubling: What the second half of the images brought a head, a fraction; None where it was not measured.
        gain: What training more layers is expected to bring over the head, a fraction.
        low, high: What that may well be.
    """
    layers = f"{100 * gain:.1f} points [{100 * low:.1f}, {100 * high:.1f}]"
    name = "more_images_or_layers"
    if doubling is None:
        text = (
            f"More images or more layers? More layers are expected to bring {layers} over the head; what more images "
            "would bring could not be measured."
        )
        return Reason(name, None, text)
    images = f"twice as many images about {100 * max(0.0, doubling):.1f} at most"
    if gain - max(0.0, doubling) > _WORTH:
        text = f"More images or more layers? Layers: they are expected to bring {layers} over the head, {images}."
    elif max(0.0, doubling) - gain > _WORTH:
        text = f"More images or more layers? Images: layers are expected to bring {layers} over the head, {images}."
    elif gain > _WORTH:
        text = f"More images or more layers? Both alike: layers are expected to bring {layers} over the head, {images}."
    else:
        text = f"More images or more layers? Neither by much: layers are expected to bring {layers}, {images}."
    return Reason(name, gain - max(0.0, doubling), text)

"""What `tlft explain` shows of each network: an object for programs, or sentences."""

from __future__ import annotations

from collections.abc import Iterator

from tlft_desktop.core.workflows.explain_words import Shown


def record(shown: Shown) -> dict[str, object]:
    """Return the object that is printed for a network."""
    asked, explanation, place, randomised = shown.asked, shown.explanation, shown.place, shown.randomised
    return {
        "run": asked.run,
        "name": asked.name,
        "state": asked.state,
        "answer": explanation.answer,
        "class": explanation.class_name,
        "probability": explanation.probability,
        "stage": explanation.stage,
        "places": list(explanation.saliency.values.shape),
        "centre": None if place is None else place.centre,
        "border": None if place is None else place.border,
        "half_area": None if place is None else place.half_area,
        "agreement": shown.agreement,
        "largest_drop": shown.largest_drop,
        "head_shuffled": None if randomised is None else randomised.head,
        "last_stage_shuffled": None if randomised is None else randomised.last_stage,
        "remark": explanation.remark or None,
        "learned": shown.is_learned,
        "error": None,
    }


def sentences(shown: Shown) -> Iterator[str]:
    """Yield the lines that are printed for a network."""
    yield shown.answer_words()
    found = (shown.learned_words(), shown.map_words(), shown.place_words(), shown.border_words())
    for line in filter(None, (*found, shown.explanation.remark, *shown.check_words())):
        yield f"  {line}"

"""Freeze plans as readable text, and what of a plan fits another network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan

_FORMAT, _SCHEMA = "tlft-plan", 1
MAX_CHARACTERS = 1_000_000
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a text says.

    Attributes:
        plan: The plan.
        backbone: Catalogue name of the network that it was made for; empty where the text does not say it.
    """

    plan: FreezePlan
    backbone: str


def plan_to_text(plan: FreezePlan, backbone: str) -> str:
    """Return a plan as JSON that people can read and programs can take, with the network it was made for."""
    data = {"format": _FORMAT, "schema": _SCHEMA, "backbone": backbone, "plan": plan.to_json()}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def plan_from_text(text: str) -> PlanText:
    """Read what `plan_to_text` wrote.

    Raises:
        InputError: If the text is something else, or the plan in it cannot be read.
    """
    sentence = "This text is no freeze plan"
    if not text.strip():
        raise InputError("There is no text to read a freeze plan from.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{sentence}: it has {len(text)} characters.")
    if not text.lstrip().startswith("{"):
        raise InputError(f"{sentence}: it does not begin as one.")
    try:
        data = fsio.parse_json(text.encode("utf-8", "replace"), "the text")
    except InputError as error:
        raise InputError(f"{sentence}: it cannot be read as JSON.") from error
    if data.get("format") != _FORMAT:
        raise InputError(f"{sentence}: it is JSON of something else.")
    if data.get("schema") != _SCHEMA:
        raise InputError("This freeze plan was written by a newer version of this program; update to use it.")
    backbone = data.get("backbone", "")
    if not isinstance(data.get("plan"), dict) or not isinstance(backbone, str):
        raise InputError(f"{sentence}: 'plan' must be an object and 'backbone' a text.")
    return PlanText(FreezePlan.from_json(data["plan"]), backbone)


@dataclass(frozen=True, slots=True)
class FittedPlan:
    """A plan on a network that it may not have been made for.

    Attributes:
        plan: What of it the network has.
        missing: Paths that the plan names and the network does not have, sorted.
    """

    plan: FreezePlan
    missing: tuple[str, ...]


def fitted(tree: LayerTree, plan: FreezePlan) -> FittedPlan:
    """Return what of a plan fits a network: what it says of layers with the same path."""
    owners = frozenset(tree.owners)
    pairs = (*plan.norm_overrides, *plan.rate_factors, *plan.adapters)
    missing = (plan.frozen - owners) | {path for path, _ in pairs if path not in tree}
    kept = replace(
        plan,
        frozen=plan.frozen & owners,
        norm_overrides=tuple(pair for pair in plan.norm_overrides if pair[0] in tree),
        rate_factors=tuple(pair for pair in plan.rate_factors if pair[0] in tree),
        adapters=tuple(pair for pair in plan.adapters if pair[0] in tree),
    )
    return FittedPlan(kept, tuple(sorted(missing)))


def left_out_words(tree: LayerTree, missing: Sequence[str]) -> str:
    """Return in a sentence which paths of a plan a network does not have; empty where it has all."""
    if not missing:
        return ""
    names = ", ".join(f"'{path[:100]}'" for path in missing[:_SHOWN])
    if len(missing) > _SHOWN:
        names = f"{names} and {len(missing) - _SHOWN} more"
    return f"{tree.backbone} does not have these layers of the plan, which were left out: {names}."

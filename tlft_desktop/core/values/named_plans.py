"""Freeze plans that a project keeps under names of the user."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.plan import FreezePlan

MOST_PLANS = 100
_MAX_NAME_LENGTH = 100
# A project file may have a million bytes; it must stay readable whatever the networks are.
_MAX_CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """A plan under a name.

    Attributes:
        name: At most 100 characters in one line; unique in its project.
        backbone: Catalogue name of the network whose layers the plan names.
        plan: What is frozen.
    """

    name: str
    backbone: str
    plan: FreezePlan

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {"name": self.name, "backbone": self.backbone, "plan": self.plan.to_json()}

    @classmethod
    def from_json(cls, data: Any) -> NamedPlan:
        """Read what `to_json` wrote.

        Raises:
            InputError: If a value is missing or of the wrong type.
        """
        if not isinstance(data, Mapping) or not isinstance(data.get("backbone"), str):
            raise InputError("A plan with a name cannot be read: it must be an object that names its network.")
        if not isinstance(data.get("plan"), Mapping):
            raise InputError("A plan with a name cannot be read: 'plan' must be an object.")
        return cls(checked_plan_name(data.get("name")), data["backbone"], FreezePlan.from_json(data["plan"]))


def checked_plan_name(name: Any) -> str:
    """Return a name as it is kept: without spaces around it.

    Raises:
        InputError: If it is no text of one line with 1 to 100 characters.
    """
    if not isinstance(name, str) or not name.strip():
        raise InputError("The name of a plan cannot be empty.")
    kept: str = name.strip()
    if len(kept) > _MAX_NAME_LENGTH:
        raise InputError(f"The name of a plan can have {_MAX_NAME_LENGTH} characters, this one has {len(kept)}.")
    if not kept.isprintable():
        raise InputError("The name of a plan must be one line of characters that can be seen.")
    return kept


def plan_named(plans: Iterable[NamedPlan], name: str) -> NamedPlan:
    """Return the plan of a name.

    Raises:
        InputError: If there is none.
    """
    known = tuple(plans)
    for item in known:
        if item.name == name.strip():
            return item
    names = ", ".join(f"'{item.name}'" for item in known)
    raise InputError(f"The project has no plan '{name[:100]}'.", remedy=f"There are {names}." if names else "")


def with_plan(plans: Iterable[NamedPlan], new: NamedPlan) -> tuple[NamedPlan, ...]:
    """Return plans with another one, in the order of their names; one of the same name is replaced.

    Raises:
        InputError: If its name cannot be one, or there are too many.
    """
    new = NamedPlan(checked_plan_name(new.name), new.backbone, new.plan)
    others = tuple(item for item in plans if item.name != new.name)
    if len(others) >= MOST_PLANS:
        raise InputError(f"A project keeps {MOST_PLANS} plans with names.", remedy="Forget one that is not needed.")
    plans = tuple(sorted((*others, new), key=lambda item: (item.name.casefold(), item.name)))
    if sum(len(json.dumps(item.to_json())) for item in plans) > _MAX_CHARACTERS:
        raise InputError("The plans with names are too large for the project.", remedy="Forget one that is not needed.")
    return plans


def without_plan(plans: Iterable[NamedPlan], name: str) -> tuple[NamedPlan, ...]:
    """Return plans without the one of a name.

    Raises:
        InputError: If there is none.
    """
    known = tuple(plans)
    gone = plan_named(known, name)
    return tuple(item for item in known if item is not gone)


def read_named_plans(data: Any) -> tuple[NamedPlan, ...]:
    """Read the plans of a project file.

    Raises:
        InputError: If one cannot be read, or two have the same name.
    """
    if not isinstance(data, list):
        raise InputError("'plans' in the project file must be a list.")
    plans: tuple[NamedPlan, ...] = ()
    for item in data:
        plans = with_plan(plans, NamedPlan.from_json(item))
    if len(plans) < len(data):
        raise InputError("Two plans in the project file have the same name.")
    return plans

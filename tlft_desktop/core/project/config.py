"""The choices of a project: everything in `project.json` but the bookkeeping around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.safe_path import check_data_root
from tlft_desktop.core.project.ulid import is_ulid
from tlft_desktop.core.values.named_plans import NamedPlan, read_named_plans
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.problem import Problem
from tlft_desktop.core.values.thaw import ThawSchedule

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """What a person chose for a project.

    Attributes:
        id: ULID, made once.
        name: Shown in the window.
        created: UTC time, ISO 8601.
        app_version: Version of the program that made the project.
        data_root: Folder of the images: absolute, or relative to the project.
        data_source: What the user gave: a folder, an archive or a table.
        val_fraction, test_fraction: Shares of the images that are held out.
        group_by: Regular expression whose match names the group of an image; empty for none.
        seed: Seed of the split.
        backbone: Catalogue name.
        image_size: Side of the square network input, in pixels.
        manifest: Digest of the manifest in use.
        plan: What is frozen when the strategy is `custom`.
        thaw: When the stages that are not frozen begin to train then.
        plans: Plans with names, in the order of these.
        findings: What the search for images passed over or found odd; no list of images tells it again.
        flip: Whether the images may be mirrored, left and right swapped, while training; None until somebody answered.
    """

    id: str
    name: str
    created: str
    app_version: str
    data_root: str
    data_source: str
    val_fraction: float
    test_fraction: float
    group_by: str
    seed: int
    backbone: str
    image_size: int
    manifest: str
    plan: FreezePlan
    thaw: ThawSchedule = field(default_factory=ThawSchedule)
    plans: tuple[NamedPlan, ...] = ()
    findings: tuple[Problem, ...] = ()
    flip: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain types; `plans`, `findings` and `flip` are there only where there are some, or an answer."""
        data = {**asdict(self), "plan": self.plan.to_json(), "thaw": self.thaw.to_json()}
        for key, items in (("plans", self.plans), ("findings", self.findings)):
            del data[key]
            if items:
                data[key] = [item.to_json() for item in items]
        if self.flip is None:
            del data["flip"]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ProjectConfig:
        """Read what `to_json` wrote; keys that are not known are left out.

        Raises:
            InputError: If a value is missing, of the wrong type or out of range; the message names it.
        """
        values = {name: read(data, name) for name, read in _READERS.items()}
        if _DIGEST.fullmatch(values["manifest"]) is None or not is_ulid(values["id"]):
            raise InputError("The project names its list of images or itself in a way that this program never writes.")
        if not 0 <= values["val_fraction"] + values["test_fraction"] < 1 or not 8 <= values["image_size"] <= 4096:
            raise InputError("The project has a split or an image size out of range.")
        return cls(**values)


CONFIG_KEYS = frozenset(item.name for item in fields(ProjectConfig))


def _value(data: Mapping[str, Any], key: str) -> Any:
    if key not in data:
        raise InputError(f"The project file lacks '{key}'.")
    return data[key]


def _text(data: Mapping[str, Any], key: str) -> str:
    value = _value(data, key)
    # Half of a surrogate pair is legal in a file name (undecodable bytes), so it may stand in a path.
    if not isinstance(value, str) or "\0" in value:
        raise InputError(f"'{key}' in the project file must be a text, not {_shown(value)}.")
    return value


def _title(data: Mapping[str, Any], key: str) -> str:
    return _text(data, key)[:_MAX_NAME_LENGTH]


def _data_root(data: Mapping[str, Any], key: str) -> str:
    return check_data_root(_text(data, key))


def _fraction(data: Mapping[str, Any], key: str) -> float:
    value = _value(data, key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1:
        raise InputError(f"'{key}' in the project file must be a number from 0 to below 1, not {_shown(value)}.")
    return float(value)


def _integer(data: Mapping[str, Any], key: str) -> int:
    value = _value(data, key)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 1 << 63:
        raise InputError(f"'{key}' in the project file must be a whole number, not {_shown(value)}.")
    return value


def _plan(data: Mapping[str, Any], key: str) -> FreezePlan:
    value = _value(data, key)
    if not isinstance(value, dict):
        raise InputError(f"'{key}' in the project file must be an object, not {_shown(value)}.")
    return FreezePlan.from_json(value)


def _thaw(data: Mapping[str, Any], key: str) -> ThawSchedule:
    # Projects that were made before there were schedules have none.
    return ThawSchedule.from_json(data.get(key, {}))


def _findings(data: Mapping[str, Any], key: str) -> tuple[Problem, ...]:
    # Projects that were made before findings were kept have none.
    value = data.get(key, [])
    if not isinstance(value, list):
        raise InputError(f"'{key}' in the project file must be a list, not {_shown(value)}.")
    return tuple(Problem.from_json(item) for item in value)


def _answer(data: Mapping[str, Any], key: str) -> bool | None:
    # Projects that were made before the question was asked have none.
    value = data.get(key)
    if value is not None and not isinstance(value, bool):
        raise InputError(f"'{key}' in the project file must be true or false, not {_shown(value)}.")
    return value


def _shown(value: Any) -> str:
    return f"{type(value).__name__} {str(value)[:40]!r}" if not isinstance(value, int) else type(value).__name__


_READERS: dict[str, Any] = {
    "id": _text,
    "name": _title,
    "created": _text,
    "app_version": _text,
    "data_root": _data_root,
    "data_source": _text,
    "val_fraction": _fraction,
    "test_fraction": _fraction,
    "group_by": _text,
    "seed": _integer,
    "backbone": _text,
    "image_size": _integer,
    "manifest": _text,
    "plan": _plan,
    "thaw": _thaw,
    "plans": lambda data, key: read_named_plans(data.get(key, [])),
    "findings": _findings,
    "flip": _answer,
}

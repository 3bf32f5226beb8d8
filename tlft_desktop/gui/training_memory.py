"""What is remembered of the page Train for each project: the last settings, the last race, runs that wait."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.race import DEFAULT_STRATEGIES, MAX_TRIES
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.training_options import parse_object, settings_from_json, settings_to_json
from tlft_desktop.gui.window_state import WindowState

MAX_QUEUED = 100
MAX_BUDGET_S = 1_000_000
MAX_SEEDS = 5
"""Of a race: more of them take long and narrow nothing, since the validation images stay the same."""


@dataclass(frozen=True, slots=True)
class QueuedRun:
    """A run that waits.

    Attributes:
        number: Tells equal ones apart; unique while the program runs.
        kind: Strategy.
        settings: As they were when it was queued.
        plan: Ticks of a custom strategy as they were then; None for the other strategies, which have their own.
        thaw: When the stages of a custom strategy begin to train.
    """

    number: int
    kind: StrategyKind
    settings: TrainSettings
    plan: FreezePlan | None = None
    thaw: ThawSchedule = field(default_factory=ThawSchedule)


@dataclass(frozen=True, slots=True)
class RaceWish:
    """What the user chose for a race.

    Attributes:
        kinds: Strategies, in the order in which they are offered.
        budget_seconds: Whole active seconds that each run may take; 0 without a limit.
        num_seeds: How often each strategy trains.
        num_tries: Learning rates that each strategy may try with a seed.
    """

    kinds: tuple[StrategyKind, ...] = DEFAULT_STRATEGIES
    budget_seconds: int = 60
    num_seeds: int = 1
    num_tries: int = 1


class TrainingMemory:
    """Reads and writes; a project is known by its id, so that it may be moved."""

    def __init__(self, state: WindowState) -> None:
        self._state = state

    def settings(self, project_id: str) -> TrainSettings:
        """Return the last settings of a project; the defaults for a new one."""
        return settings_from_json(self._read(project_id).get("settings"))

    def queue(self, project_id: str) -> tuple[QueuedRun, ...]:
        """Return the runs that wait; what cannot be read is left out."""
        found = self._read(project_id).get("queue")
        runs = [_run_from_json(number, data) for number, data in enumerate(found if isinstance(found, list) else [])]
        return tuple(run for run in runs if run is not None)[:MAX_QUEUED]

    def race(self, project_id: str) -> RaceWish:
        """Return what was chosen for the last race of a project; what cannot be read is left at its default."""
        return _wish_from_json(self._read(project_id).get("race"))

    def remember_race(self, project_id: str, wish: RaceWish) -> None:
        """Keep what was chosen for a race."""
        self._write(project_id, race=_wish_to_json(wish))

    def remember_settings(self, project_id: str, settings: TrainSettings) -> None:
        """Keep the settings of a project."""
        self._write(project_id, settings=settings_to_json(settings))

    def remember_queue(self, project_id: str, runs: Sequence[QueuedRun]) -> None:
        """Keep the runs that wait."""
        self._write(project_id, queue=[_run_to_json(run) for run in runs])

    def _read(self, project_id: str) -> dict[str, Any]:
        return parse_object(self._state.value(_key(project_id)))

    def _write(self, project_id: str, **parts: Any) -> None:
        data = {key: value for key, value in {**self._read(project_id), **parts}.items() if value}
        self._state.set_value(_key(project_id), json.dumps(data, sort_keys=True) if data else "")


def _key(project_id: str) -> str:
    return f"training/{project_id}"


def _wish_to_json(wish: RaceWish) -> dict[str, Any]:
    return {**asdict(wish), "kinds": [kind.value for kind in wish.kinds]}


def _wish_from_json(data: object) -> RaceWish:
    default = RaceWish()
    if not isinstance(data, dict):
        return default
    kinds = data.get("kinds")
    known = tuple(kind for kind in StrategyKind if kind in kinds) if isinstance(kinds, list) else default.kinds
    budget, seeds, tries = data.get("budget_seconds"), data.get("num_seeds"), data.get("num_tries")
    return RaceWish(
        known,
        budget if type(budget) is int and 0 <= budget <= MAX_BUDGET_S else default.budget_seconds,
        seeds if type(seeds) is int and 1 <= seeds <= MAX_SEEDS else default.num_seeds,
        tries if type(tries) is int and 1 <= tries <= MAX_TRIES else default.num_tries,
    )


def _run_to_json(run: QueuedRun) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": run.kind.value, "settings": settings_to_json(run.settings)}
    return data if run.plan is None else {**data, "plan": run.plan.to_json(), "thaw": run.thaw.to_json()}


def _run_from_json(number: int, data: object) -> QueuedRun | None:
    if not isinstance(data, dict):
        return None
    try:
        kind = StrategyKind(data.get("kind", ""))
        plan = FreezePlan.from_json(data["plan"]) if "plan" in data else None
        thaw = ThawSchedule.from_json(data.get("thaw", {}))
    except (ValueError, KeyError, TypeError, InputError):
        return None
    if (kind is StrategyKind.CUSTOM) is (plan is None):
        return None
    return QueuedRun(number, kind, settings_from_json(data.get("settings")), plan, thaw)

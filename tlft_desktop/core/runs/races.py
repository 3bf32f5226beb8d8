"""The races of a project: a file each, which says what is raced under which conditions and which runs it has so far."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.project import RACES_FOLDER
from tlft_desktop.core.project.ulid import is_ulid, new_ulid
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.race import MAX_TRIES, RaceState
from tlft_desktop.core.values.strategy import Strategy

MAX_RACE_BYTES = 20_000_000
MAX_ENTRIES = 10_000
"""More runs than the command line can ask for; with many more a standing would take minutes."""
_SCHEMA = 1
_SUFFIX = ".json"
_OF_TRIES = ("attempt", "learning_rate")


@dataclass(frozen=True, slots=True)
class RaceEntry:
    """One run of a race.

    Attributes:
        strategy: Place of its strategy in the race.
        seed: Of its first head, order, dropout and augmentation.
        run: Its identifier, chosen before the run is made; empty before that.
        begun: Whether the run was seen training: if it is gone then, somebody deleted it.
        problem: Why it could not start; empty where it could.
        attempt: Number of the try where its strategy tries several learning rates, from 0, which is the default one.
        learning_rate: Its peak rate; None where there is nothing to try.
    """

    strategy: int
    seed: int
    run: str = ""
    begun: bool = False
    problem: str = ""
    attempt: int = 0
    learning_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Race:
    """Strategies that train under the same conditions.

    Attributes:
        race: ULID.
        strategies: With all of their phases, as they were when the race began.
        entries: In the order in which they train.
        manifest, backbone, image_size, data_seed: What all runs share.
        device, threads, numeric: How all of them compute, as asked for.
        process: Who runs the race, or ran it last.
        state: Where it stands.
        budget_seconds: Active time that each run may take; None without a limit.
        shared_seconds: Time that no run was charged for.
        num_tries: Learning rates that each strategy may try with a seed; one that has none trains once.
    """

    race: str
    strategies: tuple[Strategy, ...]
    entries: tuple[RaceEntry, ...]
    manifest: str
    backbone: str
    image_size: int
    data_seed: int
    device: str
    threads: int | None
    numeric: NumericMode
    process: ProcessIdentity
    state: RaceState = RaceState.RUNNING
    budget_seconds: float | None = None
    shared_seconds: float = 0.0
    num_tries: int = 1

    def __post_init__(self) -> None:
        keys = [(entry.strategy, entry.seed, entry.attempt) for entry in self.entries]
        if not self.entries or len(set(keys)) < len(keys) or len(keys) > MAX_ENTRIES:
            raise ValueError("its entries are missing, too many, or two are the same")
        if not all(0 <= entry.strategy < len(self.strategies) and entry.seed >= 0 for entry in self.entries):
            raise ValueError("an entry has no strategy or no seed")
        if not is_ulid(self.race) or not all(is_ulid(entry.run) for entry in self.entries if entry.run):
            raise ValueError("an identifier is none")
        if not 1 <= self.num_tries <= MAX_TRIES or not all(self._is_possible(entry) for entry in self.entries):
            raise ValueError("a try has no number or no learning rate")

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds in the order in which they are used."""
        return tuple(dict.fromkeys(entry.seed for entry in self.entries))

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the strategies are called."""
        return tuple(strategy.kind.value for strategy in self.strategies)

    @property
    def rates(self) -> tuple[tuple[float, ...], ...]:
        """The learning rates that each strategy tries; none for one that has none. Empty without several tries."""
        if self.num_tries == 1:
            return ()
        first = [entry for entry in self.entries if entry.seed == self.seeds[0]]
        return tuple(
            tuple(entry.learning_rate for entry in first if entry.strategy == place and entry.learning_rate is not None)
            for place in range(len(self.strategies))
        )

    def strategy_of(self, entry: RaceEntry) -> Strategy:
        """Return what an entry trains."""
        return self.strategies[entry.strategy]

    def with_entry(self, place: int, **changes: Any) -> Race:
        """Return the race with one entry changed."""
        entries = [*self.entries]
        entries[place] = replace(entries[place], **changes)
        return replace(self, entries=tuple(entries))

    def as_seen_now(self) -> Race:
        """Return the race as `interrupted` where it says `running` and its process is known to be gone."""
        is_gone = self.process.is_this_machine and not self.process.is_alive
        return replace(self, state=RaceState.INTERRUPTED) if self.state is RaceState.RUNNING and is_gone else self

    def to_json(self) -> dict[str, Any]:
        """Return plain types; of tries nothing where each strategy has one."""
        has_tries = self.num_tries > 1
        return {
            "schema": _SCHEMA,
            "race": self.race,
            "state": self.state.value,
            "strategies": [strategy.to_json() for strategy in self.strategies],
            "entries": [_entry_json(entry, has_tries=has_tries) for entry in self.entries],
            "manifest": self.manifest,
            "backbone": self.backbone,
            "image_size": self.image_size,
            "data_seed": self.data_seed,
            "device": self.device,
            "threads": self.threads,
            "numeric": self.numeric.value,
            "budget_seconds": self.budget_seconds,
            "shared_seconds": self.shared_seconds,
            "process": self.process.to_json(),
            **({"num_tries": self.num_tries} if has_tries else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Race:
        """Read what `to_json` wrote.

        Raises:
            InputError, KeyError, TypeError, ValueError, OverflowError: If a field is missing or unusable.
        """
        budget, threads = data["budget_seconds"], data["threads"]
        return cls(
            race=str(data["race"]),
            state=RaceState(data["state"]),
            strategies=tuple(Strategy.from_json(strategy) for strategy in data["strategies"]),
            entries=tuple(_entry(entry) for entry in data["entries"]),
            manifest=str(data["manifest"]),
            backbone=str(data["backbone"]),
            image_size=int(data["image_size"]),
            data_seed=int(data["data_seed"]),
            device=str(data["device"]),
            threads=None if threads is None else int(threads),
            numeric=NumericMode(data["numeric"]),
            budget_seconds=None if budget is None else float(budget),
            shared_seconds=float(data["shared_seconds"]),
            process=ProcessIdentity.from_json(data["process"]),
            num_tries=_whole(data.get("num_tries", 1)),
        )

    def _is_possible(self, entry: RaceEntry) -> bool:
        rate = entry.learning_rate
        if rate is None:
            return entry.attempt == 0
        return 0 <= entry.attempt < self.num_tries and 0 < rate < math.inf


def _whole(value: object) -> int:
    if type(value) is not int:
        raise ValueError(f"expected a whole number, got {str(value)[:40]!r}")
    return value


def _entry_json(entry: RaceEntry, *, has_tries: bool) -> dict[str, Any]:
    data = asdict(entry)
    return data if has_tries else {key: value for key, value in data.items() if key not in _OF_TRIES}


def _entry(data: Mapping[str, Any]) -> RaceEntry:
    # Races from before there were tries, and those of one try, have neither.
    rate = data.get("learning_rate")
    return RaceEntry(
        strategy=int(data["strategy"]),
        seed=int(data["seed"]),
        run=str(data["run"]),
        begun=data["begun"] is True,
        problem=str(data["problem"]),
        attempt=_whole(data.get("attempt", 0)),
        learning_rate=None if rate is None else float(rate),
    )


class RaceStore:
    """The races of the project at `project_root`."""

    def __init__(self, project_root: Path) -> None:
        self._folder = project_root / RACES_FOLDER

    def new_id(self) -> str:
        """Return an identifier for a new race: it sorts behind all others."""
        return new_ulid(after=max(self.ids(), default=""))

    def ids(self) -> list[str]:
        """Return the identifiers of all races, the oldest first."""
        try:
            names = [path.stem for path in self._folder.iterdir() if path.suffix == _SUFFIX]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(name for name in names if is_ulid(name))

    def path(self, race: str) -> Path:
        """Return the file of a race."""
        return self._folder / f"{race}{_SUFFIX}"

    def resolve(self, ref: str) -> str:
        """Return the race that `ref` means: an identifier, the unique beginning of one, or `last`.

        Raises:
            InputError: If it means none, or more than one.
        """
        races = self.ids()
        found = races[-1:] if ref == "last" else [race for race in races if ref and race.startswith(ref.upper())]
        if len(found) == 1:
            return found[0]
        if not races:
            raise InputError("This project has had no race yet.")
        shown = f"There are: {', '.join((found or races)[-8:])}."
        if found:
            raise InputError(f"{ref!r} means more than one race.", remedy=shown)
        raise InputError(f"There is no race {ref!r}.", remedy=shown)

    def load(self, race: str) -> Race:
        """Return a race.

        Raises:
            InputError: If it is not there, damaged, or of a newer version of the program.
        """
        return read_race(self.path(race))

    def save(self, race: Race) -> None:
        """Write a race, or replace it.

        Raises:
            StorageError: If it cannot be written; what was there is intact.
        """
        if not self._folder.parent.is_dir():
            # Not made anew: nobody would find a race there.
            raise StorageError(f"'{self._folder.parent}' is gone: its folder was moved, deleted or unmounted.")
        fsio.make_folder(self._folder)
        fsio.write_json(self.path(race.race), race.to_json(), seal=True)

    def tidy(self) -> None:
        """Delete what a killed program left half-written; call it with the project's lock held."""
        fsio.remove_temporaries(self._folder)


def read_race(path: Path) -> Race:
    """Read the file of a race.

    Raises:
        InputError: If it is not there, damaged, or of a newer version of the program.
    """
    try:
        data = fsio.read_json(path, max_bytes=MAX_RACE_BYTES, sealed=True)
        schema = data["schema"]
        if isinstance(schema, int) and schema > _SCHEMA:
            raise InputError(
                f"The race in '{path}' was made by a newer version of this program: it has schema {schema}, this "
                f"version reads schema {_SCHEMA}.",
                remedy="Update the program to go on with it; its runs can be used as they are.",
            )
        if schema != _SCHEMA:
            raise ValueError(f"it has schema {schema!r}")
        race = Race.from_json(data)
        if race.race != path.stem:
            raise ValueError(f"it belongs to the race '{race.race}'")
    except FileNotFoundError as error:
        raise InputError(f"There is no race {path.stem!r}.") from error
    except fsio.DamagedError as error:
        raise fsio.DamagedError(error.message, remedy="Its runs can be used as they are; start a new race.") from error
    except fsio.UNREADABLE as error:
        raise fsio.DamagedError(
            f"'{path}' cannot be used: {error}.", remedy="Its runs can be used as they are; start a new race."
        ) from error
    return race

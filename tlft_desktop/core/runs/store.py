"""The runs of a project: made, listed, named, moved to the trash. One damaged run never hides the others."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError, UsageError
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.own_folders import require_no_links
from tlft_desktop.core.project.ulid import is_ulid, new_ulid
from tlft_desktop.core.runs.checkpoint_files import CHECKPOINTS_FOLDER, FINAL_FOLDER, newest_first, step_of
from tlft_desktop.core.runs.marks import NAME_FILE, marks_content, note_line, read_marks
from tlft_desktop.core.runs.names import checked_name, first_name, is_first_name
from tlft_desktop.core.runs.references import run_meant
from tlft_desktop.core.runs.status import RunStatus, read_status, write_status
from tlft_desktop.core.runs.summaries import summary_from
from tlft_desktop.core.values.run import RunConfig, RunState, RunSummary

CONFIG_FILE = "run.json"
METRICS_FILE = "metrics.jsonl"
TIMINGS_FILE = "timings.jsonl"
EVENTS_FILE = "events.jsonl"
HEAT_FILE = "heat.jsonl"
_RUNS_FOLDER = "runs"
_TRASH_FOLDER = "trash"
_MAX_CONFIG_BYTES = 20_000_000


class RunStore:
    """The runs of the project at `project_root`."""

    def __init__(self, project_root: Path) -> None:
        self.root = project_root
        self._runs = project_root / _RUNS_FOLDER
        self._trash = project_root / _TRASH_FOLDER

    def new_id(self) -> str:
        """Return an identifier for a new run: it sorts behind all others, even when the clock went back."""
        return new_ulid(after=max([*_run_names(self._runs), *_run_names(self._trash)], default=""))

    def create(self, config: RunConfig) -> Path:
        """Make the folder of a new run, complete or not at all, and return it.

        Raises:
            InputError: If a run of this identifier exists.
            StorageError: If it cannot be written.
        """
        folder = self.folder(config.run)
        if folder.exists():
            raise InputError(f"The run '{config.run}' exists already.")
        if not self._runs.parent.is_dir():
            # Not made anew: nobody would find a run there.
            raise StorageError(f"'{self._runs.parent}' is gone: its folder was moved, deleted or unmounted.")
        fsio.make_folder(self._runs)
        aside = fsio.temporary_name(folder)
        status = RunStatus(
            state=RunState.RUNNING,
            process=ProcessIdentity.current(),
            num_epochs=sum(phase.epochs for phase in config.strategy.phases),
        )
        try:
            fsio.make_folder(aside / CHECKPOINTS_FOLDER)
            fsio.create_exclusive(aside / CONFIG_FILE, fsio.json_bytes(config.to_json(), seal=True))
            fsio.write_json(aside / NAME_FILE, marks_content("", number=self._next_number(), starred=False))
            write_status(aside, status)
            fsio.move(aside, folder)
        except BaseException:
            with contextlib.suppress(StorageError):
                fsio.remove_tree(aside)
            raise
        return folder

    def folder(self, run: str) -> Path:
        """Return the folder of a run, whether it exists or not.

        Raises:
            InputError: If `run` is no identifier.
        """
        if not is_ulid(run):
            raise InputError(f"{run[:80]!r} is not the identifier of a run.")
        return self._runs / run

    def checkpoints_folder(self, run: str) -> Path:
        """Return the folder of a run's checkpoints."""
        return self.folder(run) / CHECKPOINTS_FOLDER

    def ids(self) -> list[str]:
        """Return the identifiers of all runs, the oldest first."""
        return _run_names(self._runs)

    def trashed(self) -> list[str]:
        """Return the identifiers of the runs in the trash, the oldest first."""
        return _run_names(self._trash)

    def config(self, run: str) -> RunConfig:
        """Return everything that determines the result of a run.

        Raises:
            InputError: If there is no such run, or its file is damaged.
        """
        path = self._existing(run) / CONFIG_FILE
        try:
            config = RunConfig.from_json(_read_config(path))
        except fsio.UNREADABLE as error:
            raise fsio.DamagedError(f"'{path}' cannot be used: {error}.") from error
        if config.run != run:
            raise fsio.DamagedError(f"'{path}' belongs to the run '{config.run[:80]}'.")
        return config

    def status(self, run: str) -> RunStatus:
        """Return where a run stands.

        Raises:
            InputError: If there is no such run, or its file is damaged.
        """
        return read_status(self._existing(run))

    def summaries(self) -> list[RunSummary]:
        """Return a row for each run, the oldest first; a damaged run is a row that says so."""
        return [self.summary(run) for run in self.ids()]

    def summary(self, run: str) -> RunSummary:
        """Return the row of one run; for a damaged run one that names the file.

        Raises:
            InputError: If there is no such run.
        """
        return _summary_of(run, self._there(run))

    def trashed_summaries(self) -> list[RunSummary]:
        """Return a row for each run in the trash, the oldest first."""
        return [_summary_of(run, self._trash / run) for run in self.trashed()]

    def trashed_summary(self, run: str) -> RunSummary | None:
        """Return the row of a run in the trash; None where it is not there."""
        folder = self._trash / run
        return _summary_of(run, folder) if is_ulid(run) and folder.is_dir() else None

    def given_name(self, run: str) -> str:
        """Return the name that the user gave to a run; empty where it has its derived one.

        Raises:
            InputError: If there is no such run.
        """
        return str(read_marks(self._existing(run))["name"])

    def resolve(self, ref: str) -> str:
        """Return the run that `ref` means: an identifier, a name, `last`, `best`, or the beginning of one of them.

        Raises:
            InputError: If it means none, or more than one; the message lists the candidates.
        """
        return run_meant(ref, self.summaries())

    def rename(self, run: str, name: str) -> None:
        """Give a run a name by which it can be found; the empty one, or its first one, brings the first name back.

        Raises:
            InputError: If there is no such run, or the name means another one.
            UsageError: If it is too long, cannot be shown, or is `last` or `best`.
            StorageError: If it cannot be written.
        """
        checked = checked_name(name)
        self._change_marks(run, name=checked if self._is_free(checked, run) else "")

    def set_note(self, run: str, text: str) -> None:
        """Write a note beside a run, in one line; the empty one takes it away.

        Raises:
            InputError: If there is no such run.
            UsageError: If the note is too long or holds characters that cannot be shown.
            StorageError: If it cannot be written.
        """
        self._change_marks(run, note=note_line(text))

    def star(self, run: str) -> None:
        """Mark a run."""
        self._change_marks(run, starred=True)

    def unstar(self, run: str) -> None:
        """Take the mark of a run away."""
        self._change_marks(run, starred=False)

    def move_to_trash(self, run: str) -> None:
        """Move a run to the project's trash.

        Raises:
            InputError: If there is no such run.
            UsageError: If it is training.
            StorageError: If it cannot be moved.
        """
        folder = self._existing(run)
        with contextlib.suppress(InputError):
            status = read_status(folder)
            if status.state is RunState.RUNNING and status.process.is_alive:
                raise UsageError(f"The run '{run}' is training.", remedy="Stop it first.")
        fsio.make_folder(self._trash)
        fsio.move(folder, self._trash / run)

    def restore(self, run: str) -> None:
        """Bring a run back from the trash.

        Raises:
            InputError: If it is not there.
            StorageError: If it cannot be moved.
        """
        if not is_ulid(run) or not (self._trash / run).is_dir():
            raise InputError(f"The trash has no run {run[:80]!r}.")
        fsio.move(self._trash / run, self._runs / run)

    def empty_trash(self) -> int:
        """Delete the runs in the trash for good, also on a full disk, and return how many bytes they took.

        Raises:
            StorageError: If one cannot be deleted; those before it are gone.
        """
        num_bytes = 0
        for run in self.trashed():
            taken = fsio.folder_bytes(self._trash / run)
            fsio.remove_tree(self._trash / run)
            num_bytes += taken
        return num_bytes

    def events(self, run: str) -> list[dict[str, Any]]:
        """Return the events of a run but `batch_end`, as far as they are whole.

        Raises:
            InputError: If there is no such run, or the file cannot be read at all.
        """
        return _read_lines(self._existing(run) / EVENTS_FILE)

    def metrics(self, run: str) -> list[dict[str, Any]]:
        """Return the results of each epoch: lines with `event` `epoch_end` or `validation_end`.

        Raises:
            InputError: If there is no such run, or the file cannot be read at all.
        """
        return _read_lines(self._existing(run) / METRICS_FILE)

    def timings(self, run: str) -> list[dict[str, Any]]:
        """Return time, throughput and memory of each epoch.

        Raises:
            InputError: If there is no such run, or the file cannot be read at all.
        """
        return _read_lines(self._existing(run) / TIMINGS_FILE)

    def heat_lines(self, run: str) -> list[dict[str, Any]]:
        """Return how hot each layer was in each epoch that trained batch by batch; `read_heat` reads the lines.

        Raises:
            InputError: If there is no such run, or the file cannot be read at all.
        """
        return _read_lines(self._existing(run) / HEAT_FILE)

    def mark_interrupted(self) -> list[RunSummary]:
        """Mark the runs whose process is gone, tidy what was left half-written, and return the rows of the marked.

        Call it with the project's lock held.

        Raises:
            StorageError: If a status cannot be written.
        """
        marked = []
        for run in self.ids():
            folder = self._runs / run
            with contextlib.suppress(InputError):
                status = read_status(self._existing(run))
                if status.state is RunState.RUNNING and status.process.is_alive:
                    continue
                fsio.remove_temporaries(folder)
                fsio.remove_temporaries(folder / CHECKPOINTS_FOLDER)
                fsio.settle_folder(folder / FINAL_FOLDER)
                if status.state is RunState.RUNNING:
                    checkpoints = newest_first(folder / CHECKPOINTS_FOLDER)
                    step = step_of(checkpoints[0]) if checkpoints else None
                    write_status(folder, replace(status, state=RunState.INTERRUPTED, checkpoint_step=step))
                    marked.append(self.summary(run))
        return marked

    def _existing(self, run: str) -> Path:
        """Return the folder of a run.

        Raises:
            InputError: If there is no such run, or a link is in it or in its place.
        """
        folder = self._there(run)
        require_no_links(folder)
        return folder

    def _there(self, run: str) -> Path:
        folder = self.folder(run)
        if not folder.is_dir():
            raise InputError(f"There is no run '{run}' in '{self.root}'.")
        return folder

    def _is_free(self, name: str, run: str) -> bool:
        """Tell whether a run may be called so, or whether that is its first name.

        Raises:
            InputError: If there is no such run, or the name means another one.
        """
        folder = self._existing(run)
        remedy = "Choose another name; nothing was changed."
        if name and any(other.startswith(name.upper()) for other in (*self.ids(), *self.trashed())):
            raise InputError(f"A run cannot be called '{name}': the identifiers of runs begin so.", remedy=remedy)
        others = [summary for summary in self.summaries() if summary.run != run]
        taken = next((summary for summary in others if summary.name.casefold() == name.casefold()), None)
        if taken is not None:
            raise InputError(f"The run {taken.run} is called '{taken.name}' already.", remedy=remedy)
        if not is_first_name(name):
            return True
        if name.casefold() == self._first_name(folder).casefold():
            return False
        raise InputError(f"'{name}' is a name that the program gives to runs itself.", remedy=remedy)

    def _first_name(self, folder: Path) -> str:
        try:
            strategy = str(_read_config(folder / CONFIG_FILE)["strategy"]["kind"])
        except (InputError, *fsio.UNREADABLE):
            return folder.name
        return first_name(strategy, read_marks(folder)["number"], folder.name)

    def _next_number(self) -> int:
        folders = [self._runs / run for run in self.ids()] + [self._trash / run for run in self.trashed()]
        return max((read_marks(folder)["number"] for folder in folders), default=0) + 1

    def _change_marks(self, run: str, **changes: Any) -> None:
        folder = self._existing(run)
        fsio.write_json(folder / NAME_FILE, marks_content(**{**read_marks(folder), **changes}))


def _run_names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if is_ulid(path.name))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _read_config(path: Path) -> dict[str, Any]:
    try:
        return fsio.read_json(path, max_bytes=_MAX_CONFIG_BYTES, sealed=True)
    except FileNotFoundError as error:
        raise fsio.DamagedError(f"'{path}' is missing.") from error


def _read_lines(path: Path) -> list[dict[str, Any]]:
    try:
        return fsio.read_log(path)[0]
    except FileNotFoundError:
        return []


def _summary_of(run: str, folder: Path) -> RunSummary:
    marks = read_marks(folder)
    try:
        require_no_links(folder)
        status = read_status(folder).as_seen_now()
        config = _read_config(folder / CONFIG_FILE)
        return summary_from(run, marks, status, config, metrics=lambda: _read_lines(folder / METRICS_FILE))
    except (InputError, *fsio.UNREADABLE) as error:
        problem = error.message if isinstance(error, InputError) else f"'{folder / CONFIG_FILE}' is damaged."
        return RunSummary(
            run=run,
            name=marks["name"] or run,
            strategy="",
            state=RunState.DAMAGED,
            starred=marks["starred"],
            note=marks["note"],
            problem=problem,
            number=marks["number"],
        )

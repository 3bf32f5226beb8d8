"""The log of a project's advices, and what runs made of them: how often the program was right here."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.advice.advisor import Advice
from tlft_desktop.core.advice.track_record import Circumstances, LoggedAdvice, TrackRecord, TriedRun, score
from tlft_desktop.core.errors import InputError, TlftError
from tlft_desktop.core.evaluation.comparison import compare_runs
from tlft_desktop.core.project.lock import acquire_lock
from tlft_desktop.core.project.project import ASKED_FOR, Project
from tlft_desktop.core.project.ulid import made_at
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import HeadSolver

ADVICE_FILE = "advice.jsonl"
_MAX_BYTES = 4 << 20
"""About two thousand advices: of more, only the last ones count."""


def note_advice(project: Project, advice: Advice) -> bool:
    """Write an advice that is shown into the log of the project; tell whether it could be written.

    A project that is open for reading is locked for that moment. What cannot be written is not: the disk is read-only
    or full, the project is open elsewhere, or of a newer version.
    """
    if project.read_only not in ("", ASKED_FOR):
        return False
    config = project.config
    with suppress(TlftError, OSError):
        around = Circumstances(project.edited_manifest.digest, config.backbone, config.image_size)
        logged = LoggedAdvice.of(advice, around, datetime.now(UTC))
        if not project.read_only:
            _append(project.root / ADVICE_FILE, logged)
            return True
        lock = acquire_lock(project.root)
        try:
            _append(project.root / ADVICE_FILE, logged)
            return True
        finally:
            lock.release()
    return False


def track_record(project: Project) -> TrackRecord:
    """Return how good the earlier advices of a project were, by the runs that followed them; changes nothing."""
    advices, num_damaged = _read(project.root / ADVICE_FILE)
    if not advices:
        return TrackRecord(num_damaged=num_damaged)
    store = RunStore(project.root)
    runs = []
    for summary in store.summaries():
        with suppress(InputError, ValueError, *fsio.UNREADABLE):
            if (run := _tried(store, summary)) is not None:
                runs.append(run)
    return score(advices, runs, lambda own, other: _is_beaten(store, own, other), num_damaged=num_damaged)


def _append(path: Path, logged: LoggedAdvice) -> None:
    end = None
    with suppress(FileNotFoundError):
        # A damaged line costs itself, not those behind it; only a torn last one is cut off.
        end = fsio.salvage_log(path, max_bytes=_MAX_BYTES).end
    with fsio.AppendLog(path, truncate_to=end) as log:
        log.append(logged.to_json())


def _read(path: Path) -> tuple[list[LoggedAdvice], int]:
    try:
        found = fsio.salvage_log(path, max_bytes=_MAX_BYTES)
    except FileNotFoundError:
        return [], 0
    except fsio.DamagedError:
        return [], 1
    advices, num_damaged = [], found.num_damaged
    for record in found.records:
        try:
            advices.append(LoggedAdvice.from_json(record))
        except (KeyError, TypeError, ValueError, AttributeError):
            num_damaged += 1
    return advices, num_damaged


def _tried(store: RunStore, summary: RunSummary) -> TriedRun | None:
    """Return a run that says something about an advice: trained to its end, without a limit of its time."""
    if summary.state is not RunState.COMPLETED or summary.val_accuracy is None or summary.total_seconds is None:
        return None
    config = store.config(summary.run)
    if config.budget_seconds is not None:
        return None
    last = config.strategy.phases[-1]
    return TriedRun(
        run=summary.run,
        kind=config.strategy.kind,
        # Its time in the configuration is rounded to seconds, in which an advice may lie, too.
        started=made_at(summary.run),
        circumstances=Circumstances(config.manifest, config.backbone, config.image_size),
        accuracy=summary.val_accuracy,
        seconds=summary.total_seconds,
        epochs=None if last.head is HeadSolver.CONVEX else last.epochs,
    )


def _is_beaten(store: RunStore, own: TriedRun, other: TriedRun) -> bool | None:
    try:
        comparison = compare_runs(store, [own.run, other.run])[0]
    except TlftError:
        return None
    return None if comparison.high is None else comparison.high < 0

"""Which runs can go on, and what is seen of a run whose process is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import make_run
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.runs.status import RunStatus, read_status, write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunState

DEAD = replace(ProcessIdentity.current(), started=1.0)


@pytest.mark.parametrize("checkpoint_step", [None, 9])
@pytest.mark.parametrize(
    ("state", "failure", "expected"),
    [
        (RunState.STOPPED, None, True),
        (RunState.INTERRUPTED, None, True),
        (RunState.FAILED, {"resumable": True}, True),
        (RunState.FAILED, {"resumable": False}, False),
        (RunState.FAILED, None, False),
        (RunState.RUNNING, None, False),
        (RunState.COMPLETED, None, False),
    ],
)
def test_a_run_goes_on_from_its_checkpoint_or_else_from_its_start(
    state: RunState, failure: dict[str, bool] | None, expected: bool, checkpoint_step: int | None
) -> None:
    status = RunStatus(state=state, process=DEAD, num_epochs=3, failure=failure, checkpoint_step=checkpoint_step)
    assert status.resumable is expected


def test_a_killed_run_is_shown_as_interrupted_without_writing(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    killed, alive, elsewhere = make_run(store), make_run(store), make_run(store)
    other_machine = replace(DEAD, host="another-machine")
    for run, process in ((killed, DEAD), (elsewhere, other_machine)):
        write_status(store.folder(run), replace(read_status(store.folder(run)), process=process))
    before = (store.folder(killed) / "status.json").read_bytes()
    shown = {summary.run: (summary.state, summary.resumable) for summary in store.summaries()}
    assert shown == {
        killed: (RunState.INTERRUPTED, True),
        alive: (RunState.RUNNING, False),
        elsewhere: (RunState.RUNNING, False),
    }
    assert (store.folder(killed) / "status.json").read_bytes() == before

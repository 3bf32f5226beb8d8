"""What a run adds up to: going on in a later phase, marks, the log, losses that are no numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QAction

from tests.gui.fake_training import fake_training, fit_start
from tlft_desktop.core.control import Control
from tlft_desktop.core.values.events import (
    BatchEnd,
    Checkpoint,
    EpochEnd,
    Event,
    FitEnd,
    Gate,
    Notice,
    PhaseStart,
    ValidationEnd,
)
from tlft_desktop.gui.desks.training_words import TrainingWords
from tlft_desktop.gui.live_columns import BatchColumns
from tlft_desktop.gui.live_history import event_of
from tlft_desktop.gui.live_log import LogKind, gate_words
from tlft_desktop.gui.live_run import MAX_LOG_ENTRIES, LiveRun
from tlft_desktop.gui.marks import MarkKind
from tlft_desktop.gui.widgets.training_status import TrainingStatus
from tlft_desktop.gui.workers.mailbox import Mail, Mailbox
from tlft_desktop.gui.workers.run_controller import TrainingState

PHASES = ({"name": "head", "epochs": 200, "head": "convex"}, {"name": "fine-tuning", "epochs": 10, "head": "sgd"})


def phase(index: int) -> PhaseStart:
    name = str(PHASES[index]["name"])
    return PhaseStart(phase=name, index=index, trainable_parameters=9, frozen_owners=0, cache=None)


def epoch(number: int, phase_epoch: int, step: int, *, loss: float = 1.0) -> tuple[Event, Event]:
    name = "head" if number <= 5 else "fine-tuning"
    return (
        EpochEnd(phase=name, epoch=number, phase_epoch=phase_epoch, train_loss=loss, train_accuracy=0.5,
                 epoch_seconds=1.0, images_per_second=10.0, peak_memory_bytes=5, learning_rates={}, step=step),
        ValidationEnd(phase=name, epoch=number, val_loss=loss, val_accuracy=0.5, val_accuracy_low=0.4,
                      val_accuracy_high=0.6, val_macro_f1=0.5),
    )  # fmt: skip


def batch(step: int) -> BatchEnd:
    return BatchEnd(step=step, loss=1.0, learning_rates={"head": 0.1}, images_per_second=10.0)


def hybrid_until(num_tuned: int) -> list[Event]:
    """Return a hybrid: five steps of the head, then `num_tuned` epochs of three steps."""
    events: list[Event] = [replace(fit_start(), phases=PHASES), phase(0)]
    for number in range(1, 6):
        events += epoch(number, number, number)
    events += [Checkpoint(step=5, kind="best"), Gate(rule="headroom", decision="switch", reason="Room."), phase(1)]
    for number in range(1, num_tuned + 1):
        events += epoch(5 + number, number, 5 + 3 * number)
        events.append(Checkpoint(step=5 + 3 * number, kind="last"))
    return [replace(event, run="R", seq=number) for number, event in enumerate(events, start=1)]


def lines_of(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [event.to_json() for event in events]


def resumed(live: LiveRun, seq: int, *events: Event) -> None:
    """Let a run go on with `fit_start` as event number `seq`."""
    start = replace(fit_start(), run="R", phases=PHASES, seq=seq)
    going_on = [replace(event, run="R", seq=seq + 1 + number) for number, event in enumerate(events)]
    rest = tuple(event for event in going_on if not isinstance(event, BatchEnd))
    batches = tuple(event for event in going_on if isinstance(event, BatchEnd))
    live.take(Mail((start, *rest), batches, None, 0))


def test_going_on_in_the_second_phase_starts_where_the_run_stands() -> None:
    history = hybrid_until(4)
    live = LiveRun()
    live.take_history(lines_of(history))
    assert (live.epoch, live.phase_marks) == (9, [(5, "fine-tuning")])
    before = live.progress()
    resumed(live, history[-1].seq + 1, Notice(kind="resumed", message="The run goes on."), phase(1))
    assert live.progress() == before == pytest.approx((1 + 4) / 11)
    assert live.phase_marks == [(5, "fine-tuning")], "the phase is not marked twice"
    live.take(Mail((), (batch(18),), None, 0))
    assert live.progress() == pytest.approx((1 + 4 + 1 / 3) / 11)
    assert live.batches.x.tolist() == pytest.approx([9 + 1 / 3])
    kinds = [mark.kind for mark in live.marks]
    assert kinds.count(MarkKind.GATE) == 1
    assert kinds.count(MarkKind.CHECKPOINT) == 5
    assert live.num_epochs() == 5 + 10
    assert live.seconds_left() is None, "the pace of another day says nothing"


def test_what_lies_behind_the_checkpoint_is_forgotten() -> None:
    history = hybrid_until(4)
    live = LiveRun()
    live.take_history(lines_of(history))
    checkpoint = next(event for event in history if isinstance(event, Checkpoint) and event.step == 11)
    resumed(live, checkpoint.seq + 1, phase(1))
    assert live.epoch == 7
    assert sorted(live.val) == [1, 2, 3, 4, 5, 6, 7]
    assert live.progress() == pytest.approx((1 + 2) / 11)


def test_a_run_that_starts_from_its_beginning_forgets_everything() -> None:
    live = LiveRun()
    live.take_history(lines_of(hybrid_until(4)))
    resumed(live, 1, phase(0))
    assert (live.epoch, live.train, live.marks) == (0, {}, [])
    assert live.progress() == 0


def test_going_on_without_a_readable_history_is_not_too_far_on() -> None:
    live = LiveRun()
    live.take_history([])
    resumed(live, 40, phase(1), batch(18), batch(19))
    assert 1 / 11 < live.progress() < 2 / 11


def test_going_on_between_two_phases_marks_the_new_one() -> None:
    history = hybrid_until(0)[:-2]
    live = LiveRun()
    live.take_history(lines_of(history))
    resumed(live, history[-1].seq + 1, Gate(rule="target", decision="switch", reason="Below."), phase(1))
    assert live.phase_marks == [(5, "fine-tuning")]
    assert live.progress() == pytest.approx(1 / 11)


def test_lines_of_other_versions_are_read_as_far_as_they_go() -> None:
    assert event_of({"event": "gone"}) is None
    assert event_of({}) is None
    found = event_of({"event": "epoch_end", "epoch": 2, "train_loss": None, "new": 1})
    assert isinstance(found, EpochEnd)
    assert math.isnan(found.train_loss)
    assert (found.epoch, found.phase, found.learning_rates) == (2, "", {})


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_loss_that_is_no_number_is_marked_once(loss: float) -> None:
    live, box = LiveRun(), Mailbox()
    for event in [fit_start(), phase(0), *epoch(1, 1, 1), *epoch(2, 2, 2, loss=loss), *epoch(3, 3, 3, loss=loss)]:
        box.post(event)
    live.take(box.collect())
    assert [mark.x for mark in live.marks if mark.kind is MarkKind.TROUBLE] == [2.0]


def test_the_best_epoch_is_the_one_whose_state_was_saved_as_the_best() -> None:
    live, box = LiveRun(), Mailbox()
    for number, kind in enumerate(("best", "last", "best", "last"), 1):
        for event in [*epoch(number, number, number, loss=float(number)), Checkpoint(step=number, kind=kind)]:
            box.post(event)
    live.take(box.collect())
    assert live.best == (3, live.val[3])


def test_gates_are_explained() -> None:
    for rule in ("target", "headroom", "best", "new rule"):
        for decision in ("stop", "switch", "roll_back"):
            words = gate_words(Gate(rule=rule, decision=decision, reason="Numbers."))
            assert words.endswith(" Numbers.")
            assert len(words) > 30


def test_the_log_has_kinds_times_and_an_end() -> None:
    live, box = LiveRun(), Mailbox()
    live.take_history(lines_of(hybrid_until(1)))
    assert {entry.clock for entry in live.log} == {""}
    box.post(Notice(kind="damaged", message="A checkpoint is damaged."))
    box.post(Notice(kind="l2", message="The penalty is 1."))
    failure = {"title": "Out of memory", "message": "Too large.", "resumable": True}
    box.post(FitEnd(state="failed", best=None, frozen_proof="", total_seconds=1.0, failure=failure))
    live.take(box.collect())
    kinds = [entry.kind for entry in live.log]
    assert kinds == [
        LogKind.PHASE, LogKind.GATE, LogKind.PHASE, LogKind.TROUBLE, LogKind.NOTICE, LogKind.TROUBLE
    ]  # fmt: skip
    assert all(entry.clock for entry in live.log[3:])
    assert "Too large." in live.lines[-1]


def test_the_log_stays_bounded() -> None:
    live = LiveRun()
    notices = tuple(Notice(kind="note", message=str(number)) for number in range(MAX_LOG_ENTRIES + 7))
    live.take(Mail(notices, (), None, 0))
    assert len(live.log) == MAX_LOG_ENTRIES
    assert live.num_log_lost == 7
    assert live.lines[0] == "7"


def test_columns_of_batches_stay_in_step() -> None:
    columns = BatchColumns()
    columns.append(1.0, {"loss": 1.0})
    columns.append(1.0, {"loss": 9.0})
    columns.append(2.0, {"loss": 2.0, "rate:head": 0.1})
    columns.append(3.0, {"rate:head": 0.2})
    assert columns.x.tolist() == [1.0, 2.0, 3.0]
    assert [len(column) for column in columns.columns.values()] == [3, 3]
    assert math.isnan(columns.columns["rate:head"][0])
    assert math.isnan(columns.columns["loss"][2])


def test_progress_never_goes_back() -> None:
    live, box, seen = LiveRun(), Mailbox(), [0.0]
    for event in fake_training(Control(), num_epochs=4):
        box.post(event)
        live.take(box.collect())
        seen.append(live.progress())
    assert seen == sorted(seen)


def test_a_phase_that_starts_again_counts_its_epochs_anew() -> None:
    live, box = LiveRun(), Mailbox()
    for event in [fit_start(), phase(0), *epoch(1, 1, 1)]:
        box.post(event)
    live.take(box.collect())
    planned, left = live.num_epochs(), live.num_epochs() - 1
    for event in [Notice(kind="rate", message="Again."), phase(0)]:
        box.post(event)
    live.take(box.collect())
    assert live.progress() == 0
    assert live.num_epochs() == planned + 1
    for number in range(left):
        for event in epoch(2 + number, 1 + number, 2 + number):
            box.post(event)
    live.take(box.collect())
    assert (live.epoch, live.num_epochs()) == (planned, planned + 1)


def test_a_head_that_is_solved_is_no_epoch_in_words() -> None:
    *events, gate, tuning = hybrid_until(0)
    live = LiveRun()
    live.take(Mail(tuple(events), (), None, 0))
    assert live.is_solving
    assert live.is_solution(5)
    end = FitEnd(state="completed", best=None, frozen_proof="verified", total_seconds=3.0)
    said = "Training finished in 3.0 s. Validation accuracy 50.0 % [40.0, 60.0]"
    assert TrainingWords().end(end, live)[1] == f"{said} with the head that was solved."
    live.take(Mail((gate, tuning), (), None, 0))
    assert not live.is_solving


def test_epochs_behind_a_head_that_was_solved_are_counted_from_there(qtbot: Any) -> None:
    live = LiveRun()
    live.take(Mail(tuple(hybrid_until(2)), (), None, 0))
    live.rates[7] = {"head": 0.1}
    status = TrainingStatus(dict.fromkeys(("pause", "go_on", "stop"), QAction("x")))
    qtbot.addWidget(status)
    status.show_run(live, TrainingState.RUNNING)
    assert status.headline.text() == "Epoch 3 of at most 10"
    status.show_run(live, TrainingState.PAUSED)
    assert status.headline.text() == "Paused at epoch 2"
    best = {"epoch": 7, "val_accuracy": 0.5, "val_loss": 1.0}
    end = FitEnd(state="completed", best=best, frozen_proof="verified", total_seconds=3.0)
    live.take(Mail((end,), (), None, 0))
    said = "Training finished in 3.0 s. Validation accuracy 50.0 % [40.0, 60.0] in epoch 2, which is kept."
    assert TrainingWords().end(end, live)[1] == said
    status.show_run(live, TrainingState.IDLE)
    assert "best 50.0 % [40.0, 60.0] in epoch 2" in status.detail.text()

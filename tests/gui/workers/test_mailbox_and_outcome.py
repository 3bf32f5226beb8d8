"""The mailbox stays small, the drain never raises, failures hold no exception."""

from __future__ import annotations

import errno
import gc
import weakref
from collections.abc import Iterator

import pytest

from tests.gui.fake_training import fake_training
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, ProjectMovedError
from tlft_desktop.core.values.events import BatchEnd, CacheProgress, Event, FitEnd, Notice
from tlft_desktop.core.workflows import failures
from tlft_desktop.gui.workers.mailbox import MAX_BATCHES, MAX_EVENTS, Mailbox
from tlft_desktop.gui.workers.outcome import FailureKind, failure_of, failure_of_fit_end
from tlft_desktop.gui.workers.training_worker import drain


def batch(step: int) -> BatchEnd:
    return BatchEnd(step=step, loss=1.0, learning_rates={}, images_per_second=1.0)


def test_batches_are_thinned_out_but_first_and_last_stay() -> None:
    box = Mailbox()
    for step in range(50_000):
        box.post(batch(step))
    steps = [event.step for event in box.collect().batches]
    assert len(steps) <= MAX_BATCHES
    assert steps[0] == 0
    assert steps[-1] == 49_999
    assert steps == sorted(set(steps))
    assert not box.collect()


def test_old_events_are_dropped_and_counted() -> None:
    box = Mailbox()
    for number in range(MAX_EVENTS + 3):
        box.post(Notice(kind="n", message=str(number)))
    mail = box.collect()
    assert len(mail.events) == MAX_EVENTS
    assert mail.num_lost == 3


def test_only_the_last_cache_progress_counts() -> None:
    box = Mailbox()
    for done in range(10):
        box.post(CacheProgress(done=done, total=9))
    assert box.collect().cache == CacheProgress(done=9, total=9)


def test_drain_completes() -> None:
    box = Mailbox()
    outcome = drain(lambda control: fake_training(control), Control(), box)
    assert outcome.failure is None
    assert outcome.fit_end is not None
    assert outcome.fit_end.state == "completed"
    assert [event.name for event in box.collect().events][-1] == "fit_end"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (InputError("No images."), FailureKind.INPUT),
        (MemoryError(), FailureKind.INPUT),
        (PermissionError(errno.EACCES, "Permission denied", "/locked"), FailureKind.INPUT),
        (RuntimeError("Symlink loop from '/a'"), FailureKind.INPUT),
        (PermissionError(errno.EACCES, "Permission denied"), FailureKind.FAULT),
        (ValueError("x"), FailureKind.FAULT),
        (SystemExit(3), FailureKind.FAULT),
        (KeyboardInterrupt(), FailureKind.FAULT),
        (GeneratorExit(), FailureKind.FAULT),
    ],
)
def test_b17_everything_raised_in_a_training_is_a_failure(error: BaseException, kind: FailureKind) -> None:
    closed = []

    def training(control: Control) -> Iterator[Event]:
        try:
            yield Notice(kind="n", message="m")
            raise error
        finally:
            closed.append(True)

    outcome = drain(training, Control(), Mailbox())
    assert outcome.fit_end is None
    assert outcome.failure is not None
    assert outcome.failure.kind is kind
    assert closed == [True]


def test_failures_keep_nothing_alive() -> None:
    class Big:
        pass

    big = Big()
    ref = weakref.ref(big)
    try:
        local = big
        raise ValueError("no")
    except ValueError as error:
        failure = failure_of(error)
        del local
    del big
    gc.collect()
    assert ref() is None
    assert "ValueError: no" in failure.details


def test_a_training_without_an_end_is_a_failure() -> None:
    assert drain(lambda _control: iter(list(fake_training(Control()))[:2]), Control(), Mailbox()).failure is not None


def test_a_project_that_was_renamed_while_it_trained_is_named_and_not_gone_on_with_where_it_was() -> None:
    error = ProjectMovedError("The project 'a' was renamed to 'b'.", remedy="Open it there: `tlft train b --resume r`.")
    told = failures.failure_of(error)
    assert told["resumable"], "at its new place"
    end = FitEnd(run="r", state="failed", best=None, frozen_proof="", total_seconds=1.0, failure=told)
    failure = failure_of_fit_end(end)
    assert failure is not None
    assert failure.text == "The project 'a' was renamed to 'b'. Open it there: `tlft train b --resume r`."
    assert not failure.resumable

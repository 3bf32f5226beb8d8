"""Jobs: results, failures and stops reach the window's thread; progress is not a flood."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator

from tlft_desktop.core.errors import InputError
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import MAX_THREADS, JobContext, Progress, TaskRunner


def test_result_comes_back_in_the_main_thread(qtbot) -> None:
    runner, seen = TaskRunner(), []

    def work(_context: JobContext) -> int:
        return threading.get_ident()

    with qtbot.waitSignal(runner.idle):
        runner.start("count", work, on_done=lambda result: seen.append((result, threading.get_ident())))
    ((worked_in, called_in),) = seen
    assert worked_in != called_in
    assert called_in == threading.get_ident()
    assert runner.jobs == ()


def test_failures_go_to_their_handler_or_to_the_signal(qtbot) -> None:
    runner, own, common = TaskRunner(), [], []
    runner.failed.connect(common.append)

    def work(_context: JobContext) -> None:
        raise InputError("The folder is empty.", remedy="Choose another one.")

    with qtbot.waitSignal(runner.idle):
        runner.start("a", work, on_failed=own.append)
        runner.start("b", work)
    assert isinstance(own[0], Failure)
    assert own[0].text == "The folder is empty. Choose another one."
    assert len(common) == 1


def test_b14_a_stopped_job_says_so_within_a_second(qtbot) -> None:
    runner, seen = TaskRunner(), []

    def work(context: JobContext) -> int:
        while True:
            context.control.raise_if_stopped()
            time.sleep(0.005)

    job = runner.start("long", work, on_done=seen.append, on_stopped=lambda: seen.append("stopped"))
    with qtbot.waitSignal(runner.idle, timeout=1000):
        job.control.request_stop()
    assert seen == ["stopped"]


def test_f6_a_thousand_reports_are_few_signals(qtbot) -> None:
    runner = TaskRunner()
    num_changes = []
    runner.jobs_changed.connect(lambda: num_changes.append(1))

    def work(context: JobContext) -> bool:
        for done in range(1000):
            context.report(Progress(done, 1000))
        return True

    with qtbot.waitSignal(runner.idle):
        runner.start("many", work)
    assert len(num_changes) < 50


def test_what_jobs_worked_with_is_let_go_of(qtbot) -> None:
    class Images:
        pass

    runner, kept = TaskRunner(), []
    for _ in range(20):
        images = Images()
        kept.append(weakref.ref(images))
        with qtbot.waitSignal(runner.idle):
            runner.start("", lambda _context, images=images: id(images), on_done=lambda _result, images=images: None)
    del images

    def are_let_go_of() -> bool:
        gc.collect()
        return sum(item() is not None for item in kept) <= 2 * MAX_THREADS

    # A thread of the pool may be on its way out of an older job for as long as others have the processor.
    qtbot.waitUntil(are_let_go_of)


def test_the_result_is_the_last_that_is_no_progress_and_what_yields_it_is_closed(qtbot) -> None:
    runner, told, ended = TaskRunner(), [], []

    def items(*results: str) -> Iterator[Progress | str]:
        try:
            yield Progress(1, 2)
            yield from results
            yield Progress(2, 2)
        finally:
            ended.append(len(results))

    for results in ((), ("first", "last")):
        with qtbot.waitSignal(runner.idle):
            job = runner.start("", lambda context, some=results: context.result_of(items(*some)), on_done=told.append)
        assert job.progress == Progress(2, 2)
    assert told == [None, "last"]
    assert ended == [0, 2]

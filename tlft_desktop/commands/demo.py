"""`tlft demo`: two sets of real images, three ways to a classifier, one table each."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tlft_desktop.commands import gui, words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.output import Output, Progress
from tlft_desktop.commands.phase_progress import PhaseProgress
from tlft_desktop.core.data.import_images import ImportProgress
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import command
from tlft_desktop.core.training.device import choose_device, describe_device
from tlft_desktop.core.values.events import Event, FitEnd, FitStart, Gate
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.demo import (
    DEMO_SETS,
    FULL_EFFORT,
    QUICK_EFFORT,
    DemoResult,
    DemoRunStart,
    DemoStart,
    run_demo,
)

_TITLES = {
    StrategyKind.TRANSFER: "transfer",
    StrategyKind.FINETUNE: "fine-tuning",
    StrategyKind.HYBRID: "hybrid",
}


def run(args: argparse.Namespace, app: App) -> int:
    """Run the demonstration, print its tables, and offer the window where there is a display."""
    started = time.monotonic()
    output = app.output
    output.detail(f"Three ways from a pretrained network (EfficientNet-Lite0, ImageNet) on {_device()}. No network.")
    view = _DemoView(output)
    effort = QUICK_EFFORT if args.quick else FULL_EFFORT
    with output.progress("writing the sample images") as progress:
        for item in run_demo(paths=app.paths, control=app.control, folder=args.keep, effort=effort):
            view.show(item, progress)
    output.line()
    output.line(f"Done in {words.duration(time.monotonic() - started)}. The projects:")
    for root in view.projects:
        output.line(f"  {root}")
    if args.gui or (_has_display() and _wants_window(output)):
        return gui.run(argparse.Namespace(project=view.projects[0]), app)
    output.detail("Look further:")
    for word, *options in (("runs",), ("compare",), ("compare", "--html", "report.html"), ("gui",)):
        output.detail(f"  {command(word, view.projects[0], *options)}")
    return ExitCode.DONE


class _DemoView:
    """Prints what the demonstration tells.

    Attributes:
        projects: Folders of the projects that are complete.
    """

    def __init__(self, output: Output) -> None:
        self.projects: list[Path] = []
        self._output = output
        self._done = PhaseProgress()
        self._kind = StrategyKind.TRANSFER
        self._num_val = 0

    def show(self, item: object, progress: Progress) -> None:
        """Print one item, or move the bar."""
        match item:
            case ImportProgress():
                progress.update(item.done / max(item.total, 1), f"reading {item.done:,} of {item.total:,} images")
            case DemoStart():
                self._show_set(item)
            case DemoRunStart():
                self._kind, self._done = item.kind, PhaseProgress()
                progress.restart(_TITLES[item.kind])
            case DemoResult():
                self._show_result(item)
                progress.restart("writing the sample images")
            case Event():
                self._show_event(item, progress)

    def _show_set(self, item: DemoStart) -> None:
        manifest = item.project.manifest
        near = "near to" if item.demo_set.is_near else "far from"
        number = [demo_set.sample for demo_set in DEMO_SETS].index(item.demo_set.sample) + 1
        self._output.detail()
        self._output.detail(
            f"{number} of {len(DEMO_SETS)}: {item.demo_set.title} ({len(manifest.records):,} images, "
            f"{len(manifest.classes)} classes, {near} ImageNet)"
        )

    def _show_event(self, event: Event, progress: Progress) -> None:
        self._done.follow(event)
        match event:
            case FitStart():
                self._num_val = event.num_val
            case Gate():
                self._output.detail(f"  {_TITLES[self._kind]}, decision ({event.decision}): {event.reason}")
            case FitEnd() if event.best is not None:
                accuracy = words.percent(event.best["val_accuracy"])
                self._output.detail(f"  {_TITLES[self._kind]}: {accuracy} after {words.duration(event.total_seconds)}")
        progress.update(self._done.share, self._done.detail)

    def _show_result(self, result: DemoResult) -> None:
        header = ("strategy", "trainable", "accuracy", "95 % interval", "seconds", "peak memory")
        rows = [
            (
                _TITLES[StrategyKind(run.strategy)],
                words.percent(run.trainable_parameters / result.total_parameters),
                words.percent(run.val_accuracy),
                words.interval(run.low, run.high),
                f"{run.total_seconds:.1f}",
                words.size(run.peak_memory_bytes),
            )
            for run in result.runs
        ]
        self.projects.append(result.root)
        self._output.line()
        for line in words.table(header, rows, right=(1, 2, 4, 5)):
            self._output.line(f"  {line}")
        self._output.line(f"  (accuracy on {self._num_val} validation images; the best epoch was chosen on them)")
        self._output.line()
        for line in words.wrapped(result.verdict, indent="  "):
            self._output.line(line)


def _device() -> str:
    return describe_device(choose_device())


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _wants_window(output: Output) -> bool:
    """Ask whether to open the window; nobody is asked where nobody can answer."""
    if sys.stdin is None or not sys.stdin.isatty() or output.reader_is_gone:
        return False
    output.line("Open the window with the first project? [Y/n] ")
    try:
        return input().strip().casefold() in ("", "y", "yes")
    except EOFError:
        return False

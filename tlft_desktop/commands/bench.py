"""`tlft bench`: how fast this machine is with this program, and what that saves."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core import fsio
from tlft_desktop.core.bench.cases import BenchStep, measure, measure_part
from tlft_desktop.core.bench.fastai_loop import require_fastai
from tlft_desktop.core.bench.rows import HEADER, RIGHT, Row
from tlft_desktop.core.errors import ExitCode, TlftError, UsageError
from tlft_desktop.core.training.device import choose_device, describe_device


def run(args: argparse.Namespace, app: App) -> int:
    """Measure in a throwaway profile and print the comparisons."""
    if args.part:
        if args.images is None:
            raise UsageError("A part needs a folder of images.")
        app.output.record(measure_part(args.part, args.images, epochs=args.epochs))
        return ExitCode.DONE
    if args.fastai:
        require_fastai()
    if not args.json:
        app.output.detail(f"Measured on: {describe_device(choose_device())}. Nothing else should be working now.")
    folder = fsio.make_temporary_folder("tlft-bench-")
    try:
        found = _measure(args, app, folder)
    finally:
        with contextlib.suppress(TlftError):
            fsio.remove_tree(folder)
    if not args.json:
        for line in words.table(HEADER, [row.cells() for row in found], right=RIGHT):
            app.output.line(line)
    return ExitCode.DONE


def _measure(args: argparse.Namespace, app: App, folder: Path) -> list[Row]:
    found = []
    rounds = 1 if args.quick else args.rounds
    with app.output.progress("measuring") as progress:
        steps = measure(folder, rounds=rounds, quick=args.quick, control=app.control, with_fastai=args.fastai)
        for item in steps:
            if isinstance(item, BenchStep):
                progress.update(item.done / item.total, item.text)
                continue
            found.append(item)
            if args.json:
                app.output.record(item.to_json())
    return found

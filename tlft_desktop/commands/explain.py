"""`tlft explain`: which places of an image speak for a class, run by run, and how far that can be trusted."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.explain_view import record, sentences
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode, InputError
from tlft_desktop.core.evaluation.overlay import Pixels, difference_picture, png_bytes
from tlft_desktop.core.evaluation.saliency import SaliencyMap
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.workflows.bundle import Bundle
from tlft_desktop.core.workflows.explain_words import BEST, LAST, PICTURE_SIDE, Asked, Shown, overlap_words
from tlft_desktop.core.workflows.explaining import ExplainedNetwork, Explanation, PictureReader, find_image
from tlft_desktop.core.workflows.learned_images import LearnedImages
from tlft_desktop.core.workflows.prediction import load_last_state, load_run

_STATES: dict[str, Callable[[Project, str], Bundle]] = {BEST: load_run, LAST: load_last_state}


def run(args: argparse.Namespace, app: App) -> int:
    """Print a paragraph, or an object, for each network, and how much of its heat lies where the first has it."""
    if args.output is not None:
        fsio.require_new_folder(args.output)
    project = open_project_read_only(args.project)
    path, found = find_image(args.image, project.edited_manifest, project.data_folder)
    if not args.json:
        app.output.line(f"'{path}'" if found is None else f"'{path}', labelled '{found.label}' ({found.split})")
    with PictureReader() as reader:
        asking = _Asking(args, app, project, path, reader, LearnedImages(project))
        pictures = asking.ask_all()
    if not asking.num_shown:
        return ExitCode.BAD_INPUT
    if args.output is not None:
        fsio.write_new_folder(args.output, pictures)
        app.output.note(f"{words.plural(len(pictures), 'picture')} in '{args.output}'.")
    return ExitCode.DONE


@dataclass
class _Asking:
    """Networks that are asked about one image, one after the other.

    Attributes:
        num_shown: How many could answer.
    """

    args: argparse.Namespace
    app: App
    project: Project
    path: Path
    reader: PictureReader
    learned: LearnedImages
    num_shown: int = 0

    def ask_all(self) -> dict[str, bytes]:
        """Print what each network looked at; return the pictures by their names, where they are wanted."""
        pictures: dict[str, bytes] = {}
        first: Shown | None = None
        for asked in self._networks():
            self.app.control.raise_if_stopped()
            try:
                shown = self._shown(asked, None if first is None else first.explanation.class_name)
            except InputError as error:
                self._print_error(asked, error)
                continue
            self.num_shown += 1
            self._print(shown)
            if self.args.output is not None:
                pictures |= shown.pictures()
            if first is not None:
                pictures |= self._compare(first, shown)
            first = first or shown
        return pictures

    def _networks(self) -> Iterator[Asked]:
        store = RunStore(self.project.root)
        runs = [store.resolve(ref) for ref in self.args.run or [BEST]]
        states = (BEST, LAST) if self.args.last else (BEST,)
        pairs = [(run_id, state) for run_id in runs for state in states]
        for number, (run_id, state) in enumerate(pairs, start=1):
            yield Asked(number, run_id, store.summary(run_id).name, state)

    def _shown(self, asked: Asked, class_name: str | None) -> Shown:
        bundle = _STATES[asked.state](self.project, asked.run)
        pixels = self.reader.read(self.path, bundle, control=self.app.control)
        network = ExplainedNetwork(bundle)
        explanation = network.explain(pixels, class_name=self.args.class_name or class_name, stage=self.args.stage)
        side = max(PICTURE_SIDE, bundle.preprocessing.resize_side)
        return Shown(
            asked,
            explanation,
            self._occluded(network, pixels, explanation) if self.args.occlusion else None,
            network.randomise(pixels, explanation) if self.args.sanity else None,
            self.reader.read(self.path, bundle, side=side, control=self.app.control),
            is_learned=self.learned.has(asked.run, self.path),
        )

    def _occluded(self, network: ExplainedNetwork, pixels: Pixels, explanation: Explanation) -> SaliencyMap:
        steps = network.occlude(pixels, explanation.class_name, control=self.app.control)
        with self.app.output.progress("covering") as progress:
            while True:
                try:
                    progress.update(next(steps))
                except StopIteration as end:
                    found: SaliencyMap = end.value
                    return found

    def _print(self, shown: Shown) -> None:
        if self.args.json:
            file = self._file(shown.asked.file())
            self.app.output.record({"image": str(self.path), **record(shown), "file": file})
            return
        for line in sentences(shown):
            self.app.output.line(line)

    def _print_error(self, asked: Asked, error: InputError) -> None:
        if self.args.json:
            named = {"run": asked.run, "name": asked.name, "state": asked.state}
            self.app.output.record({"image": str(self.path), **named, "error": str(error)})
        self.app.output.error(f"{asked.title}: {error}")

    def _compare(self, first: Shown, second: Shown) -> dict[str, bytes]:
        """Print how much of the heat lies in the same places; return the picture of the difference."""
        one, other = first.asked, second.asked
        difference = second.difference_from(first)
        file = f"difference-{one.number:02d}-{other.number:02d}.png"
        overlap = None if difference is None else difference.overlap
        if self.args.json:
            pair = {"a": one.run, "a_state": one.state, "b": other.run, "b_state": other.state}
            kept = None if difference is None else self._file(file)
            self.app.output.record({"image": str(self.path), **pair, "overlap": overlap, "file": kept})
        elif overlap is not None:
            self.app.output.line(f"  {overlap_words(overlap, one)}")
        if difference is None or self.args.output is None:
            return {}
        return {file: png_bytes(difference_picture(second.picture, difference))}

    def _file(self, name: str) -> str | None:
        return None if self.args.output is None else name

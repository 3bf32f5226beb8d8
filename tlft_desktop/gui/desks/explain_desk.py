"""What networks look at in an image: asked in the background, one network after the other, the newest wish first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.look_images import LookImages
from tlft_desktop.gui.desks.look_networks import LookNetworks, best_network_of
from tlft_desktop.gui.desks.opened import Opened
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.layered_image import LayeredImage
from tlft_desktop.gui.look_values import AskedNetwork, Look, LookDifference, Looks, LookWish
from tlft_desktop.gui.workers.outcome import Failure, FailureKind
from tlft_desktop.gui.workers.task import Job, JobContext


class MapOf(StrEnum):
    """Which class a map is of."""

    ANSWER = "answer"
    """The answer of the first network, so that all maps are of one class."""
    TRUTH = "truth"
    """The class that the project gives the image; the answer where it gives none."""
    NAMED = "named"


@dataclass(frozen=True)
class SeenLook:
    """What came of asking one network.

    Attributes:
        network: Which one.
        look: What it looked at; None where it could not be asked.
        image: The map on the image; None as `look`.
        problem: Why it could not be asked: a sentence.
    """

    network: AskedNetwork
    look: Look | None = None
    image: LayeredImage | None = None
    problem: str = ""


@dataclass(frozen=True)
class SeenDifference:
    """What two networks differ in.

    Attributes:
        difference: In words.
        image: On the image; None where a map is empty.
    """

    difference: LookDifference
    image: LayeredImage | None


class ExplainDesk(QObject):
    """Asks networks what they look at.

    A look takes a moment and one thread while something trains or is measured, so it is allowed then: it costs a
    training as much as the window's own painting does.

    Attributes:
        images: Which image is looked at.
        networks: Which networks look.

    Signals:
        changed(): There is another look, another image, or something else is asked.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.images = LookImages(context, self)
        self.networks = LookNetworks(context, self)
        self._opened: Opened[Looks] | None = None
        self._job: Job | None = None
        self._ready: AskedNetwork | None = None
        self._number = 0
        self._map_of, self._class_name, self._stage, self._backbone = MapOf.ANSWER, "", "", ""
        self._asked: tuple[AskedNetwork, ...] = ()
        self._question: tuple[object, ...] = ()
        self._seen: list[SeenLook] = []
        self._difference: SeenDifference | None = None
        self._notice = ""
        self._mistakes: dict[tuple[object, ...], frozenset[str]] = {}
        self.images.changed.connect(self._follow)
        self.networks.changed.connect(self._follow)
        context.session.project_changed.connect(self._change_project)
        context.controller.state_changed.connect(self._make_room)
        self._change_project()

    # What is known

    @property
    def asked(self) -> tuple[AskedNetwork, ...]:
        """The networks that are asked about the image."""
        return self._asked

    @property
    def seen(self) -> tuple[SeenLook, ...]:
        """What came of the first of them so far, in their order."""
        return tuple(self._seen)

    @property
    def looks(self) -> tuple[Look, ...]:
        """The looks that succeeded."""
        return tuple(each.look for each in self._seen if each.look is not None)

    @property
    def difference(self) -> SeenDifference | None:
        """What two networks differ in; None where not exactly two are asked, or one could not be."""
        return self._difference

    @property
    def is_looking(self) -> bool:
        """Whether more looks are on their way."""
        return self._job is not None or len(self._seen) < len(self._wanted())

    @property
    def wish(self) -> int:
        """A number that differs for each wish."""
        return self._number

    @property
    def notice(self) -> str:
        """What there is to say about the wish itself: a sentence, or nothing."""
        return self.images.problem or self._notice

    @property
    def map_of(self) -> MapOf:
        """Which class the maps are of."""
        return self._map_of

    @property
    def class_name(self) -> str:
        """The class that was named."""
        return self._class_name

    @property
    def stage(self) -> str:
        """Where maps are taken; empty for the last stage that tells places apart."""
        return self._stage

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the project: what to offer before a network tells its own."""
        manifest = self._context.session.manifest
        return () if manifest is None else manifest.classes

    @property
    def threads(self) -> int:
        """How many threads a look may take; 0 for all."""
        return 1 if self._context.machine.is_taken or self._context.machine.is_working else 0

    # For jobs

    def borrow(self) -> Opened[Looks] | None:
        """Return the looks of the open project for a job, which must be given back; None without a project."""
        if self._opened is not None:
            self._opened.num_jobs += 1
        return self._opened

    def give_back(self, opened: Opened[Looks]) -> None:
        """Take looks back; those of a project that is closed are closed behind the last job."""
        opened.num_jobs -= 1
        if self._opened is not opened and not opened.num_jobs:
            self._close(opened)

    def get_ready(self, runs: Sequence[RunSummary]) -> None:
        """Load the best network of the first of some runs: it may be asked soon, since its images are in sight.

        Nothing happens while something else needs the machine.
        """
        opened = self._opened
        network = best_network_of(runs[0]) if runs else None
        if opened is None or network is None or network == self._ready or self._job is not None or self.threads:
            return
        wanted = self._ready = network

        def work(context: JobContext) -> bool:
            opened.get(context.control).prepare(wanted)
            return True

        # Why a network cannot be asked is told when it is asked.
        self._job = self._start(opened, work, _nothing, _nothing, self._go_on)

    # What the user does

    def show_path(self, path: Path) -> None:
        """Look at an image: a file, or a path as the project lists it."""
        self._notice = ""
        self.images.show_path(path)

    @Slot(int)
    def step(self, direction: int) -> None:
        """Look at the next (1) or the previous (-1) image."""
        self._notice = ""
        self.images.step(direction)

    def choose_class(self, map_of: MapOf, name: str = "") -> None:
        """Show maps of another class."""
        if (map_of, name) != (self._map_of, self._class_name):
            self._map_of, self._class_name = map_of, name
            self._follow()

    def choose_stage(self, stage: str) -> None:
        """Take the maps at another stage."""
        if stage != self._stage:
            self._stage = stage
            self._follow()

    @Slot()
    def show_mistake(self) -> None:
        """Look at an image by chance that the first chosen run has wrong."""
        runs, opened = self.networks.runs, self._opened
        if not runs or opened is None:
            return
        run, name = runs[0].run, name_of(runs[0])
        version = (run, runs[0].state, runs[0].best_epoch)
        if version in self._mistakes:
            self._show_mistake(name, self._mistakes[version])
            return

        def work(context: JobContext) -> frozenset[str]:
            return frozenset(opened.get(context.control).wrong_images(run))

        def done(hashes: frozenset[str]) -> None:
            if self._opened is opened:
                self._mistakes[version] = hashes
                self._show_mistake(name, hashes)

        def failed(failure: Failure) -> None:
            if self._opened is opened:
                self._tell(failure.text)

        self._start(opened, work, done, failed)

    # Inside

    def _show_mistake(self, name: str, hashes: frozenset[str]) -> None:
        self._notice = ""
        if not self.images.show_any_of(hashes):
            text = self.tr("{name} has none of the validation images wrong.")
            self._tell(text.format(name=name))

    def _tell(self, text: str) -> None:
        self._notice = text
        self.changed.emit()

    @Slot()
    def _follow(self) -> None:
        """Ask all networks if that is another question than the last one, which is not wanted any more then."""
        if self.networks.backbone != self._backbone:
            # Another network has other stages.
            self._backbone, self._stage = self.networks.backbone, ""
        networks, path = self.networks.networks, self.images.path
        question = (self._opened, path, networks, self._class_of(None), self._stage)
        if question != self._question:
            self._question, self._asked = question, networks
            self._number += 1
            self._seen, self._difference = [], None
            if self._job is not None:
                self._job.control.request_stop()
            self._ask_next()
        self.changed.emit()

    def _wanted(self) -> tuple[AskedNetwork, ...]:
        return self._asked if self._opened is not None and self.images.path is not None else ()

    def _ask_next(self) -> None:
        """Ask the next network, unless one is being asked: when that ends this is called again."""
        opened, path, wanted = self._opened, self.images.path, self._wanted()
        if self._job is not None or opened is None or path is None or len(self._seen) >= len(wanted):
            return
        network, number, first = wanted[len(self._seen)], self._number, next(iter(self.looks), None)
        wish = LookWish(path, self._class_of(first), self._stage, self.threads)
        is_second_of_two = len(wanted) == 2 and first is not None

        def work(context: JobContext) -> tuple[SeenLook, SeenDifference | None]:
            looks = opened.get(context.control)
            look = looks.look(network, wish, context.control)
            difference = looks.difference(first, look) if is_second_of_two and first is not None else None
            return SeenLook(network, look, LayeredImage.of(look.layers)), _seen_difference(difference)

        def done(found: tuple[SeenLook, SeenDifference | None]) -> None:
            if self._number == number:
                self._seen.append(found[0])
                self._difference = found[1]

        def failed(failure: Failure) -> None:
            if failure.kind is FailureKind.FAULT:
                self._context.tasks.failed.emit(failure)
            done((SeenLook(network, problem=failure.text), None))

        self._job = self._start(opened, work, done, failed, self._go_on)

    def _go_on(self) -> None:
        self._job = None
        self._ask_next()
        self.changed.emit()

    def _class_of(self, first: Look | None) -> str:
        record = self.images.record
        if self._map_of is MapOf.NAMED:
            return self._class_name
        if self._map_of is MapOf.TRUTH and record is not None:
            return record.label
        return "" if first is None else first.class_name

    def _start(
        self,
        opened: Opened[Looks],
        work: Callable[[JobContext], Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None],
        then: Callable[[], None] | None = None,
    ) -> Job:
        opened.num_jobs += 1

        def finish(tell: Callable[[Any], None] | None = None, result: Any = None) -> None:
            if tell is not None:
                tell(result)
            if then is not None:
                then()
            self.give_back(opened)

        return self._context.tasks.start(
            "",
            work,
            on_done=lambda result: finish(done, result),
            on_failed=lambda failure: finish(failed, failure),
            on_stopped=finish,
        )

    @Slot(object)
    def _make_room(self, _state: object) -> None:
        """Give the memory of the networks to a training that begins, where it is short."""
        opened = self._opened
        if opened is None or opened.made is None or not self._context.controller.is_active:
            return

        def work(context: JobContext) -> bool:
            opened.get(context.control).release_networks()
            return True

        self._start(opened, work, _nothing, self._context.tasks.failed.emit)

    @Slot()
    def _change_project(self) -> None:
        before, project = self._opened, self._context.session.project
        engine = self._context.engine
        self._mistakes, self._notice = {}, ""
        self._map_of, self._class_name, self._stage, self._backbone = MapOf.ANSWER, "", "", ""
        self._opened = self._ready = None
        self.networks.forget()
        self.images.begin_anew()
        self._opened = None if project is None else Opened(lambda control: engine.looks(project, control))
        self._follow()
        if before is not None and not before.num_jobs:
            self._close(before)

    def _close(self, opened: Opened[Looks]) -> None:
        if opened.made is None:
            return

        def work(_context: JobContext) -> bool:
            opened.close()
            return True

        self._context.tasks.start("", work)


def _seen_difference(difference: LookDifference | None) -> SeenDifference | None:
    if difference is None:
        return None
    layers = difference.layers
    return SeenDifference(difference, None if layers is None else LayeredImage.of(layers))


def _nothing(_result: object) -> None:
    """There is nothing to do with it."""

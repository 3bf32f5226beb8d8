"""Another backbone for the project: chosen, downloaded on request, or taken from a file."""

from __future__ import annotations

import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.plan_text import FittedPlan, left_out_words
from tlft_desktop.core.models.catalog import BackboneEntry, backbones, find_backbone
from tlft_desktop.core.models.weights_folder import Availability, availability, manual_steps
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.dialogs.backbone_dialog import BackboneDialog
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.backbone_table_model import BackboneOffer
from tlft_desktop.gui.plan_summary import plan_for_network
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import Job, JobContext, Progress

KEY = "backbone"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A download as the chooser shows it.

    Attributes:
        title: What is loaded.
        done, total: Bytes; `total` is 0 before the first report.
        speed: Bytes per second since the start; 0 before the first report.
        seconds_left: None where it cannot be told yet.
    """

    title: str
    done: int
    total: int
    speed: float
    seconds_left: float | None


class BackboneDesk(QObject):
    """Everything about the network of the project but its ticks.

    Signals:
        offers_changed(): Weights came to this machine.
        work_changed(): A job of the desk started, progressed or ended.
        told(text): What came of it, for the chooser: a sentence.
        used(): The project has another network.
    """

    offers_changed = Signal()
    work_changed = Signal()
    told = Signal(str)
    used = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._widget = context, parent
        self._job: Job | None = None
        self._is_transfer = False
        self._dialog: BackboneDialog | None = None
        context.tasks.jobs_changed.connect(self.work_changed)

    @property
    def current_title(self) -> str:
        """Name and image size of the project's network; empty without a project."""
        session = self._context.session
        if not session.backbone:
            return ""
        try:
            title = find_backbone(session.backbone).title
        except InputError:
            title = session.backbone
        return self.tr("{title}, {size} px").format(title=title, size=session.image_size)

    @property
    def is_busy(self) -> bool:
        """Whether something is read or downloaded for the chooser."""
        return self._job is not None

    @property
    def transfer(self) -> Transfer | None:
        """The download that runs; None for none."""
        if self._job is None or not self._is_transfer:
            return None
        progress, elapsed = self._job.progress, time.monotonic() - self._job.started
        speed = progress.done / elapsed if progress.done and elapsed > 0 else 0.0
        return Transfer(self._job.title, progress.done, progress.total, speed, self._job.seconds_left())

    def offers(self) -> list[BackboneOffer]:
        """Return the catalogue with where the weights are."""
        own, site = self._context.paths.models_folder, self._context.paths.site_weights
        return [BackboneOffer(entry, availability(own, entry, site)) for entry in backbones()]

    def download_text(self, entry: BackboneEntry) -> str:
        """Return what a click on the download would do: how much, and from where."""
        return self.tr("&Download {size} from {host}").format(
            size=fmt.num_bytes(entry.weights.bytes), host=host_of(entry.weights.url)
        )

    def why_no_download(self) -> str:
        """Return why nothing is downloaded here: a sentence; empty if it may be."""
        if self._context.paths.policy.offline:
            return self.tr("The policy of this computer allows no downloads: take the weights from a file.")
        return ""

    def why_not(self, entry: BackboneEntry, image_size: int) -> str:
        """Return why a network cannot be used now: a sentence; empty if it can."""
        session = self._context.session
        if self._context.controller.is_active:
            return self.tr("A training is running. Stop it before you change the network.")
        if not session.is_writable:
            return self.tr("The project is open for reading only.")
        paths = self._context.paths
        if availability(paths.models_folder, entry, paths.site_weights) is Availability.DOWNLOAD:
            if not entry.weights.url:
                how = from_core(manual_steps(paths.models_folder, entry))
                return self.tr("Its weights are not on this machine. {how}").format(how=how)
            if reason := self.why_no_download():
                return self.tr("Its weights are not on this machine. {how}").format(how=reason)
            return self.tr("Its weights are not on this machine: download them or take them from a file.")
        if (entry.name, image_size) == (session.backbone, session.image_size):
            return self.tr("The project uses this network already.")
        return ""

    @Slot()
    def show_chooser(self) -> None:
        """Open the catalogue; what is chosen there changes the project."""
        if self._dialog is None:
            session = self._context.session
            context, window = self._context, self._widget.window()
            self._dialog = BackboneDialog(self, context.icons, context.state, window)
            self._dialog.finished.connect(self._forget_dialog)
            self._dialog.select(session.backbone, session.image_size)
            self._dialog.open()

    @property
    def dialog(self) -> BackboneDialog | None:
        """The chooser while it is open."""
        return self._dialog

    def use(self, entry: BackboneEntry, image_size: int) -> None:
        """Give the project another network; refused in words where that cannot be."""
        reason = self.why_not(entry, image_size)
        project = self._context.session.project
        if reason or project is None or self.is_busy:
            self.told.emit(reason or self.tr("Something is being read. Wait for it."))
            return
        engine = self._context.engine

        def work(_context: JobContext) -> LayerTree:
            return engine.network_tree(entry.name, len(project.manifest.classes), image_size)

        def done(tree: LayerTree) -> None:
            session = self._context.session
            if session.project is not project:
                return
            late = self.why_not(entry, image_size)
            if late:
                self.told.emit(late)
                return
            kept = plan_for_network(session.choice, session.backbone, entry.name, tree)
            plan = kept.plan if kept is not None else None
            session.choose_network(entry.name, image_size, tree, self.tr("another backbone"), plan)
            self._say_used(entry, image_size, self._ticks_in_words(tree, kept))
            self.used.emit()

        self._start(self.tr("Reading the layers of {name}").format(name=entry.title), work, done)

    def download(self, entry: BackboneEntry) -> None:
        """Fetch the weights of a network; the click that leads here said from where and how much."""
        if self.is_busy:
            self.told.emit(self.tr("Something is being read. Wait for it."))
            return
        engine = self._context.engine

        def work(context: JobContext) -> tuple[str, ...]:
            def report(done: int, total: int) -> None:
                context.report(Progress(done, total, "download"))

            return engine.download_weights(entry.name, context.control, report)

        title = self.tr("Downloading the weights of {name}").format(name=entry.title)
        text = self.tr("The weights of {name} are on this machine now.").format(name=entry.title)
        self._start(title, work, lambda notices: self._arrived(text, notices), network=host_of(entry.weights.url))

    def take_file(self, entry: BackboneEntry, path: Path) -> None:
        """Take weights from a file that the user has."""
        if self.is_busy:
            self.told.emit(self.tr("Something is being read. Wait for it."))
            return
        engine = self._context.engine

        def work(_context: JobContext) -> tuple[str, ...]:
            return engine.import_weights(entry.name, path)

        title = self.tr("Checking {file}").format(file=path.name)
        text = self.tr("The weights of {name} were taken from {file}.").format(name=entry.title, file=path.name)
        self._start(title, work, lambda notices: self._arrived(text, notices))

    @Slot()
    def cancel(self) -> None:
        """Ask the download to stop; nothing of it is left behind."""
        if self._job is not None:
            self._job.control.request_stop()

    def _start(
        self, title: str, work: Callable[[JobContext], object], done: Callable[..., None], *, network: str = ""
    ) -> None:
        def finish(result: object) -> None:
            self._end()
            done(result)

        def stopped() -> None:
            self._end()
            self.told.emit(self.tr("The download was cancelled; nothing was kept."))

        def failed(failure: Failure) -> None:
            self._end()
            self.told.emit(failure.text)

        self._is_transfer = bool(network)
        self.told.emit("")
        self._job = self._context.tasks.start(
            title, work, network=network, on_done=finish, on_failed=failed, on_stopped=stopped
        )
        self.work_changed.emit()

    def _end(self) -> None:
        self._job = None
        self.work_changed.emit()

    def _arrived(self, text: str, notices: tuple[str, ...]) -> None:
        self.offers_changed.emit()
        self.told.emit(" ".join((text, *map(from_core, notices))))

    def _ticks_in_words(self, tree: LayerTree, kept: FittedPlan | None) -> str:
        if kept is None:
            return self.tr("Its ticks start with Transfer.")
        missing = from_core(left_out_words(tree, kept.missing))
        return " ".join((self.tr("Your own plan was taken over."), missing)).rstrip()

    def _say_used(self, entry: BackboneEntry, image_size: int, ticks: str) -> None:
        text = self.tr(
            "The project uses {name} at {size} pixels now. {ticks} Runs keep the network that they were trained with. "
            "Undo brings the old network and its ticks back."
        ).format(name=entry.title, size=fmt.count(image_size), ticks=ticks)
        self._context.messages.show_message(Message(MessageKind.INFO, text, key=KEY))

    @Slot()
    def _forget_dialog(self) -> None:
        self._dialog = None


def host_of(url: str) -> str:
    """Return the name of the server behind an address."""
    return urllib.parse.urlsplit(url).hostname or url

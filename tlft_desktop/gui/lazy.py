"""What of the core takes long to load: imported behind the window, in one place.

Beside `lazy_plots.py` and `lazy_power.py` this is the one module of the window with imports inside functions.
"""

from __future__ import annotations

import contextlib
import importlib.util
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, TlftError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.heat import EpochHeat
from tlft_desktop.core.values.image_map import ImageMap, MapMethod
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.sweep import Over, Sweep, SweepPoint
from tlft_desktop.gui.blend_values import Blends
from tlft_desktop.gui.engine import (
    Answer,
    CommandText,
    Costs,
    Device,
    ModelSource,
    Pictures,
    RaceSettings,
    Training,
    TrainSettings,
    Verdict,
)
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.look_values import Looks
from tlft_desktop.gui.race_files import RaceReport
from tlft_desktop.gui.workers.task import Progress
from tlft_desktop.paths import AppPaths

if TYPE_CHECKING:
    from tlft_desktop.core.advice.advisor import Advice
    from tlft_desktop.core.advice.depth_curve import DepthCurve
    from tlft_desktop.core.evaluation.drift import Drift
    from tlft_desktop.core.evaluation.evaluated import Evaluated
    from tlft_desktop.core.evaluation.head_folds import HeadFolds
    from tlft_desktop.core.evaluation.reliability import Reliability
    from tlft_desktop.gui.lazy_mistakes import KnownRun, RunImages
    from tlft_desktop.gui.lazy_probes import Probes
    from tlft_desktop.gui.lazy_races import Races

_LOAD_TIMEOUT_S = 300.0
PREVIEW_SIDE = 112
"""Of the small pictures beside answers: sharp where the display has two pixels for one."""
MAX_PREVIEWS = 2_500
"""About 80 MB of pictures; answers beyond show none."""


def load_torch_first() -> None:
    """Load torch before Qt, as Windows needs it: the other way round its libraries are not found (pytorch#166628)."""
    import torch  # noqa: F401


def has_photographs() -> bool:
    """Tell whether the package with the sample photographs is installed."""
    return importlib.util.find_spec("skimage") is not None


class CoreEngine:
    """The real workflows; each call waits until they are loaded."""

    def __init__(self, paths: AppPaths) -> None:
        self._paths = paths
        self._loaded = threading.Event()
        self._problem = ""

    def load(self) -> str:
        """Load what takes long to load; return the device in words."""
        try:
            from tlft_desktop.core.training.device import choose_device, describe_device
            from tlft_desktop.core.workflows import create, experiment, networks, prediction  # noqa: F401
        except ImportError as error:
            self._problem = str(error)
            raise TlftError(
                f"The training libraries could not be loaded ({error}).", remedy="Install the program again."
            ) from error
        finally:
            self._loaded.set()
        # Importing pyqtgraph makes no objects of Qt, and in the window's thread it would hold the first project up.
        from tlft_desktop.gui.plots import depth_plot, metric_plot, overlay_plot, race_plot, scatters  # noqa: F401

        try:
            return describe_device(choose_device("auto"))
        except InputError:  # the policy fixes one that is not there: `devices` tells it
            return ""

    def devices(self) -> tuple[Device, ...]:
        """Return the devices of this computer; the first is the one that `auto` means."""
        self._wait()
        from tlft_desktop.core.training.device import choose_device, describe_device, listed_devices

        listed = listed_devices()
        first, fixed = choose_device("auto"), self._paths.policy.device
        names = [name for name in ("cuda", "cuda:1", "cuda:2", "cuda:3", "mps", "cpu") if name in listed]
        found = [Device(name, describe_device(name)) for name in ([fixed] if fixed else names)]
        return tuple(sorted(found, key=lambda device: device.id != first))

    def layer_tree(self, project: Project) -> LayerTree:
        """Return the layer tree of a project."""
        self._wait()
        from tlft_desktop.core.workflows.networks import layer_tree_of

        return layer_tree_of(project)

    def pictures(self, project: Project, manifest: Manifest) -> Pictures:
        """Return the source of pictures of a project; only the network's views wait for the training libraries."""
        from tlft_desktop.gui.lazy_pictures import CorePictures

        return CorePictures(project, manifest, self._paths.cache, self._load_views)

    def network_tree(self, backbone: str, num_classes: int, image_size: int) -> LayerTree:
        """Return the layer tree of a backbone of the catalogue; needs no weights."""
        self._wait()
        from tlft_desktop.core.workflows.networks import layer_tree

        return layer_tree(backbone, num_classes, image_size)

    def costs(self, backbone: str, manifest: Manifest, image_size: int, device: str, control: Control) -> Costs:
        """Measure what the operations of a network cost on a device; the first time takes seconds."""
        self._wait(control)
        from tlft_desktop.core.workflows.plan_costs import machine_costs
        from tlft_desktop.gui.lazy_training import CoreCosts

        return CoreCosts(
            machine_costs(
                backbone, len(manifest.classes), image_size, device=device, paths=self._paths, control=control
            )
        )

    def depth_curve(self, project: Project, device: str, control: Control) -> Iterator[Progress | DepthCurve]:
        """Measure how well each depth of the project's network separates its classes; the last item is the curve."""
        yield from self._probes(device, control).depth_curve(project)

    def advice(
        self, project: Project, device: str, control: Control
    ) -> Iterator[Progress | str | tuple[Advice, DepthCurve, str]]:
        """Measure which strategy fits; each reason comes as soon as it is known, the advice at the end."""
        yield from self._probes(device, control).advice(project)

    def sweep(
        self, project: Project, over: Over, device: str, control: Control
    ) -> Iterator[Progress | SweepPoint | Sweep]:
        """Compare networks or sizes; each comes as soon as it is measured, the whole at the end."""
        yield from self._probes(device, control).sweep(project, over)

    def pilot(self, project: Project, advice: Advice, device: str, control: Control) -> Iterator[Progress | Advice]:
        """Try the ways out for a moment on the training images; the last item is the advice after it."""
        yield from self._probes(device, control).pilot(project, advice)

    def heat(self, project: Project, run: str, device: str, control: Control) -> Iterator[Progress | Drift | EpochHeat]:
        """Measure the drift of a run; without one, where training would pull before anything is trained."""
        yield from self._probes(device, control).heat(project, run)

    def image_map(
        self, project: Project, runs: Sequence[str], method: MapMethod, device: str, control: Control
    ) -> Iterator[Progress | ImageMap]:
        """Lay the validation images of runs out by what their networks find alike; the last item is the map."""
        yield from self._probes(device, control).image_map(project, runs, method)

    def training_images(
        self, project: Project, manifest: Manifest, run: str, control: Control
    ) -> Iterator[Progress | RunImages]:
        """Ask a probe that has not learned them about the training images of a run; the last item is its answers."""
        self._wait(control)
        from tlft_desktop.gui.lazy_figures import training_images

        yield from training_images(project, manifest, run, paths=self._paths, control=control)

    def _probes(self, device: str, control: Control) -> Probes:
        self._wait(control)
        from tlft_desktop.gui.lazy_probes import Probes

        return Probes(self._paths, device, control)

    def looks(self, project: Project, control: Control) -> Looks:
        """Return the networks of a project, to be asked what they look at."""
        self._wait(control)
        from tlft_desktop.gui.lazy_explain import CoreLooks

        return CoreLooks(project)

    def blends(self, project: Project, control: Control) -> Blends:
        """Return what blends the runs of a project."""
        self._wait(control)
        from tlft_desktop.gui.lazy_blend import CoreBlends

        return CoreBlends(project, self._paths)

    def download_weights(
        self, backbone: str, control: Control, on_progress: Callable[[int, int], None]
    ) -> tuple[str, ...]:
        """Fetch, check and store published weights; calls back with bytes done and in total; return notices."""
        self._wait(control)
        from tlft_desktop.gui.lazy_weights import download

        return download(self._paths, backbone, control, on_progress)

    def import_weights(self, backbone: str, path: Path) -> tuple[str, ...]:
        """Check a file of weights and store it for a backbone; return notices."""
        self._wait()
        from tlft_desktop.gui.lazy_weights import take

        return take(self._paths, backbone, path)

    def create(self, source: Path, control: Control) -> Iterator[Progress | Project]:
        """Make a project of a folder, archive or table, beside the others; the last item is the open project."""
        self._wait(control)
        from tlft_desktop.core.workflows import create

        root = create.free_project_folder(self._paths.projects_folder, source.stem)
        new = create.NewProject(root=root, source=source)
        yield from _with_progress(create.create(new, paths=self._paths, control=control))

    def create_sample(self, which: str, control: Control) -> Iterator[Progress | Project]:
        """Make the project of a sample data set; the last item is the open project."""
        self._wait(control)
        from tlft_desktop.core.workflows import create

        items = create.create_sample(create.Sample(which), paths=self._paths, control=control)
        yield from _with_progress(items)

    def train(self, project: Project, kind: StrategyKind, settings: TrainSettings, control: Control) -> Iterator[Event]:
        """Train a new run."""
        self._wait(control)
        from tlft_desktop.core.workflows.experiment import run_experiment
        from tlft_desktop.gui.lazy_training import options_of

        yield from run_experiment(project, kind, options=options_of(settings), paths=self._paths, control=control)

    def train_first(self, project: Project, trainings: Sequence[Training], control: Control) -> Iterator[Event]:
        """Train a new run that others are to follow."""
        self._wait(control)
        from tlft_desktop.core.workflows.experiment import run_experiment
        from tlft_desktop.gui.lazy_training import planned

        run, following = planned(project, trainings[0]), []
        for training in trainings[1:]:
            # What cannot start says so when its turn comes.
            with contextlib.suppress(TlftError):
                following.append(planned(project, training))
        yield from run_experiment(
            project, run.strategy, options=run.options, paths=self._paths, control=control, following=following
        )

    def resume(self, project: Project, run: str, control: Control) -> Iterator[Event]:
        """Go on with a run."""
        self._wait(control)
        from tlft_desktop.core.workflows.experiment import resume_experiment

        yield from resume_experiment(project, run, paths=self._paths, control=control)

    def race(
        self, project: Project, kinds: Sequence[StrategyKind], settings: RaceSettings, control: Control
    ) -> Iterator[Event]:
        """Train strategies one after the other under the same conditions."""
        yield from self._races(control).race(project, kinds, settings)

    def resume_race(self, project: Project, race: str, control: Control) -> Iterator[Event]:
        """Go on with a race."""
        yield from self._races(control).resume(project, race)

    def race_report(self, project: Project, race: str) -> RaceReport:
        """Return how a race stands, with the courses of its runs; does not wait for the training libraries."""
        from tlft_desktop.gui.race_report import read_report

        return read_report(project.root, race)

    def _races(self, control: Control) -> Races:
        self._wait(control)
        from tlft_desktop.gui.lazy_races import Races

        return Races(self._paths, control)

    def classify(
        self, project: Project, source: ModelSource, paths: Sequence[Path], control: Control
    ) -> Iterator[Progress | Answer]:
        """Classify images, and those in folders; the first item says how many there are."""
        self._wait(control)
        from tlft_desktop.core.workflows.bundle import read_bundle
        from tlft_desktop.core.workflows.prediction import find_images, load_run, predict_with_bundle
        from tlft_desktop.gui.lazy_pictures import picture_of

        images = find_images(paths, control=control)
        yield Progress(0, len(images))
        bundle = read_bundle(source.bundle) if source.bundle is not None else load_run(project, source.run)
        with contextlib.closing(
            predict_with_bundle(bundle, images, control=control, preview_side=PREVIEW_SIDE)
        ) as predictions:
            for number, item in enumerate(predictions):
                kept = item.preview if number < MAX_PREVIEWS else None
                yield Answer(str(item.path), item.top, item.error, None if kept is None else picture_of(kept))

    def reliability(self, project: Project, run: str) -> Reliability | None:
        """Return how often a run was right on its validation images where it was sure; None for a run without."""
        self._wait()
        from tlft_desktop.core.evaluation.reliability import reliability_of
        from tlft_desktop.core.runs.predictions import read_predictions
        from tlft_desktop.core.runs.store import RunStore

        predictions = read_predictions(RunStore(project.root).folder(run))
        return None if predictions is None else reliability_of(predictions)

    def run_images(self, project: Project, manifest: Manifest, run: str) -> KnownRun:
        """Return what a run answered for each of its validation images; does not wait for the training libraries."""
        from tlft_desktop.gui.lazy_mistakes import read_run

        return read_run(project, manifest, run)

    def save_answers(self, path: Path, answers: Sequence[Answer]) -> None:
        """Write answers as a table, in the columns of the command line."""
        from tlft_desktop.core import fsio
        from tlft_desktop.core.workflows.prediction_table import csv_bytes, require_table

        require_table(path)
        fsio.write_output(path, csv_bytes(answers))

    def _load_views(self, control: Control) -> Callable[..., Any]:
        self._wait(control)
        from tlft_desktop.core.workflows.preview import network_views

        return network_views

    def compare(self, project: Project, runs: Sequence[str]) -> Verdict:
        """Compare two or more runs on the same validation images."""
        self._wait()
        from tlft_desktop.core.evaluation.leading import verdict_on
        from tlft_desktop.core.runs.store import RunStore

        sentence, is_possible = verdict_on(RunStore(project.root), runs)
        return Verdict(from_core(sentence), is_possible=is_possible)

    def evaluate(self, project: Project, run: str, costs: Path | None) -> Evaluated:
        """Return what a run is worth on its validation images, by the answers that it stored."""
        self._wait()
        from tlft_desktop.gui.lazy_figures import evaluated

        return evaluated(project, run, costs)

    def evaluate_test(
        self, project: Project, run: str, costs: Path | None, device: str, control: Control
    ) -> Iterator[Progress | Evaluated]:
        """Answer the test images of a run; the last item is what it is worth on them."""
        self._wait(control)
        from tlft_desktop.gui.lazy_figures import evaluated_test

        yield from evaluated_test(project, run, costs, device=device, paths=self._paths, control=control)

    def fold_head(self, project: Project, run: str, control: Control) -> Iterator[Progress | HeadFolds]:
        """Train and judge the head of a run on folds; the last item is what they show."""
        self._wait(control)
        from tlft_desktop.gui.lazy_figures import folded

        yield from folded(project, run, paths=self._paths, control=control)

    def command_of(self, project: Project, run: str) -> CommandText:
        """Return the command line that repeats a run."""
        self._wait()
        from tlft_desktop.core.workflows.repeat import command_of

        command = command_of(project, run)
        return CommandText(command.text, command.remarks)

    def save_report(
        self, project: Project, path: Path, runs: Sequence[str], control: Control
    ) -> Iterator[Progress | Path]:
        """Write the report about some runs, or about all where none is named; the last item is its file."""
        self._wait(control)
        from tlft_desktop.gui.lazy_report import saved_report

        yield from saved_report(project, path, runs, paths=self._paths, control=control)

    def _wait(self, control: Control | None = None) -> None:
        waited = 0.0
        while not self._loaded.wait(0.1):
            waited += 0.1
            if control is not None:
                control.raise_if_stopped()
            if waited > _LOAD_TIMEOUT_S:
                raise TlftError("The training libraries take too long to load.", remedy="Start the program again.")
        if self._problem:
            raise TlftError(f"The training libraries could not be loaded ({self._problem}).")


def _with_progress(items: Iterator[Any]) -> Iterator[Progress | Project]:
    for item in items:
        yield item if isinstance(item, Project) else Progress(item.done, item.total, item.stage)

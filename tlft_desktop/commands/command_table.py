"""Which commands there are, and which module does the work of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from tlft_desktop.commands import (
    arguments,
    blend_arguments,
    compare_arguments,
    evaluate_arguments,
    explain_arguments,
    heat_arguments,
    map_arguments,
    race_arguments,
    weights_arguments,
)

_WITHOUT_POLICY = frozenset({"doctor", "self-test", "gui"})


class Stopping(Enum):
    """How a command ends when it is asked to."""

    ANYWHERE = auto()
    """At once: it leaves nothing half done."""
    ON_REQUEST = auto()
    """By looking at `App.control`."""
    ITSELF = auto()
    """It handles signals on its own."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the command line.

    Attributes:
        name: As typed.
        help: One line.
        add_arguments: Defines its options.
        module: Its `run(args, app) -> int` does the work; imported when the command runs.
        stopping: How it ends when it is asked to.
    """

    name: str
    help: str
    add_arguments: Callable[[arguments.Parser], None]
    module: str
    stopping: Stopping = Stopping.ANYWHERE

    @property
    def works_without_policy(self) -> bool:
        """Whether it runs under a policy that cannot be used: it finds out what is wrong, or says so in a window."""
        return self.name in _WITHOUT_POLICY


def _command(
    name: str, text: str, add_arguments: Callable[[arguments.Parser], None], stopping: Stopping = Stopping.ANYWHERE
) -> Command:
    module = f"tlft_desktop.commands.{name.replace('-', '_')}"
    return Command(name, text, add_arguments, module, stopping)


COMMANDS = (
    _command(
        "demo",
        "try three ways to train on images that come along",
        arguments.demo,
        Stopping.ON_REQUEST,
    ),
    _command("gui", "open the window", arguments.gui, Stopping.ITSELF),
    _command("new", "make a project from a folder of images", arguments.new, Stopping.ON_REQUEST),
    _command("data", "show classes, counts, split and problems of a project", arguments.data),
    _command("label", "give images another class", arguments.label),
    _command("exclude", "leave images out, or take them in again", arguments.exclude),
    _command("split", "move images to train, val or test", arguments.split),
    _command("backbones", "list the pretrained networks to start from", arguments.backbones),
    _command("weights", "list, import or download pretrained weights", weights_arguments.add, Stopping.ON_REQUEST),
    _command("layers", "show the layers of a network, and which are frozen", arguments.layers),
    _command("freeze", "choose which layers are frozen", arguments.freeze),
    _command(
        "depth-curve",
        "tell how well each depth of the network separates the classes",
        arguments.depth_curve,
        Stopping.ON_REQUEST,
    ),
    _command(
        "advise",
        "tell which strategy fits, with measured reasons",
        arguments.advise,
        Stopping.ON_REQUEST,
    ),
    _command(
        "sweep",
        "compare networks, or sizes of the images, on a project",
        arguments.sweep,
        Stopping.ON_REQUEST,
    ),
    _command("strategy", "print the phases of a strategy as a file to change and train by", arguments.strategy),
    _command("train", "train by transfer learning, fine-tuning or both", arguments.train, Stopping.ON_REQUEST),
    _command(
        "race",
        "train several strategies under the same conditions, and compare them",
        race_arguments.add,
        Stopping.ON_REQUEST,
    ),
    _command("runs", "list the runs of a project with their results", arguments.runs),
    _command("run", "delete, restore, name or mark a run, write a note, or empty the trash", arguments.run),
    _command(
        "heat",
        "show how strongly training pulls at each layer, and what to freeze",
        heat_arguments.add,
        Stopping.ON_REQUEST,
    ),
    _command("compare", "tell whether one run is better than another, or write a report", compare_arguments.add),
    _command(
        "evaluate",
        "tell how good a run is, class by class, and how far to believe it",
        evaluate_arguments.add,
        Stopping.ON_REQUEST,
    ),
    _command("predict", "classify images with a trained network", arguments.predict, Stopping.ON_REQUEST),
    _command(
        "explain",
        "show which places of an image speak for a class, run by run",
        explain_arguments.add,
        Stopping.ON_REQUEST,
    ),
    _command(
        "map",
        "lay out the validation images by what a network finds alike",
        map_arguments.add,
        Stopping.ON_REQUEST,
    ),
    _command(
        "blend",
        "measure networks between the pretrained one and a run, and export one",
        blend_arguments.add,
        Stopping.ON_REQUEST,
    ),
    _command("export", "hand a trained network to others", arguments.export, Stopping.ON_REQUEST),
    _command("cache", "show or free what can be computed again", arguments.cache),
    _command("check", "verify every file of a project, and repair it", arguments.check, Stopping.ON_REQUEST),
    _command("doctor", "describe this installation, for bug reports", arguments.doctor),
    _command("bench", "measure the usual loop against this program", arguments.bench, Stopping.ON_REQUEST),
    _command(
        "self-test",
        "test this installation: open the window, train briefly",
        arguments.self_test,
        Stopping.ON_REQUEST,
    ),
)

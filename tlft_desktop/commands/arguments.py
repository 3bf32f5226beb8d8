"""The options of every command; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from tlft_desktop.commands import argument_types as types
from tlft_desktop.commands import flip_arguments, freeze_arguments, train_arguments, words
from tlft_desktop.core.advice.pilot import DEFAULT_SECONDS
from tlft_desktop.core.export.formats import ExportFormat
from tlft_desktop.core.freezing.presets import Preset
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.plan import NormPolicy
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.sweep import Over

Parser = argparse.ArgumentParser
Actions: TypeAlias = "argparse._SubParsersAction[Parser]"


def demo(parser: Parser) -> None:
    """Define the options of `tlft demo`."""
    parser.add_argument("--gui", action="store_true", help="open the window with the result, without asking first")
    parser.add_argument("--quick", action="store_true", help="train for fewer epochs: quicker, and less accurate")
    parser.add_argument(
        "--keep", type=types.path, metavar="DIR", help="folder for the projects (by default in your documents)"
    )


def gui(parser: Parser) -> None:
    """Define the options of `tlft gui`."""
    parser.add_argument(
        "project", type=types.path, nargs="?", metavar="PROJECT", help="folder NAME.tlft to open, or images"
    )


def new(parser: Parser) -> None:
    """Define the options of `tlft new`."""
    parser.add_argument(
        "project",
        type=types.path,
        metavar="PROJECT",
        help="folder to make, with those above it; .tlft is added to its name",
    )
    parser.add_argument(
        "--data",
        type=types.path,
        required=True,
        metavar="PATH",
        help="folder with a folder of images for each class, a .zip of it, "
        "or a CSV file with the columns path,label[,split][,group]",
    )
    parser.add_argument(
        "--backbone",
        type=types.word,
        default=DEFAULT_BACKBONE,
        metavar="LIB:NAME",
        help="pretrained network, see `tlft backbones` (%(default)s)",
    )
    parser.add_argument(
        "--image-size",
        type=types.whole(1, types.MOST),
        metavar="N",
        help="side of the network input in pixels (what the backbone was made for)",
    )
    _new_split(parser)


def _new_split(parser: Parser) -> None:
    parser.add_argument(
        "--val", type=types.share, default=0.2, metavar="F", help="share of the images for validation (%(default)s)"
    )
    parser.add_argument(
        "--test", type=types.share, default=0.0, metavar="F", help="share held back for a final test (%(default)s)"
    )
    parser.add_argument(
        "--group-by",
        default="",
        metavar="REGEX",
        help="regular expression on paths; images with the same match, as of one patient, stay in one split",
    )
    parser.add_argument(
        "--seed", type=types.seed, default=0, metavar="N", help="another one splits differently (%(default)s)"
    )
    flip_arguments.add_answer(parser)


def data(parser: Parser) -> None:
    """Define the options of `tlft data`."""
    _project(parser)
    flip_arguments.add_answer(parser)
    _json(parser)


def label(parser: Parser) -> None:
    """Define the options of `tlft label`."""
    _project(parser)
    parser.add_argument("label", metavar="CLASS", help="class that the images get; a new one is made")
    _images(parser)
    parser.add_argument(
        "--keep",
        action="store_true",
        help="note that the class is right: `tlft evaluate --suspects` and the window doubt it no more",
    )


def exclude(parser: Parser) -> None:
    """Define the options of `tlft exclude`."""
    _project(parser)
    _images(parser)
    parser.add_argument("--reason", metavar="TEXT", help="why the images are left out; shown beside them")
    parser.add_argument("--undo", action="store_true", help="take images in again")


def split(parser: Parser) -> None:
    """Define the options of `tlft split`."""
    _project(parser)
    parser.add_argument("split", choices=[item.value for item in Split], help="split that the images go to")
    _images(parser)


def backbones(parser: Parser) -> None:
    """Define the options of `tlft backbones`."""
    parser.add_argument("--offline", action="store_true", help="only those whose weights are on this machine")
    _json(parser)


def layers(parser: Parser) -> None:
    """Define the options of `tlft layers`."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("project", type=types.path, nargs="?", metavar="PROJECT", help="folder NAME.tlft")
    which.add_argument(
        "--backbone", type=types.word, metavar="LIB:NAME", help="a backbone of the catalogue instead of a project"
    )
    parser.add_argument(
        "--cost",
        action="store_true",
        help="instead of the tree, what each strategy would cost on this machine; measures for some seconds",
    )
    parser.add_argument(
        "--plan", action="store_true", help="instead of the tree, the project's plan as text that `tlft freeze` takes"
    )
    _json(parser)


def depth_curve(parser: Parser) -> None:
    """Define the options of `tlft depth-curve`."""
    _project(parser)
    _json(parser)


def advise(parser: Parser) -> None:
    """Define the options of `tlft advise`."""
    _project(parser)
    pilot = parser.add_mutually_exclusive_group()
    pilot.add_argument(
        "--pilot",
        type=types.positive,
        nargs="?",
        const=DEFAULT_SECONDS,
        metavar="SECONDS",
        help="try the strategies out for a moment on the training images, also where the rules agree "
        f"(about {DEFAULT_SECONDS:.0f} s)",
    )
    pilot.add_argument("--no-pilot", action="store_true", help="try nothing out, even where the rules disagree")
    pilot.add_argument(
        "--score", action="store_true", help="instead of an advice, how good earlier ones of this project were"
    )
    _json(parser)


def sweep(parser: Parser) -> None:
    """Define the options of `tlft sweep`."""
    _project(parser)
    parser.add_argument(
        "--over",
        choices=[item.value for item in Over],
        required=True,
        help="compare the networks on this machine, or 128, 224, 320 pixels and the project's own size",
    )
    _json(parser)


def freeze(parser: Parser) -> None:
    """Define the options of `tlft freeze`."""
    _project(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--preset",
        choices=[item.value for item in Preset],
        help="train only the head, the last stage too, or everything; norm-bias: norm layers and all biases; lora: the "
        "head, and adapters of all layers that take one",
    )
    what.add_argument(
        "--up-to", type=types.word, metavar="PATH", help="freeze everything up to this layer, train what follows"
    )
    what.add_argument(
        "--from", dest="train_from", type=types.word, metavar="PATH", help="train this layer and everything behind it"
    )
    what.add_argument("--match", type=types.word, metavar="REGEX", help="freeze the layers whose path matches, too")
    what.add_argument("--unfreeze", type=types.word, metavar="REGEX", help="train the layers whose path matches, too")
    what.add_argument("--use", type=types.word, metavar="NAME", help="take the plan that --save kept under this name")
    what.add_argument(
        "--plan", type=types.word, metavar="FILE", help="take a plan that `tlft layers --plan` printed; - reads it here"
    )
    parser.add_argument(
        "--norm",
        choices=[*(item.value for item in NormPolicy), freeze_arguments.INHERITED],
        help="norm layers that are not frozen: keep all (eval), train scale and shift (affine), "
        "follow the batches as well (full), or do as what is above them (inherited)",
    )
    freeze_arguments.rates(parser)
    freeze_arguments.adapters(parser)
    freeze_arguments.thaw(parser)
    freeze_arguments.names(parser)
    parser.add_argument(
        "--at", type=types.word, metavar="PATH", help="--norm, --rate and --adapter hold only at and below this layer"
    )


def strategy(parser: Parser) -> None:
    """Define the options of `tlft strategy`."""
    _project(parser)
    parser.add_argument(
        "strategy",
        choices=[item.value for item in StrategyKind],
        metavar="NAME",
        help=f"one of {', '.join(StrategyKind)} (the project's plan and when its stages thaw)",
    )
    train_arguments.add_of_strategy(parser)


def train(parser: Parser) -> None:
    """Define the options of `tlft train`."""
    _project(parser)
    what = parser.add_argument_group("what to do (one of them)")
    what.add_argument(
        "--strategy",
        type=types.word,
        action="append",
        metavar="NAME",
        help="transfer, finetune, hybrid, gradual, last-stage, norm-bias (norm layers and all biases), lora "
        "(adapters of low rank), custom (the project's plan and thaw schedule), FILE.json, or the run.json of a run; "
        "given several times, one run after the other, all frozen layers computed in one pass before the first",
    )
    what.add_argument(
        "--resume", type=types.run, metavar="RUN", help="go on with a run that was stopped, interrupted or failed"
    )
    train_arguments.add(parser)
    _json(parser)


def runs(parser: Parser) -> None:
    """Define the options of `tlft runs`."""
    _project(parser)
    parser.add_argument(
        "run", type=types.run, nargs="?", metavar="RUN", help=f"tell what this one took: {types.RUN_HELP}"
    )
    _json(parser)


def run(parser: Parser) -> None:
    """Define the options of `tlft run`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (
        ("rm", "move a run to the trash of the project"),
        ("restore", "bring a run back from the trash, by its identifier or `last`"),
        ("name", "give a run a name; without TEXT it gets its first name back"),
        ("star", "mark a run; with the TEXT `off` the mark goes"),
        ("note", "write a note beside a run, in one line; without TEXT it goes"),
    ):
        action = _action(actions, name, text)
        _project(action)
        action.add_argument("run", type=types.run, metavar="RUN", help=types.RUN_HELP)
        if name in ("name", "star", "note"):
            action.add_argument("text", nargs="?", default="", metavar="TEXT", help="a name, a note, or `off`")
    _project(_action(actions, "empty-trash", "delete all runs in the trash of the project for good"))


def predict(parser: Parser) -> None:
    """Define the options of `tlft predict`."""
    parser.add_argument(
        "model", type=types.path, metavar="PROJECT|BUNDLE", help="a project, or what `tlft export` made"
    )
    parser.add_argument(
        "images", type=types.path, nargs="+", metavar="PATH", help="images, or folders in which to look for them"
    )
    parser.add_argument("--run", type=types.run, metavar="RUN", help=f"{types.RUN_HELP}; without it the best")
    parser.add_argument(
        "--csv",
        type=types.path,
        metavar="FILE",
        help="make a table of the answers as well, a new file; it is complete even if nobody reads the lines",
    )
    _json(parser)


def export(parser: Parser) -> None:
    """Define the options of `tlft export`."""
    _project(parser)
    parser.add_argument("run", type=types.run, metavar="RUN", help=types.RUN_HELP)
    parser.add_argument(
        "--format",
        choices=[item.value for item in ExportFormat],
        default=ExportFormat.BUNDLE.value,
        help="a folder with everything needed to use the network without this program, or one file (%(default)s)",
    )
    parser.add_argument("--output", type=types.path, required=True, metavar="PATH", help="folder or file to make")


def cache(parser: Parser) -> None:
    """Define the options of `tlft cache`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (
        ("size", "how large the cache is"),
        ("prune", "delete what no program is using; it is computed again when needed"),
    ):
        action = _action(actions, name, text)
        action.add_argument(
            "project", type=types.path, nargs="?", metavar="PROJECT", help="only what nothing but this project uses"
        )
        if name == "prune":
            action.add_argument(
                "--to-budget",
                action="store_true",
                help="only features that were not used for longest, until the rest takes what the preferences allow",
            )
        _json(action)


def check(parser: Parser) -> None:
    """Define the options of `tlft check`."""
    _project(parser)
    parser.add_argument(
        "--repair", action="store_true", help="bring a backup of project.json back, set damaged checkpoints aside"
    )
    parser.add_argument(
        "--break-lock",
        action="store_true",
        help="first take away the lock that another computer left, as in a synchronised folder; "
        "say so only if nobody works with the project there",
    )
    _json(parser)


def doctor(parser: Parser) -> None:
    """Define the options of `tlft doctor`."""
    _json(parser)


def bench(parser: Parser) -> None:
    """Define the options of `tlft bench`."""
    parser.add_argument("--quick", action="store_true", help="one round, and a fifth of the usual loop")
    parser.add_argument("--rounds", type=types.whole(1, 99), default=3, metavar="N", help="how often (%(default)s)")
    parser.add_argument("--fastai", action="store_true", help="measure fastai, too, where it is installed")
    # Each part runs in a process of its own, with memory and threads as they are there.
    parts = ("head", "all", "partly", "limits", "agreement", "fastai")
    parser.add_argument("--part", choices=parts, help=argparse.SUPPRESS)
    parser.add_argument("--images", type=types.path, help=argparse.SUPPRESS)
    parser.add_argument("--epochs", type=int, default=0, help=argparse.SUPPRESS)
    _json(parser)


def self_test(parser: Parser) -> None:
    """Define the options of `tlft self-test`."""
    parser.add_argument("--installed", action="store_true", help="check everything that an installer brought")
    parser.add_argument("--part", choices=("window", "texts"), help=argparse.SUPPRESS)


def _action(actions: Actions, name: str, text: str) -> Parser:
    return actions.add_parser(name, help=text, description=words.sentence(text))


def _project(parser: Parser) -> None:
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")


def _images(parser: Parser) -> None:
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="path in the folder of images, or a file")


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")

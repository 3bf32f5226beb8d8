"""The options of every command; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse
import os

from tlft_desktop.commands import argument_types as types
from tlft_desktop.core.export.formats import ExportFormat
from tlft_desktop.core.freezing.presets import Preset
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.plan import NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind

Parser = argparse.ArgumentParser

_RUN_HELP = "identifier of a run, the unique beginning of one, its name, `last` or `best`"


_MOST = 1_000_000
_SEED = types.whole(0, 2**31 - 1)
_THREADS = types.whole(1, os.cpu_count() or 1)


def demo(parser: Parser) -> None:
    """Define the options of `tlft demo`."""
    parser.add_argument("--gui", action="store_true", help="open the window with the result, without asking")
    parser.add_argument("--quick", action="store_true", help="train everything for fewer epochs")
    parser.add_argument(
        "--keep", type=types.path, metavar="DIR", help="folder for the projects; your documents by default"
    )


def gui(parser: Parser) -> None:
    """Define the options of `tlft gui`."""
    parser.add_argument("project", type=types.path, nargs="?", metavar="PROJECT", help="folder NAME.tlft to open")


def new(parser: Parser) -> None:
    """Define the options of `tlft new`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder to make; .tlft is added")
    parser.add_argument(
        "--data",
        type=types.path,
        required=True,
        metavar="PATH",
        help="folder of class folders (train, val and test folders are respected), .zip of it, "
        "or CSV with the columns path,label[,split][,group]",
    )
    parser.add_argument(
        "--backbone", type=types.word, default=DEFAULT_BACKBONE, metavar="LIB:NAME", help="default: %(default)s"
    )
    parser.add_argument("--image-size", type=int, metavar="N", help="side of the network input, in pixels")
    parser.add_argument("--val", type=types.share, default=0.2, metavar="F", help="share for validation (%(default)s)")
    parser.add_argument(
        "--test", type=types.share, default=0.0, metavar="F", help="share for the final test (%(default)s)"
    )
    parser.add_argument(
        "--group-by", default="", metavar="REGEX", help="what it matches in a path names the group; groups stay whole"
    )
    parser.add_argument("--seed", type=_SEED, default=0, metavar="N", help="seed of the split")


def data(parser: Parser) -> None:
    """Define the options of `tlft data`."""
    _project(parser)
    _json(parser)


def label(parser: Parser) -> None:
    """Define the options of `tlft label`."""
    _project(parser)
    parser.add_argument("label", metavar="CLASS", help="class that the images get; a new one is made")
    _images(parser)


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


def weights(parser: Parser) -> None:
    """Define the options of `tlft weights`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _json(actions.add_parser("list", help="weights on this machine"))
    taken = actions.add_parser("import", help="take weights from a file that you have (safetensors)")
    taken.add_argument("file", type=types.path, metavar="FILE")
    taken.add_argument(
        "--backbone", type=types.word, metavar="LIB:NAME", help="whose weights they are; found out where left out"
    )
    got = actions.add_parser("get", help="download the weights of a backbone")
    got.add_argument("backbone", type=types.word, metavar="LIB:NAME")


def layers(parser: Parser) -> None:
    """Define the options of `tlft layers`."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("project", type=types.path, nargs="?", metavar="PROJECT")
    which.add_argument(
        "--backbone", type=types.word, metavar="LIB:NAME", help="a backbone of the catalogue instead of a project"
    )
    _json(parser)


def freeze(parser: Parser) -> None:
    """Define the options of `tlft freeze`."""
    _project(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--preset", choices=[item.value for item in Preset], help="transfer trains the head only")
    what.add_argument(
        "--up-to", type=types.word, metavar="PATH", help="freeze everything up to this layer, train what follows"
    )
    what.add_argument(
        "--from", dest="train_from", type=types.word, metavar="PATH", help="train this layer and everything behind it"
    )
    what.add_argument(
        "--match", type=types.word, metavar="REGEX", help="freeze the layers whose path matches, besides those frozen"
    )
    what.add_argument("--unfreeze", type=types.word, metavar="REGEX", help="train the layers whose path matches")
    parser.add_argument("--norm", choices=[item.value for item in NormPolicy], help="how unfrozen norm layers behave")
    parser.add_argument(
        "--at", type=types.word, metavar="PATH", help="layer below which --norm holds; everywhere without it"
    )


def train(parser: Parser) -> None:
    """Define the options of `tlft train`."""
    _project(parser)
    parser.add_argument(
        "--strategy",
        type=types.word,
        metavar="NAME",
        help="transfer, finetune, hybrid, custom (the project's plan), FILE.json, or a run's run.json",
    )
    parser.add_argument(
        "--resume", type=types.run, metavar="RUN", help="go on with a run that was stopped or interrupted"
    )
    parser.add_argument(
        "--epochs", type=types.whole(1, _MOST), metavar="N", help="of each phase that is trained batch by batch"
    )
    parser.add_argument("--budget", type=types.positive, metavar="SECONDS", help="active time that the run may take")
    parser.add_argument(
        "--target", type=types.accuracy, metavar="F", help="accuracy at which a hybrid stops early, 0 to 1"
    )
    parser.add_argument("--batch-size", type=types.whole(1, _MOST), metavar="N")
    parser.add_argument("--lr", type=types.positive, metavar="F", help="peak learning rate")
    parser.add_argument("--optimizer", choices=[item.value for item in OptimizerKind])
    parser.add_argument("--head", choices=[item.value for item in HeadSolver], help="how a head alone is trained")
    parser.add_argument("--seed", type=_SEED, metavar="N", help="of order, dropout and variants")
    parser.add_argument(
        "--views", type=types.whole(0, _MOST), metavar="K", help="variants per image; 0 for new ones in each epoch"
    )
    parser.add_argument("--no-flip", action="store_true", help="mirrored images do not mean the same")
    parser.add_argument("--balance", action="store_true", help="weigh all classes equally")
    parser.add_argument("--no-cache", action="store_true", help="keep no features on disk")
    parser.add_argument("--device", type=types.word, metavar="NAME", help="auto, cpu, cuda or mps")
    parser.add_argument("--threads", type=_THREADS, metavar="N", help="all usable cores by default")
    _json(parser)


def runs(parser: Parser) -> None:
    """Define the options of `tlft runs`."""
    _project(parser)
    _json(parser)


def run(parser: Parser) -> None:
    """Define the options of `tlft run`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, text in (
        ("rm", "move a run to the trash of the project"),
        ("restore", "bring a run back from the trash"),
        ("name", "give a run a name; without TEXT it gets its first name back"),
        ("star", "mark a run; with the TEXT `off` the mark goes"),
        ("note", "write a note beside a run, in one line; without TEXT it goes"),
    ):
        action = actions.add_parser(name, help=text)
        _project(action)
        action.add_argument("run", type=types.run, metavar="RUN", help=_RUN_HELP)
        if name in ("name", "star", "note"):
            action.add_argument("text", nargs="?", default="", metavar="TEXT")


def compare(parser: Parser) -> None:
    """Define the options of `tlft compare`."""
    _project(parser)
    parser.add_argument(
        "runs", type=types.run, nargs="*", metavar="RUN", help=f"{_RUN_HELP}; all runs where none is named"
    )
    _json(parser)


def predict(parser: Parser) -> None:
    """Define the options of `tlft predict`."""
    parser.add_argument(
        "model", type=types.path, metavar="PROJECT|BUNDLE", help="a project, or what `tlft export` made"
    )
    parser.add_argument("images", type=types.path, nargs="+", metavar="PATH", help="images, or folders of them")
    parser.add_argument("--run", type=types.run, metavar="RUN", help=f"{_RUN_HELP}; `best` where left out")
    parser.add_argument("--csv", type=types.path, metavar="FILE", help="write a table, too")
    _json(parser)


def export(parser: Parser) -> None:
    """Define the options of `tlft export`."""
    _project(parser)
    parser.add_argument("run", type=types.run, metavar="RUN", help=_RUN_HELP)
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
        action = actions.add_parser(name, help=text)
        action.add_argument(
            "project", type=types.path, nargs="?", metavar="PROJECT", help="only what nothing but this project uses"
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


def self_test(parser: Parser) -> None:
    """Define the options of `tlft self-test`."""
    # The part that opens the window runs in a process of its own: a crash of Qt must be a sentence.
    parser.add_argument("--window-only", action="store_true", help=argparse.SUPPRESS)


def _project(parser: Parser) -> None:
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")


def _images(parser: Parser) -> None:
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="path as `tlft data --json` lists it, or a file")


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")

"""The command line: parses, loads the module of one command, and turns what happens into an exit code.

Modules of commands are imported when they run: torch and Qt take seconds to load.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import importlib
import logging
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NoReturn

from tlft_desktop import __version__
from tlft_desktop.commands import argument_types, help_texts, words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.command_table import COMMANDS, Command, Stopping
from tlft_desktop.commands.output import Output, finish_stdout, prepare_streams
from tlft_desktop.commands.stop_signals import Interrupted, exits_at_once, interruptions, stop_requests
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, TlftError
from tlft_desktop.core.hints import in_place
from tlft_desktop.core.path_problems import path_problem
from tlft_desktop.logs import LOG_NAME, start_logging
from tlft_desktop.paths import AppPaths, usable_paths

_OUT_OF_RESOURCE = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
_MOST_NAMED = 6
"""Actions of a command that are named to who asked for another."""
_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: Arguments without the name of the program; those of the process by default.
    """
    prepare_streams()
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as end:
        finish_stdout()
        return end.code if isinstance(end.code, int) else ExitCode.USAGE
    output = Output(quiet=args.quiet)
    try:
        return _run(args, output)
    except (KeyboardInterrupt, Interrupted):
        output.error("stopped.")
        return ExitCode.STOPPED


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="tlft",
        description="Transfer learning and fine-tuning of image classifiers on your own computer.",
        epilog=help_texts.WHOLE,
    )
    parser.add_argument("--version", action="version", version=f"tlft {__version__}", help="print the version")
    parser.set_defaults(quiet=False, verbose=False, home=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        epilog = help_texts.BY_COMMAND.get(command.name)
        description = words.sentence(command.help)
        sub = commands.add_parser(command.name, help=command.help, description=description, epilog=epilog)
        command.add_arguments(sub)
        sub.set_defaults(command=command)
    return parser


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of examples, and the help of a long option or command on its line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)
        # argparse does not count how far the names of commands are indented.
        self._action_max_length = 13


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments; takes the options that go with every command."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, **options)
        # Parsers of commands and of their actions are made of this class, too: what stands behind a command counts,
        # and without a default of its own it leaves what stands before.
        group = self._everywhere = self.add_argument_group("everywhere", argument_default=argparse.SUPPRESS)
        group.add_argument(
            "--home",
            type=argument_types.path,
            metavar="DIR",
            help="keep settings, weights, caches and logs below DIR (or TLFT_HOME)",
        )
        group.add_argument("--quiet", action="store_true", help="print results and errors only")
        group.add_argument("--verbose", action="store_true", help="print the log as well")

    def format_help(self) -> str:
        """Return the help, with what holds everywhere at its end."""
        self._action_groups.sort(key=lambda group: group is self._everywhere)
        return super().format_help()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Refuse what is unknown where its command is known, whose options it is likely to be one of."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            option = next((word.partition("=")[0] for word in unknown if word.startswith("--")), "")
            near = words.did_you_mean(option, self._option_string_actions)
            self._refuse(f"unrecognized arguments: {' '.join(unknown)}.{near}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        self._refuse(f"{message}.")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if isinstance(action, argparse._SubParsersAction) and value not in action.choices:
            kind = str(action.metavar).lower()
            help_text = words.did_you_mean(value, action.choices)
            # No long list: a slip of the finger must not be answered with every command that there is.
            if not help_text and len(action.choices) <= _MOST_NAMED:
                help_text = f" The {kind}s are {', '.join(action.choices)}."
            self._refuse(f"there is no {kind} {value!r}.{help_text}", listed=f"{kind}s")
        super()._check_value(action, value)

    def _refuse(self, text: str, *, listed: str = "options") -> NoReturn:
        self.exit(ExitCode.USAGE, f"tlft: {text} {in_place(f'`{self.prog} --help`')} lists the {listed}.\n")


def _run(args: argparse.Namespace, output: Output) -> int:
    command: Command = args.command
    control = Control()
    log_path: Path | None = None
    try:
        with exits_at_once():
            paths, warning = usable_paths(AppPaths.default(args.home))
            log_path = start_logging(paths, verbose=args.verbose)
            logging.captureWarnings(True)
            if warning:
                output.note(warning)
            _log.info("command %s", command.name)
            if not command.works_without_policy:
                paths.policy.require_usable()
            paths.policy.fix_device(os.environ)
            module = importlib.import_module(command.module)
        with _signals(command, control):
            code: int = module.run(args, App(paths, control, output))
            finish_stdout()
            return code
    except TlftError as error:
        _log.info("ended by %s: %s", type(error).__name__, error)
        output.error(str(error))
        return error.exit_code
    except Exception as error:
        if _is_short_memory(error):
            output.error("the memory was not enough. Close other programs, or choose fewer or smaller images.")
            return ExitCode.OUT_OF_RESOURCE
        if sentence := path_problem(error):
            # With where it happened: it may be a fault of the program all the same.
            _log.info("ended by a path", exc_info=error)
            output.error(sentence)
            return ExitCode.BAD_INPUT
        return _report_fault(error, output, log_path)


def _signals(command: Command, control: Control) -> AbstractContextManager[None]:
    match command.stopping:
        case Stopping.ON_REQUEST:
            return stop_requests(control)
        case Stopping.ANYWHERE:
            return interruptions()
        case Stopping.ITSELF:
            return contextlib.nullcontext()


def _is_short_memory(error: Exception) -> bool:
    """Tell whether the memory was not enough, also for a library that is loaded."""
    words = ("failed to map segment", "cannot allocate memory", "Cannot allocate memory")
    return isinstance(error, MemoryError) or (isinstance(error, ImportError) and any(w in str(error) for w in words))


def _report_fault(error: Exception, output: Output, log_path: Path | None) -> int:
    _log.error("A fault of the program", exc_info=error)
    if isinstance(error, OSError) and error.errno in _OUT_OF_RESOURCE:
        output.error(str(fsio.classify(error, Path(os.fsdecode(error.filename or "a file")))))
        return ExitCode.OUT_OF_RESOURCE
    place = f"'{log_path}'" if log_path else f"the log ({LOG_NAME})"
    output.error(f"a fault of the program: {type(error).__name__}: {error}. The details are in {place}.")
    return ExitCode.FAULT

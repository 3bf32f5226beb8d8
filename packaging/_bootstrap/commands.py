"""The words of bootstrap.py and what each runs."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from _bootstrap import setup, system_libraries, unpacked_libraries
from _bootstrap.checks import LINT_STEPS, bench_command, clean_profile, test_commands
from _bootstrap.console import SetupError, has_display, run, safe_environment, say, without_passwords
from _bootstrap.environment import Environment

INTERRUPTED = 130
DESCRIPTION = """\
Sets up everything this checkout needs in its own folder .venv (nothing else is touched, except that
missing system libraries are installed with apt-get when called as root; for others their packages are
unpacked inside of .venv) and runs something in it.

words:
  setup    only set up
  demo     train on sample images in the terminal, offer the window at the end; more arguments go to `tlft demo`
  gui      open the window; more arguments go to `tlft gui`
  test     ruff, mypy, import contracts and tests; more arguments go to pytest
  lint     ruff, mypy and import contracts only
  bench    run the scripts of tests/benchmarks and print one table; more arguments select some by name
  python   run the environment's Python with the arguments that follow
"""


@dataclass(frozen=True)
class Call:
    """One parsed command line."""

    environment: Environment
    rest: tuple[str, ...]
    is_full: bool

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> int:
        """Run the environment's Python in the checkout."""
        return run([str(self.environment.python), *arguments], cwd=self.environment.root, env=env)

    def run_here(self, *arguments: str) -> int:
        """Run the environment's Python where one stands, so that paths mean what they mean there."""
        return run([str(self.environment.python), *arguments], cwd=Path.cwd())


@dataclass(frozen=True)
class Word:
    """What one word needs and does."""

    extras: tuple[str, ...]
    qt_for: str
    act: Callable[[Call], int]


def main(arguments: Sequence[str], *, root: Path) -> int:
    """Set up the environment for the word in `arguments`, run it and return its exit code."""
    options, rest = parse(arguments)
    word = WORDS[options.word]
    environment = Environment(root)
    wheels = options.wheels.resolve() if options.wheels else None
    try:
        setup.ensure(environment, setup.Wish(word.extras, options.torch, wheels))
        unpacked_libraries.activate(environment.system_libraries, os.environ)
        has_qt = not word.qt_for or system_libraries.ensure(
            system_libraries.wanted_libraries(_shown_on(options.word)),
            needed_for=word.qt_for,
            folder=environment.system_libraries,
        )
        if word.act is _gui and not has_qt:
            return 1
        return word.act(Call(environment, tuple(rest), options.full))
    except SetupError as error:
        print(without_passwords(f"[bootstrap] {error}"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n[bootstrap] Stopped. The same command goes on from here.", file=sys.stderr)
        return INTERRUPTED


def run_module(module: str, arguments: Sequence[str], *, root: Path, name: str, before: Sequence[str] = ()) -> int:
    """Set up the environment with the tools of the build, run one of the modules beside this one in it.

    Args:
        name: Of the script that was called, for messages.
        before: A command line that the module's own is put behind.
    """
    environment = Environment(root)
    try:
        setup.ensure(environment, setup.Wish(("build",)))
    except SetupError as error:
        print(without_passwords(f"[{name}] {error}"), file=sys.stderr)
        return 1
    variables = {**safe_environment(), "PYTHONPATH": str(root / "packaging"), "PYTHONUNBUFFERED": "1"}
    command = [*before, str(environment.python), "-m", module, *arguments]
    return run(command, cwd=Path.cwd(), env=variables)


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return what the command line says, and what belongs to the program that it starts."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        usage="python3 packaging/bootstrap.py WORD [options] [more arguments]",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("word", choices=sorted(WORDS), metavar="WORD", help="one of the words above")
    parser.add_argument(
        "--torch", choices=("auto", "cpu", "cuda"), default="auto", help="auto: CUDA only if a GPU answers"
    )
    parser.add_argument(
        "--wheels", type=Path, metavar="DIR", help="install from the wheels in DIR only, without network"
    )
    parser.add_argument(
        "--full", action="store_true", help="test: also the long tests and the tables of the benchmarks"
    )
    if arguments and arguments[0] == "python":  # everything behind this word belongs to Python
        return parser.parse_args(["python"]), list(arguments[1:])
    return parser.parse_known_args(arguments)


def _shown_on(word: str) -> dict[str, str]:
    """Return the environment variables that decide which windowing system is used; the tests use none."""
    return {} if word in ("test", "bench") else dict(os.environ)


def _setup(call: Call) -> int:
    say("Ready: `python3 packaging/bootstrap.py demo` trains on sample images, `gui` opens the window.")
    say(f"`{_typed(call.environment.program)} --help` lists all commands.")
    return 0


def _typed(program: Path) -> str:
    """Return a program as it is typed where bootstrap was called: short from inside of the checkout."""
    here = Path.cwd()
    return str(program.relative_to(here) if program.is_relative_to(here) else program)


def _demo(call: Call) -> int:
    return call.run_here("-P", "-m", "tlft_desktop", "demo", *call.rest)  # -P: no modules of this folder


def _gui(call: Call) -> int:
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise SetupError(
            "No display answers here (DISPLAY and WAYLAND_DISPLAY are empty): use `demo`, which needs none."
        )
    return call.run_here("-P", "-m", "tlft_desktop", "gui", *call.rest)


def _lint(call: Call) -> int:
    return 1 if _failed_checks(call) else 0


def _failed_checks(call: Call) -> list[str]:
    """Run all checks of the sources and return the names of those that failed."""
    failed = []
    for step in LINT_STEPS:
        say(step.name)
        # UTF-8: import-linter draws a frame that Windows' default encoding cannot write into a pipe.
        if call.run(*step.arguments, env={**os.environ, "PYTHONUTF8": "1"}) != 0:
            failed.append(step.name)
    return failed


def _test(call: Call) -> int:
    failed = _failed_checks(call)
    with tempfile.TemporaryDirectory(prefix="tlft-test-", ignore_cleanup_errors=True) as folder:
        env = clean_profile(os.environ, home=Path(folder), root=call.environment.root)
        if call.is_full and call.run(*bench_command(()), env=env):
            failed.append("the benchmarks")
        code = 0
        for title, command in test_commands(call.rest, root=call.environment.root, is_full=call.is_full):
            if failed:  # said here, because the last line belongs to pytest
                say(f"FAILED so far: {', '.join(failed)}")
            say(title)
            code = call.run(*command, env=env)
            code = 0 if code == 5 and call.rest else code  # 5: the arguments selected nothing in this part
            failed += [title] if code else []
    return code or (1 if failed else 0)


def _bench(call: Call) -> int:
    with tempfile.TemporaryDirectory(prefix="tlft-bench-", ignore_cleanup_errors=True) as folder:
        env = clean_profile(os.environ, home=Path(folder), root=call.environment.root)
        return call.run(*bench_command(call.rest), env=env)


def _python(call: Call) -> int:
    return call.run_here(*call.rest)


WORDS = {
    "setup": Word(("samples",), "The window", _setup),
    "demo": Word(("samples",), "The window at the end of the demo", _demo),
    "gui": Word(("samples",), "The window", _gui),
    "test": Word(("dev",), "The part of the tests that uses Qt", _test),
    "lint": Word(("dev",), "", _lint),
    "bench": Word(("dev",), "The benchmark of the window", _bench),
    "python": Word(("dev",), "", _python),
}

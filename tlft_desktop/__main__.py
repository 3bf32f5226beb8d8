"""`python -m tlft_desktop`, and what the commands `tlft` and `tlft-desktop` call: the process from start to end."""

import sys

if __name__ == "__main__" and __spec__ is not None and not sys.flags.safe_path:
    # `-m` puts the folder that somebody stands in first: a `json.py` among images would run. First of all, therefore,
    # and nothing is imported before; this package is loaded and finds its modules without.
    del sys.path[0]

import multiprocessing
import os
from collections.abc import Sequence

from tlft_desktop.commands.stop_signals import guard_process
from tlft_desktop.core.children import run_helper
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.waiting import wait_briefly


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command in a process of its own; whenever a signal comes, the exit code is one of the program's.

    Args:
        argv: Arguments without the name of the program; those of the process by default.
    """
    done = guard_process()
    wait_briefly(os.environ)
    keep_freed_memory(os.environ)
    # Here and not above: loading takes a moment in which somebody may press Ctrl+C.
    from tlft_desktop.cli import main as run

    code = run(argv)
    done(code)
    return code


def main_gui() -> int:
    """Open the window: what `tlft-desktop` starts."""
    return main(["gui", *sys.argv[1:]])


if __name__ == "__main__":
    multiprocessing.freeze_support()
    run_helper(sys.argv[1:])
    sys.exit(main())

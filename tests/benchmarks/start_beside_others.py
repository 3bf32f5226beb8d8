"""How long programs take from the start of their process to a window with something in it, cold and warm, side by side.

    python tests/benchmarks/start_beside_others.py --program "tlft=/opt/tlft/tlft gui" \\
        --program "napari=/somewhere/bin/napari" --program "Orange=/somewhere/bin/orange-canvas"

The first program is the one that the others are compared with; without any it is the one of this checkout. Each gets a
home of its own, in which its very first start is not counted. Cold: the page cache of the system is dropped before each
start, which takes root's rights; without them only warm starts are measured. Programs take turns, so that whatever else
the computer does meets all of them alike; where it does much, the minimum tells more than the median.

Needs Linux with Xvfb and xdotool.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from PIL import ImageGrab

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._processes import ROOT
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Bound, Row

GOAL_S = {"cold": 2.0, "warm": 0.7}
LEAST_SIDES = (500, 350)  # of a window; what shows while a program loads is smaller
LEAST_COLOURS = 8  # of a window with something in it
LONGEST_S = 120.0
PAUSE_S = 0.02
TERM_S = 3.0  # some ask whether to save, and never end by themselves
DROP_CACHES = Path("/proc/sys/vm/drop_caches")


@dataclass
class Program:
    """What is started, and the seconds that its starts took, by "cold" and "warm"."""

    name: str
    command: list[str]
    home: Path
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"cold": [], "warm": []})


def named_command(text: str) -> tuple[str, list[str]]:
    """Read one "NAME=command"."""
    name, _, command = text.partition("=")
    if not (name and command):
        raise argparse.ArgumentTypeError("NAME=command is wanted")
    return name, shlex.split(command)


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Start an X server without a monitor and give its name."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def start_once(program: Program, screen: str) -> float:
    """Start a program, wait for its window, end it; return the seconds in between.

    Raises:
        SystemExit: If it ends by itself, or shows nothing for a long time.
    """
    hidden = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "XDG_SESSION_TYPE")
    variables = {name: value for name, value in os.environ.items() if name not in hidden}
    variables |= {"HOME": str(program.home), "DISPLAY": screen}
    began = time.monotonic()
    process = subprocess.Popen(
        program.command,
        cwd=program.home,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not has_window(screen):
            if process.poll() is not None or time.monotonic() - began > LONGEST_S:
                raise SystemExit(f"{program.name} shows no window (exit code {process.returncode}).")
            time.sleep(PAUSE_S)
        return time.monotonic() - began
    finally:
        end(process)


def has_window(screen: str) -> bool:
    """Return whether a large window with something in it is shown."""
    variables = {**os.environ, "DISPLAY": screen}
    command = ["xdotool", "search", "--onlyvisible", "--name", ".", "getwindowgeometry", "--shell", "%@"]
    told = subprocess.run(command, env=variables, capture_output=True, text=True, check=False).stdout
    return any(is_painted(screen, window) for window in geometries(told))


def geometries(told: str) -> Iterator[Mapping[str, int]]:
    """Yield X, Y, WIDTH and HEIGHT of each window that xdotool tells of, if it is a large one."""
    window: dict[str, int] = {}
    for line in told.splitlines():
        name, _, value = line.partition("=")
        if name == "WINDOW":
            window = {}
        window[name] = int(value)
        if name == "HEIGHT" and window["WIDTH"] >= LEAST_SIDES[0] and window["HEIGHT"] >= LEAST_SIDES[1]:
            yield window


def is_painted(screen: str, window: Mapping[str, int]) -> bool:
    """Return whether there is more in a window than the colour that it is made with."""
    left, top = max(window["X"], 0), max(window["Y"], 0)
    box = (left, top, left + window["WIDTH"], top + window["HEIGHT"])
    try:
        picture = ImageGrab.grab(box, xdisplay=screen).convert("RGB")
    except OSError:
        return False  # gone in between
    colours = picture.getcolors(picture.width * picture.height) or []
    return len(colours) >= LEAST_COLOURS


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and the processes that it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(TERM_S)


def measure(programs: list[Program], screen: str, rounds: Mapping[str, int], report: Report) -> None:
    """Start each program as often as wanted, one after the other."""
    for program in programs:
        report.say(f"{program.name}: {start_once(program, screen):.2f} s for its very first start, not counted")
    for kind, number in rounds.items():
        for _ in range(number):
            for program in programs:
                if kind == "cold":
                    os.sync()
                    DROP_CACHES.write_text("3", encoding="ascii")
                program.seconds[kind].append(start_once(program, screen))


def tell(programs: list[Program], report: Report) -> None:
    """Print medians, minima, and how many times as long the others take."""
    first, *others = programs
    for kind, goal in GOAL_S.items():
        if not first.seconds[kind]:
            continue
        own = statistics.median(first.seconds[kind]), min(first.seconds[kind])
        report.say(f"{first.name}, {kind}: median {own[0]:.2f} s, minimum {own[1]:.2f} s of {len(first.seconds[kind])}")
        report.add(Row(18, f"{first.name}: {kind} start to a window", own[0], goal, bound=Bound.AT_MOST))
        for other in others:
            seconds = statistics.median(other.seconds[kind]), min(other.seconds[kind])
            report.say(
                f"{other.name}, {kind}: median {seconds[0]:.2f} s, minimum {seconds[1]:.2f} s; "
                f"{seconds[0] / own[0]:.1f} and {seconds[1] / own[1]:.1f} times {first.name}'s"
            )


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--program", action="append", type=named_command, metavar="NAME=COMMAND", help="what to start")
    options.add_argument("--rounds", type=int, default=7, help="starts of each program, warm and cold")
    args = options.parse_args()
    report = Report(as_json=args.json)
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        report.say(f"Nothing is measured: {' and '.join(missing)} is not installed.")
        return
    rounds = {"warm": 1} if args.quick else {"warm": args.rounds, "cold": args.rounds}
    if "cold" in rounds and not os.access(DROP_CACHES, os.W_OK):
        report.say("Cold starts are not measured: only root may drop the page cache.")
        del rounds["cold"]
    own = ("this checkout", [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {_GUI}"])
    with tempfile.TemporaryDirectory() as folder, virtual_screen() as screen:
        programs = []
        for number, (name, command) in enumerate(args.program or [own]):
            home = Path(folder, str(number))
            home.mkdir()
            programs.append(Program(name, command, home))
        measure(programs, screen, rounds, report)
        tell(programs, report)
    report.close()


_GUI = "from tlft_desktop.__main__ import main; sys.exit(main(['gui']))"

if __name__ == "__main__":
    main()

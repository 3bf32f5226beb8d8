"""Whenever a signal comes, the process ends with an exit code of the program: 4, or 0 when everything was done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_line import World, environment, start
from tlft_desktop.core.errors import ExitCode

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

_PROGRAM = """
import atexit, os, signal, sys, threading
from tlft_desktop import __main__ as program

def strike(*_):
    os.kill(os.getpid(), signal.{name})

def later():
    threading.main_thread().join()
    strike()

class Last:
    def __del__(self, kill=os.kill, number=os.getpid(), name=signal.{name}):
        kill(number, name)

class Finder:
    def find_spec(self, name, *_):
        if name == "tlft_desktop.cli":
            strike()

def behind():
    from tlft_desktop import cli
    main = cli.main
    cli.main = lambda argv: (main(argv), strike())[0]

{moment}
sys.exit(program.main(["cache", "size"]))
"""
_MOMENTS = {
    "while the command line loads": ("sys.meta_path.insert(0, Finder())", ExitCode.STOPPED),
    "behind the handlers of the command": ("behind()", ExitCode.STOPPED),
    "while threads are waited for": ("threading.Thread(target=later).start()", ExitCode.DONE),
    "among the last calls": ("atexit.register(strike)", ExitCode.DONE),
    "while Python takes itself down": ("last = Last()", ExitCode.DONE),
}


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("moment", _MOMENTS)
def test_a_signal_in_an_odd_moment_gives_an_exit_code_of_the_program(moment: str, name: str, profile: Path) -> None:
    line, code = _MOMENTS[moment]
    program = _PROGRAM.format(moment=line, name=name)
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment(profile))
    assert child.returncode == code, child.stderr
    assert child.stderr == ("tlft: stopped.\n" if code == ExitCode.STOPPED else "")


def test_signals_at_many_moments_of_a_command(tmp_path: Path) -> None:
    codes = []
    for step in range(10):
        home = tmp_path / str(step)
        process = start("cache", "size", home=home)
        while not (home / "log").exists():
            time.sleep(0.002)
        time.sleep(0.012 * step)
        process.send_signal(signal.SIGINT)
        output, words = process.communicate(timeout=60)
        codes.append(process.returncode)
        assert "Traceback" not in words
        assert process.returncode == ExitCode.STOPPED or "all" in output
    assert set(codes) <= {ExitCode.DONE, ExitCode.STOPPED}


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 10_000])
def test_signals_in_the_last_moments_of_predict(world: World, most: int) -> None:
    process = start("predict", world.project, world.images, home=world.home)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(3 * 14)]
    sent = 0
    while process.poll() is None:
        if sent < most:
            process.send_signal(signal.SIGINT)
            sent += 1
        time.sleep(0.001)
    _, words = process.communicate()
    assert all("%" in line for line in lines)
    assert process.returncode in (ExitCode.DONE, ExitCode.STOPPED)
    assert "Traceback" not in words

"""Run the program as users do, in child processes, on small generated images."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from image_files import encode, write
from tlft_desktop import cli

COMMAND = (sys.executable, "-m", "tlft_desktop")
CLASSES = ("blue", "green", "red")
TUNING = ("--strategy", "finetune", "--lr", "1e-4", "--batch-size", 8, "--threads", 1)
"""Fine-tuning in several small steps for each epoch; the number of epochs is to be added."""
_CHANNELS = {"red": 0, "green": 1, "blue": 2}


def tlft(*arguments: object, home: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in the profile `home`."""
    words = [*COMMAND, *map(str, arguments)]
    return subprocess.run(words, env=environment(home), capture_output=True, text=True, timeout=180, **options)


def start(*arguments: object, home: Path) -> subprocess.Popen[str]:
    """Start a command; read it with `events`."""
    words = [*COMMAND, *map(str, arguments)]
    return subprocess.Popen(
        words, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    )


def environment(home: Path) -> dict[str, str]:
    """Return variables for a child: one thread, a profile of its own, nothing of the person who runs the tests."""
    return {**os.environ, "TLFT_HOME": str(home), "OMP_NUM_THREADS": "1", "HOME": str(home)}


def events(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects that a running command prints."""
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def records(process: Result | subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return what a command printed, after checking that every line is one JSON object and that it went well."""
    assert process.returncode == 0, process.stderr
    values = [json.loads(line) for line in process.stdout.splitlines()]
    assert values
    assert all(isinstance(value, dict) for value in values)
    return values


def coloured_images(folder: Path, *, num_per_class: int = 14) -> Path:
    """Write three classes of noisy pictures that differ in their colour."""
    for label, channel in _CHANNELS.items():
        for number in range(num_per_class):
            pixels = np.random.default_rng([channel, number]).integers(0, 200, (40, 48, 3)).astype(np.uint8)
            pixels[..., channel] = pixels[..., channel] // 2 + 90
            write(folder / label / f"{number:03d}.png", encode(pixels))
    return folder


@dataclass(frozen=True)
class Result:
    """What a command did."""

    returncode: int
    stdout: str
    stderr: str


def call(arguments: Sequence[object], *, home: Path, capsys: pytest.CaptureFixture[str]) -> Result:
    """Run a command in this process, which has loaded the slow libraries already, and leave no trace in it."""
    capsys.readouterr()
    with _unchanged_process(), warnings.catch_warnings():
        code = cli.main(["--home", str(home), *map(str, arguments)])
    output = capsys.readouterr()
    return Result(code, output.out, output.err)


@contextlib.contextmanager
def _unchanged_process() -> Iterator[None]:
    hooks = sys.excepthook, threading.excepthook
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = hooks
        logging.captureWarnings(False)
        logging.getLogger("tlft_desktop").setLevel(logging.NOTSET)
        root = logging.getLogger()
        for handler in [handler for handler in root.handlers if (handler.name or "").startswith("tlft-")]:
            root.removeHandler(handler)
            handler.close()
        faulthandler.enable(sys.__stderr__)


class World:
    """A profile and a project with a transfer and a fine-tuning run in it, made by commands in child processes.

    Attributes:
        home: The profile.
        project: Its folder.
        images: Class folders of 14 pictures each.
        transfer, finetune: What training printed.
    """

    def __init__(self, folder: Path) -> None:
        self.home, self.images = folder / "home", coloured_images(folder / "images")
        options = ("--image-size", 32, "--val", 0.3, "--flip")
        made = tlft("new", folder / "colours", "--data", self.images, *options, home=self.home)
        assert made.returncode == 0, made.stderr
        self.project = folder / "colours.tlft"
        self.transfer = records(tlft("train", self.project, "--strategy", "transfer", "--json", home=self.home))
        self.finetune = records(tlft("train", self.project, *TUNING, "--epochs", 2, "--json", home=self.home))

    @property
    def both(self) -> tuple[str, str]:
        """Identifiers of the transfer and the fine-tuning run."""
        return self.transfer[0]["run"], self.finetune[0]["run"]

    def metrics(self, run: str) -> bytes:
        """Return the results of each epoch of a run as they lie on the disk."""
        return (self.project / "runs" / run / "metrics.jsonl").read_bytes()

    def copy(self, folder: Path) -> Path:
        """Return a copy of the project that a test may damage, with its first two runs; it has the same images."""
        kept = {events[0]["run"] for events in (self.transfer, self.finetune)}

        def others(parent: str, names: list[str]) -> set[str]:
            return set(names) - kept if Path(parent) == self.project / "runs" else set()

        return shutil.copytree(self.project, folder / "copy.tlft", ignore=others)


def sentence(result: Result | subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence on standard error, after checking that it is one and no traceback."""
    (line,) = result.stderr.splitlines()
    assert line.startswith("tlft: ")
    assert line.endswith((".", "?"))
    return line

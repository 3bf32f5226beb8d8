"""Run the program as users do, in child processes, on small generated images."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from image_files import encode, write

COMMAND = (sys.executable, "-m", "tlft_desktop")
CLASSES = ("blue", "green", "red")
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


def records(process: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
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


def new_project(folder: Path, *, home: Path) -> Path:
    """Make a project of coloured images at 32 pixels from the command line and return its folder."""
    images = coloured_images(folder / "images")
    made = tlft("new", folder / "colours", "--data", images, "--image-size", 32, "--val", 0.3, home=home)
    assert made.returncode == 0, made.stderr
    return folder / "colours.tlft"

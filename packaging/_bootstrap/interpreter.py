"""Find a Python that is new enough and start bootstrap.py again with it. Must run under Python 3.9."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

MINIMUM = (3, 11)
KNOWN_MINORS = (13, 12, 11, 14)  # in the order in which they are tried: what the wheels are tested with comes first


def candidates(platform: str = sys.platform) -> list[list[str]]:
    """Return command lines that may start a suitable Python, best first."""
    versions = ["3.%d" % minor for minor in KNOWN_MINORS]  # noqa: UP031 - one style in the lines that old Pythons read
    commands = [["python" + version] for version in versions] + [["python3"], ["python"]]
    if platform == "win32":
        return [["py", "-" + version] for version in versions] + commands
    return commands


def version_of(command: list[str]) -> tuple[int, ...]:
    """Return the version that a Python command reports, or () if it does not start."""
    if shutil.which(command[0]) is None:
        return ()
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [*command, "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    words = answer.stdout.decode("ascii", "replace").split()
    return tuple(int(word) for word in words) if answer.returncode == 0 and len(words) == 2 else ()


def find(platform: str = sys.platform) -> list[str]:
    """Return the command line of the first suitable Python on PATH, or []."""
    for command in candidates(platform):
        if version_of(command) >= MINIMUM:
            return command
    return []


def remedy(platform: str, has_apt: bool) -> str:
    """Return the sentence that says how to get a suitable Python on this system."""
    if platform == "win32":
        return "Install it with `winget install Python.Python.3.13` or from https://www.python.org/downloads/."
    if platform == "darwin":
        return "Install it with `brew install python@3.13` or from https://www.python.org/downloads/."
    if has_apt:
        return (
            "On Debian 12 or newer and Ubuntu 24.04 or newer run `sudo apt-get install python3 python3-venv`; "
            "on Ubuntu 22.04 `sudo apt-get install python3.11 python3.11-venv`."
        )
    return "Install it with the package manager of this system or from https://www.python.org/downloads/."


def run_again(arguments: list[str]) -> int:
    """Start `arguments` with a newer Python and return its exit code; explain what to install if there is none."""
    command = find()
    if not command:
        this = ".".join(str(part) for part in sys.version_info[:3])
        print("Python 3.11 or newer is needed; this is Python " + this + " (" + sys.executable + ").", file=sys.stderr)
        print(remedy(sys.platform, shutil.which("apt-get") is not None), file=sys.stderr)
        return 2
    if sys.platform == "win32":
        return subprocess.call([*command, *arguments])
    os.execvp(command[0], [*command, *arguments])  # keeps signals and the exit code exact
    return 1  # pragma: no cover - exec does not come back

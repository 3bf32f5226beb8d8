"""What is done with an installation, whatever way it came: checked, used by mouse, opened again."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _verify.bare_root import HOME, USER, BareRoot, Failure
from _verify.screen import Screen, virtual_screen, wait_for

PROJECTS = HOME / "Documents" / "tlft"
_SETTINGS = HOME / ".config" / "tlft" / "settings.json"
NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}
_TWO_RANKS = """
import torch, torch.distributed as dist
dist.init_process_group("gloo")
total = torch.tensor(dist.get_rank() + 1)
dist.all_reduce(total)
assert total == 3, total
dist.destroy_process_group()
"""


def say_ok(text: str) -> None:
    """Print one result."""
    print(f"ok: {text}", flush=True)


def self_test(root: BareRoot, program: str) -> None:
    """Let the installation check itself, as an ordinary user without a network."""
    start = time.monotonic()
    result = root.run(program, "self-test", "--installed", user=USER, env=NO_SCREEN)
    print(result.stdout, flush=True)
    say_ok(f"`tlft self-test --installed` passed in {time.monotonic() - start:.0f} s, without a network.")


def run_two_ranks(root: BareRoot, python: Path) -> None:
    """Let two processes of the installation add a number over the loopback, started by torchrun."""
    script = root.inside(HOME / "two ranks.py")
    script.write_text(_TWO_RANKS, encoding="utf-8")
    torchrun = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
    root.run(str(python), *torchrun, str(HOME / script.name), user=USER, seconds=180)
    script.unlink()
    say_ok("torchrun joins two processes.")


def refuses_without_a_screen(root: BareRoot, program: str) -> None:
    """Open the window where none can be shown.

    Raises:
        Failure: If that does not end in a sentence.
    """
    result = root.run(program, "gui", user=USER, may_fail=True, seconds=120)
    if result.returncode == 0 or "Traceback" in result.stdout:
        raise Failure(f"`tlft gui` without a screen ended with {result.returncode}:\n{result.stdout}")
    say_ok(f"without a screen the window says: {result.stdout.strip()}")


def works_without_a_home(root: BareRoot, program: str) -> None:
    """Let somebody use it whose home is not there, and somebody who may not write in it.

    Raises:
        Failure: If it does not work, or not a word is said of where things go instead.
    """
    root.run("mkdir", "-p", "/srv/kept")
    for home in ("/nonexistent", "/srv/kept"):
        variables = {**NO_SCREEN, "HOME": home}
        said = root.run(program, "self-test", user=USER, env=variables).stdout
        doctor = root.run(program, "doctor", user=USER, env=variables, may_fail=True).stdout
        if "Traceback" in said + doctor:
            raise Failure(f"With the home {home}:\n{said}{doctor}")
        print(doctor, flush=True)
    say_ok("it works for somebody without a home, or who may not write there.")


def train_by_mouse(root: BareRoot, program: str, pictures: Path) -> Path:
    """Open the window, train on the sample by mouse, close it; return the project.

    Raises:
        Failure: If no accuracy is measured.
    """
    with virtual_screen() as screen, window(root, program, screen):
        wait_for_window(screen)
        screen.save(pictures / "welcome.png")
        screen.click_next_step()
        projects = root.inside(PROJECTS)
        project = wait_for(lambda: next(projects.glob("*.tlft"), None), "the project of the sample")
        wait_for(lambda: (project / "project.json").is_file(), "the sample, imported")
        time.sleep(3)  # its pages are drawn
        screen.save(pictures / "data.png")
        screen.click_next_step()
        accuracy = wait_for(lambda: best_accuracy(root, program, project.name), "a trained network", seconds=180)
        time.sleep(3)
        screen.save(pictures / "trained.png")
    say_ok(f"the window trained on the sample by mouse: {accuracy:.1%} right ({pictures / 'trained.png'}).")
    return PROJECTS / project.name


def best_accuracy(root: BareRoot, program: str, name: str) -> float | None:
    """Return the best accuracy of the runs of a project that ended, None if none did."""
    result = root.run(program, "runs", str(PROJECTS / name), "--json", user=USER, may_fail=True)
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    return max((line["val_accuracy"] for line in lines if line["state"] == "completed"), default=None)


def settings_digest(root: BareRoot) -> str:
    """Return a hash of the user's settings, "" if there are none."""
    path = root.inside(_SETTINGS)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@contextmanager
def window(root: BareRoot, program: str, screen: Screen) -> Iterator[subprocess.Popen[bytes]]:
    """Open the window, and end it."""
    command = root.command(program, "gui", user=USER, has_network=False, env={"DISPLAY": screen.name})
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def wait_for_window(screen: Screen) -> None:
    """Wait until something is drawn."""
    wait_for(lambda: len(screen.picture().resize((64, 36)).getcolors(64 * 36) or ()) > 3, "the window")

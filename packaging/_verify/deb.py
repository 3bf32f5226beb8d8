"""The package of Debian: installed without a network, used, upgraded, not downgraded, removed."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from _build.tools import call
from _verify import steps
from _verify.bare_root import USER, BareRoot, Failure
from _verify.screen import virtual_screen
from _verify.steps import say_ok

PROGRAM = "/usr/bin/tlft"
_PLACE = Path("/opt/tlft")
_FULL_DISK = "200m"


def verify(root: BareRoot, artefact: Path, before: Path | None, pictures: Path) -> None:
    """Try one package; `before` is that of an earlier version, by default this one under a lower number."""
    packages = root.inside(Path("/srv"))
    new, old = (_hand_over(file, packages) for file in (artefact, before or _with_lower_version(artefact, packages)))
    root.run("apt-get", "update", "-q", has_network=True)
    for name in (old, new):
        root.run("apt-get", "install", "-y", "-q", "--download-only", f"/srv/{name}", has_network=True)
    files = root.files()
    _refuses_what_is_damaged(root, new)
    _survives_a_full_disk(root, new)
    _install(root, old, "the version before")
    project = steps.train_by_mouse(root, PROGRAM, pictures)
    settings, accuracy = steps.settings_digest(root), steps.best_accuracy(root, PROGRAM, project.name)
    _refuses_while_it_runs(root, new)
    _install(root, new, "the upgrade")
    if (steps.settings_digest(root), steps.best_accuracy(root, PROGRAM, project.name)) != (settings, accuracy):
        raise Failure("The upgrade changed settings or runs of the user.")
    say_ok("after the upgrade settings and runs are as they were.")
    steps.self_test(root, PROGRAM)
    steps.run_two_ranks(root, _PLACE / "python" / "bin" / "python3")
    steps.refuses_without_a_screen(root, PROGRAM)
    steps.works_without_a_home(root, PROGRAM)
    _refuses_a_downgrade(root, old)
    root.run(PROGRAM, "check", str(project), user=USER)
    say_ok("the project still opens, and all of its files are whole.")
    _remove(root, files, project)


def _hand_over(file: Path, packages: Path) -> str:
    if file.parent != packages:
        shutil.copyfile(file, packages / file.name)
    return file.name


def _with_lower_version(artefact: Path, folder: Path) -> Path:
    """Pack the same contents once more as version 0.0.1."""
    lower = folder / "before.deb"
    with tempfile.TemporaryDirectory(dir=folder) as place:
        call(["dpkg-deb", "--raw-extract", artefact, f"{place}/root"])
        control = Path(place, "root", "DEBIAN", "control")
        lines = control.read_text(encoding="utf-8").splitlines()
        lines = ["Version: 0.0.1" if line.startswith("Version:") else line for line in lines]
        control.write_text("\n".join(lines) + "\n", encoding="utf-8")
        call(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z1", "--build", f"{place}/root", lower])
    return lower


def _install(root: BareRoot, name: str, what: str) -> None:
    start = time.monotonic()
    root.run("apt-get", "install", "-y", "-q", "--no-download", f"/srv/{name}")
    version = root.run(PROGRAM, "--version", user=USER).stdout.strip()
    say_ok(f"{what} installs in {time.monotonic() - start:.0f} s, without a network: {version}.")


def _refuses_what_is_damaged(root: BareRoot, name: str) -> None:
    file = root.inside(Path("/srv", name))
    damaged = file.with_name("damaged.deb")
    with file.open("rb") as source, damaged.open("wb") as target:
        target.write(source.read(file.stat().st_size // 2))
    result = root.run("apt-get", "install", "-y", "-q", "--no-download", f"/srv/{damaged.name}", may_fail=True)
    damaged.unlink()
    _nothing_is_installed(root, result.returncode, "half a file")


def _survives_a_full_disk(root: BareRoot, name: str) -> None:
    place = root.inside(_PLACE.parent)
    call(["mount", "-t", "tmpfs", "-o", f"size={_FULL_DISK}", "tmpfs", place])
    try:
        result = root.run("apt-get", "install", "-y", "-q", "--no-download", f"/srv/{name}", may_fail=True)
        left = call(["du", "-sm", place]).split()[0]
    finally:
        call(["umount", place])
    root.run("dpkg", "--remove", "--force-remove-reinstreq", "tlft-desktop", may_fail=True)
    _nothing_is_installed(root, result.returncode, f"a full disk ({left} MiB left behind there)")


def _nothing_is_installed(root: BareRoot, code: int, what: str) -> None:
    if code == 0 or root.inside(Path("/usr/bin/tlft")).is_symlink():
        raise Failure(f"With {what} the installation ended with {code} and left something.")
    say_ok(f"{what}: refused with {code}, nothing is installed.")


def _refuses_while_it_runs(root: BareRoot, name: str) -> None:
    with virtual_screen() as screen, steps.window(root, PROGRAM, screen):
        steps.wait_for_window(screen)
        result = root.run("apt-get", "install", "-y", "-q", "--no-download", f"/srv/{name}", may_fail=True)
        if result.returncode == 0:
            raise Failure("The upgrade replaced a program that was running.")
        said = next((line for line in result.stdout.splitlines() if "is running" in line), "")
        if not said:
            raise Failure(f"The refused upgrade does not say why:\n{result.stdout}")
    say_ok(f"while the window is open the upgrade is refused: {said.strip()}")


def _refuses_a_downgrade(root: BareRoot, name: str) -> None:
    result = root.run("apt-get", "install", "-y", "-q", "--no-download", f"/srv/{name}", may_fail=True)
    if result.returncode == 0:
        raise Failure("The version before was installed over the newer one.")
    say_ok(f"a downgrade is refused ({result.returncode}).")


def _remove(root: BareRoot, files: set[str], project: Path) -> None:
    root.run("apt-get", "purge", "-y", "-q", "tlft-desktop")
    root.run("apt-get", "autoremove", "--purge", "-y", "-q")
    left = sorted(root.files() - files)
    if left:
        raise Failure("The removal leaves:\n" + "\n".join(left[:20]))
    if not root.inside(project / "project.json").is_file():
        raise Failure("The removal took the user's project with it.")
    say_ok("removed; nothing but the user's own files is left.")

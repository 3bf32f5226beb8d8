"""A folder of a group (setgid, writable by it) serves several users; a folder of one user stays that user's."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from storage_samples import make_project, make_run
from storage_scenarios import state_of
from tlft_desktop.core.data.pixel_store import PixelStore
from tlft_desktop.core.runs.checkpoint import save_checkpoint
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.settings import Settings, save_settings
from tlft_desktop.paths import AppPaths, usable_paths

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
GROUP = 3000

USE = """
    import os, sys
    import numpy as np
    import numpy.ctypeslib  # loaded at its first use, by safetensors
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    import storage_samples, storage_scenarios
    from tlft_desktop.core.data.pixel_store import PixelStore
    from tlft_desktop.core.project.project import open_project
    from tlft_desktop.core.runs.checkpoint import save_checkpoint
    from tlft_desktop.core.runs.store import RunStore
    from tlft_desktop.core.settings import Settings, Theme, load_settings, save_settings
    from tlft_desktop.logs import start_logging
    from tlft_desktop.paths import AppPaths, usable_paths

    home, user, mask = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3], 8)
    os.setgroups([])
    os.setgid({group})
    os.setuid(user)
    os.umask(mask)
    paths, warning = usable_paths(AppPaths.below(home))
    print("home:", warning or "shared")
    print("log:", start_logging(paths).name)
    settings, warning = load_settings(paths.settings_file)
    print("settings:", warning or settings.device)
    save_settings(paths.settings_file, Settings(device="user " + str(user)))
    with PixelStore(paths.cache / "pixels") as store:
        held = [number for number in range(3) if format(number, "064x") in store]
        print("pixels:", [int(store.read(format(number, "064x"))[0, 0, 0]) for number in held])
        store.add(format(len(held), "064x"), np.full((2, 2, 3), len(held), dtype=np.uint8))
    root = home / "p.tlft"
    project = open_project(root) if root.exists() else storage_samples.make_project(root)
    with project:
        print("project:", project.read_only or "open")
        if not project.read_only:
            runs = RunStore(root)
            for number, run in enumerate(runs.ids()):
                runs.rename(run, "run " + str(number) + " of " + str(user))
                save_checkpoint(runs.checkpoints_folder(run), step=len(held) + 1, state=storage_scenarios.state_of(1))
            storage_samples.make_run(runs)
"""


def use(home: Path, user: int, mask: str) -> dict[str, str]:
    """Work in a home as a user of the group; return what was said of each part."""
    code = textwrap.dedent(USE.format(tests=str(Path(__file__).parents[1]), group=GROUP))
    # Every module is loaded before the user changes, who may not be allowed to read them.
    command = [sys.executable, "-c", code, str(home), str(user), mask]
    child = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert (child.returncode, child.stderr) == (0, ""), child.stderr
    return dict(line.split(": ", 1) for line in child.stdout.splitlines())


@pytest.fixture
def group_home() -> Iterator[Path]:
    """Make a folder for the group where all users may go."""
    home = Path(tempfile.mkdtemp())
    os.chown(home, 0, GROUP)
    home.chmod(0o2770)
    yield home
    shutil.rmtree(home)


def as_root(test: object) -> object:
    return pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be two users")(test)


@as_root
@pytest.mark.parametrize("mask", ["022", "077"])
def test_two_users_work_in_one_home(group_home: Path, mask: str) -> None:
    first = use(group_home, 2001, mask)
    assert first == {"home": "shared", "log": "tlft.log", "settings": "auto", "pixels": "[]", "project": "open"}
    second = use(group_home, 2002, mask)
    assert second == {**first, "settings": "user 2001", "pixels": "[0]"}
    third = use(group_home, 2001, mask)
    assert third == {**first, "settings": "user 2002", "pixels": "[0, 1]"}


@as_root
def test_what_the_other_user_kept_alone_is_said_and_done_without(group_home: Path) -> None:
    use(group_home, 2001, "022")
    for path in (group_home / "data", *group_home.glob("p.tlft")):
        path.chmod(0o755)
    second = use(group_home, 2002, "002")
    shutil.rmtree(second["home"].split("go to '")[1].split("'")[0])
    assert second["home"].startswith(f"'{group_home / 'data'}' cannot be written: no permission")
    assert second["project"] == "the folder cannot be written."


@as_root
def test_files_of_another_user_that_only_he_can_change_are_done_without(group_home: Path) -> None:
    use(group_home, 2001, "002")
    for path in group_home.rglob("*"):
        if path.is_file() and path.suffix in (".log", ".u8", ".jsonl"):
            path.chmod(0o644)
    (group_home / "config" / "settings.json").chmod(0o600)
    second = use(group_home, 2002, "002")
    assert second["log"] == "tlft-2002.log"
    assert (group_home / "log" / "crash-2002.log").exists()
    assert second["pixels"] == "[0]"
    assert "could not be read, so the defaults are used" in second["settings"]
    assert (second["home"], second["project"]) == ("shared", "open")


def fill(home: Path, *, mask: int) -> None:
    """Write what the program writes below a home, with a certain umask."""
    before = os.umask(mask)
    try:
        paths, _ = usable_paths(AppPaths.below(home))
        save_settings(paths.settings_file, Settings())
        with PixelStore(paths.cache / "pixels") as store:
            store.add("0" * 64, np.zeros((2, 2, 3), dtype=np.uint8))
        make_project(home / "p.tlft").close()
        runs = RunStore(home / "p.tlft")
        save_checkpoint(runs.checkpoints_folder(make_run(runs)), step=1, state=state_of(1))
    finally:
        os.umask(before)


def modes(home: Path) -> tuple[set[int], set[int]]:
    """Return the rights of all folders and of all files below a home."""
    found = {True: set[int](), False: set[int]()}
    for path in home.rglob("*"):
        found[path.is_dir()].add(stat.S_IMODE(path.stat().st_mode) & 0o777)
    return found[True], found[False]


@pytest.mark.parametrize("mask", [0o002, 0o007, 0o022, 0o077])
def test_below_a_folder_of_a_group_the_umask_decides_on_others_only(mask: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o2775)
    fill(home, mask=mask)
    assert (home / "config" / "settings.json").exists()
    assert modes(home) == ({0o777 & ~mask | 0o070}, {0o666 & ~mask | 0o060})


@pytest.mark.parametrize("rights", [0o755, 0o775, 0o2755])
def test_elsewhere_what_is_of_one_user_is_private(rights: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(rights)
    fill(home, mask=0o002)
    assert {stat.S_IMODE((home / name).stat().st_mode) & 0o777 for name in ("data", "config", "cache", "log")} == {
        0o700
    }
    assert stat.S_IMODE((home / "config" / "settings.json").stat().st_mode) == 0o600

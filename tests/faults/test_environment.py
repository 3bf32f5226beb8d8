"""Rows A9, A15, F10, F16-F18 of the fault matrix: homes, disks and locales as they should not be."""

from __future__ import annotations

import contextlib
import locale
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import torch

import pytest

from storage_samples import epoch_events, fit_end, make_project, make_run
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.project.safe_path import sync_warning
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.settings import Settings, load_settings
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import Checkpoint
from tlft_desktop.paths import AppPaths, usable_paths

TESTS = Path(__file__).parents[1]


def run_python(
    script: str, *arguments: str, prefix: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run code with the package and the test helpers at hand."""
    return subprocess.run(
        [*prefix, sys.executable, *arguments, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": str(TESTS), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


NEEDS_MOUNT = pytest.mark.skipif(shutil.which("unshare") is None, reason="only Linux lets a test mount a folder")
READ_ONLY_MOUNT = (
    "unshare",
    "-Urm",
    "sh",
    "-c",
    'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"',
)


@NEEDS_MOUNT
def test_a9_a_project_on_a_read_only_disk_opens_for_reading(tmp_path: Path) -> None:
    make_project(tmp_path / "p.tlft").close()
    script = f"""
        from pathlib import Path
        from tlft_desktop.core.project.project import open_project
        from tlft_desktop.core.errors import InputError
        with open_project(Path({str(tmp_path / "p.tlft")!r})) as project:
            print(project.read_only, len(project.manifest.records))
            try:
                project.save(project.config)
            except InputError as error:
                print(error)
        """
    child = run_python(script, prefix=(*READ_ONLY_MOUNT, str(tmp_path)))
    if "unshare" in child.stderr or "mount" in child.stderr:
        pytest.skip("this system does not let a test mount a folder for reading only")
    assert child.stderr == ""
    assert child.stdout.splitlines()[0] == "the folder cannot be written. 6"
    assert "reading only" in child.stdout.splitlines()[1]


@pytest.mark.parametrize("moved", [True, False], ids=["moved", "deleted"])
def test_a15_a_project_that_vanishes_while_it_trains_stops_the_run_and_leaves_no_ghost(
    moved: bool, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "p.tlft")
    store = RunStore(project.root)
    run = make_run(store)
    recorder = Recorder(store, run)
    if moved:
        project.root.rename(tmp_path / "elsewhere")
    else:
        shutil.rmtree(project.root)
    for event in epoch_events(1):
        recorder.record(event, lambda: TrainerState({}, {}))
    with pytest.raises(StorageError, match="gone"):
        recorder.record(Checkpoint(step=2, kind="last"), lambda: TrainerState({"w": torch.ones(1)}, {}))
    with pytest.raises(StorageError, match="gone"):
        recorder.record(fit_end("failed"), lambda: TrainerState({}, {}))
    with contextlib.suppress(StorageError):
        recorder.close()
    project.close()
    assert not project.root.exists()


def _impossible(tmp_path: Path) -> AppPaths:
    # A file where a folder has to be stops every user, also the administrator.
    (tmp_path / "home").write_text("")
    return AppPaths.below(tmp_path / "home")


def test_f10_a_home_that_cannot_be_written_is_replaced_by_a_temporary_one_with_a_warning(tmp_path: Path) -> None:
    app_paths, warning = usable_paths(_impossible(tmp_path))
    try:
        assert str(tmp_path / "home") in warning
        assert str(app_paths.data.parent) in warning
        assert app_paths.documents == app_paths.data.parent / "documents"
        assert usable_paths(app_paths) == (app_paths, "")
    finally:
        shutil.rmtree(app_paths.data.parent)


@NEEDS_MOUNT
def test_f10_a_read_only_home_is_replaced_too(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    script = f"""
        from pathlib import Path
        from tlft_desktop.logs import start_logging
        from tlft_desktop.paths import AppPaths, usable_paths
        paths, warning = usable_paths(AppPaths.below(Path({str(tmp_path / "home")!r})))
        print(warning)
        print(start_logging(AppPaths.below(Path({str(tmp_path / "home")!r}))).exists())
        """
    child = run_python(script, prefix=(*READ_ONLY_MOUNT, str(tmp_path / "home")))
    if "unshare" in child.stderr or "mount" in child.stderr:
        pytest.skip("this system does not let a test mount a folder for reading only")
    assert child.stderr == ""
    assert "read-only" in child.stdout
    assert child.stdout.splitlines()[-1] == "True"


def test_f10_a_log_that_cannot_be_written_goes_to_a_temporary_folder_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    script = """
        from tlft_desktop.logs import start_logging
        from tlft_desktop.paths import AppPaths
        print(start_logging(AppPaths.default()).read_text())
        """
    child = run_python(script, TLFT_HOME=str(tmp_path / "home"), TMPDIR=str(tmp_path))
    assert child.stderr == ""
    assert f"No log can be written in '{tmp_path / 'home' / 'log'}'" in child.stdout
    assert list(tmp_path.glob("tlft-log-*/tlft.log"))


@pytest.mark.parametrize("content", [b"\0\0\0", b'{"theme": 3}', b"\xff\xfe"])
def test_f10_garbage_settings_are_kept_as_bad(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    settings, warning = load_settings(tmp_path / "settings.json")
    assert settings == Settings()
    assert warning
    assert (tmp_path / "settings.json.bad").read_bytes() == content


ROUND_TRIP = """
    import locale, sys
    from pathlib import Path
    from storage_samples import make_config, make_manifest, make_project, make_run, files_of
    from tlft_desktop.core.runs.store import RunStore
    try:
        locale.setlocale(locale.LC_ALL, "")
    except locale.Error:
        print("no such locale")
    root = Path(sys.argv[1])
    with make_project(root / "p", name="\\u0130stanbul \\u0131I", val_fraction=0.25) as project:
        project.save(make_config(name="\\u00dcn\\u00efcode 1,5", val_fraction=0.125))
        run = make_run(RunStore(project.root))
        RunStore(project.root).rename(run, "TITLE I")
        assert RunStore(project.root).resolve("title i") == run
    print((root / "p" / "project.json").read_text(encoding="ascii"))
"""


@pytest.mark.parametrize("name", ["de_DE.UTF-8", "tr_TR.UTF-8", "C", "POSIX"])
def test_f16_files_are_the_same_in_every_locale(name: str, tmp_path: Path) -> None:
    outputs = []
    for language in ("C.UTF-8", name):
        folder = tmp_path / language
        folder.mkdir()
        script = ROUND_TRIP.replace("sys.argv[1]", repr(str(folder)))
        child = run_python(script, LC_ALL=language, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert child.returncode == 0, child.stderr
        outputs.append(child.stdout.replace("no such locale\n", ""))
    assert outputs[0] == outputs[1]
    assert '"val_fraction": 0.125' in outputs[0]
    assert "\\u00dcn\\u00efcode" in outputs[0]


def test_f16_numbers_have_a_point_where_the_locale_has_a_comma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = locale.setlocale(locale.LC_NUMERIC)
    for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "fr_FR"):
        try:
            locale.setlocale(locale.LC_NUMERIC, name)
            break
        except locale.Error:
            continue
    else:
        pytest.skip("this system has no locale with a decimal comma")
    try:
        make_project(tmp_path / "p").close()
        with open_project(tmp_path / "p") as project:
            assert project.config.val_fraction == 0.2
    finally:
        locale.setlocale(locale.LC_NUMERIC, before)


NO_OUTPUT = """
    import logging, sys, threading
    sys.stdout = sys.stderr = None
    from pathlib import Path
    from tlft_desktop.logs import start_logging
    from tlft_desktop.paths import AppPaths
    start_logging(AppPaths.default(), verbose=True)
    logging.getLogger("tlft_desktop.x").info("still here")
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    raise SystemExit(3 if __debug__ else 4)
"""


@pytest.mark.parametrize(("options", "code"), [((), 3), (("-O",), 4)])
def test_f17_logging_works_without_any_output(options: tuple[str, ...], code: int, profile: Path) -> None:
    child = run_python(NO_OUTPUT, *options)
    assert (child.returncode, child.stdout, child.stderr) == (code, "", "")
    text = (profile / "log" / "tlft.log").read_text()
    assert "still here" in text
    assert "ZeroDivisionError" in text


def test_f17_checks_do_not_depend_on_assertions(tmp_path: Path) -> None:
    script = f"""
        from pathlib import Path
        from storage_samples import make_project
        from tlft_desktop.core.errors import InputError
        from tlft_desktop.core.project.project import open_project
        root = Path({str(tmp_path / "p")!r})
        make_project(root).close()
        data = bytearray((root / "project.json").read_bytes())
        data[200] ^= 1
        (root / "project.json").write_bytes(data)
        try:
            open_project(root)
        except InputError:
            print("refused")
        """
    assert run_python(script, "-O").stdout.strip() == "refused"


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("C:/Data/OneDrive/p.tlft", "OneDrive"),
        ("/data/eva/OneDrive - University of X/p.tlft", "OneDrive"),
        ("/data/eva/Dropbox/lab/p.tlft", "Dropbox"),
        ("/data/eva/Library/Mobile Documents/com~apple~CloudDocs/p.tlft", "iCloud"),
        ("/data/eva/Google Drive/My Drive/p.tlft", "Google Drive"),
        ("/data/eva/Nextcloud/p.tlft", "Nextcloud"),
    ],
)
def test_f18_a_folder_that_a_cloud_client_copies_gets_a_warning_in_words(folder: str, client: str) -> None:
    warning = sync_warning(Path(folder))
    assert client in warning
    assert folder in warning


@pytest.mark.parametrize("folder", ["/data/eva/projects/p.tlft", "/data/eva/dropboxes/p.tlft", "/data/boxing/p.tlft"])
def test_f18_other_folders_get_none(folder: str) -> None:
    assert sync_warning(Path(folder)) == ""

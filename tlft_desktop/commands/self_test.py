"""`tlft self-test`: used by installers; the window opens and one training runs, in a throwaway profile."""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import threading
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from tlft_desktop.commands.application import App
from tlft_desktop.core import children, fsio
from tlft_desktop.core.errors import ExitCode, NotVerifiedError, TlftError
from tlft_desktop.logs import LOG_NAME
from tlft_desktop.paths import AppPaths

_WINDOW_SECONDS = 60.0
_CLOSE_SECONDS = 1.0
_NUM_PER_CLASS = 12
_SIDE = 64
_LEAST_ACCURACY = 0.8
_KEPT = "self-test"
_WORDS_NAME = "window.txt"
_LETTERS = "aZäöüßÄÖÜ0%"


def run(args: argparse.Namespace, app: App) -> int:
    """Test the parts that an installation needs, and say what was tested."""
    if args.part == "window":
        return _open_window(app.paths)
    if args.part == "texts":
        return _look_at_texts()
    if args.installed:
        # Here and not above: it is made of what stands here.
        from tlft_desktop.commands import installed_test

        return installed_test.run(app)
    home = fsio.make_temporary_folder("tlft-self-test-")
    try:
        accuracy = train(replace(app, paths=AppPaths.below(home)))
        app.output.line(f"ok: images imported, network trained ({accuracy:.0%} right), checkpoint and run written.")
        app.output.line(f"ok: {try_window(home)}")
    except TlftError as error:
        error.remedy = f"{error.remedy} The log is in '{_kept_log(home, app.paths)}'.".strip()
        raise
    finally:
        with contextlib.suppress(TlftError):
            fsio.remove_tree(home)
    with contextlib.suppress(TlftError):
        fsio.remove_tree(app.paths.log / _KEPT)
    app.output.line("The self-test passed.")
    return ExitCode.DONE


def _kept_log(home: Path, paths: AppPaths) -> Path:
    """Keep what the window wrote, in the place of an earlier failure, and return its folder, or else the usual log."""
    written, kept = AppPaths.below(home).log, paths.log / _KEPT
    try:
        fsio.remove_tree(kept)
        if not written.is_dir():
            return paths.log / LOG_NAME
        fsio.make_folder(kept, private=True)
        for file in written.iterdir():
            fsio.copy_file(file, kept / file.name)
    except TlftError:
        # What went wrong before is told all the same.
        return paths.log / LOG_NAME
    return kept


def train(app: App) -> float:
    """Make a project of images that are told apart at once, train, and return the accuracy."""
    # Here and not above: the part that opens the window must not wait for torch.
    from tlft_desktop.core.project.project import Project
    from tlft_desktop.core.values.events import FitEnd
    from tlft_desktop.core.values.strategy import StrategyKind
    from tlft_desktop.core.workflows.create import NewProject, create
    from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment

    source = _write_images(app.paths.data / "images")
    new = NewProject(root=project_root(app.paths), source=source, image_size=_SIDE, val_fraction=0.3)
    for item in create(new, paths=app.paths, control=app.control):
        if isinstance(item, Project):
            project = item
    with project:
        options = TrainOptions(threads=1, device="cpu")
        events = run_experiment(project, StrategyKind.TRANSFER, options=options, paths=app.paths, control=app.control)
        end = list(events)[-1]
    if not isinstance(end, FitEnd) or end.state != "completed" or end.best is None:
        raise NotVerifiedError(f"The training of the self-test did not end well: {end.to_json()}.")
    if end.frozen_proof != "verified" or end.best["val_accuracy"] < _LEAST_ACCURACY:
        raise NotVerifiedError(f"The training of the self-test gave a wrong result: {end.to_json()}.")
    return float(end.best["val_accuracy"])


def project_root(paths: AppPaths) -> Path:
    """Return where `train` makes its project."""
    return paths.documents / "self-test.tlft"


def _write_images(folder: Path) -> Path:
    """Write two classes that a network tells apart at once: noise on red and noise on blue."""
    import numpy as np

    for label, channel in (("red", 0), ("blue", 2)):
        fsio.make_folder(folder / label)
        for number in range(_NUM_PER_CLASS):
            pixels = np.random.default_rng(100 * channel + number).integers(0, 60, (_SIDE, _SIDE, 3), dtype=np.uint8)
            pixels[..., channel] += 190
            header = f"P6 {_SIDE} {_SIDE} 255\n".encode("ascii")
            fsio.write_bytes(folder / label / f"{number}.ppm", header + pixels.tobytes())
    return folder


def try_window(home: Path) -> str:
    """Open the window in a process of its own, so that a crash of Qt becomes a sentence."""
    if find_spec("PySide6") is None:
        return "PySide6 is not installed, so there is no window to test."
    _run_part("window", home)
    return "the window opened and closed."


def try_texts(home: Path) -> str:
    """Look for fonts and translations, as `try_window`."""
    return f"the texts of the window: {_run_part('texts', home)}."


def _run_part(part: str, home: Path) -> str:
    """Run a part of this command in a process of its own and return its last line."""
    words = children.program_command("--home", str(home), "self-test", "--part", part)
    variables = {**children.environment(), "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    try:
        child = subprocess.run(
            words, env=variables, capture_output=True, timeout=2 * _WINDOW_SECONDS, encoding="utf-8", errors="replace"
        )
    except subprocess.TimeoutExpired as error:
        raise NotVerifiedError("The window did not open and close in time.") from error
    if child.returncode != 0:
        with contextlib.suppress(TlftError):
            fsio.write_bytes(AppPaths.below(home).log / _WORDS_NAME, child.stderr.encode())
        lines = child.stderr.strip().splitlines() or [f"exit code {child.returncode}"]
        # The program's own sentence stands before the hint that it gives.
        own = next((line.removeprefix("tlft: ") for line in lines if line.startswith("tlft: ")), "")
        reason = own or f"The window cannot be opened: {lines[-1]}."
        raise NotVerifiedError(reason, remedy="`tlft doctor` may say why.")
    return next(iter(child.stdout.strip().splitlines()[-1:]), "")


def _look_at_texts() -> int:
    from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QRawFont

    from tlft_desktop.gui.translation import translations_found

    _application = QGuiApplication([])  # fonts need one
    glyphs = QRawFont.fromFont(QFont()).glyphIndexesForString(_LETTERS)
    if len(glyphs) != len(_LETTERS) or 0 in glyphs:
        raise NotVerifiedError("No font has the letters of the window.", remedy="Install fonts, such as DejaVu.")
    print(f"drawn in {QFontInfo(QFont()).family()}, in these languages: {translations_found()}")
    return ExitCode.DONE


def _open_window(paths: AppPaths) -> int:
    """Open the window and close it when it is there; without one the process never ends, and its parent says so."""
    from tlft_desktop.gui.app import run as run_window

    done = threading.Event()
    closer = threading.Thread(target=_close_windows, args=(done,), name="self-test", daemon=True)
    closer.start()
    try:
        return run_window(paths, None)
    finally:
        done.set()
        closer.join()


def _close_windows(done: threading.Event) -> None:
    from PySide6.QtCore import QCoreApplication, QMetaObject, Qt

    while not done.wait(_CLOSE_SECONDS):
        application = QCoreApplication.instance()
        if application is not None:
            # Queued: the slot runs in the thread of the window. Before the window is there it closes nothing.
            with contextlib.suppress(RuntimeError):
                QMetaObject.invokeMethod(application, "closeAllWindows", Qt.ConnectionType.QueuedConnection)

"""`tlft self-test --installed`: everything that an installer brought, checked one after the other, for a help desk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tlft_desktop.commands import doctor, self_test, words
from tlft_desktop.commands.application import App
from tlft_desktop.core import fsio, installation
from tlft_desktop.core.errors import ExitCode, NotVerifiedError, TlftError, UsageError
from tlft_desktop.paths import AppPaths

_NUM_NAMED = 5
# What processes of a program look for first when they look where somebody stands.
_TRAPS = ("json", "random", "numpy", "PIL", "torch")
_TRAP = "open({mark!r}, 'w').close(); raise SystemExit('code of the current folder ran')\n"


def run(app: App) -> int:
    """Go through all checks, also behind one that fails, and print what a help desk needs."""
    root = installation.installation_root()
    if root is None:
        raise UsageError(
            "This program was not put here by an installer, so there is no list of its files.",
            remedy="`tlft self-test` tests it without one.",
        )
    home = fsio.make_temporary_folder("tlft-self-test-")
    try:
        num_failed = _run_all(root, home, app)
    finally:
        with contextlib.suppress(TlftError):
            fsio.remove_tree(home)
    app.output.line()
    doctor.print_facts(app)
    if num_failed:
        count = words.plural(num_failed, "check")
        raise NotVerifiedError(f"{count} failed.", remedy="Send all of these lines to who looks after this program.")
    app.output.line("The self-test passed.")
    return ExitCode.DONE


def _run_all(root: Path, home: Path, app: App) -> int:
    """Print a line for each check; return how many failed."""
    inner = replace(app, paths=AppPaths.below(home))
    checks: tuple[Callable[[], str], ...] = (
        lambda: _check_files(root),
        lambda: _check_places(root, app.paths),
        lambda: _check_training(inner),
        lambda: _check_export(inner),
        _check_helpers,
        lambda: _check_networks(inner.paths),
        lambda: _check_site_weights(app.paths),
        lambda: self_test.try_texts(home),
        lambda: self_test.try_window(home),
    )
    num_failed = 0
    with _among_traps(home / "images") as is_trapped:
        for check in checks:
            app.control.raise_if_stopped()
            try:
                app.output.line(f"ok: {check()}")
            except TlftError as error:
                num_failed += 1
                app.output.line(f"FAILED: {error}")
        if is_trapped():
            num_failed += 1
            app.output.line("FAILED: A module in the current folder ran in place of one of the program.")
        else:
            app.output.line("ok: nothing in the current folder runs in place of the program.")
    return num_failed


def _check_files(root: Path) -> str:
    found = installation.read_installation(root)
    differences = list(installation.find_differences(found))
    if differences:
        named = "; ".join(differences[:_NUM_NAMED])
        more = f"; and {len(differences) - _NUM_NAMED} more" if len(differences) > _NUM_NAMED else ""
        text = f"'{root}' is not as it was installed: {named}{more}."
        raise NotVerifiedError(text, remedy="Install the program again.")
    return f"all {len(found.files)} files are as built (version {found.version}, commit {found.commit[:12]})."


def _check_places(root: Path, paths: AppPaths) -> str:
    for folder in (paths.data, paths.config, paths.cache, paths.log, paths.projects_folder):
        if folder.is_relative_to(root):
            raise NotVerifiedError(f"'{folder}' lies in the folder of the program, which a removal deletes.")
        place = folder if folder.is_dir() else next(parent for parent in folder.parents if parent.is_dir())
        if not os.access(place, os.W_OK):
            raise NotVerifiedError(f"'{place}' cannot be written.", remedy="TLFT_HOME names another place.")
    return "projects, settings, caches and logs have places that can be written."


def _check_training(app: App) -> str:
    accuracy = self_test.train(app)
    return f"images imported, network trained ({accuracy:.0%} right), checkpoint and run written."


def _check_export(app: App) -> str:
    from tlft_desktop.core.export.formats import ExportFormat
    from tlft_desktop.core.project.project import open_project_read_only
    from tlft_desktop.core.runs.store import RunStore
    from tlft_desktop.core.workflows.exporting import export_run

    project = open_project_read_only(self_test.project_root(app.paths))
    name = RunStore(project.root).resolve("last")
    for form, output in ((ExportFormat.BUNDLE, "bundle"), (ExportFormat.SAFETENSORS, "network.safetensors")):
        export_run(project, name, app.paths.data / output, form=form, control=app.control)
    return "the network is exported, loaded again, and answers as before."


def _check_helpers() -> str:
    from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
    from tlft_desktop.core.models.pickle_helper import safetensors_of_pickle
    from tlft_desktop.core.models.weights_folder import bundled_file
    from tlft_desktop.core.patterns import search_each

    if search_each("a(b)", ["ab"]) != ["b"]:
        raise NotVerifiedError("The helper that searches gave a wrong answer.")
    entry = find_backbone(DEFAULT_BACKBONE)
    weights = bundled_file(entry)
    if weights is None:
        raise NotVerifiedError(f"The weights of {entry.name} are missing.", remedy="Install the program again.")
    data = fsio.read_bytes(weights, max_bytes=2 * entry.weights.bytes)
    if b"_conv_stem.weight" not in safetensors_of_pickle(data, origin=weights):
        raise NotVerifiedError("The helper that reads weights gave a wrong answer.")
    return "the helper processes for images, weights and searches work."


def _check_networks(paths: AppPaths) -> str:
    from tlft_desktop.core.models.catalog import backbones
    from tlft_desktop.core.models.weights import WeightsStore
    from tlft_desktop.core.models.weights_folder import Availability

    store = WeightsStore(paths.models_folder, paths.site_weights)
    bundled = [entry for entry in backbones() if store.availability(entry) is Availability.BUNDLED]
    if not bundled:
        raise NotVerifiedError("No pretrained network came with the installation.", remedy="Install the program again.")
    for entry in bundled:
        store.load(entry)
    return f"pretrained networks that come along: {', '.join(entry.name for entry in bundled)}."


def _check_site_weights(paths: AppPaths) -> str:
    from tlft_desktop.core.models.catalog import backbones
    from tlft_desktop.core.models.weights import WeightsStore
    from tlft_desktop.core.models.weights_folder import Availability

    store, folder = WeightsStore(paths.models_folder, paths.site_weights), paths.site_weights
    found = [entry for entry in backbones() if store.availability(entry) is Availability.SITE]
    if folder is None or not found:
        return f"there are no weights for all users ('{folder}')."
    for entry in found:
        store.load(entry)
    return f"weights for all users in '{folder}': {', '.join(entry.name for entry in found)}."


@contextlib.contextmanager
def _among_traps(folder: Path) -> Iterator[Callable[[], bool]]:
    """Stand in a folder whose modules leave a mark when one of them runs; what is given tells whether one did."""
    mark = folder / "ran"
    fsio.make_folder(folder)
    for name in _TRAPS:
        fsio.write_bytes(folder / f"{name}.py", _TRAP.format(mark=str(mark)).encode())
    before = Path.cwd() if _has_current_folder() else folder.parent
    os.chdir(folder)
    try:
        yield mark.exists
    finally:
        os.chdir(before)


def _has_current_folder() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True

"""`tlft weights`: list, import or download pretrained weights."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.output import Progress
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.hints import command
from tlft_desktop.core.models.catalog import backbones, find_backbone
from tlft_desktop.core.models.weights_folder import Availability, find_weights

if TYPE_CHECKING:
    from tlft_desktop.core.models.weights import WeightsStore


def run(args: argparse.Namespace, app: App) -> int:
    """Do what `args.action` says."""
    if args.action == "list":
        return _list(app, as_json=args.json)
    # Here and not above: they load torch, which a list can do without.
    from tlft_desktop.core.models.identify import identify_weights
    from tlft_desktop.core.models.weights import WeightsStore

    store = _shared_store(app) if args.for_all else WeightsStore(app.paths.models_folder, app.paths.site_weights)
    if args.action == "import":
        entry = find_backbone(args.backbone) if args.backbone else identify_weights(args.file)
        notices = store.import_file(entry, args.file)
        text = f"The weights of {entry.name} were taken from '{args.file}'."
    else:
        entry = find_backbone(args.backbone)
        if store.availability(entry) in (Availability.BUNDLED, Availability.SITE, Availability.CACHED):
            app.output.line(f"The weights of {entry.name} are on this machine already.")
            return ExitCode.DONE
        app.paths.policy.require_online()
        app.output.note(f"Downloading {entry.weights.url} (about {words.size(entry.weights.bytes)}).")
        with app.output.progress("downloading") as progress:
            notices = store.download(
                entry, policy=app.paths.policy, control=app.control, on_progress=_shown_by(progress)
            )
        text = f"The weights of {entry.name} are on this machine now."
    for notice in notices:
        app.output.note(notice)
    app.output.line(text)
    return ExitCode.DONE


def _shared_store(app: App) -> WeightsStore:
    """Return the store of what all users read, and let them read what is made from here on."""
    from tlft_desktop.core.models.weights import WeightsStore

    if app.paths.site_weights is None:
        raise UsageError("There is no folder of weights for all users here.")
    # The mask of an administrator may take the rights of all others away.
    os.umask(0o022)
    return WeightsStore(app.paths.site_weights)


def _shown_by(progress: Progress) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        progress.update(done / max(total, 1), f"{words.size(done)} of {words.size(total)}")

    return show


def _list(app: App, *, as_json: bool) -> int:
    own, site = app.paths.models_folder, app.paths.site_weights
    rows = [(entry, *find_weights(own, entry, site)) for entry in backbones()]
    here = [(entry, where, path) for entry, where, path in rows if where is not Availability.DOWNLOAD]
    if as_json:
        for entry, where, path in here:
            size = entry.weights.bytes
            app.output.record({"backbone": entry.name, "weights": where.value, "bytes": size, "path": str(path)})
        return ExitCode.DONE
    cells = [(entry.name, where.value, words.size(entry.weights.bytes), str(path)) for entry, where, path in here]
    for line in words.table(("backbone", "weights", "size", "from"), cells, right=(2,)):
        app.output.line(line)
    get, take = command("weights", "get", "LIB:NAME"), command("weights", "import", "FILE")
    more = sum(where is Availability.DOWNLOAD and bool(entry.weights.url) for entry, where, _path in rows)
    app.output.detail(f"{more} more can be had with `{get}`.")
    app.output.detail(f"Files of your own go through `{take}`, or into '{own}'.")
    return ExitCode.DONE

"""`tlft backbones`: the catalogue of pretrained networks."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.models.catalog import BackboneEntry, backbones
from tlft_desktop.core.models.weights_folder import Availability, availability

_HEADER = ("backbone", "parameters", "MACs", "input", "ImageNet top-1", "licence of the weights", "weights")


def run(args: argparse.Namespace, app: App) -> int:
    """Print the backbones, the default first."""
    own, site = app.paths.models_folder, app.paths.site_weights
    rows = [(entry, availability(own, entry, site)) for entry in backbones()]
    if args.offline:
        rows = [(entry, where) for entry, where in rows if where is not Availability.DOWNLOAD]
    if args.json:
        for entry, where in rows:
            app.output.record(_record(entry, where))
        return ExitCode.DONE
    for line in words.table(_HEADER, [_cells(entry, where) for entry, where in rows], right=(1, 2, 3, 4)):
        app.output.line(line)
    return ExitCode.DONE


def _record(entry: BackboneEntry, where: Availability) -> dict[str, object]:
    return {
        "backbone": entry.name,
        "parameters": entry.parameters,
        "macs": entry.macs,
        "input_size": entry.preprocessing.input_size,
        "top1": entry.top1,
        "licence": entry.licence,
        "weights": where.value,
        "title": entry.title,
        "family": entry.family,
        "kind": entry.kind.value,
        "top1_source": entry.top1_source,
        "note": entry.note,
    }


def _cells(entry: BackboneEntry, where: Availability) -> tuple[str, ...]:
    return (
        entry.name,
        words.short_count(entry.parameters),
        words.short_count(entry.macs),
        str(entry.preprocessing.input_size),
        "-" if entry.top1 is None else f"{entry.top1:.1f} %",
        entry.licence,
        where.value,
    )

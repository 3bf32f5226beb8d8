"""`tlft cache`: size of what can be computed again, and deleting it."""

from __future__ import annotations

import argparse
from collections import defaultdict

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.cache import cache_entries, prune_cache


def run(args: argparse.Namespace, app: App) -> int:
    """Do what `args.action` says."""
    if args.action == "prune":
        return _prune(app)
    entries = cache_entries(app.paths.cache)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.path.parent.name].append(entry.num_bytes)
    rows = [(kind, str(len(sizes)), words.size(sum(sizes))) for kind, sizes in sorted(by_kind.items())]
    total = ("all", str(len(entries)), words.size(sum(entry.num_bytes for entry in entries)))
    for line in words.table(("cache", "folders", "size"), [*rows, total], right=(1, 2)):
        app.output.line(line)
    app.output.detail(f"It lies in '{app.paths.cache}'; deleting it is always safe.")
    return ExitCode.DONE


def _prune(app: App) -> int:
    result = prune_cache(app.paths.cache)
    app.output.line(f"{words.size(result.num_bytes)} were freed, {words.size(result.num_bytes_left)} are left.")
    for path in result.kept:
        app.output.note(f"'{path}' is in use or could not be deleted.")
    return ExitCode.DONE

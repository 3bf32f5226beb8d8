"""`tlft cache`: size of what can be computed again, and deleting it: all, what one project uses, or down to a limit."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.cache import FEATURES_FOLDER, CacheEntry, PruneResult, cache_entries, prune_entries
from tlft_desktop.core.project.cache_budget import FeatureBudget, feature_budget
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.settings import read_settings

_Entries = tuple[CacheEntry, ...]


def run(args: argparse.Namespace, app: App) -> int:
    """Do what `args.action` says."""
    own, shared = _entries(app.paths.cache, args.project)
    budget = _budget(app)
    if args.action == "prune":
        result = _prune_to_budget(own, budget) if args.to_budget else prune_entries(own)
        _print_pruned(result, shared, args, app)
    elif args.json:
        _print_records(own, shared, budget, app)
    else:
        _print_sizes(own, shared, budget, app)
    return ExitCode.DONE


def _budget(app: App) -> FeatureBudget:
    limit = app.paths.policy.applied(read_settings(app.paths.settings_file)).feature_bytes
    return feature_budget(app.paths.cache, cache_entries(app.paths.cache), limit)


def _prune_to_budget(own: _Entries, budget: FeatureBudget) -> PruneResult:
    """Delete features that were not used for longest until those of all projects take no more than they may."""
    features = [entry for entry in own if entry.kind == FEATURES_FOLDER]
    of_others = budget.num_bytes - _num_bytes(features)
    result = prune_entries(features, max_bytes=max(0, budget.max_bytes - of_others))
    return replace(result, num_bytes_left=_num_bytes(own) - result.num_bytes)


def _entries(cache_dir: Path, root: Path | None) -> tuple[_Entries, _Entries]:
    """Return the folders that are meant, and those that a project shares with others."""
    if root is None:
        return cache_entries(cache_dir), ()
    # Here and not above: reading the stores takes libraries that the rest does without.
    from tlft_desktop.core.workflows.project_cache import project_cache

    found = project_cache(open_project_read_only(root), cache_dir)
    return found.own, found.shared


def _by_kind(entries: Iterable[CacheEntry]) -> dict[str, tuple[int, int]]:
    """Return number and bytes of the folders of each kind."""
    sizes: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        sizes[entry.kind].append(entry.num_bytes)
    return {kind: (len(found), sum(found)) for kind, found in sorted(sizes.items())}


def _num_bytes(entries: Iterable[CacheEntry]) -> int:
    return sum(entry.num_bytes for entry in entries)


def _print_sizes(own: _Entries, shared: _Entries, budget: FeatureBudget, app: App) -> None:
    rows = [(kind, str(number), words.size(size)) for kind, (number, size) in _by_kind(own).items()]
    total = ("all", str(len(own)), words.size(_num_bytes(own)))
    for line in words.table(("cache", "folders", "size"), [*rows, total], right=(1, 2)):
        app.output.line(line)
    if shared:
        app.output.line(f"{_words(shared)} more serve other projects as well.")
    app.output.line(_budget_words(budget))
    app.output.detail(f"It lies in '{app.paths.cache}'; deleting it is always safe.")


def _budget_words(budget: FeatureBudget) -> str:
    why = ", half of what the disk has free for them" if budget.is_disk_short else ""
    used, most = words.size(budget.num_bytes), words.size(budget.max_bytes)
    return f"The features of all projects take {used} and may take {most}{why}."


def _print_records(own: _Entries, shared: _Entries, budget: FeatureBudget, app: App) -> None:
    for entries, is_shared in ((own, False), (shared, True)):
        for kind, (number, size) in _by_kind(entries).items():
            app.output.record({"cache": kind, "folders": number, "bytes": size, "shared": is_shared})
    summary = {"folders": len(own), "bytes": _num_bytes(own), "shared_bytes": _num_bytes(shared)}
    limits = {"feature_bytes": budget.num_bytes, "feature_budget_bytes": budget.max_bytes}
    app.output.record({"summary": True, **summary, **limits, "path": str(app.paths.cache)})


def _print_pruned(result: PruneResult, shared: _Entries, args: argparse.Namespace, app: App) -> None:
    if args.json:
        kept = [str(path) for path in result.kept]
        freed, left = result.num_bytes, result.num_bytes_left
        app.output.record({"freed_bytes": freed, "left_bytes": left, "shared_bytes": _num_bytes(shared), "kept": kept})
        return
    app.output.line(f"{words.size(result.num_bytes)} were freed, {words.size(result.num_bytes_left)} are left.")
    for path in result.kept:
        app.output.note(f"'{path}' is in use, holds files of others or could not be deleted.")
    if shared:
        all_of_it = f"`{command('cache', 'prune')}` deletes all."
        app.output.note(f"{_words(shared)} were kept: other projects use them, too. {all_of_it}")


def _words(entries: _Entries) -> str:
    return f"{words.plural(len(entries), 'folder')} ({words.size(_num_bytes(entries))})"

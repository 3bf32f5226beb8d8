"""`tlft run`: delete, restore, name or mark a run, write a note beside it, or empty the trash."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode, InputError, UsageError
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.store import RunStore

_UNSTAR = "off"


def run(args: argparse.Namespace, app: App) -> int:
    """Do what `args.action` says."""
    with open_project(args.project) as project:
        store = RunStore(project.root)
        if args.action == "empty-trash":
            # Before anything is written: it must work on a full disk.
            app.output.line(_empty_trash(store))
            return ExitCode.DONE
        store.mark_interrupted()
        app.output.line(_act(store, args))
    return ExitCode.DONE


def _act(store: RunStore, args: argparse.Namespace) -> str:
    if args.action == "restore":
        found = _in_trash(store, args.run)
        store.restore(found)
        return f"'{store.summary(found).name}' is back."
    found = store.resolve(args.run)
    name = store.summary(found).name
    if args.action == "rm":
        store.move_to_trash(found)
        way_back = command("run", "restore", args.project, found)
        return f"'{name}' is in the trash of the project. `{way_back}` brings it back."
    if args.action == "name":
        store.rename(found, args.text)
        return f"'{name}' is called '{store.summary(found).name}' now."
    if args.action == "note":
        store.set_note(found, args.text)
        note = store.summary(found).note
        return f"The note of '{name}' is: {note}" if note else f"'{name}' has no note now."
    if args.text not in ("", _UNSTAR):
        raise UsageError(f"`tlft run star` takes no text but `{_UNSTAR}`, got '{args.text}'.")
    (store.unstar if args.text else store.star)(found)
    return f"'{name}' is {'no longer ' if args.text else ''}marked."


def _empty_trash(store: RunStore) -> str:
    num_runs = len(store.trashed())
    if not num_runs:
        return "The trash of the project is empty."
    return f"Deleted for good: {words.plural(num_runs, 'run')}, {words.size(store.empty_trash())}."


def _in_trash(store: RunStore, ref: str) -> str:
    trashed = store.trashed()
    found = trashed[-1:] if ref == "last" else [run for run in trashed if ref and run.startswith(ref.upper())]
    if len(found) == 1:
        return found[0]
    listed = f"It holds {', '.join(trashed)}." if trashed else "It is empty."
    raise InputError(f"'{ref}' means {'more than one run' if found else 'no run'} in the trash.", remedy=listed)

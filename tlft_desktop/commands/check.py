"""`tlft check`: verify every file of a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode, InputError
from tlft_desktop.core.project.backups import PROJECT_FILE, newest_good_backup
from tlft_desktop.core.project.lock import LOCK_NAME, break_lock, read_lock
from tlft_desktop.core.workflows.checking import CheckProgress, CheckResult, Damage, check_project, repair_project


def run(args: argparse.Namespace, app: App) -> int:
    """Name what is damaged; the exit code says whether something still is."""
    if args.break_lock:
        _break_lock(args.project, app)
    check = repair_project if args.repair else check_project
    result = CheckResult(0, 0)
    with app.output.progress("verifying") as progress:
        for item in check(args.project, control=app.control):
            if isinstance(item, CheckProgress):
                progress.show(f"{item.checked:,} files, now {item.path.name}")
            elif isinstance(item, CheckResult):
                result = item
            else:
                _print_damage(item, args, app)
    if args.json:
        summary = {"checked": result.checked, "damaged": result.damaged, "repaired": result.repaired}
        app.output.record({"summary": True, **summary})
    else:
        app.output.line(_words(result))
    return ExitCode.NOT_VERIFIED if result.damaged > result.repaired else ExitCode.DONE


def _break_lock(root: Path, app: App) -> None:
    """Take the lock of another computer away; what a process of this one holds stays, and its owner is named."""
    if not (root / PROJECT_FILE).exists() and newest_good_backup(root) is None:
        raise InputError(f"'{root}' is not a project, so it has no lock.")
    owner, is_there = read_lock(root), (root / LOCK_NAME).exists()
    break_lock(root)
    if owner is not None:
        process = owner.process
        app.output.note(f"The lock of process {process.pid} on {process.host}, since {owner.since}, is gone.")
    elif is_there:
        app.output.note("The lock, which could not be read, is gone.")
    else:
        app.output.note("The project was not locked.")


def _print_damage(damage: Damage, args: argparse.Namespace, app: App) -> None:
    if args.json:
        app.output.record({"path": str(damage.path), "problem": damage.problem, "repaired": damage.repaired or None})
        return
    app.output.line(f"! {damage.problem} {damage.repaired}".rstrip())


def _words(result: CheckResult) -> str:
    checked = words.plural(result.checked, "file")
    if not result.damaged:
        return f"All is well: {checked} verified."
    repaired = f", {result.repaired} of them repaired" if result.repaired else ""
    return f"{result.damaged} of {checked} damaged{repaired}."

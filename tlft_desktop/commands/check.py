"""`tlft check`: verify every file of a project."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.workflows.checking import CheckProgress, CheckResult, Damage, check_project, repair_project


def run(args: argparse.Namespace, app: App) -> int:
    """Name what is damaged; the exit code says whether something still is."""
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

"""`tlft doctor`: this installation and this machine, for bug reports."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.workflows.diagnosis import Diagnosis, diagnose


def run(args: argparse.Namespace, app: App) -> int:
    """Print the facts and, in words, what is wrong."""
    if args.json:
        app.output.record(diagnose(app.paths).to_json())
    else:
        print_facts(app)
    return ExitCode.DONE


def print_facts(app: App) -> None:
    """Print them in words, and what is wrong."""
    diagnosis = diagnose(app.paths)
    for name, value in _facts(diagnosis):
        app.output.line(f"{name:<14} {value}")
    for problem in diagnosis.problems:
        app.output.line(f"! {problem}")
    if not diagnosis.problems:
        app.output.line("No problem found.")


def _facts(diagnosis: Diagnosis) -> list[tuple[str, str]]:
    free = diagnosis.free_disk_bytes
    return [
        ("tlft", diagnosis.app),
        ("Python", diagnosis.python),
        ("system", diagnosis.system),
        ("Qt", diagnosis.qt or "not installed"),
        *((name, number or "not installed") for name, number in diagnosis.libraries.items()),
        *((device["name"], device["description"]) for device in diagnosis.devices),
        ("threads", str(diagnosis.threads)),
        *diagnosis.directories.items(),
        ("policy", diagnosis.policy.get("file", "none")),
        *(("fixed by it", f"{name} = {value}") for name, value in diagnosis.policy.items() if name != "file"),
        ("free on disk", words.size(free) if free >= 0 else "unknown"),
    ]

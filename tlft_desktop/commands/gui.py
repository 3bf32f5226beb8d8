"""`tlft gui`: the window."""

from __future__ import annotations

import argparse

from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.hints import command


def run(args: argparse.Namespace, app: App) -> int:
    """Open the window, with a project if one is named, and return its exit code."""
    try:
        # Here and not above: everything but the window works without Qt.
        from tlft_desktop.gui.app import run as run_window
    except ImportError as error:
        raise TlftError(
            f"The window cannot be opened: {error}.",
            remedy=f"`{command('doctor')}` says what is missing on this computer.",
        ) from error
    if app.paths.policy.problem:
        app.output.error(app.paths.policy.problem)
    return run_window(app.paths, args.project)

"""Whether the images of a project are mirrored while training: what it answers, and the line where it does not."""

from __future__ import annotations

from collections.abc import Iterable

from tlft_desktop.commands.application import App
from tlft_desktop.core.hints import command
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.strategy import Strategy


def tell_mirroring(strategies: Iterable[Strategy], project: Project, asked: bool | None, app: App) -> None:
    """Say once that images are mirrored and how to stop it, where nobody has said yet that they may be.

    Args:
        strategies: What is to be trained.
        project: Whose images are trained on.
        asked: What the command line says for these trainings.
        app: Where to print.
    """
    if asked is None and project.config.flip is None and any(strategy.mirrors for strategy in strategies):
        stop = command("data", project.root, "--no-flip")
        app.output.note(
            "Images are mirrored (left and right swapped) while training. If left and right mean something in them "
            f"(letters, spectrograms), stop that with: {stop} (--flip instead: they may be mirrored)"
        )


def answer_words(answer: bool | None) -> str:
    """Return a line about what a project says of mirroring."""
    if answer is None:
        return "Mirrored while training: yes, since nobody has said yet whether they may be (--flip, --no-flip)."
    return f"Mirrored while training: {'yes' if answer else 'no'}."

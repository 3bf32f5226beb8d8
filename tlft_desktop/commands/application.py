"""What every command is given."""

from __future__ import annotations

from dataclasses import dataclass

from tlft_desktop.commands.output import Output
from tlft_desktop.core.control import Control
from tlft_desktop.paths import AppPaths


@dataclass(frozen=True)
class App:
    """The surroundings of one command.

    Attributes:
        paths: Folders of the program.
        control: Asked to stop by the first SIGINT or SIGTERM.
        output: Where the command writes.
    """

    paths: AppPaths
    control: Control
    output: Output

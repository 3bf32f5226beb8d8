"""Fills the command palette: the table of actions, the panels of the page, the projects that were open last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence

from tlft_desktop.gui.actions import TABLE, translated
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.palette_search import Entry

PALETTE = "palette"


def entries_of_actions(actions: Mapping[str, QAction], reasons: Mapping[str, str]) -> Iterator[Entry]:
    """Return one entry for each action of the table but the one that opens the palette."""
    for spec in TABLE:
        if spec.id == PALETTE:
            continue
        action = actions[spec.id]
        yield Entry(
            text=plain(action.text()),
            place=plain(translated(spec.menu)),
            shortcut=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            reason=reasons.get(spec.id, ""),
            icon=spec.icon,
            act=action.trigger,
        )


def entries_of_panels(actions: Sequence[QAction]) -> Iterator[Entry]:
    """Return one entry for each panel of the page: it shows or hides the panel."""
    shown, hidden = tr("Hide the panel {title}"), tr("Show the panel {title}")
    for action in actions:
        text = (shown if action.isChecked() else hidden).format(title=plain(action.text()))
        yield Entry(text, tr("Panels"), icon="panel-dock", act=action.trigger)


def entries_of_projects(paths: Sequence[str], open_project: Callable[[str], None]) -> Iterator[Entry]:
    """Return one entry for each project that was open last; whether it is still there shows when it is opened."""
    for path in paths:
        place = tr("Recent project in {folder}").format(folder=Path(path).parent)
        yield Entry(Path(path).stem, place, icon="recent", act=partial(open_project, path))


def plain(text: str) -> str:
    """Return the text of an action without its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")

"""Everything the user can ask for, as one table: text, shortcut, icon, menu, and when it is enabled.

To add an action: one `ActionSpec` in `TABLE`, and its id with a method in the `handlers()` of the page or desk that
does it. Menus, palette, header, buttons and context menus all take the same `QAction` from `actions_by_id`.
What the table cannot know, such as whether an image is selected, a page tells by `blocked()`; it emits its signal
`situation_changed()` where that changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from tlft_desktop.gui.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Situation
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.layer_actions import LAYER_ACTIONS
from tlft_desktop.gui.widgets.text import plain_tooltip

_CONTEXT = "actions"


def _free(situation: Situation) -> bool:
    return not situation.is_training


def _open(situation: Situation) -> bool:
    return situation.has_project


FILE, EDIT, VIEW, IMAGES, LAYERS, TRAINING, RUNS, HELP = (
    QT_TRANSLATE_NOOP("actions", "&File"),
    QT_TRANSLATE_NOOP("actions", "&Edit"),
    QT_TRANSLATE_NOOP("actions", "&View"),
    QT_TRANSLATE_NOOP("actions", "&Images"),
    QT_TRANSLATE_NOOP("actions", "&Layers"),
    QT_TRANSLATE_NOOP("actions", "&Training"),
    QT_TRANSLATE_NOOP("actions", "&Runs"),
    QT_TRANSLATE_NOOP("actions", "&Help"),
)
MENUS = (FILE, EDIT, VIEW, IMAGES, LAYERS, TRAINING, RUNS, HELP)

_BUSY, _NONE_OPEN, _IDLE, _READ_ONLY = (
    QT_TRANSLATE_NOOP("actions", "A training is running. Stop it first."),
    QT_TRANSLATE_NOOP("actions", "No project is open."),
    QT_TRANSLATE_NOOP("actions", "No training is running."),
    QT_TRANSLATE_NOOP("actions", "No project is open for writing."),
)

TABLE = (
    ActionSpec(
        "new", FILE, QT_TRANSLATE_NOOP("actions", "Open a folder of &images…"), "Ctrl+N", "images", _free,
        QT_TRANSLATE_NOOP("actions", "Make a project of a folder that holds one folder for each class"), _BUSY,
    ),
    ActionSpec(
        "open", FILE, QT_TRANSLATE_NOOP("actions", "&Open a project…"), "Ctrl+O", "project", _free, needs=_BUSY
    ),
    ActionSpec(
        "photos", FILE, QT_TRANSLATE_NOOP("actions", "Sample: &photographs"), "", "sample", _free, needs=_BUSY
    ),
    ActionSpec(
        "digits", FILE, QT_TRANSLATE_NOOP("actions", "Sample: handwritten &digits"), "", "sample", _free, needs=_BUSY
    ),
    ActionSpec(
        "close", FILE, QT_TRANSLATE_NOOP("actions", "&Close the project"), "Ctrl+W", "close",
        lambda s: s.has_project and not s.is_training,
        needs=QT_TRANSLATE_NOOP("actions", "No project is open, or its training still runs."),
    ),
    ActionSpec(
        "project_folder", FILE, QT_TRANSLATE_NOOP("actions", "Show the project &folder"), "Ctrl+Shift+O", "folder",
        _open, QT_TRANSLATE_NOOP("actions", "Show the folder of the project in the file manager"), _NONE_OPEN,
    ),
    ActionSpec("quit", FILE, QT_TRANSLATE_NOOP("actions", "&Quit"), "Ctrl+Q"),
    ActionSpec(
        "undo", EDIT, QT_TRANSLATE_NOOP("actions", "&Undo"), "Ctrl+Z", "undo", lambda s: s.can_undo,
        needs=QT_TRANSLATE_NOOP("actions", "There is nothing to undo."),
    ),
    ActionSpec(
        "redo", EDIT, QT_TRANSLATE_NOOP("actions", "&Redo"), "Ctrl+Shift+Z", "redo", lambda s: s.can_redo,
        needs=QT_TRANSLATE_NOOP("actions", "There is nothing to redo."),
    ),
    ActionSpec(
        "preferences", EDIT, QT_TRANSLATE_NOOP("actions", "Pre&ferences…"), "Ctrl+,", "settings",
        hint=QT_TRANSLATE_NOOP("actions", "Language, colours, device and what happens while a training runs"),
    ),
    ActionSpec("page_data", VIEW, QT_TRANSLATE_NOOP("actions", "&Data"), "Ctrl+1", "data", _open, needs=_NONE_OPEN),
    ActionSpec(
        "page_layers", VIEW, QT_TRANSLATE_NOOP("actions", "&Layers"), "Ctrl+2", "layers", _open, needs=_NONE_OPEN
    ),
    ActionSpec("page_train", VIEW, QT_TRANSLATE_NOOP("actions", "&Train"), "Ctrl+3", "train", _open, needs=_NONE_OPEN),
    ActionSpec(
        "page_compare", VIEW, QT_TRANSLATE_NOOP("actions", "&Compare"), "Ctrl+4", "compare", _open, needs=_NONE_OPEN
    ),
    ActionSpec("page_use", VIEW, QT_TRANSLATE_NOOP("actions", "&Use"), "Ctrl+5", "use", _open, needs=_NONE_OPEN),
    ActionSpec(
        "reset_panels", VIEW, QT_TRANSLATE_NOOP("actions", "Put the panels &back"), "", "panel-dock",
        hint=QT_TRANSLATE_NOOP("actions", "Show all panels of this page where they were at first"),
    ),
    ActionSpec(
        "next_part", VIEW, QT_TRANSLATE_NOOP("actions", "Next part of the &window"), "F6",
        hint=QT_TRANSLATE_NOOP("actions", "Move the focus on: header, steps, page, panels (also Ctrl+Tab)"),
    ),
    ActionSpec(
        "previous_part", VIEW, QT_TRANSLATE_NOOP("actions", "Pre&vious part of the window"), "Shift+F6",
        hint=QT_TRANSLATE_NOOP("actions", "Move the focus back: panels, page, steps, header (also Ctrl+Shift+Tab)"),
    ),
    ActionSpec("theme_system", VIEW, QT_TRANSLATE_NOOP("actions", "Colours of the &system")),
    ActionSpec("theme_light", VIEW, QT_TRANSLATE_NOOP("actions", "Li&ght colours")),
    ActionSpec("theme_dark", VIEW, QT_TRANSLATE_NOOP("actions", "Dar&k colours")),
    ActionSpec("image_show", IMAGES, QT_TRANSLATE_NOOP("actions", "Show &large"), "", "preview", _open),
    ActionSpec(
        "image_look", IMAGES, QT_TRANSLATE_NOOP("actions", "&What did the network look at?"), "Ctrl+Shift+L", "", _open,
        QT_TRANSLATE_NOOP("actions", "Show on the page Compare which places of the image speak for the answer"),
        _NONE_OPEN,
    ),
    ActionSpec(
        "image_label", IMAGES, QT_TRANSLATE_NOOP("actions", "Change the &class…"), "Ctrl+R", "tag",
        lambda s: s.is_writable, QT_TRANSLATE_NOOP("actions", "Give the selected images another class"), _READ_ONLY,
    ),
    ActionSpec(
        "image_exclude", IMAGES, QT_TRANSLATE_NOOP("actions", "Leave &out…"), "Ctrl+E", "excluded",
        lambda s: s.is_writable, QT_TRANSLATE_NOOP("actions", "Train and measure without the selected images"),
        _READ_ONLY,
    ),
    ActionSpec(
        "image_include", IMAGES, QT_TRANSLATE_NOOP("actions", "Take &in again"), "Ctrl+Shift+E", "success",
        lambda s: s.is_writable, QT_TRANSLATE_NOOP("actions", "Use the selected images again"), _READ_ONLY,
    ),
    *(
        ActionSpec(f"image_{split}", IMAGES, text, key, "", lambda s: s.is_writable, needs=_READ_ONLY)
        for split, text, key in (
            ("train", QT_TRANSLATE_NOOP("actions", "Move to &train"), "Alt+1"),
            ("val", QT_TRANSLATE_NOOP("actions", "Move to &validation"), "Alt+2"),
            ("test", QT_TRANSLATE_NOOP("actions", "Move to t&est"), "Alt+3"),
        )
    ),
    ActionSpec("image_find", IMAGES, QT_TRANSLATE_NOOP("actions", "&Find images"), "Ctrl+F", "search", _open),
    ActionSpec("image_all", IMAGES, QT_TRANSLATE_NOOP("actions", "Show &all images"), "", "", _open),
    ActionSpec("image_larger", IMAGES, QT_TRANSLATE_NOOP("actions", "La&rger pictures"), "Ctrl++", "zoom-in", _open),
    ActionSpec("image_smaller", IMAGES, QT_TRANSLATE_NOOP("actions", "&Smaller pictures"), "Ctrl+-", "zoom-out", _open),
    ActionSpec(
        "backbone", LAYERS, QT_TRANSLATE_NOOP("actions", "Choose the &backbone…"), "Ctrl+B", "backbone", _open,
        QT_TRANSLATE_NOOP("actions", "Choose another pretrained network, its image size and its weights"), _NONE_OPEN,
    ),
    ActionSpec(
        "find_layer", LAYERS, QT_TRANSLATE_NOOP("actions", "F&ind a layer"), "Ctrl+L", "search",
        hint=QT_TRANSLATE_NOOP("actions", "Filter the layers by name, type or regular expression"),
    ),
    ActionSpec(
        "depth_curve", LAYERS, QT_TRANSLATE_NOOP("actions", "Measure the depth curve"), "Ctrl+Shift+D", "train",
        hint=QT_TRANSLATE_NOOP("actions", "Tell how well each depth of the network separates the classes"),
    ),
    ActionSpec(
        "advice", LAYERS, QT_TRANSLATE_NOOP("actions", "As&k for advice"), "Ctrl+Shift+A", "info",
        hint=QT_TRANSLATE_NOOP("actions", "Measure which strategy fits these images on this machine"),
    ),
    ActionSpec(
        "networks", LAYERS, QT_TRANSLATE_NOOP("actions", "Compare net&works"), "Ctrl+Shift+B", "backbone",
        hint=QT_TRANSLATE_NOOP("actions", "Tell which backbone, or which image size, separates the classes best"),
    ),
    ActionSpec(
        "heat", LAYERS, QT_TRANSLATE_NOOP("actions", "Show the heat of layers"), "Ctrl+Shift+H",
        hint=QT_TRANSLATE_NOOP("actions", "Tell how strongly training pulls at each layer, and what to freeze then"),
    ),
    ActionSpec("freeze_layers", LAYERS, QT_TRANSLATE_NOOP("actions", "&Freeze the selected layers"), "", "frozen"),
    ActionSpec("train_layers", LAYERS, QT_TRANSLATE_NOOP("actions", "&Train the selected layers")),
    ActionSpec(
        "freeze_up_to", LAYERS, QT_TRANSLATE_NOOP("actions", "Freeze &up to here"), "Ctrl+U",
        hint=QT_TRANSLATE_NOOP("actions", "Freeze the selected layer and all before it; what comes behind trains"),
    ),
    ActionSpec(
        "train_from", LAYERS, QT_TRANSLATE_NOOP("actions", "Train from here &down"), "Ctrl+D",
        hint=QT_TRANSLATE_NOOP("actions", "Train the selected layer and all behind it; what comes before is frozen"),
    ),
    ActionSpec("tick_shown", LAYERS, QT_TRANSLATE_NOOP("actions", "Tick all &shown"), "Ctrl+Shift+F"),
    ActionSpec("untick_shown", LAYERS, QT_TRANSLATE_NOOP("actions", "Untick all sh&own"), "Ctrl+Shift+T"),
    ActionSpec("norm_inherited", LAYERS, QT_TRANSLATE_NOOP("actions", "Norm layers: as set further u&p (inherited)")),
    ActionSpec("norm_eval", LAYERS, QT_TRANSLATE_NOOP("actions", "Norm layers: frozen statistics (e&val)")),
    ActionSpec("norm_affine", LAYERS, QT_TRANSLATE_NOOP("actions", "Norm layers: &affine only")),
    ActionSpec("norm_full", LAYERS, QT_TRANSLATE_NOOP("actions", "&Norm layers: full")),
    *LAYER_ACTIONS,
    ActionSpec("expand_below", LAYERS, QT_TRANSLATE_NOOP("actions", "&Expand all below")),
    ActionSpec("collapse_below", LAYERS, QT_TRANSLATE_NOOP("actions", "&Collapse all below")),
    ActionSpec("copy_path", LAYERS, QT_TRANSLATE_NOOP("actions", "Cop&y the path"), "Ctrl+Shift+C", "copy"),
    ActionSpec("layer_columns", LAYERS, QT_TRANSLATE_NOOP("actions", "Colu&mns…")),
    ActionSpec(
        "start", TRAINING, QT_TRANSLATE_NOOP("actions", "&Start training"), "Ctrl+Return", "play",
        lambda s: s.can_start, QT_TRANSLATE_NOOP("actions", "Train with the strategy chosen on the page Train"),
        QT_TRANSLATE_NOOP("actions", "No project is open for writing, or a training runs already."),
    ),
    ActionSpec(
        "pause", TRAINING, QT_TRANSLATE_NOOP("actions", "&Pause"), "Ctrl+P", "pause",
        lambda s: s.is_training and not s.is_paused and not s.is_stopping,
        QT_TRANSLATE_NOOP("actions", "Let the training wait and use no processor time"), _IDLE,
    ),
    ActionSpec(
        "go_on", TRAINING, QT_TRANSLATE_NOOP("actions", "&Go on"), "Ctrl+G", "resume", lambda s: s.is_paused,
        QT_TRANSLATE_NOOP("actions", "Let the paused training go on"),
        QT_TRANSLATE_NOOP("actions", "No training is paused."),
    ),
    ActionSpec(
        "stop", TRAINING, QT_TRANSLATE_NOOP("actions", "Stop and &keep"), "Ctrl+.", "stop",
        lambda s: s.is_training and not s.is_stopping,
        QT_TRANSLATE_NOOP("actions", "Save the run as it is and end it; it can be resumed"), _IDLE,
    ),
    ActionSpec(
        "queue_add", TRAINING, QT_TRANSLATE_NOOP("actions", "&Add to the queue"), "Ctrl+Shift+Return", "queue",
        hint=QT_TRANSLATE_NOOP("actions", "Train with these settings when the runs before have ended"),
    ),
    ActionSpec(
        "queue_start", TRAINING, QT_TRANSLATE_NOOP("actions", "Start the &queue"), "Ctrl+Shift+G", "play",
        hint=QT_TRANSLATE_NOOP("actions", "Train what waits in the queue, one run after the other"),
    ),
    ActionSpec(
        "race", TRAINING, QT_TRANSLATE_NOOP("actions", "&Race…"), "Ctrl+Shift+R", "flag", _open,
        QT_TRANSLATE_NOOP("actions", "Train several strategies under the same conditions; look at earlier races"),
        _NONE_OPEN,
    ),
    ActionSpec(
        "race_resume", TRAINING, QT_TRANSLATE_NOOP("actions", "Go o&n with the race"), "", "resume",
        hint=QT_TRANSLATE_NOOP("actions", "Train what is left of the race that was stopped or interrupted"),
    ),
    ActionSpec(
        "predict", TRAINING, QT_TRANSLATE_NOOP("actions", "Classify i&mages…"), "Ctrl+I", "images", _open,
        QT_TRANSLATE_NOOP("actions", "Choose images for the network; or drop them on the window"), _NONE_OPEN,
    ),
    ActionSpec(
        "predict_folder", TRAINING, QT_TRANSLATE_NOOP("actions", "Classify a &folder…"), "Ctrl+Shift+I", "folder",
        _open, QT_TRANSLATE_NOOP("actions", "Choose a folder; its images and those of its folders are classified"),
        _NONE_OPEN,
    ),
    ActionSpec(
        "predict_bundle", TRAINING, QT_TRANSLATE_NOOP("actions", "Use a &bundle…"), "", "backbone", _open,
        QT_TRANSLATE_NOOP("actions", "Let a network answer that was exported as a bundle"), _NONE_OPEN,
    ),
    ActionSpec(
        "save_answers", TRAINING, QT_TRANSLATE_NOOP("actions", "Save the ans&wers as CSV…"), "Ctrl+S", "table", _open,
        QT_TRANSLATE_NOOP("actions", "Write one row per image: path, class, probability, error"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_resume", RUNS, QT_TRANSLATE_NOOP("actions", "&Resume"), "", "resume", _open,
        QT_TRANSLATE_NOOP("actions", "Go on with the chosen run from its last checkpoint"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_rename", RUNS, QT_TRANSLATE_NOOP("actions", "Re&name"), "", "rename", _open,
        QT_TRANSLATE_NOOP("actions", "Give the chosen run a name (F2 in the table)"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_star", RUNS, QT_TRANSLATE_NOOP("actions", "&Star"), "", "star", _open,
        QT_TRANSLATE_NOOP("actions", "Mark the chosen runs with a star, or take it away"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_note", RUNS, QT_TRANSLATE_NOOP("actions", "N&ote"), "", "note", _open,
        QT_TRANSLATE_NOOP("actions", "Write a note beside the chosen run"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_plan", RUNS, QT_TRANSLATE_NOOP("actions", "&Use its freeze plan"), "", "layers", _open,
        QT_TRANSLATE_NOOP("actions", "Tick the layers as the chosen run had them; can be undone"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_folder", RUNS, QT_TRANSLATE_NOOP("actions", "Open its &folder"), "", "folder", _open,
        QT_TRANSLATE_NOOP("actions", "Show the files of the chosen run"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_command", RUNS, QT_TRANSLATE_NOOP("actions", "&Copy its command line"), "", "terminal", _open,
        QT_TRANSLATE_NOOP("actions", "Copy the exact command line that repeats the chosen run"), _NONE_OPEN,
    ),
    ActionSpec(
        "run_report", RUNS, QT_TRANSLATE_NOOP("actions", "Sa&ve a report…"), "", "report", _open,
        QT_TRANSLATE_NOOP("actions", "Write a page to hand out about the chosen runs, of fewer than two about all"),
        _NONE_OPEN,
    ),
    ActionSpec(
        "run_trash", RUNS, QT_TRANSLATE_NOOP("actions", "&Move to trash"), "", "trash", _open,
        QT_TRANSLATE_NOOP("actions", "Throw the chosen runs away; they can be brought back (Delete in the table)"),
        _NONE_OPEN,
    ),
    ActionSpec(
        "palette", HELP, QT_TRANSLATE_NOOP("actions", "&Find a command…"), "Ctrl+K", "search",
        hint=QT_TRANSLATE_NOOP("actions", "Find everything that can be done by a part of its name"),
    ),
    ActionSpec(
        "messages", HELP, QT_TRANSLATE_NOOP("actions", "&Messages"), "Ctrl+M", "messages",
        hint=QT_TRANSLATE_NOOP("actions", "What the program told in this session, with details to copy"),
    ),
    ActionSpec(
        "jobs", HELP, QT_TRANSLATE_NOOP("actions", "Background &jobs"), "Ctrl+J", "jobs",
        hint=QT_TRANSLATE_NOOP("actions", "What runs in the background, how far it is, and how to cancel it"),
    ),
    ActionSpec("help", HELP, QT_TRANSLATE_NOOP("actions", "&Help"), "F1", "help"),
    ActionSpec("about", HELP, QT_TRANSLATE_NOOP("actions", "&About this program"), "", "info"),
)  # fmt: skip


def translated(text: str) -> str:
    """Return a text of the table in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)


@runtime_checkable
class ActionOwner(Protocol):
    """A page or desk that does what some actions of the table ask for."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action, by the action's id."""


@runtime_checkable
class ActionBlocker(Protocol):
    """A page that knows more than the table about when its actions can be chosen."""

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now, by id: a sentence for the user, such as `No image is selected.`"""


def build_actions(icons: IconSet, parent: QObject) -> dict[str, QAction]:
    """Return the actions of the table by id; they do nothing until `connect_actions`."""
    actions = {}
    for spec in TABLE:
        action = QAction(translated(spec.text), parent)
        action.setObjectName(spec.id)
        hint = translated(spec.hint) if spec.hint else translated(spec.text).replace("&", "").rstrip("…")
        if spec.shortcut:
            sequence = QKeySequence(spec.shortcut)
            action.setShortcut(sequence)
            hint = f"{hint} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(hint)
        # Kept for `update_actions`.
        action.setWhatsThis(hint)
        if spec.icon:
            icons.attach(action, spec.icon)
        actions[spec.id] = action
    return actions


def merge_handlers(*owners: object) -> dict[str, Callable[[], None]]:
    """Return the handlers of all owners; one without `handlers` gives none.

    Raises:
        ValueError: If two owners want the same action.
    """
    merged: dict[str, Callable[[], None]] = {}
    for owner in owners:
        if not isinstance(owner, ActionOwner):
            continue
        handlers = owner.handlers()
        twice = sorted(set(merged) & set(handlers))
        if twice:
            raise ValueError(
                f"Two parts of the window handle the actions {twice}; {type(owner).__name__} is the second."
            )
        merged.update(handlers)
    return merged


def connect_actions(actions: Mapping[str, QAction], handlers: Mapping[str, Callable[[], None]]) -> None:
    """Let every action call its handler.

    Raises:
        KeyError: If an action has no handler, or a handler no action.
    """
    unmatched = sorted(set(actions) ^ set(handlers))
    if unmatched:
        raise KeyError(f"Actions without a handler, or handlers without an action: {unmatched}")
    for key, action in actions.items():
        action.triggered.connect(handlers[key])


def reasons_against(situation: Situation, blockers: Iterable[object] = ()) -> dict[str, str]:
    """Return why actions cannot be chosen now, by id; those that can are not in it."""
    reasons = {spec.id: translated(spec.needs) for spec in TABLE if not spec.enabled(situation)}
    for blocker in blockers:
        if isinstance(blocker, ActionBlocker):
            reasons |= {key: reason for key, reason in blocker.blocked().items() if key not in reasons}
    return reasons


def update_actions(actions: Mapping[str, QAction], reasons: Mapping[str, str]) -> None:
    """Enable what can be chosen now, and let the tool tips of all else say why not."""
    for key, action in actions.items():
        reason, hint = reasons.get(key, ""), action.whatsThis()
        action.setEnabled(not reason)
        action.setToolTip(plain_tooltip(f"{hint}\n{reason}") if reason else hint)

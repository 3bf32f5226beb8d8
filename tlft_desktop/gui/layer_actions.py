"""Actions of the submenus of Layers: learning rates, adapters, and plans as a whole."""

from __future__ import annotations

from tlft_desktop.gui.action_spec import QT_TRANSLATE_NOOP, ActionSpec

RATES = QT_TRANSLATE_NOOP("actions", "Learning &rate")
PLANS = QT_TRANSLATE_NOOP("actions", "P&lan")
ADAPTERS = QT_TRANSLATE_NOOP("actions", "Adapters wit&h low rank")
SUBMENUS = (RATES, ADAPTERS, PLANS)
"""Titles of the submenus of Layers, in their order."""

LAYER_ACTIONS = (
    ActionSpec(
        "rate_inherited", RATES, QT_TRANSLATE_NOOP("actions", "Learning rate as set further &up (inherited)"),
        hint=QT_TRANSLATE_NOOP("actions", "Take the factors of the selected layers away; x1 where none is set above"),
    ),
    ActionSpec("rate_tenth", RATES, QT_TRANSLATE_NOOP("actions", "Learning rate times 0.&1")),
    ActionSpec("rate_third", RATES, QT_TRANSLATE_NOOP("actions", "Learning rate times &0.3")),
    ActionSpec("rate_triple", RATES, QT_TRANSLATE_NOOP("actions", "Learning rate times &3")),
    ActionSpec("rate_other", RATES, QT_TRANSLATE_NOOP("actions", "Learning rate times &another factor…")),
    ActionSpec(
        "layer_decay", RATES, QT_TRANSLATE_NOOP("actions", "&Layer-wise decay"),
        hint=QT_TRANSLATE_NOOP("actions", "Each stage learns 0.8 times as fast as the stage behind it"),
    ),
    ActionSpec(
        "equal_rates", RATES, QT_TRANSLATE_NOOP("actions", "&Equal learning rates everywhere"),
        hint=QT_TRANSLATE_NOOP("actions", "Take away the factors of all layers"),
    ),
    ActionSpec(
        "adapter_add", ADAPTERS, QT_TRANSLATE_NOOP("actions", "&Add adapters"),
        hint=QT_TRANSLATE_NOOP(
            "actions", "Freeze linear layers and 1x1 convolutions of the selection and train small updates beside them"
        ),
    ),
    ActionSpec(
        "adapter_remove", ADAPTERS, QT_TRANSLATE_NOOP("actions", "&Remove adapters"),
        hint=QT_TRANSLATE_NOOP("actions", "Take the adapters of the selection away; its layers stay frozen"),
    ),
    ActionSpec(
        "copy_plan", PLANS, QT_TRANSLATE_NOOP("actions", "&Copy plan"), "", "copy",
        hint=QT_TRANSLATE_NOOP("actions", "Copy ticks, norm policies and learning rates as text for another project"),
    ),
    ActionSpec(
        "paste_plan", PLANS, QT_TRANSLATE_NOOP("actions", "&Paste plan"),
        hint=QT_TRANSLATE_NOOP("actions", "Use a plan that was copied as text; layers with the same path are set"),
    ),
    ActionSpec(
        "filter_frozen", PLANS, QT_TRANSLATE_NOOP("actions", "Filter &by the frozen layers"), "", "search",
        hint=QT_TRANSLATE_NOOP(
            "actions", "Write the frozen layers into the filter as one regular expression, to read, change or copy it"
        ),
    ),
    ActionSpec("save_plan", PLANS, QT_TRANSLATE_NOOP("actions", "&Keep the plan under a name…")),
    ActionSpec("use_plan", PLANS, QT_TRANSLATE_NOOP("actions", "&Use a plan by its name…")),
    ActionSpec("rename_plan", PLANS, QT_TRANSLATE_NOOP("actions", "&Rename a plan…")),
    ActionSpec("delete_plan", PLANS, QT_TRANSLATE_NOOP("actions", "&Forget a plan…")),
)  # fmt: skip

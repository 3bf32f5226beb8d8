"""Which settings of a training have a meaning together, and how they are remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.format import tr

LOOP_FIELDS = ("learning_rate", "optimizer", "batch_size", "views", "mixup", "checkpoint_activations")
"""What only training batch by batch knows."""
_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("epochs", "seed", "batch_size", "views", "threads"), (int,)),
    **dict.fromkeys(("learning_rate", "target", "budget_seconds", "mixup"), (int, float)),
    **dict.fromkeys(("device", "optimizer", "head"), (str,)),
    **dict.fromkeys(("use_cache", "balance_classes", "checkpoint_activations"), (bool,)),
}
_DEFAULTS = TrainSettings()


def trains_head_only(kind: StrategyKind, tree: LayerTree | None, plan: FreezePlan) -> bool:
    """Tell whether nothing but the head trains."""
    if kind is not StrategyKind.CUSTOM or tree is None:
        return kind is StrategyKind.TRANSFER
    return is_head_only(tree, plan)


def reasons_against(kind: StrategyKind, *, head_only: bool, head: str | None) -> dict[str, str]:
    """Return why settings have no meaning now, by the name of the field; the others have one."""
    reasons: dict[str, str] = {}
    if head_only and head != HeadSolver.SGD.value:
        exact = tr("The head alone is solved exactly, not in steps. To set this, choose “Head: batch by batch”.")
        reasons |= dict.fromkeys(LOOP_FIELDS, exact)
    if not head_only and kind is not StrategyKind.HYBRID:
        reasons["head"] = tr("Here the head trains together with other layers, batch by batch.")
    if kind is not StrategyKind.HYBRID:
        reasons["target"] = tr("Only Hybrid asks after its first phase whether a target is reached.")
    return reasons


def meaningful(settings: TrainSettings, reasons: Mapping[str, str]) -> TrainSettings:
    """Return settings in which what has no meaning is left to its default."""
    return replace(settings, **{name: getattr(_DEFAULTS, name) for name in reasons})


def differences_in_words(settings: TrainSettings) -> str:
    """Return what differs from the defaults, such as `8 epochs, learning rate 0.01`; the seed always."""
    words: dict[str, Callable[[Any], str]] = {
        "epochs": lambda value: tr("{count} epochs").format(count=fmt.count(value)),
        "budget_seconds": lambda value: tr("at most {time}").format(time=fmt.duration(value)),
        "target": lambda value: tr("target {share}").format(share=fmt.percent(value)),
        "learning_rate": lambda value: tr("learning rate {rate}").format(rate=fmt.number(value)),
        "batch_size": lambda value: tr("{count} images per step").format(count=fmt.count(value)),
        "optimizer": lambda value: tr("optimiser {name}").format(name=value),
        "head": lambda value: tr("head batch by batch") if value == HeadSolver.SGD.value else tr("head exact"),
        "views": lambda value: tr("{count} views").format(count=fmt.count(value)),
        "mixup": lambda value: tr("mixup {strength}").format(strength=fmt.number(value)),
        "threads": lambda value: tr("{count} threads").format(count=fmt.count(value)),
        "device": lambda value: tr("device {name}").format(name=value),
        "use_cache": lambda _value: tr("no cache on disk"),
        "balance_classes": lambda _value: tr("classes weighed equally"),
        "checkpoint_activations": lambda _value: tr("less memory, more time"),
    }
    told = [say(getattr(settings, name)) for name, say in words.items() if _differs(settings, name)]
    return ", ".join([*told, tr("seed {seed}").format(seed=settings.seed)])


def settings_to_json(settings: TrainSettings) -> dict[str, Any]:
    """Return what differs from the defaults as plain types."""
    return {name: value for name, value in asdict(settings).items() if _differs(settings, name)}


def settings_from_json(data: object) -> TrainSettings:
    """Read what `settings_to_json` wrote; what cannot be used is left at its default."""
    if not isinstance(data, Mapping):
        return _DEFAULTS
    known = {item.name for item in fields(TrainSettings)}
    usable = {
        name: value
        for name, value in data.items()
        if name in known and type(value) in _TYPES[name] and not (isinstance(value, (int, float)) and value < 0)
    }
    return TrainSettings(**usable)


def parse_object(text: str) -> dict[str, Any]:
    """Return the JSON object in a text; an empty one where there is none."""
    try:
        data = json.loads(text) if text else {}
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _differs(settings: TrainSettings, name: str) -> bool:
    return bool(getattr(settings, name) != getattr(_DEFAULTS, name))

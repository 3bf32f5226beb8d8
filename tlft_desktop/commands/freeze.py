"""`tlft freeze`: choose what is frozen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.freeze_arguments import INHERITED
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ExitCode, InputError, UsageError
from tlft_desktop.core.freezing import presets
from tlft_desktop.core.freezing.pattern import frozen_pattern
from tlft_desktop.core.freezing.plan_text import MAX_CHARACTERS, FittedPlan, fitted, left_out_words, plan_from_text
from tlft_desktop.core.freezing.rates import with_layer_decay
from tlft_desktop.core.freezing.thawing import is_gradual, thaw_epochs, trained_stages
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.named_plans import NamedPlan, plan_named, with_plan, without_plan
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.networks import layer_tree_of

_MAX_BYTES = 4 * MAX_CHARACTERS
_LONGEST_PATTERN = 200
"""Of the ticks in characters: nobody reads a longer one, and the window shows it."""


def run(args: argparse.Namespace, app: App) -> int:
    """Change the project's plan and say what it means."""
    with open_project(args.project) as project:
        config, tree = project.config, layer_tree_of(project)
        changed = _changed(tree, config, args)
        plan, plans = presets.require_trainable(tree, changed.plan), config.plans
        thaw = _thaw(tree, config.thaw, args.thaw or ())
        if args.save is not None:
            plans = with_plan(plans, NamedPlan(args.save, config.backbone, plan))
        if args.forget is not None:
            plans = without_plan(plans, args.forget)
        wanted = replace(config, plan=plan, plans=plans, thaw=thaw)
        project.save(wanted)
    if changed.missing:
        app.output.note(left_out_words(tree, changed.missing))
    if wanted == config:
        app.output.line("Nothing changed: the project had this plan already.")
    for line in (*describe(tree, plan), *_describe_thaw(tree, plan, thaw)):
        app.output.line(line)
    return ExitCode.DONE


def describe(tree: LayerTree, plan: FreezePlan) -> list[str]:
    """Return in words what a plan means."""
    trained, total = tree.trainable_parameters(plan), tree.root.parameters
    preset = presets.matching_preset(tree, plan)
    name = f"Plan '{preset.value}'" if preset else "Custom plan"
    num_frozen, num_owners = len(plan.frozen), len(tree.owners)
    lines = [
        f"{name}: {trained:,} of {total:,} parameters train ({words.percent(trained / total)}); "
        f"{num_frozen} of {num_owners} layers are frozen.",
    ]
    pattern = frozen_pattern(tree, plan)
    if 0 < len(pattern) <= _LONGEST_PATTERN:
        lines.append(f"The frozen layers as a pattern: '{pattern}'.")
    first = presets.frozen_prefix_length(tree, plan)
    if presets.is_head_only(tree, plan):
        lines.append("Only the head trains: what enters it is computed once for each image and kept.")
    elif 0 < first < num_owners:
        lines.append(f"Back-propagation ends at '{tree.owners[first]}': everything before it is frozen.")
    wasted = presets.frozen_without_saving(tree, plan)
    if wasted:
        verb, others = ("saves", "") if len(wasted) == 1 else ("save", ", ...")
        lines.append(
            f"! {words.plural(len(wasted), 'frozen layer')} behind it ({wasted[0]}{others}) {verb} no time: a layer "
            f"before still trains, so they must be computed and back-propagated all the same."
        )
    adapted = tree.adapters(plan)
    if adapted:
        lines.append(
            f"{words.plural(len(adapted), 'frozen layer')} with adapters, which train: {_adapter_words(plan)}."
        )
    if plan.biases:
        lines.append("The biases of frozen layers train all the same.")
    lines.append(f"Norm layers that are not frozen: {_norm_words(plan)}.")
    if plan.rate_factors:
        lines.append(f"Learning rates: {_rate_words(plan)}.")
        if presets.is_head_only(tree, plan):
            lines.append("They have no meaning for a head that is solved exactly, only with `tlft train --head sgd`.")
    return lines


def _describe_thaw(tree: LayerTree, plan: FreezePlan, thaw: ThawSchedule) -> list[str]:
    """Say which stages begin to train later than others, the first to thaw first, and which never do."""
    lines = []
    if is_gradual(tree, plan, thaw):
        late = sorted((epoch, stage) for stage, epoch in thaw_epochs(tree, plan, thaw).items() if epoch)
        told = ", ".join(f"{stage} after {epoch:,}" for epoch, stage in late)
        lines.append(f"Stages that thaw later, in epochs: {told}.")
    trained = trained_stages(tree, plan)
    frozen = [stage for stage, _ in thaw.epochs if stage not in trained]
    if frozen:
        lines.append(f"! The plan freezes {', '.join(frozen)}: a thaw has no effect there until --unfreeze or --from.")
    return lines


def _norm_words(plan: FreezePlan) -> str:
    overrides = "".join(f", {policy.value} below '{path}'" for path, policy in plan.norm_overrides)
    return f"{plan.norm.value}{overrides}"


def _adapter_words(plan: FreezePlan) -> str:
    return ", ".join(
        f"rank {rank} below '{path}'" if path else f"rank {rank} everywhere" for path, rank in plan.adapters
    )


def _rate_words(plan: FreezePlan) -> str:
    return ", ".join(
        f"x{factor:g} below '{path}'" if path else f"x{factor:g} everywhere" for path, factor in plan.rate_factors
    )


def _changed(tree: LayerTree, config: ProjectConfig, args: argparse.Namespace) -> FittedPlan:
    """Return the plan that the options ask for, and what of one from elsewhere the network does not have."""
    ticks = (args.preset, args.up_to, args.train_from, args.match, args.unfreeze, args.use, args.plan)
    others = (args.norm, args.rate, args.layer_decay, args.adapter, args.thaw, args.save, args.forget)
    if all(value is None for value in (*ticks, *others)):
        options = (
            "--preset, --up-to, --from, --match, --unfreeze, --norm, --rate, --layer-decay, --adapter, --thaw, --plan "
            "or --use"
        )
        raise UsageError("Nothing to change.", remedy=f"Say {options}; --save or --forget.")
    if args.at is not None and args.norm is None and args.rate is None and args.adapter is None:
        raise UsageError("--at says where --norm, --rate and --adapter hold and has no meaning without them.")
    start = FittedPlan(config.plan, ())
    if args.use is not None:
        start = fitted(tree, plan_named(config.plans, args.use).plan)
    elif args.plan is not None:
        start = fitted(tree, plan_from_text(_text_of(args.plan)).plan)
    plan = _with_ticks(tree, start.plan, args)
    path = "" if args.at is None else tree.node(args.at).path
    if args.norm is not None:
        inherits = args.norm == INHERITED
        plan = plan.with_inherited_norm(path) if inherits else plan.with_norm(NormPolicy(args.norm), path)
    if args.layer_decay is not None:
        plan = with_layer_decay(tree, plan, args.layer_decay)
    if args.rate is not None:
        plan = plan.with_inherited_rate(path) if args.rate == INHERITED else plan.with_rate(path, args.rate)
    if args.adapter is not None:
        plan = presets.with_adapters(tree, plan, path, args.adapter)
    return FittedPlan(plan, start.missing)


def _thaw(tree: LayerTree, thaw: ThawSchedule, wanted: Iterable[tuple[str, int] | None]) -> ThawSchedule:
    """Return a schedule with other epochs for some stages; None takes all of them away.

    Raises:
        UsageError: If the network has no such stage.
    """
    for item in wanted:
        if item is None:
            thaw = ThawSchedule()
            continue
        stage, epoch = item
        if stage not in tree.stages:
            raise UsageError(
                f"{tree.backbone} has no stage '{stage}'.", remedy=f"Its stages are {', '.join(tree.stages)}."
            )
        thaw = thaw.with_epoch(stage, epoch)
    return thaw


def _text_of(name: str) -> str:
    """Return the text of a file; `-` is the standard input."""
    if name == "-":
        return sys.stdin.buffer.read(_MAX_BYTES + 1).decode("utf-8", "replace") if sys.stdin is not None else ""
    try:
        with fsio.open_regular(Path(name), follow_links=True) as file:
            return file.read(_MAX_BYTES + 1).decode("utf-8", "replace")
    except OSError as error:
        raise InputError(f"'{name}' cannot be read: {error.strerror or error}.") from error


def _with_ticks(tree: LayerTree, plan: FreezePlan, args: argparse.Namespace) -> FreezePlan:
    if args.preset is not None:
        plan = presets.with_preset(tree, plan, presets.Preset(args.preset))
    elif args.up_to is not None:
        plan = presets.freeze_up_to(tree, plan, args.up_to)
    elif args.train_from is not None:
        plan = presets.train_from(tree, plan, args.train_from)
    elif args.match is not None:
        plan = presets.freeze_matching(tree, plan, args.match)
    elif args.unfreeze is not None:
        plan = presets.unfreeze_matching(tree, plan, args.unfreeze)
    return plan

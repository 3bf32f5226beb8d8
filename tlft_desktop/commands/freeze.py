"""`tlft freeze`: choose what is frozen."""

from __future__ import annotations

import argparse
from dataclasses import replace

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.freeze_arguments import INHERITED
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.freezing import presets
from tlft_desktop.core.freezing.rates import with_layer_decay
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.workflows.networks import layer_tree_of


def run(args: argparse.Namespace, app: App) -> int:
    """Change the project's plan and say what it means."""
    with open_project(args.project) as project:
        tree = layer_tree_of(project)
        plan = presets.require_trainable(tree, _changed(tree, project.config.plan, args))
        project.save(replace(project.config, plan=plan))
    for line in describe(tree, plan):
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
    if plan.biases:
        lines.append("The biases of frozen layers train all the same.")
    lines.append(f"Norm layers that are not frozen: {_norm_words(plan)}.")
    if plan.rate_factors:
        lines.append(f"Learning rates: {_rate_words(plan)}.")
        if presets.is_head_only(tree, plan):
            lines.append("They have no meaning for a head that is solved exactly, only with `tlft train --head sgd`.")
    return lines


def _norm_words(plan: FreezePlan) -> str:
    overrides = "".join(f", {policy.value} below '{path}'" for path, policy in plan.norm_overrides)
    return f"{plan.norm.value}{overrides}"


def _rate_words(plan: FreezePlan) -> str:
    return ", ".join(
        f"x{factor:g} below '{path}'" if path else f"x{factor:g} everywhere" for path, factor in plan.rate_factors
    )


def _changed(tree: LayerTree, plan: FreezePlan, args: argparse.Namespace) -> FreezePlan:
    ticks = (args.preset, args.up_to, args.train_from, args.match, args.unfreeze)
    if all(value is None for value in (*ticks, args.norm, args.rate, args.layer_decay)):
        options = "--preset, --up-to, --from, --match, --unfreeze, --norm, --rate or --layer-decay"
        raise UsageError("Nothing to change.", remedy=f"Say {options}.")
    if args.at is not None and args.norm is None and args.rate is None:
        raise UsageError("--at says where --norm and --rate hold and has no meaning without them.")
    plan = _with_ticks(tree, plan, args)
    path = "" if args.at is None else tree.node(args.at).path
    if args.norm is not None:
        inherits = args.norm == INHERITED
        plan = plan.with_inherited_norm(path) if inherits else plan.with_norm(NormPolicy(args.norm), path)
    if args.layer_decay is not None:
        plan = with_layer_decay(tree, plan, args.layer_decay)
    if args.rate is not None:
        plan = plan.with_inherited_rate(path) if args.rate == INHERITED else plan.with_rate(path, args.rate)
    return plan


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

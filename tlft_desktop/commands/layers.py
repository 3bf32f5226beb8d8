"""`tlft layers`: the layer tree of a network, with what is frozen."""

from __future__ import annotations

import argparse
import json

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.core.errors import ExitCode, UsageError
from tlft_desktop.core.freezing.plan_text import plan_to_text
from tlft_desktop.core.hints import command
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.workflows.networks import layer_tree, layer_tree_of
from tlft_desktop.core.workflows.plan_costs import strategy_costs

_MARKS = {True: "[x]", None: "[-]", False: "[ ]"}
_NUM_CLASSES_OF_IMAGENET = 1000
_NAME_WIDTH = 44
_COST_HEADER = ("strategy", "about", "an epoch", "memory for training", "kept on disk")


def run(args: argparse.Namespace, app: App) -> int:
    """Print the tree of a project's network, or of a backbone with nothing frozen."""
    if args.cost:
        return _print_costs(args, app)
    if args.plan:
        return _print_plan(args, app)
    names = ""
    if args.backbone is not None:
        entry = find_backbone(args.backbone)
        tree, plan = layer_tree(entry.name, _NUM_CLASSES_OF_IMAGENET, entry.preprocessing.input_size), FreezePlan()
    else:
        project = open_project_read_only(args.project)
        tree, plan = layer_tree_of(project), project.config.plan
        names = ", ".join(f"'{item.name}'" for item in project.config.plans)
    if args.json:
        for node in tree.root.walk():
            app.output.record(_record(tree, node, plan))
        return ExitCode.DONE
    for node in tree.root.walk():
        app.output.line(_line(tree, node, plan))
    factors = "   x0.3 learning rate times 0.3" if plan.rate_factors else ""
    app.output.detail(f"[x] frozen   [-] partly frozen   [ ] trained{factors}")
    if names:
        app.output.detail(f"Plans with names: {names}. `{command('freeze', args.project, '--use', 'NAME')}` takes one.")
    return ExitCode.DONE


def _print_plan(args: argparse.Namespace, app: App) -> int:
    if args.project is None:
        raise UsageError("A backbone alone has no plan: name a project.")
    config = open_project_read_only(args.project).config
    text = plan_to_text(config.plan, config.backbone)
    if args.json:
        app.output.record(json.loads(text))
        return ExitCode.DONE
    for line in text.splitlines():
        app.output.line(line)
    return ExitCode.DONE


def _print_costs(args: argparse.Namespace, app: App) -> int:
    if args.project is None:
        raise UsageError("Costs depend on the images: name a project.")
    project = open_project_read_only(args.project)
    if not args.json:
        app.output.detail("Timing each operation of the network; nothing else should be working now.")
    costs, was_disturbed = strategy_costs(project, paths=app.paths, control=app.control)
    if was_disturbed:
        app.output.note("Other programs were working meanwhile: these times may be too long. Ask again later.")
    if args.json:
        for item in costs:
            app.output.record(item.to_json())
        return ExitCode.DONE
    for line in words.table(_COST_HEADER, [_cost_cells(item) for item in costs], right=(1, 2, 3, 4)):
        app.output.line(line)
    app.output.detail("All are estimates. A hybrid that is good enough after its first phase ends there.")
    return ExitCode.DONE


def _cost_cells(item: StrategyCost) -> tuple[str, ...]:
    return (
        item.strategy.value,
        words.rough_duration(item.total),
        words.duration(item.epoch),
        words.size(item.memory),
        words.size(item.cache) if item.cache else "-",
    )


def frozen_state(tree: LayerTree, node: LayerNode, plan: FreezePlan) -> bool | None:
    """Tell whether a subtree is frozen, None for partly; where there is nothing to freeze it is not."""
    return tree.state_of(node, plan) if node.owners() else False


def _record(tree: LayerTree, node: LayerNode, plan: FreezePlan) -> dict[str, object]:
    return {
        "path": node.path,
        "kind": node.kind.value,
        "type": node.type,
        "parameters": node.parameters,
        "macs": node.macs,
        "output_shape": list(node.output_shape),
        "stage": node.stage,
        "frozen": frozen_state(tree, node, plan),
        "rate_factor": plan.rate_of(node.path),
    }


def _line(tree: LayerTree, node: LayerNode, plan: FreezePlan) -> str:
    depth = node.path.count(".") + bool(node.path)
    mark = _MARKS[frozen_state(tree, node, plan)] if node.owners() else "   "
    name = f"{mark} {'  ' * depth}{node.name}"
    shape = " x ".join(map(str, node.output_shape))
    count = words.short_count(node.parameters) if node.parameters else ""
    # A column of its own only where the plan has factors.
    rate = f" {_rate(node, plan):>7}" if plan.rate_factors else ""
    return f"{name:<{_NAME_WIDTH}} {node.type:<22} {count:>8}{rate}  {shape}".rstrip()


def _rate(node: LayerNode, plan: FreezePlan) -> str:
    factor = plan.rate_of(node.path)
    return f"x{factor:g}" if node.parameters and factor != 1 else ""

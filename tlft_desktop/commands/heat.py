"""`tlft heat`: how strongly training pulls at each layer, how far it has moved it, and what to freeze then."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tlft_desktop.commands import words
from tlft_desktop.commands.application import App
from tlft_desktop.commands.freeze import describe
from tlft_desktop.commands.probe_steps import follow
from tlft_desktop.core.errors import ExitCode, InputError, UsageError
from tlft_desktop.core.evaluation.drift import Drift
from tlft_desktop.core.freezing.auto_rgn import STRAINING, PlanProposal, propose_plan
from tlft_desktop.core.project.project import Project, open_project, open_project_read_only
from tlft_desktop.core.runs.heat import read_heat
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.heat import EpochHeat, Heat, heat_by_node, heat_by_stage
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.workflows.drift import measured_drift
from tlft_desktop.core.workflows.first_heat import first_heat
from tlft_desktop.core.workflows.networks import layer_tree, layer_tree_of

_HEADER = ("gradient", "change", "drift")


@dataclass(frozen=True)
class _Shown:
    """What is shown: heat and drift of a network.

    Attributes:
        title: What it is of, as the beginning of a sentence.
        tree: The network.
        epoch: The one that is shown.
        measured: Those that a proposal follows from.
        drift: Of the whole run.
    """

    title: str
    tree: LayerTree
    epoch: EpochHeat
    measured: tuple[EpochHeat, ...]
    drift: Drift


def run(args: argparse.Namespace, app: App) -> int:
    """Print a table, and the proposal if it is wanted; `--apply` stores it as the plan of the project."""
    if args.before and args.epoch is not None:
        raise UsageError("--epoch chooses an epoch of a run and has no meaning with --before.")
    project = open_project_read_only(args.project)
    shown = _before(project, app) if args.before else _of_run(project, args.run, args.epoch, app)
    if args.json:
        for record in _records(shown):
            app.output.record(record)
    else:
        _print(shown, app, by_layer=args.layers)
    if args.propose or args.apply:
        _propose(args, project, shown, app)
    return ExitCode.DONE


def _before(project: Project, app: App) -> _Shown:
    heat = follow(first_heat(project, paths=app.paths, control=app.control), app, EpochHeat)
    return _Shown("Before training", layer_tree_of(project), heat, (heat,), Drift({}))


def _of_run(project: Project, ref: str, number: int | None, app: App) -> _Shown:
    store = RunStore(project.root)
    run = store.resolve(ref)
    config, heat = store.config(run), read_heat(store, run)
    if heat.problem:
        raise InputError(heat.problem, remedy="`tlft heat PROJECT --before` tells where training would pull.")
    epochs = [epoch for epoch in heat.epochs if number is None or epoch.epoch == number]
    if not epochs:
        known = f"{heat.epochs[0].epoch} to {heat.epochs[-1].epoch}"
        raise InputError(f"The heat of epoch {number} is not known; there are epochs {known}.")
    last = epochs[-1]
    tree = layer_tree(config.backbone, len(config.classes), config.image_size)
    drift = follow(measured_drift(project, run, paths=app.paths, control=app.control), app, Drift)
    measured = tuple(epoch for epoch in epochs if epoch.phase == last.phase)
    return _Shown(f"{store.summary(run).name}, epoch {last.epoch}", tree, last, measured, drift)


def _records(shown: _Shown) -> list[dict[str, object]]:
    nodes = heat_by_node(shown.tree, shown.epoch.owners)
    stages = heat_by_stage(shown.tree, shown.epoch.owners)
    kept = [node for node in shown.tree.root.walk() if node.path in nodes]
    lines: list[dict[str, object]] = [
        {"stage": stage, "epoch": shown.epoch.epoch, **_numbers(stages.get(stage)), "drift": shown.drift.of(stage)}
        for stage in shown.tree.stages
        if stage in stages or shown.drift.of(stage) is not None
    ]
    return lines + [
        {"path": node.path, "stage": node.stage, "epoch": shown.epoch.epoch, **_numbers(nodes[node.path])}
        for node in kept
    ]


def _numbers(heat: Heat | None) -> dict[str, float | None]:
    if heat is None:
        return {"gradient": None, "change": None}
    return {"gradient": heat.relative_gradient, "change": heat.relative_change}


def _print(shown: _Shown, app: App, *, by_layer: bool) -> None:
    output = app.output
    output.line(f"{shown.title}:")
    if by_layer:
        known = [owner for owner in shown.tree.owners if owner in shown.epoch.owners]
        others = [owner for owner in shown.epoch.owners if owner not in shown.tree]
        rows = [_cells(owner, shown.epoch.owners[owner]) for owner in (*known, *others)]
        lines = words.table(("layer", *_HEADER[:2]), rows, right=(1, 2))
    else:
        stages = heat_by_stage(shown.tree, shown.epoch.owners)
        rows = [(*_cells(stage, stages.get(stage)), _short(shown.drift.of(stage))) for stage in shown.tree.stages]
        lines = words.table(("stage", *_HEADER), rows, right=(1, 2, 3))
    for line in lines:
        output.line(line)
    if shown.drift.problem:
        output.note(shown.drift.problem)
    elif shown.drift.num_images and not by_layer:
        output.detail(f"The drift is that of the best epoch, on {shown.drift.num_images} validation images.")


def _cells(name: str, heat: Heat | None) -> tuple[str, ...]:
    return (name, *(_short(value) for value in _numbers(heat).values()))


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


def _propose(args: argparse.Namespace, project: Project, shown: _Shown, app: App) -> None:
    tree = layer_tree_of(project)
    if set(tree.owners) != set(shown.tree.owners):
        raise InputError(
            f"The run trained {shown.tree.backbone}, and the project now has {tree.backbone}: its heat says nothing "
            "about the layers of that."
        )
    proposal = propose_plan(tree, [epoch.owners for epoch in shown.measured], project.config.plan)
    if proposal is None:
        raise InputError("Nothing can be proposed: no layer but the head was trained.")
    if args.json:
        app.output.record({"proposal": _proposal_record(proposal), "applied": args.apply})
    else:
        for line in _proposal_words(proposal):
            app.output.line(line)
    if args.apply:
        with open_project(args.project) as opened:
            opened.save(replace(opened.config, plan=proposal.plan))
        if not args.json:
            for line in describe(tree, proposal.plan):
                app.output.line(line)


def _proposal_record(proposal: PlanProposal) -> dict[str, object]:
    return {
        "straining": list(proposal.straining),
        "still": list(proposal.still),
        "unmeasured": list(proposal.unmeasured),
        "strain": dict(proposal.strain),
        "thawed": list(proposal.thawed),
        "frozen": list(proposal.frozen),
        "plan": proposal.plan.to_json(),
    }


def _proposal_words(proposal: PlanProposal) -> list[str]:
    lines = [f"Straining, so train: {_listed(proposal.straining, proposal.strain)}."]
    if proposal.still:
        limit = words.percent(STRAINING)
        lines.append(
            f"Still, so freeze: {_listed(proposal.still, proposal.strain)}. Their relative gradient is below {limit} "
            "of that of the strongest stage."
        )
    if proposal.unmeasured:
        lines.append(f"Not measured, since frozen in that run, and left as they are: {', '.join(proposal.unmeasured)}.")
    if proposal.changes_nothing:
        return [*lines, "The plan of the project is like that already."]
    changes = [f"{verb} {', '.join(stages)}" for verb, stages in _changes(proposal) if stages]
    return [*lines, f"That would {' and '.join(changes)} in the plan of the project."]


def _changes(proposal: PlanProposal) -> Sequence[tuple[str, tuple[str, ...]]]:
    return (("thaw", proposal.thawed), ("freeze", proposal.frozen))


def _listed(stages: Sequence[str], strain: Mapping[str, float]) -> str:
    return ", ".join(f"{stage} ({100 * strain[stage]:.0f} %)" for stage in stages)

"""What the phases of runs left to train, as a tree that is opened where a part of a layer's parameters trains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.report.facts import PlanRow, PlanTree, RunFacts
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.workflows.networks import layer_tree

MAX_ROWS = 60
_MAX_FACTORS = 5
_NORMS = {
    NormPolicy.EVAL: "norm layers stay as pretrained",
    NormPolicy.AFFINE: "scale and shift of norm layers that are not frozen train, their running statistics stay",
    NormPolicy.FULL: "norm layers that are not frozen train and their running statistics follow the batches",
}


def plan_trees(runs: Sequence[RunFacts]) -> tuple[PlanTree, ...]:
    """Return a tree for each different network and plan, in the order of the runs."""
    groups: dict[tuple[object, ...], list[RunFacts]] = {}
    for run in runs:
        if run.config is not None:
            groups.setdefault(_key(run.config), []).append(run)
    return tuple(_tree_of(members) for members in groups.values())


def plan_rows(tree: LayerTree, plans: Sequence[FreezePlan]) -> tuple[tuple[PlanRow, ...], int]:
    """Return the rows of a tree in the order of execution, and how many there is no room for.

    The whole network and its parts are always rows. A row below is opened where some but not all of its parameters
    train in some phase, level by level, while there is room.
    """
    trained = {node.path: _trained(tree, node, plans) for node in tree.root.walk()}

    def is_mixed(node: LayerNode) -> bool:
        return any(0 < number < node.parameters for number in trained[node.path])

    opened, num_rows, num_hidden, level = {""}, 1 + len(_parts(tree.root)), 0, _parts(tree.root)
    while level:
        mixed = [node for node in level if is_mixed(node) and _parts(node)]
        level = [part for node in mixed for part in _parts(node)]
        if num_rows + len(level) > MAX_ROWS:
            # A level is opened as a whole: half of one would show the front of the network only.
            num_hidden, level = len(level), []
        else:
            num_rows += len(level)
            opened |= {node.path for node in mixed}

    def rows(node: LayerNode, depth: int) -> Iterator[PlanRow]:
        yield PlanRow(node.path or tree.backbone, depth, node.type, node.parameters, trained[node.path])
        if node.path in opened:
            for part in _parts(node):
                yield from rows(part, depth + 1)

    return tuple(rows(tree.root, 0)), num_hidden


def _key(config: RunConfig) -> tuple[object, ...]:
    phases = tuple((phase.name, phase.plan) for phase in config.strategy.phases)
    return config.backbone, config.image_size, len(config.classes), phases


def _tree_of(members: Sequence[RunFacts]) -> PlanTree:
    config = members[0].config
    assert config is not None
    names = tuple(run.name for run in members)
    phases = config.strategy.phases
    titles = tuple(phase.name for phase in phases)
    try:
        tree = layer_tree(config.backbone, len(config.classes), config.image_size)
    except InputError as error:
        return PlanTree(names, titles, problem=error.message)
    plans = [phase.plan for phase in phases]
    rows, num_hidden = plan_rows(tree, plans)
    remarks = [(phase.name, words) for phase in phases if (words := plan_words(tree, phase.plan))]
    same = len({words for _, words in remarks}) == 1 and len(remarks) == len(phases)
    said = [remarks[0][1]] if same else [f"{name}: {words}" for name, words in remarks]
    return PlanTree(names, titles, rows, num_hidden, tuple(said))


def plan_words(tree: LayerTree, plan: FreezePlan) -> str:
    """Say in a sentence what beside the frozen layers decides what trains, and how fast; empty for nothing."""
    said = []
    norms = [node.path for node in tree.root.walk() if node.is_owner and node.is_norm and node.path not in plan.frozen]
    policies = {plan.norm_policy_of(path) for path in norms}
    if len(policies) == 1:
        said.append(_NORMS[policies.pop()])
    elif policies:
        counts = {policy: sum(plan.norm_policy_of(path) is policy for path in norms) for policy in policies}
        said += [f"{counts[policy]} norm layers: {_NORMS[policy]}" for policy in sorted(policies)]
    if plan.biases:
        said.append("the biases of frozen layers train")
    adapters = tree.adapters(plan)
    if adapters:
        ranks = ", ".join(map(str, sorted(set(adapters.values()))))
        said.append(f"{len(adapters)} frozen layers have an update of low rank that trains (rank {ranks})")
    for path, factor in plan.rate_factors[:_MAX_FACTORS]:
        said.append(f"the learning rate of {path or 'the network'} is multiplied by {factor:g}")
    if len(plan.rate_factors) > _MAX_FACTORS:
        said.append(f"{len(plan.rate_factors) - _MAX_FACTORS} more layers have factors of their own")
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _parts(node: LayerNode) -> list[LayerNode]:
    return [child for child in node.children if child.parameters]


def _trained(tree: LayerTree, node: LayerNode, plans: Sequence[FreezePlan]) -> tuple[int, ...]:
    return tuple(sum(tree.trainable_in(owner, plan) for owner in node.owners()) for plan in plans)

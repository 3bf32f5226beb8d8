"""What the layer tree says of its columns and of the norm policies."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tlft_desktop.core.values.layer_node import LayerNode
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr


def titles() -> tuple[str, ...]:
    """Return the headings of the columns, in their order."""
    return (
        tr("Layer (tick = frozen)"),
        tr("Stage"),
        tr("Type"),
        tr("Output"),
        tr("Params"),
        tr("MACs"),
        tr("Share"),
        tr("Norm"),
        tr("Rate"),
        tr("Heat"),
    )


def explanations() -> tuple[str, ...]:
    """Return what the columns mean, in their order."""
    return (
        tr("Layers in the order in which they run; a tick and a snowflake mean frozen"),
        tr("Stage of the network, in the order in which the stages run"),
        tr("Class of the layer"),
        tr("Shape of the output for one image: channels, height and width, or tokens and width"),
        tr("Number of parameters"),
        tr("Multiply-accumulate operations for one image"),
        tr("Share of all parameters"),
        tr(
            "How norm layers behave that are not frozen; in brackets where it is set further up. Fine-tune and Hybrid "
            "choose it by the number of images."
        ),
        tr(
            "Factor on the learning rate; in brackets where it is set further up, empty for 1. A head that is solved "
            "exactly has no learning rate."
        ),
        tr(
            "How strongly training pulled at a layer, or how far it moved it, as the panel Heat says; the bar is the "
            "share of the strongest stage. A layer with others below it is measured as all of them together."
        ),
    )


def type_text(node: LayerNode, plan: FreezePlan) -> str:
    """Return the class of a layer, and the adapter that it has beside its frozen weights."""
    if not node.matrix or node.path not in plan.frozen:
        return node.type
    rank = min(plan.adapter_rank(node.path), *node.matrix)
    return tr("{type} + adapter, rank {rank}").format(type=node.type, rank=rank) if rank else node.type


def spoken(node: LayerNode, state: Qt.CheckState | None, plan: FreezePlan) -> str:
    """Return what a screen reader says of a row; `state` is its tick, None for one without parameters."""
    words = {
        Qt.CheckState.Checked: tr("frozen"),
        Qt.CheckState.Unchecked: tr("trains"),
        Qt.CheckState.PartiallyChecked: tr("partly frozen"),
        None: tr("no parameters"),
    }
    return f"{node.name}, {type_text(node, plan)}, {words[state]}"


def stage_text(number: int | None, num_stages: int) -> str:
    """Return the name of a stage by its number; nothing for what spans several stages."""
    if number is None:
        return ""
    if number == 0:
        return tr("stem")
    return tr("head") if number == num_stages - 1 else str(number)


def size_hint(node: LayerNode, total: int) -> str:
    """Return how large a node with parameters is; `total` are those of the network."""
    text = tr("{path}: {count} parameters, {share} of the network")
    share = fmt.percent(node.parameters / total, 2)
    return text.format(path=node.path or node.name, count=fmt.count(node.parameters), share=share)


def place_hint(node: LayerNode) -> str:
    """Return where in the network a node stands."""
    path = node.path or node.name
    if not node.parameters:
        return tr("{path}: no parameters, nothing to freeze").format(path=path)
    if not node.stage:
        return tr("{path}: spans several stages").format(path=path)
    return tr("{path}: stage {stage}").format(path=path, stage=node.stage)


def norm_words(policy: NormPolicy) -> str:
    """Return what a norm policy means."""
    return {
        NormPolicy.EVAL: tr("statistics and affine parameters stay as they are"),
        NormPolicy.AFFINE: tr("affine parameters train, statistics stay"),
        NormPolicy.FULL: tr("affine parameters train, statistics follow the batches"),
    }[policy]


def norm_hint(policy: NormPolicy, *, is_own: bool) -> str:
    """Return what a norm policy means for a row of the tree."""
    words = norm_words(policy)
    if is_own:
        return tr("Norm layers here that are not frozen: {words}.").format(words=words)
    return tr("Norm layers here that are not frozen: {words}; set further up.").format(words=words)

"""What was frozen: the layers as a tree, with a column for each phase."""

from __future__ import annotations

from tlft_desktop.core.number_words import percent
from tlft_desktop.core.report.facts import PlanRow, PlanTree, ReportFacts
from tlft_desktop.core.report.markup import Content, Markup, tag
from tlft_desktop.core.report.sections.blocks import bullets, names, paragraph, section, table

_LEAST = 0.001
_DEEPEST = 8
"""Indentation that the style knows."""


def plans(facts: ReportFacts) -> Markup | None:
    """Return a tree for each different plan; None where no run says what it froze."""
    if not facts.trees:
        return None
    return section(
        "plans",
        "What was frozen",
        paragraph("A layer is opened where a part of it trained. Shares are those of the parameters below a layer."),
        [_tree(tree) for tree in facts.trees],
    )


def _tree(tree: PlanTree) -> Content:
    title = tag("h3", names(tree.runs))
    if tree.problem:
        return [title, paragraph(tree.problem, look="warning")]
    header = ("layer", "type", "parameters", *tree.phases)
    rows = [_cells(row) for row in tree.rows]
    hidden = f"Layers left out for want of room: {tree.num_hidden:,}." if tree.num_hidden else ""
    return [
        title,
        table("Layers in the order of execution, and what trained in each phase", header, rows, right=(2,)),
        paragraph(hidden) if hidden else None,
        bullets(tree.remarks),
    ]


def _cells(row: PlanRow) -> tuple[Content, ...]:
    name = tag("span", row.path, class_=f"layer d{min(row.depth, _DEEPEST)}")
    return (name, row.type, f"{row.parameters:,}", *(_state(number, row.parameters) for number in row.trained))


def _state(number: int, parameters: int) -> Content:
    if not number:
        return tag("span", "frozen", class_="state frozen")
    if number == parameters:
        return tag("span", "trained", class_="state trained")
    return tag("span", f"{_share(number / parameters)} trained", class_="state partly")


def _share(share: float) -> str:
    """Return a share that is neither none nor all, and does not look so."""
    if share < _LEAST:
        return f"< {percent(_LEAST)}"
    return f"> {percent(1 - _LEAST)}" if share > 1 - _LEAST else percent(share)

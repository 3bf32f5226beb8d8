"""The layer tree as plain values: look-up, owners, and states computed from a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plan_samples import leaf
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind
from tlft_desktop.core.values.plan import FreezePlan


def small_tree() -> LayerTree:
    """Return body (two owners and an activation) and head."""
    activation = replace(leaf("body.act", "one", 4, parameters=0), is_owner=False)
    body = LayerNode(
        "body", "body", NodeKind.MODULE, "Body", 30, 0, (), "one", 1,
        children=(leaf("body.a", "one", 2), leaf("body.b", "one", 3, parameters=20), activation),
    )  # fmt: skip
    head = leaf("head", "head", 5, parameters=7)
    root = LayerNode("", "net", NodeKind.MODULE, "Net", 37, 0, (), "", 0, children=(body, head))
    return LayerTree("test:net", root, ("one", "head"), "head")


def test_walk_and_owners_are_in_execution_order() -> None:
    tree = small_tree()
    assert [node.path for node in tree.root.walk()] == ["", "body", "body.a", "body.b", "body.act", "head"]
    assert tree.owners == ("body.a", "body.b", "head")
    assert tree.head_owners == ("head",)


def test_nodes_are_found_by_path() -> None:
    tree = small_tree()
    assert tree.node("body.b").parameters == 20
    assert tree.node("") is tree.root
    assert "body.act" in tree
    assert "body.c" not in tree
    with pytest.raises(InputError, match=r"test:net has no layer 'body\.c'"):
        tree.node("body.c")


def test_state_of_a_subtree() -> None:
    tree = small_tree()
    plan = FreezePlan(frozenset({"body.a"}))
    states = {node.path: tree.state_of(node, plan) for node in tree.root.walk()}
    assert states == {"": None, "body": None, "body.a": True, "body.b": False, "body.act": None, "head": False}
    assert tree.state_of(tree.node("body"), plan.freeze(["body.b"])) is True
    assert tree.state_of(tree.node("body"), FreezePlan()) is False


def test_trainable_parameters() -> None:
    tree = small_tree()
    assert tree.trainable_parameters(FreezePlan()) == tree.root.parameters == 37
    assert tree.trainable_parameters(FreezePlan(frozenset({"body.b"}))) == 17
    assert tree.trainable_parameters(FreezePlan(frozenset(tree.owners))) == 0


def test_biases_train_in_frozen_owners_where_the_plan_says_so() -> None:
    tree = small_tree()
    head = replace(tree.node("head"), biases=3)
    body = replace(
        tree.node("body"), children=(replace(tree.node("body.a"), biases=2), *tree.node("body").children[1:])
    )
    with_biases = LayerTree("test:net", replace(tree.root, children=(body, head)), tree.stages, "head")
    frozen = FreezePlan(frozenset(tree.owners))
    plan = replace(frozen, biases=True)
    assert [with_biases.trainable_in(owner, plan) for owner in tree.owners] == [2, 0, 3]
    assert with_biases.trainable_parameters(plan) == 5
    assert with_biases.trainable_parameters(plan.unfreeze(["head"])) == 2 + 7
    assert with_biases.untouched(plan) == {"body.b"}
    assert with_biases.untouched(frozen) == frozen.frozen
    assert with_biases.trainable_parameters(frozen) == 0


def test_a_name_that_the_network_does_not_have_is_untouched() -> None:
    assert small_tree().untouched(FreezePlan(frozenset({"other"}), biases=True)) == {"other"}


def test_adapters_train_beside_frozen_layers_that_are_matrices() -> None:
    tree = small_tree()
    body = tree.node("body")
    first, *others = body.children
    body = replace(body, children=(replace(first, matrix=(4, 6)), *others))
    head = replace(tree.node("head"), matrix=(2, 3))
    tree = LayerTree("test:net", replace(tree.root, children=(body, head)), tree.stages, "head")
    plan = FreezePlan(frozenset({"body.a", "body.b"}), adapters=(("", 3),))
    assert tree.adapters(plan) == {"body.a": 3}
    assert tree.trainable_parameters(plan) == 3 * (4 + 6) + 7
    assert tree.untouched(plan) == {"body.b"}
    # A rank above that of the matrix would only be larger.
    assert tree.adapters(plan.freeze(["head"]).with_adapter("", 9)) == {"body.a": 4, "head": 2}
    assert tree.adapters(plan.unfreeze(["body.a"])) == {}
    assert tree.adapters(plan.with_adapter("body", 0)) == {}
    assert tree.adapters(plan.with_adapter("", 0)) == {}
    assert tree.untouched(plan.with_adapter("", 0)) == plan.frozen

"""Ticks as a regular expression: it finds what is frozen and nothing else, and people can read it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan_samples import line_tree
from tlft_desktop.core.freezing.pattern import frozen_pattern
from tlft_desktop.core.freezing.presets import Preset, freeze_matching, freeze_up_to, preset_plan
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.workflows.networks import layer_tree

BACKBONES = ("timm:tf_efficientnet_lite0", "timm:vit_tiny_patch16_224", "timm:swin_tiny_patch4_window7_224")


def found(tree: LayerTree, pattern: str) -> frozenset[str]:
    return frozenset(owner for owner in tree.owners if re.search(pattern, owner))


def test_it_is_short_and_can_be_read() -> None:
    tree = layer_tree(BACKBONES[0], 3, 224)
    assert frozen_pattern(tree, freeze_up_to(tree, FreezePlan(), "blocks.4")) == (
        r"^(conv_stem|bn1|blocks\.[0-4])(\.|$)"
    )
    assert frozen_pattern(tree, preset_plan(tree, Preset.TRANSFER)) == (r"^(conv_stem|bn1|blocks|conv_head|bn2)(\.|$)")
    assert frozen_pattern(tree, FreezePlan(frozenset({"bn1"}))) == r"^bn1(\.|$)"
    assert frozen_pattern(tree, FreezePlan()) == ""


def test_names_that_an_expression_would_read_otherwise_are_escaped() -> None:
    tree = line_tree("a+b", "a.b", "axb", "10", "head")
    for frozen in ({"a+b"}, {"a.b"}, {"10", "a+b"}):
        assert found(tree, frozen_pattern(tree, FreezePlan(frozenset(frozen)))) == frozen


@pytest.mark.parametrize("backbone", BACKBONES)
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_it_finds_what_is_frozen_and_nothing_else(backbone: str, data: st.DataObject) -> None:
    tree = layer_tree(backbone, 3, 224)
    body = sorted(set(tree.owners) - set(tree.head_owners))
    frozen = frozenset(data.draw(st.sets(st.sampled_from(body), min_size=1)))
    pattern = frozen_pattern(tree, FreezePlan(frozen))
    assert found(tree, pattern) == frozen
    assert freeze_matching(tree, FreezePlan(), pattern).frozen == frozen

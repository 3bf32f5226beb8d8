"""Plans as text, and what of them fits another network."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given

from tests.plan_samples import json_values, line_tree
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.plan_text import (
    MAX_CHARACTERS,
    fitted,
    left_out_words,
    plan_from_text,
    plan_to_text,
)
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.workflows.networks import layer_tree

LINE = line_tree("a", "b", "c", "head")
PLAN = FreezePlan(frozenset({"a", "b"})).with_norm(NormPolicy.EVAL, "c").with_rate("head", 0.3)


def test_text_goes_there_and_back() -> None:
    text = plan_to_text(PLAN, "timm:größe")
    assert '"backbone": "timm:größe"' in text, "people read it"
    read = plan_from_text(f"\n  {text}  ")
    assert (read.plan, read.backbone) == (PLAN, "timm:größe")


def test_a_text_may_leave_the_network_out() -> None:
    data = json.loads(plan_to_text(PLAN, "x"))
    del data["backbone"]
    assert plan_from_text(json.dumps(data)).backbone == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no text"),
        (" \n", "There is no text"),
        ("blocks.0\nblocks.1", "does not begin as one"),
        ("[]", "does not begin as one"),
        ("{", "cannot be read as JSON"),
        ('{"format": "tlft-plan", "format": "tlft-plan"}', "cannot be read as JSON"),
        ("{" * 100_000, "cannot be read as JSON"),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, "cannot be read as JSON"),
        ("{}", "JSON of something else"),
        ('{"frozen": []}', "JSON of something else"),
        ('{"format": "tlft-plan", "schema": 2, "plan": {"frozen": []}}', "newer version"),
        ('{"format": "tlft-plan", "schema": "1", "plan": {"frozen": []}}', "newer version"),
        ('{"format": "tlft-plan", "schema": 1}', "must be an object"),
        ('{"format": "tlft-plan", "schema": 1, "plan": []}', "must be an object"),
        ('{"format": "tlft-plan", "schema": 1, "backbone": 3, "plan": {"frozen": []}}', "must be an object"),
        ('{"format": "tlft-plan", "schema": 1, "plan": {"frozen": [], "melted": []}}', "unknown settings"),
        ('{"format": "tlft-plan", "schema": 1, "plan": {"frozen": [], "rate_factors": {"a": 0}}}', "number from 0.001"),
        ("\ud800\x00\ufeff{}", "does not begin as one"),
        ('{"format": "\ud800"}', "JSON of something else"),
        ("{" + " " * MAX_CHARACTERS + "}", "characters"),
    ],
)
def test_what_is_no_plan_is_said_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        plan_from_text(text)
    assert len(str(error.value)) < 300


@given(json_values())
def test_anything_else_is_an_input_error(value: Any) -> None:
    data = {"format": "tlft-plan", "schema": 1, "backbone": "x", "plan": value}
    try:
        plan_from_text(json.dumps(data))
    except InputError:
        pass
    else:
        assert isinstance(value, dict)
        assert "frozen" in value


def test_a_plan_on_its_own_network_fits_as_it_is() -> None:
    assert fitted(LINE, PLAN).plan == PLAN
    assert fitted(LINE, PLAN).missing == ()


def test_what_the_network_does_not_have_is_left_out_and_named() -> None:
    plan = PLAN.freeze(["x.1"]).with_norm(NormPolicy.FULL, "y").with_rate("z", 3).with_rate("x.1", 3)
    result = fitted(LINE, plan)
    assert result.plan == PLAN
    assert result.missing == ("x.1", "y", "z")
    assert left_out_words(LINE, result.missing) == (
        "test:line does not have these layers of the plan, which were left out: 'x.1', 'y', 'z'."
    )
    assert left_out_words(LINE, ()) == ""
    assert "'3' and 3 more." in left_out_words(LINE, "0123456")


def test_a_factor_for_the_whole_network_fits_every_network() -> None:
    plan = FreezePlan().with_rate("", 0.5)
    assert fitted(LINE, plan) == fitted(line_tree("q", "head"), plan)


def test_a_plan_names_only_layers_that_the_mapping_knows_of() -> None:
    """A field that is added to plans and names layers must be mapped, too."""
    assert {item.name for item in fields(FreezePlan)} <= {
        *("frozen", "norm", "norm_overrides", "rate_factors", "adapters"),
        # These name no layers.
        "biases",
    }


def test_plans_of_one_family_map_by_path() -> None:
    small, large = (layer_tree(f"timm:resnet{depth}", 3, 224) for depth in (18, 34))
    plan = preset_plan(small, Preset.LAST_STAGE).with_rate("layer4.1", 0.3)
    there = fitted(large, plan)
    assert there.missing == ()
    assert there.plan == plan
    back = fitted(small, preset_plan(large, Preset.TRANSFER))
    assert back.plan == preset_plan(small, Preset.TRANSFER)
    assert "layer1.2.conv1" in back.missing

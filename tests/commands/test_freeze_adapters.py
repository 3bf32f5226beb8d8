"""`tlft freeze --adapter`: what is taken from the command line, and what a plan with adapters is said to mean."""

from __future__ import annotations

import argparse

import pytest

from tlft_desktop.commands import freeze_arguments
from tlft_desktop.commands.freeze import describe
from tlft_desktop.core.freezing.presets import Preset, preset_plan, with_adapters
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.workflows.networks import layer_tree


def parsed(text: str) -> int:
    parser = argparse.ArgumentParser(exit_on_error=False)
    freeze_arguments.adapters(parser)
    rank: int = parser.parse_args([f"--adapter={text}"]).adapter
    return rank


@pytest.mark.parametrize(("text", "rank"), [("0", 0), ("1", 1), ("256", 256)])
def test_ranks(text: str, rank: int) -> None:
    assert parsed(text) == rank


@pytest.mark.parametrize("text", ["", "-1", "257", "8.0", "eight", "9" * 5000, "٣\ud800"])
def test_impossible_ranks(text: str) -> None:
    with pytest.raises(argparse.ArgumentError, match="whole number from 0 to 256"):
        parsed(text)


def test_adapters_are_told() -> None:
    tree = layer_tree("timm:tf_efficientnet_lite0", 3, 64)
    told = describe(tree, preset_plan(tree, Preset.LORA))
    assert told[0].startswith("Plan 'lora': ")
    num_adapters = len(tree.adapters(preset_plan(tree, Preset.LORA)))
    assert f"{num_adapters} frozen layers with adapters, which train: rank 8 everywhere." in told
    one = describe(tree, with_adapters(tree, FreezePlan(), "blocks.6.0.conv_pw", 4))
    assert "1 frozen layer with adapters, which train: rank 4 below 'blocks.6.0.conv_pw'." in one
    assert not any("adapter" in line for line in describe(tree, preset_plan(tree, Preset.FINETUNE)))

"""The model card: what it must tell, and names that must not become markup."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from storage_samples import make_manifest, make_run_config
from tlft_desktop.core.export.model_card import CardFacts, escaped, model_card
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, PixelScaling, Split
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import FrozenProof
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind

RUN = "01JD8X3V2Q4N5P6R7S8T9VABCE"
EVIL = "a|b`c`\n# <script>alert(1)</script> [x](http://evil) ![i](//e) *b* &lt; www.evil.com \u202egnp"


def node(path: str, parameters: int, *children: LayerNode) -> LayerNode:
    name = path.rpartition(".")[2] or "network"
    return LayerNode(
        path, name, NodeKind.MODULE, "Conv2d", parameters, 0, (), "head" if path == "head" else "body", 0,
        is_owner=not children, children=children,
    )  # fmt: skip


TREE = LayerTree(
    backbone="timm:tf_efficientnet_lite0",
    root=node(
        "", 1110, node("stem", 1000), node("body", 100, node("body.0", 60), node("body.1", 40)), node("head", 10)
    ),
    stages=("body", "head"),
    head_path="head",
)


def facts(**changes: object) -> CardFacts:
    manifest = make_manifest(12)
    predictions = Predictions(
        logits=np.array([[2, 1], [0, 1], [3, 0], [1, 0]], np.float32),
        labels=np.array([0, 1, 0, 1]),
        hashes=("1", "2", "3", "4"),
        classes=("cat", "dog"),
    )
    values = {
        "config": make_run_config(RUN),
        "entry": find_backbone("timm:tf_efficientnet_lite0"),
        "tree": TREE,
        "manifest": manifest,
        "state": "completed",
        "frozen_proof": "verified",
        "predictions": predictions,
    }
    return CardFacts(**{**values, **changes})  # type: ignore[arg-type]


def with_plan(*frozen: str, phases: int = 1, head: HeadSolver = HeadSolver.SGD) -> CardFacts:
    plan = FreezePlan(frozen=frozenset(frozen))
    all_phases = tuple(Phase(name=f"phase {n}", plan=plan, epochs=7, head=head) for n in range(phases))
    strategy = Strategy(kind=StrategyKind.CUSTOM, phases=all_phases)
    return facts(config=replace(make_run_config(RUN), strategy=strategy))


def test_it_tells_of_data_strategy_figures_and_limits() -> None:
    card = model_card(facts())
    for part in (
        "| cat | 4 | 2 | 0 |", "| dog | 4 | 2 | 0 |", "| all | 8 | 4 | 0 |", "Strategy: transfer",
        "Accuracy: 75.0 % [30.1, 95.4]", "Mean recall over the classes: 75.0 %", "| cat | 2 | 100.0 % [34.2, 100.0] |",
        "are equal", RUN, "## Limits", "Apache-2.0", "Fewer than 20 validation images", "predict_example.py",
        'timm.create_model("local-dir:', "`torch 2.13`",
    ):  # fmt: skip
        assert part in card, part


def test_a_head_that_is_solved_was_not_chosen_by_validation_images() -> None:
    trained = with_plan("stem", head=HeadSolver.CONVEX)
    (phase,) = trained.config.strategy.phases
    strategy = replace(trained.config.strategy, phases=(replace(phase, name="head"),))
    solved = replace(trained, config=replace(trained.config, strategy=strategy))
    chosen = "The same images chose the best epoch"
    assert chosen in model_card(trained)
    assert chosen not in model_card(solved)
    assert "the head is the exact solution for the training images" in model_card(solved)


@pytest.mark.parametrize(
    ("frozen", "text"),
    [
        ((), "nothing, every layer trained"),
        (("stem", "body.0", "body.1"), "1,100 of 1,110 parameters, in `stem`, `body`."),
        (("stem", "body.0"), "1,060 of 1,110 parameters, in `stem`, `body.0`."),
    ],
)
def test_frozen_layers_are_named_as_high_in_the_tree_as_possible(frozen: tuple[str, ...], text: str) -> None:
    assert text in model_card(with_plan(*frozen))


def test_biases_of_frozen_layers_that_train_are_told() -> None:
    plain = with_plan("stem")
    (phase,) = plain.config.strategy.phases
    strategy = replace(plain.config.strategy, phases=(replace(phase, plan=replace(phase.plan, biases=True)),))
    card = model_card(replace(plain, config=replace(plain.config, strategy=strategy)))
    assert "Their biases trained." in card
    assert "biases" not in model_card(plain)


def test_adapters_are_told_and_do_not_count_as_parameters_of_the_network() -> None:
    plain = with_plan("stem", "body.0", "body.1")
    (phase,) = plain.config.strategy.phases
    plan = replace(phase.plan, adapters=(("body", 2),))
    strategy = replace(plain.config.strategy, phases=(replace(phase, plan=plan),))
    root = plain.tree.root
    body = root.children[1]
    body = replace(body, children=(replace(body.children[0], matrix=(4, 6)), *body.children[1:]))
    tree = replace(plain.tree, root=replace(root, children=(root.children[0], body, *root.children[2:])))
    card = model_card(replace(plain, tree=tree, config=replace(plain.config, strategy=strategy)))
    assert "1,100 of 1,110 parameters, in `stem`, `body`. Updates of low rank (LoRA, rank 2) of 1 of these" in card
    assert "LoRA" not in model_card(plain)


def test_settings_and_gate() -> None:
    assert "logistic regression" in model_card(with_plan("stem", head=HeadSolver.CONVEX))
    assert "gate" not in model_card(with_plan("stem"))
    assert "gate" in model_card(with_plan("stem", phases=2))


def test_what_is_not_known_is_said_not_invented() -> None:
    card = model_card(facts(predictions=None, frozen_proof="", state="stopped"))
    assert "nothing is known of its accuracy" in card
    assert "state: stopped" in card
    assert "Hashes of the frozen" not in card
    assert "do not rely" in model_card(facts(frozen_proof=FrozenProof.VIOLATED.value))


def test_a_class_without_validation_images_and_excluded_images_are_named() -> None:
    extra = ImageRecord("x.png", "f" * 64, "eel", Split.TRAIN, 9, 9, "L")
    records = (*make_manifest(12).records, extra, replace(extra, path="y.png", excluded="damaged"))
    manifest = Manifest(records=records, classes=("cat", "dog", "eel"), scaling=PixelScaling(0, 4095))
    predictions = Predictions(
        np.zeros((2, 3), np.float32), np.array([0, 1]), ("1", "2"), ("cat", "dog", "eel")
    )  # fmt: skip
    card = model_card(facts(manifest=manifest, predictions=predictions))
    assert "| eel | 1 | 0 | 0 |" in card
    assert "| eel | 0 | no image |" in card
    assert "1 more were left out" in card
    assert "from 0 to 4095" in card


@pytest.mark.parametrize("name", ["torchvision:resnet18", "timm:convnextv2_tiny"])
def test_loading_and_licence_are_those_of_the_backbone(name: str) -> None:
    card = model_card(facts(entry=find_backbone(name)))
    assert ("local-dir" in card) == name.startswith("timm:")
    assert ("load_network(folder" in card) == name.startswith("torchvision:")
    assert ("forbids commercial use" in card) == (name == "timm:convnextv2_tiny")


def test_e11_names_of_classes_are_one_harmless_line() -> None:
    manifest = make_manifest(12)
    records = tuple(replace(record, label=EVIL if record.label == "cat" else "dog") for record in manifest.records)
    predictions = facts().predictions
    assert predictions is not None
    card = model_card(
        facts(
            manifest=Manifest(records=records, classes=(EVIL, "dog")),
            predictions=replace(predictions, classes=(EVIL, "dog")),
        )
    )
    lines = [line for line in card.splitlines() if "script" in line]
    assert len(lines) == 3  # both tables and the limits
    for line in lines:
        assert "\\<script\\>" in line
        assert "\u202e" not in line
        assert "](" not in line.replace("\\]\\(", "")
        assert "www\\.evil" in line
    table_line = next(line for line in lines if line.endswith("| 4 | 2 | 0 |"))
    assert table_line.replace("\\|", "").count("|") == 5


def test_e11_what_a_foreign_run_says_of_its_libraries_stays_code() -> None:
    config = replace(make_run_config(RUN), versions={"torch": "2`\n# <b>x"})
    assert "`torch 2# <b>x`" in model_card(facts(config=config))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("tabby-cat, 'Tom'", "tabby-cat, 'Tom'"), ("a\tb", "a\ufffdb"), ("  ", "(no name)"), ("x" * 500, "x" * 120 + "…")],
)
def test_ordinary_names_stay_readable(name: str, shown: str) -> None:
    assert escaped(name) == shown

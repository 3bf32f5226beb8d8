"""Plans as trees: opened where a part trains, the same tree for runs that froze the same."""

from __future__ import annotations

from dataclasses import replace

from layer_samples import make_layer_tree
from storage_samples import make_run_config
from tlft_desktop.core.report.facts import PlanRow, PlanTree, RunFacts
from tlft_desktop.core.report.markup import join
from tlft_desktop.core.report.plan_trees import MAX_ROWS, plan_rows, plan_trees, plan_words
from tlft_desktop.core.report.sections.plans import _tree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.run import RunState, RunSummary


def facts(name: str, **changes: object) -> RunFacts:
    """Return a run of the bundled network."""
    config = replace(make_run_config("01JD8X3V2Q4N5P6R7S8T9VABCE"), **changes)  # type: ignore[arg-type]
    return RunFacts(RunSummary(config.run, name, "transfer", RunState.COMPLETED), 0, config=config)


def test_rows_are_opened_where_some_parameters_train() -> None:
    tree = make_layer_tree(num_blocks=2)
    body = FreezePlan(frozen=frozenset({"stem", "blocks.0.conv0", "blocks.0.conv1", "blocks.0.bn", "blocks.1.conv0"}))
    rows, hidden = plan_rows(tree, [FreezePlan(frozen=frozenset(tree.owners) - {"head"}), body])
    assert [(row.path, row.depth) for row in rows] == [
        ("fake:tiny", 0),
        ("stem", 1),
        ("blocks", 1),
        ("blocks.0", 2),
        ("blocks.1", 2),
        ("blocks.1.conv0", 3),
        ("blocks.1.conv1", 3),
        ("blocks.1.bn", 3),
        ("head", 1),
    ]
    assert hidden == 0
    assert {row.path: row.trained for row in rows}["blocks.1"] == (0, 592)
    assert rows[0].trained == (27, 27 + 592)


def test_a_plan_that_leaves_something_everywhere_is_cut_and_says_so() -> None:
    tree = make_layer_tree(num_blocks=80)
    rows, hidden = plan_rows(tree, [FreezePlan(frozen=frozenset(tree.owners), biases=False, adapters=(("", 2),))])
    assert len(rows) <= MAX_ROWS
    assert [row.path for row in rows] == ["fake:tiny", "stem", "blocks", "head"]
    assert hidden == 80, "a level is opened as a whole or not at all"


def test_what_beside_the_ticks_decides_is_told() -> None:
    tree = make_layer_tree()
    assert plan_words(tree, FreezePlan(frozen=frozenset(tree.owners) - {"head"})) == ""
    said = plan_words(tree, FreezePlan(norm=NormPolicy.FULL, biases=True, rate_factors=(("blocks.0", 0.1),)))
    assert said.startswith("Norm layers that are not frozen train and their running statistics follow the batches; ")
    assert "the biases of frozen layers train" in said
    assert "the learning rate of blocks.0 is multiplied by 0.1" in said
    mixed = plan_words(tree, FreezePlan().with_norm(NormPolicy.EVAL, "blocks.0"))
    assert "1 norm layers: norm layers stay as pretrained" in mixed
    adapted = plan_words(tree, FreezePlan(frozen=frozenset(tree.owners), adapters=(("", 4),)))
    assert adapted == "4 frozen layers have an update of low rank that trains (rank 4)."


def test_runs_that_froze_the_same_share_a_tree_and_an_unknown_network_says_so() -> None:
    config = facts("a").config
    assert config is not None
    other = replace(config.strategy, phases=(replace(config.strategy.phases[0], plan=FreezePlan()),))
    trees = plan_trees([facts("a"), facts("b", seed=9), facts("c", strategy=other), facts("d", backbone="timm:none")])
    assert [tree.runs for tree in trees] == [("a", "b"), ("c",), ("d",)]
    assert trees[0].rows[0].path == "timm:tf_efficientnet_lite0"
    assert trees[0].problem == ""
    assert "no backbone 'timm:none'" in trees[2].problem
    assert trees[2].rows == ()


def test_shares_never_look_like_none_or_all() -> None:
    row = PlanRow("blocks", 1, "Sequential", 100_000, (0, 7, 50_000, 99_999, 100_000))
    tree = PlanTree(("run",), ("a", "b", "c", "d", "e"), rows=(row,))
    shown = _tree(tree)
    text = str(join(shown))
    for words in (">frozen<", "&lt; 0.1 % trained", "50.0 % trained", "&gt; 99.9 % trained", ">trained<"):
        assert words in text

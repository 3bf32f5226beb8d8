"""From figures to advice: the table of rules, confidence, and what is expected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tlft_desktop.core.advice.advisor import Confidence, advise
from tlft_desktop.core.advice.evidence import Evidence
from tlft_desktop.core.advice.rules import bands, rules
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.strategy import StrategyKind

EVIDENCE = Evidence(
    num_train=600,
    num_val=200,
    num_classes=10,
    images_per_class=60,
    probe=(0.80, 0.77, 0.83),
    knn_accuracy=0.7,
    best_accuracy=0.8,
    head_accuracy=0.8,
    loses=False,
    detectable=0.06,
    shift=(0.1, 0.1, 0.1),
    entropy=3.0,
    near_misses=0.0,
    gain_of_doubling=0.02,
)


@pytest.mark.parametrize(
    ("rule", "strategy", "changed"),
    [
        ("few_images", StrategyKind.HYBRID, {"images_per_class": 3}),
        ("nothing_left", StrategyKind.TRANSFER, {"probe": (0.98, 0.96, 0.99), "num_train": 1000}),
        ("nothing_left_of_few", StrategyKind.FINETUNE, {"probe": (0.98, 0.96, 0.99), "num_train": 999}),
        ("last_layers_lose", StrategyKind.FINETUNE, {"loses": True, "best_accuracy": 0.9}),
        ("far_and_enough", StrategyKind.FINETUNE, {"shift": (0.3, 0.3, 0.3)}),
        ("far_and_few", StrategyKind.FINETUNE, {"shift": (0.3, 0.3, 0.3), "images_per_class": 8}),
        ("lookalikes", StrategyKind.FINETUNE, {"near_misses": 0.6}),
        ("many_images", StrategyKind.FINETUNE, {"num_train": 30_000}),
        ("near_and_generic", StrategyKind.HYBRID, {"shift": (0.02, 0.02, 0.02)}),
        ("otherwise", StrategyKind.FINETUNE, {}),
    ],
)
def test_each_row_of_the_table_decides_where_it_should(
    rule: str, strategy: StrategyKind, changed: dict[str, object]
) -> None:
    advice = advise(replace(EVIDENCE, **changed))  # type: ignore[arg-type]
    assert (advice.rule, advice.strategy) == (rule, strategy)
    assert advice.runner_up is not advice.strategy
    assert advice.reasons[0].text == next(row.text for row in rules() if row.name == rule)


def test_every_row_names_its_source_and_figures_that_there_are() -> None:
    table = rules()
    known = set(EVIDENCE.figures)
    assert len({row.name for row in table}) == len(table)
    assert not table[-1].when
    for row in table:
        assert row.source
        assert row.gain[0] < row.gain[1]
        assert {condition.figure for condition in row.when} <= known


def test_a_figure_that_was_not_measured_decides_nothing() -> None:
    advice = advise(replace(EVIDENCE, shift=None))
    assert (advice.rule, advice.confidence) == ("otherwise", Confidence.LOW)


def test_confidence_falls_where_rules_disagree_and_where_the_interval_is_wide() -> None:
    agreed = replace(EVIDENCE, shift=(0.3, 0.3, 0.3))
    assert advise(agreed).confidence is Confidence.HIGH
    assert advise(replace(agreed, probe=(0.8, 0.72, 0.87))).confidence is Confidence.MEDIUM
    assert advise(replace(agreed, probe=(0.8, 0.65, 0.92))).confidence is Confidence.LOW
    assert advise(replace(agreed, images_per_class=4)).confidence is Confidence.LOW
    split = replace(agreed, probe=(0.98, 0.96, 0.99), num_train=1000)
    assert advise(split).strategy is StrategyKind.TRANSFER
    assert advise(split).confidence is Confidence.MEDIUM, "one rule for it, one against it"


def test_expected_accuracies_are_possible_and_cost_what_the_machine_says() -> None:
    cost = StrategyCost(StrategyKind.FINETUNE, total=12.0, epoch=1.0, memory=100, cache=0)
    for accuracy in (0.0, 0.1, 0.8, 0.99, 1.0):
        evidence = replace(
            EVIDENCE,
            probe=(accuracy, max(0.0, accuracy - 0.03), min(1.0, accuracy + 0.03)),
            shift=(0.3, 0.3, 0.3),
            costs={StrategyKind.FINETUNE: cost},
        )
        expected = advise(evidence).expected
        assert set(expected) == {StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID}
        for item in expected.values():
            assert 0 <= item.low <= item.accuracy <= item.high <= 1
        assert (expected[StrategyKind.FINETUNE].seconds, expected[StrategyKind.TRANSFER].seconds) == (12.0, None)
        assert expected[StrategyKind.TRANSFER].accuracy == accuracy


@pytest.mark.parametrize(
    "changed",
    [{}, {"images_per_class": 3}, {"shift": (0.02, 0.02, 0.02)}, {"probe": (0.98, 0.96, 0.99)}, {"loses": True}],
)
def test_a_hybrid_is_expected_to_reach_what_fine_tuning_does_and_what_the_head_does(changed: dict[str, object]) -> None:
    expected = advise(replace(EVIDENCE, **changed)).expected  # type: ignore[arg-type]
    head, tuned, hybrid = (expected[kind] for kind in ("transfer", "finetune", "hybrid"))
    for name in ("accuracy", "low", "high"):
        assert getattr(hybrid, name) == max(getattr(head, name), getattr(tuned, name)), name


@pytest.mark.parametrize(("shift", "word"), [(0.01, "near"), (0.1, "moderate"), (0.2, "far"), (0.5, "very far")])
def test_bands(shift: float, word: str) -> None:
    assert bands().word(shift) == word

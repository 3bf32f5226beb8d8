"""Costs of plans are sums over what was measured."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.training_samples import BODY, HEAD_ONLY, tiny_net, tiny_tree
from tlft_desktop.core.models.cut_points import find_cuts
from tlft_desktop.core.training.micro_run import MachineTimes, OperationTimes
from tlft_desktop.core.training.time_model import TimeModel, Work
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy

WORK = Work(num_train=100, num_val=20, num_classes=3, epochs=10, views=0, batch=32, load=0.5)
TIMES = MachineTimes(
    operations=(
        OperationTimes("conv1", ("conv1",), forward=1.0, backward=4.0, passed=2.0, saved_bytes=1000),
        OperationTimes("bn1", ("bn1",), forward=0.5, backward=1.0, passed=0.75, saved_bytes=100),
        OperationTimes("relu", (), forward=0.25, backward=0.25, passed=0.25, saved_bytes=10),
        OperationTimes("conv2", ("conv2",), forward=2.0, backward=8.0, passed=4.0, saved_bytes=2000),
        OperationTimes("bn2", ("bn2",), forward=0.5, backward=1.0, passed=0.75, saved_bytes=100),
        OperationTimes("head", ("head",), forward=0.125, backward=0.25, passed=0.125, saved_bytes=1),
    ),
    front=2.0,
    step=0.01,
    batch=32,
    had=1.0,
)
ALL = sum(item.forward + item.backward for item in TIMES.operations)


@pytest.fixture(scope="module")
def model() -> TimeModel:
    net = tiny_net()
    return TimeModel(TIMES, tiny_tree(net), find_cuts(net, image_size=16))


@pytest.fixture(scope="module")
def num_parameters() -> dict[str, int]:
    return {node.path: node.parameters for node in tiny_tree(tiny_net()).root.children}


def test_training_everything_costs_every_operation(model: TimeModel, num_parameters: dict[str, int]) -> None:
    cost = model.predict(FreezePlan(norm=NormPolicy.FULL), WORK)
    total = sum(num_parameters.values())
    assert cost.epoch == pytest.approx(100 * (ALL + 0.5) + 4 * total * 0.01)
    assert cost.validation == pytest.approx(20 * sum(item.forward for item in TIMES.operations))
    assert cost.total == pytest.approx(10 * (cost.epoch + cost.validation))
    assert cost.memory == 4 * 4 * total + 32 * sum(item.saved_bytes for item in TIMES.operations)
    assert (cost.first, cost.cache) == (0.0, 0)


def test_a_frozen_layer_behind_one_that_trains_is_passed_through(
    model: TimeModel, num_parameters: dict[str, int]
) -> None:
    everything = model.predict(FreezePlan(), WORK)
    hole = model.predict(FreezePlan(frozenset({"conv2"})), WORK)
    step = 4 * num_parameters["conv2"] * 0.01
    assert everything.epoch - hole.epoch == pytest.approx(100 * (8.0 - 4.0) + step)
    assert everything.memory - hole.memory == 3 * 4 * num_parameters["conv2"]


def test_norm_layers_that_keep_everything_do_not_train(model: TimeModel) -> None:
    held = model.predict(FreezePlan(frozenset({"conv1"}), norm=NormPolicy.EVAL), WORK)
    frozen = model.predict(FreezePlan(frozenset({"conv1", "bn1", "bn2"})), WORK)
    assert held.epoch == pytest.approx(frozen.epoch)


def test_a_frozen_front_costs_its_forward_pass_in_each_epoch_or_once(model: TimeModel) -> None:
    plan = FreezePlan(frozenset({"conv1", "bn1"}))
    live = model.predict(plan, WORK)
    kept = model.predict(plan, replace(WORK, views=4))
    assert live.epoch - kept.epoch == pytest.approx(100 * (1.0 + 0.5 + 0.25 + 0.5))
    assert kept.first > 0
    rows = 100 * 4 + 20
    assert kept.cache == rows * 2 * 8 * 7 * 7
    assert live.memory == kept.memory
    assert kept.validation < live.validation
    # As many views as epochs: nothing would be read twice.
    assert model.predict(plan, replace(WORK, views=10)).cache == 0


def test_a_head_alone_costs_one_pass_over_the_images(model: TimeModel) -> None:
    cost = model.predict(HEAD_ONLY, WORK)
    assert cost.first == pytest.approx(120 * 2.5)
    assert cost.total == pytest.approx(cost.first + cost.epoch)
    assert cost.cache == 120 * 12 * 2
    assert cost.memory < model.predict(FreezePlan(frozenset(BODY[:2])), WORK).memory


def test_a_prediction_is_quick(model: TimeModel) -> None:
    began = time.process_time()
    for _ in range(100):
        model.predict(FreezePlan(frozenset({"conv1"})), replace(WORK, views=2))
    assert (time.process_time() - began) / 100 < 0.05

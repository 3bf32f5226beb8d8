"""Operations under the clock: all of the network, and the network stays as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import torch

import pytest

from tests.training_samples import BODY, tiny_net, tiny_numerics, weights_of
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.training.micro_run import MachineTimes, measure_machine


def test_every_operation_is_timed_and_the_network_is_left_alone() -> None:
    net = tiny_net()
    net.train()
    net.conv1.requires_grad_(False)
    before, random_state = weights_of(net), torch.get_rng_state()
    times = measure_machine(net, tiny_numerics(), image_size=16, control=Control())
    names = [item.name for item in times.operations]
    assert [name for name in names if name in (*BODY, "head")] == [*BODY, "head"]
    assert {owner for item in times.operations for owner in item.owners} == {*BODY, "head"}
    assert all(item.forward >= 0 and item.backward >= 0 and item.passed >= 0 for item in times.operations)
    assert sum(item.backward for item in times.operations) > 0
    assert times.front > 0
    assert times.step > 0
    assert times.batch == 8
    by_name = {item.name: item for item in times.operations}
    # The convolution keeps its input of 3 x 16 x 16 values for each image.
    assert by_name["conv1"].saved_bytes == 3 * 16 * 16 * 4
    assert not [name for name, tensor in weights_of(net).items() if not torch.equal(tensor, before[name])]
    assert all(module.training for module in net.modules())
    assert [parameter.requires_grad for parameter in net.parameters()][:3] == [False, True, True]
    assert all(parameter.grad is None for parameter in net.parameters())
    assert torch.equal(torch.get_rng_state(), random_state)


def test_times_are_kept_as_json() -> None:
    times = measure_machine(tiny_net(), tiny_numerics(), image_size=16, control=Control())
    assert MachineTimes.from_json(json.loads(json.dumps(times.to_json()))) == times
    for change in ({"operations": 3}, {"front": "slow"}, {"batch": None}):
        with pytest.raises((TypeError, ValueError)):
            MachineTimes.from_json({**times.to_json(), **change})


def test_a_stop_between_two_passes_leaves_the_network_alone() -> None:
    class StopsLater(Control):
        count = 0

        def raise_if_stopped(self) -> None:
            self.count += 1
            if self.count == 6:
                self.request_stop()
            super().raise_if_stopped()

    net = tiny_net()
    net.train()
    before = weights_of(net)
    with pytest.raises(StoppedError):
        measure_machine(net, replace(tiny_numerics(), batch=4, micro_batch=4), image_size=16, control=StopsLater())
    assert not [name for name, tensor in weights_of(net).items() if not torch.equal(tensor, before[name])]
    assert all(module.training for module in net.modules())
    assert all(parameter.requires_grad for parameter in net.parameters())

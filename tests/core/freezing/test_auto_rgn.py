"""The proposal: straining stages train, still ones are frozen, what was not measured stays as it is."""

from __future__ import annotations

import pytest

from tests.training_samples import HEAD_ONLY, tiny_net, tiny_tree
from tlft_desktop.core.freezing.auto_rgn import STRAINING, propose_plan, stage_strain
from tlft_desktop.core.freezing.presets import require_trainable
from tlft_desktop.core.values.heat import Heat
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy

TREE = tiny_tree(tiny_net())
EVERYTHING = FreezePlan(norm=NormPolicy.FULL)


def epoch(one: float, two: float, head: float = 100.0) -> dict[str, Heat]:
    """Return relative gradients of the two stages and of the head."""
    return {
        "conv1": Heat(one, 1.0),
        "bn1": Heat(one, 1.0),
        "conv2": Heat(2 * two, 2.0),
        "bn2": Heat(two, 1.0),
        "head": Heat(head, 1.0),
    }


def test_still_stage_is_frozen_and_straining_one_trains() -> None:
    proposal = propose_plan(TREE, [epoch(0.1, 1.0)], EVERYTHING)
    assert proposal is not None
    assert proposal.plan == FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)
    assert (proposal.straining, proposal.still, proposal.unmeasured) == (("stage2",), ("stage1",), ())
    assert (proposal.thawed, proposal.frozen) == ((), ("stage1",))
    assert proposal.strain == pytest.approx({"stage1": 0.1, "stage2": 1.0})


def test_an_early_stage_may_be_the_one_that_strains() -> None:
    proposal = propose_plan(TREE, [epoch(1.0, 0.01)], HEAD_ONLY)
    assert proposal is not None
    assert proposal.plan.frozen == {"conv2", "bn2"}
    assert (proposal.thawed, proposal.frozen) == (("stage1",), ())


def test_head_is_not_measured_against_and_always_trains() -> None:
    frozen_head = FreezePlan(frozenset({"head"}))
    proposal = propose_plan(TREE, [epoch(1.0, 1.0, head=0.0)], frozen_head)
    assert proposal is not None
    assert not proposal.plan.frozen
    assert proposal.thawed == ("head",)
    assert require_trainable(TREE, proposal.plan) is proposal.plan


def test_stages_that_were_frozen_stay_as_they_are() -> None:
    measured = {owner: heat for owner, heat in epoch(1.0, 1.0).items() if not owner.endswith("1")}
    for plan in (EVERYTHING, FreezePlan(frozenset({"conv1", "bn1"}))):
        proposal = propose_plan(TREE, [measured], plan)
        assert proposal is not None
        assert proposal.changes_nothing
        assert (proposal.plan, proposal.unmeasured) == (plan, ("stage1",))


def test_a_partly_frozen_stage_becomes_whole() -> None:
    proposal = propose_plan(TREE, [epoch(1.0, 0.1)], FreezePlan(frozenset({"conv1", "bn2"})))
    assert proposal is not None
    assert proposal.plan.frozen == {"conv2", "bn2"}
    assert (proposal.thawed, proposal.frozen) == (("stage1",), ("stage2",))


@pytest.mark.parametrize(("share", "trains"), [(STRAINING, True), (STRAINING - 1e-6, False)])
def test_the_threshold_itself_strains(share: float, trains: bool) -> None:
    proposal = propose_plan(TREE, [epoch(share, 1.0)], EVERYTHING)
    assert proposal is not None
    assert ("stage1" in proposal.straining) is trains


def test_epochs_count_alike_however_large_their_gradients_are() -> None:
    assert stage_strain(TREE, [epoch(1000.0, 500.0), epoch(0.1, 1.0)]) == pytest.approx(
        {"stage1": 0.55, "stage2": 0.75}
    )


@pytest.mark.parametrize(
    "epochs", [[], [{}], [{"head": Heat(1.0, 1.0)}], [{"conv1": Heat(0.0, 1.0)}], [{"conv1": Heat(1.0, 0.0)}]]
)
def test_nothing_is_proposed_where_nothing_was_measured(epochs: list[dict[str, Heat]]) -> None:
    assert propose_plan(TREE, epochs, EVERYTHING) is None


def test_layers_that_the_tree_does_not_know_count_for_their_stage() -> None:
    heat = {"conv1.low_rank.down": Heat(1.0, 1.0), "conv2.low_rank.down": Heat(0.01, 1.0), "elsewhere": Heat(1.0, 1.0)}
    proposal = propose_plan(TREE, [heat], EVERYTHING)
    assert proposal is not None
    assert (proposal.straining, proposal.still) == (("stage1",), ("stage2",))

"""What a pilot says of an advice: only leads that chance does not make count, and no way is judged while it rises."""

from __future__ import annotations

import json

import pytest

from tests.core.advice.test_advisor import EVIDENCE
from tlft_desktop.core.advice.advisor import Confidence, advise, revise
from tlft_desktop.core.advice.pilot import Pilot, PilotWay, better_half, judge
from tlft_desktop.core.values.strategy import StrategyKind

TRANSFER, HYBRID, FINETUNE = StrategyKind.TRANSFER, StrategyKind.HYBRID, StrategyKind.FINETUNE
HELD_OUT = 100


def way(kind: StrategyKind, num_right: int, *, gain: float = 0.0, epochs: int = 4) -> PilotWay:
    """Return a way that is right on the first `num_right` of the held-out images."""
    hits = tuple(number < num_right for number in range(HELD_OUT))
    is_solved = kind is TRANSFER
    return PilotWay(kind, hits, 0 if is_solved else epochs, 2.0, 0.0 if is_solved else gain, is_finished=is_solved)


def pilot_of(*ways: PilotWay, share: float = 0.7) -> Pilot:
    return Pilot(tuple(sorted(ways, key=lambda item: item.accuracy, reverse=True)), 230, HELD_OUT, share)


def test_a_lead_that_chance_does_not_make_outweighs_the_rules() -> None:
    verdict = judge(pilot_of(way(TRANSFER, 70), way(FINETUNE, 90)), advised=TRANSFER, runner_up=HYBRID)
    assert (verdict.strategy, verdict.overrules) == (FINETUNE, True)
    assert "Fine-tuning was better than transfer learning by 20.0 points [" in verdict.text
    assert "counts more than any rule" in verdict.text


def test_a_lead_within_chance_leaves_the_rules_their_say() -> None:
    verdict = judge(pilot_of(way(TRANSFER, 80), way(FINETUNE, 84)), advised=TRANSFER, runner_up=FINETUNE)
    assert (verdict.strategy, verdict.overrules, verdict.confirms) == (TRANSFER, False, False)
    assert "no more than chance makes with 100 held-out images: the rules decide" in verdict.text


def test_a_way_that_is_still_rising_is_not_given_up() -> None:
    ways = way(TRANSFER, 90), way(FINETUNE, 70, gain=0.3)
    verdict = judge(pilot_of(*ways), advised=FINETUNE, runner_up=HYBRID)
    assert (verdict.strategy, verdict.overrules) == (FINETUNE, False)
    assert "still gaining 15.0 points an epoch" in verdict.text
    flat = judge(pilot_of(ways[0], way(FINETUNE, 70, gain=0.02)), advised=FINETUNE, runner_up=HYBRID)
    assert (flat.strategy, flat.overrules) == (TRANSFER, True)


def test_a_head_that_leads_with_a_part_of_the_images_decides_nothing() -> None:
    ways = way(TRANSFER, 90), way(FINETUNE, 70)
    verdict = judge(pilot_of(*ways, share=0.1), advised=FINETUNE, runner_up=HYBRID)
    assert (verdict.strategy, verdict.overrules) == (FINETUNE, False)
    assert "with 10 % of the training images only" in verdict.text
    layers = judge(pilot_of(way(TRANSFER, 70), way(FINETUNE, 90), share=0.1), advised=TRANSFER, runner_up=HYBRID)
    assert layers.overrules, "more images only help layers more"


def test_among_ways_that_cannot_be_told_apart_the_runner_up_goes_first() -> None:
    pilot = pilot_of(way(TRANSFER, 60), way(FINETUNE, 91), way(HYBRID, 90))
    assert judge(pilot, advised=TRANSFER, runner_up=HYBRID).strategy is HYBRID
    assert judge(pilot, advised=TRANSFER, runner_up=FINETUNE).strategy is FINETUNE


def test_an_advice_that_leads_is_confirmed_and_one_that_ties_is_not() -> None:
    led = judge(pilot_of(way(TRANSFER, 70), way(FINETUNE, 90)), advised=FINETUNE, runner_up=HYBRID)
    assert (led.strategy, led.overrules, led.confirms) == (FINETUNE, False, True)
    tied = judge(pilot_of(way(TRANSFER, 90), way(FINETUNE, 90)), advised=FINETUNE, runner_up=HYBRID)
    assert (tied.strategy, tied.overrules, tied.confirms) == (FINETUNE, False, False)
    assert "could not be told apart" in tied.text


def test_a_pilot_without_what_is_advised_or_without_anything_decides_nothing() -> None:
    lacking = judge(pilot_of(way(TRANSFER, 70), way(HYBRID, 90)), advised=FINETUNE, runner_up=HYBRID)
    assert (lacking.strategy, lacking.overrules, lacking.value) == (FINETUNE, False, None)
    assert "not enough to try out fine-tuning" in lacking.text
    refused = judge(Pilot(refusal="Too few."), advised=FINETUNE, runner_up=HYBRID)
    assert (refused.strategy, refused.overrules, refused.text) == (FINETUNE, False, "Too few.")


def test_the_better_half_is_what_may_come_furthest() -> None:
    slow, solved, flat = way(FINETUNE, 50, gain=0.3), way(TRANSFER, 70), way(HYBRID, 65)
    assert better_half([solved, flat, slow]) == [solved, slow]
    assert better_half([solved, slow]) == [slow]
    assert better_half([solved]) == [solved]
    assert better_half([]) == []


def test_slopes_are_those_of_the_second_half() -> None:
    learned = way(FINETUNE, 50, gain=0.2, epochs=4)
    assert learned.points_per_epoch == pytest.approx(10)
    assert learned.points_per_second == pytest.approx(20)
    assert way(TRANSFER, 50).points_per_epoch == 0


def test_an_advice_is_revised_and_says_so() -> None:
    advice = advise(EVIDENCE)
    assert advice.strategy is FINETUNE
    overruled = revise(advice, pilot_of(way(TRANSFER, 90), way(FINETUNE, 70)))
    assert (overruled.strategy, overruled.runner_up, overruled.rule) == (TRANSFER, FINETUNE, "pilot")
    assert overruled.reasons[0].name == "pilot"
    assert "arXiv 1502.07943" in overruled.source
    kept = revise(advice, pilot_of(way(TRANSFER, 80), way(FINETUNE, 82)))
    assert (kept.strategy, kept.rule, kept.confidence) == (advice.strategy, advice.rule, advice.confidence)
    assert kept.reasons[:-1] == advice.reasons
    assert kept.reasons[-1].name == "pilot"


def test_a_confirmed_advice_is_surer_by_one_step() -> None:
    advice = advise(EVIDENCE)
    assert advice.confidence is Confidence.LOW
    assert revise(advice, pilot_of(way(TRANSFER, 70), way(FINETUNE, 90))).confidence is Confidence.MEDIUM


def test_expectations_are_not_below_what_was_shown() -> None:
    advice = advise(EVIDENCE)
    expected = revise(advice, pilot_of(way(TRANSFER, 60), way(FINETUNE, 99))).expected
    before = advice.expected
    assert expected[FINETUNE].low > before[FINETUNE].low
    assert expected[TRANSFER] == before[TRANSFER]
    for item in expected.values():
        assert 0 <= item.low <= item.accuracy <= item.high <= 1


def test_what_was_tried_out_is_plain_json() -> None:
    data = json.loads(json.dumps(revise(advise(EVIDENCE), pilot_of(way(TRANSFER, 70), way(FINETUNE, 90))).to_json()))
    first, second = data["pilot"]["ways"]
    assert (first["strategy"], first["behind_points"], second["behind_points"]) == ("finetune", 0, 20)
    assert data["pilot"]["num_held_out"] == HELD_OUT
    assert advise(EVIDENCE).to_json()["pilot"] is None

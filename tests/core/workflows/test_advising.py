"""Advice for a project: reasons come first, bad input is a sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.run_samples import new_project
from tlft_desktop.core.advice.advisor import Confidence
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import exclude, move
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows import advising, probe_subject
from tlft_desktop.core.workflows.advising import AdviceFound, advice_for
from tlft_desktop.paths import AppPaths


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


def advice_of(project: Project, profile: Path) -> tuple[list[ProbeProgress | Reason], AdviceFound]:
    """Return what came before the advice, and the advice."""
    *steps, found = advice_for(project, paths=AppPaths.below(profile), control=Control())
    assert isinstance(found, AdviceFound)
    assert all(isinstance(step, (ProbeProgress, Reason)) for step in steps)
    return steps, found  # type: ignore[return-value]


def test_reasons_are_told_as_they_are_measured_and_nothing_is_written(project: Project, profile: Path) -> None:
    before = sorted(path.name for path in project.root.rglob("*"))
    steps, found = advice_of(project, profile)
    told = [step for step in steps if isinstance(step, Reason)]
    assert tuple(told) == found.advice.reasons[1:]
    assert {"images_per_class", "detectable", "shift", "early_loss", "probe_accuracy"} <= {r.name for r in told}
    first_pass = next(place for place, step in enumerate(steps) if getattr(step, "stage", "") == "pass")
    assert sum(isinstance(step, Reason) for step in steps[:first_pass]) >= 3, "the first come at once"
    assert [step.stage for step in steps if isinstance(step, ProbeProgress)][-1] == "costs"
    assert sorted(path.name for path in project.root.rglob("*")) == before


def test_the_advice_is_the_same_each_time(project: Project, profile: Path) -> None:
    first, second = (advice_of(project, profile)[1] for _ in range(2))
    # "disturbed" is no part of it: it tells what other programs did while the machine was measured.
    reasons = [[r for r in found.advice.reasons if r.name != "disturbed"] for found in (first, second)]
    assert reasons[0] == reasons[1]
    assert first.advice.strategy is second.advice.strategy
    assert first.scores == second.scores


def test_what_each_way_takes_is_told_of_this_machine(project: Project, profile: Path) -> None:
    expected = advice_of(project, profile)[1].advice.expected
    assert set(expected) == {StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID}
    assert all(item.seconds is not None and item.seconds > 0 for item in expected.values())


def test_without_costs_there_is_an_advice(project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise InputError("It cannot be told in advance.")

    monkeypatch.setattr(advising, "machine_costs", fail)
    found = advice_of(project, profile)[1]
    assert all(item.seconds is None for item in found.advice.expected.values())


def test_no_validation_images_are_said(project: Project, profile: Path) -> None:
    manifest = project.edited_manifest
    project.edits.append(exclude(manifest, [record.path for record in manifest.used(Split.VAL)]))
    _, found = advice_of(project, profile)
    texts = [reason.text for reason in found.advice.reasons]
    assert "There are no validation images: no result of a training could be measured." in texts


def test_one_image_a_class_says_nothing_and_fails_nothing(project: Project, profile: Path) -> None:
    manifest = project.edited_manifest
    first = {record.label: record.path for record in reversed(manifest.used(Split.TRAIN))}
    rest = [record.path for record in manifest.used(Split.TRAIN) if record.path not in first.values()]
    project.edits.append(move(manifest, rest, Split.VAL))
    advice = advice_of(project, profile)[1].advice
    assert advice.confidence is Confidence.LOW
    assert "too_few" in {reason.name for reason in advice.reasons}
    assert not {"probe_accuracy", "confused", "early_loss"} & {reason.name for reason in advice.reasons}
    assert (advice.strategy, advice.rule) == (StrategyKind.HYBRID, "few_images")


def test_two_classes_are_needed(project: Project, profile: Path) -> None:
    manifest = project.edited_manifest
    rest = [record.path for record in manifest.used(Split.TRAIN) if record.label != "class 0"]
    project.edits.append(move(manifest, rest, Split.VAL))
    with pytest.raises(InputError, match="An advice needs training images of two classes"):
        advice_of(project, profile)


def test_more_classes_than_images_are_looked_at(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe_subject, "MAX_IMAGES", 3)
    found = advice_of(project, profile)[1]
    assert found.evidence.images_per_class > 1
    assert "too_few" in {reason.name for reason in found.advice.reasons}
    assert found.advice.confidence is Confidence.LOW


@pytest.mark.parametrize("stage", ["shift", "pass", "probe", "folds", "curve"])
def test_a_stop_is_answered_in_every_stage(project: Project, profile: Path, stage: str) -> None:
    control = Control()

    def go_on_until(steps: Generator[ProbeProgress | Reason | AdviceFound, None, None]) -> None:
        for step in steps:
            if isinstance(step, ProbeProgress) and step.stage == stage:
                control.request_stop()

    with (
        closing(advice_for(project, paths=AppPaths.below(profile), control=control)) as steps,
        pytest.raises(StoppedError),
    ):
        go_on_until(steps)

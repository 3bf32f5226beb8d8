"""A measured mode is fixed in the run, said, remembered, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.run_samples import end_of, metrics_of, new_project, resume_all, run_all, weights_hash
from tests.training_samples import StopAt
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training import flight_check
from tlft_desktop.core.training.flight_check import Comparison
from tlft_desktop.core.values.events import Event, Notice
from tlft_desktop.core.values.numerics import MemoryFormat, NumericMode, Numerics
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows import numeric_choice
from tlft_desktop.core.workflows.experiment import TrainOptions
from tlft_desktop.core.workflows.measured_figures import keep_figures
from tlft_desktop.core.workflows.repeat import command_of
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow
OPTIONS = TrainOptions(epochs=1, batch_size=8, threads=1)


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


@pytest.fixture(autouse=True)
def _other_is_plain_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run be long enough, and let the other mode be one that every processor has."""

    def plain(rule: Numerics) -> Numerics:
        return replace(rule, memory_format=MemoryFormat.CONTIGUOUS, bfloat16_features=False)

    monkeypatch.setattr(numeric_choice, "is_long_enough", lambda _: True)
    monkeypatch.setattr(numeric_choice, "other_mode", plain)


class Found:
    """Stands for a check: says what it found, and counts."""

    def __init__(self, *, other_seconds: float = 0.5, deviation: float = 0.001) -> None:
        self.other_seconds, self.deviation, self.calls = other_seconds, deviation, 0

    def __call__(self, make_setup: Any, rule: Numerics, other: Numerics, *, control: Control) -> Comparison:
        self.calls += 1
        assert make_setup(other).numerics == other
        return Comparison(rule, other, 1.0, self.other_seconds, self.deviation)


def use(monkeypatch: pytest.MonkeyPatch, found: Any) -> None:
    monkeypatch.setattr(numeric_choice, "compare_modes", found)


def never(*_args: object, **_options: object) -> None:
    raise AssertionError("measured although it was not to be")


def mode_of(project: Project, events: list[Event]) -> NumericMode:
    return RunStore(project.root).config(end_of(events).run).numerics.mode


def told(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice) and event.kind == "numeric"]


def tune(project: Project, profile: Path, **changes: Any) -> list[Event]:
    return run_all(project, profile, StrategyKind.FINETUNE, options=replace(OPTIONS, **changes))


def test_a_faster_mode_is_recorded_said_and_remembered(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Found()
    use(monkeypatch, found)
    events = tune(project, profile)
    assert mode_of(project, events) is NumericMode.REFERENCE
    assert told(events) == [
        "The run computes in the numeric mode 'reference': on this computer a step took 0.5 s in it and 1 s in "
        "'fp32-channels-last', and the loss differed by 0.1% at most."
    ]
    again = tune(project, profile)
    assert (found.calls, mode_of(project, again), told(again)) == (1, NumericMode.REFERENCE, told(events))
    tune(project, profile, batch_size=4)
    assert found.calls == 2, "another batch takes other times"


@pytest.mark.parametrize("found", [Found(other_seconds=0.9), Found(deviation=0.5)])
def test_a_check_that_changes_nothing_is_silent_and_remembered(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch, found: Found
) -> None:
    use(monkeypatch, found)
    calls = found.calls
    for _ in range(2):
        events = tune(project, profile)
        assert mode_of(project, events) in (NumericMode.RULE, NumericMode.FP32_CHANNELS_LAST)
        assert told(events) == []
    assert found.calls == calls + 1


def test_what_was_measured_holds_for_the_resumed_and_the_repeated_run(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Found())
    stopped = end_of(run_all(project, profile, StrategyKind.FINETUNE, options=OPTIONS, control=StopAt(1)))
    assert stopped.state == "stopped"
    use(monkeypatch, never)
    for kept in (profile / "cache" / "modes").iterdir():
        kept.unlink()
    resumed = resume_all(project, profile, stopped.run)
    assert mode_of(project, resumed) is NumericMode.REFERENCE
    words = command_of(project, stopped.run).arguments
    assert words[words.index("--numeric") + 1] == "reference"


def test_a_run_by_rule_is_repeated_without_a_check(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Found(other_seconds=2.0))
    run = end_of(tune(project, profile)).run
    words = command_of(project, run).arguments
    again = NumericMode(words[words.index("--numeric") + 1])
    assert again is not NumericMode.AUTO
    use(monkeypatch, Found(other_seconds=0.1))
    for kept in (profile / "cache" / "modes").iterdir():
        kept.unlink()
    repeated = end_of(tune(project, profile, numeric=again)).run
    store = RunStore(project.root)
    assert store.config(repeated).numerics == store.config(run).numerics


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"rule_seconds": "x", "other_seconds": 1, "deviation": 0}', b"\xff"]
)
def test_a_broken_file_is_measured_anew(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    found = Found()
    use(monkeypatch, found)
    tune(project, profile)
    (kept,) = (profile / "cache" / "modes").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(content)
    assert mode_of(project, tune(project, profile)) is NumericMode.REFERENCE
    assert (found.calls, kept.read_bytes()) == (2, whole)


def test_a_run_goes_on_where_nothing_can_be_remembered(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Found()
    use(monkeypatch, found)
    (profile / "cache" / "modes").write_bytes(b"in the way")
    for _ in range(2):
        assert mode_of(project, tune(project, profile)) is NumericMode.REFERENCE
    assert found.calls == 2


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (StrategyKind.TRANSFER, TrainOptions(threads=1)),
        (StrategyKind.HYBRID, TrainOptions(threads=1, epochs=1)),
        (StrategyKind.FINETUNE, replace(OPTIONS, numeric=NumericMode.RULE)),
        (StrategyKind.FINETUNE, replace(OPTIONS, numeric=NumericMode.REFERENCE)),
    ],
)
def test_nothing_is_measured_for_a_head_and_where_a_mode_was_chosen(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch, kind: StrategyKind, options: TrainOptions
) -> None:
    use(monkeypatch, never)
    events = run_all(project, profile, kind, options=options)
    assert end_of(events).state == "completed"
    assert told(events) == []


@pytest.mark.parametrize("reason", ["short", "memory"])
def test_nothing_is_measured_where_it_would_cost_too_much(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    use(monkeypatch, never)
    if reason == "short":
        monkeypatch.setattr(numeric_choice, "is_long_enough", flight_check.is_long_enough)
    else:
        monkeypatch.setattr(numeric_choice, "free_memory", lambda _: 40 << 20)
    assert end_of(tune(project, profile)).state == "completed"


def test_a_hybrid_takes_the_mode_that_was_measured_for_its_second_phase(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = TrainOptions(threads=1, epochs=1, target=1.0)
    hybrid = end_of(run_all(project, profile, StrategyKind.HYBRID, options=options)).run
    config = RunStore(project.root).config(hybrid)
    alone = replace(config, strategy=replace(config.strategy, phases=config.strategy.phases[1:]))
    phase, other = alone.strategy.phases[0], numeric_choice.other_mode(config.numerics)
    assert other is not None
    path = numeric_choice._path(alone, phase, other, AppPaths.below(profile))
    keep_figures(path, {"rule_seconds": 1.0, "other_seconds": 0.5, "deviation": 0.0})
    use(monkeypatch, never)
    assert mode_of(project, run_all(project, profile, StrategyKind.HYBRID, options=options)) is NumericMode.REFERENCE


def test_a_stop_while_it_measures_leaves_no_run(project: Project, profile: Path) -> None:
    with pytest.raises(StoppedError):
        run_all(project, profile, StrategyKind.FINETUNE, options=OPTIONS, control=StopAt(2))
    assert RunStore(project.root).summaries() == []


@pytest.mark.parametrize("frozen", [False, True])
def test_a_check_that_keeps_the_rule_leaves_the_same_bits(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    found = []

    def check(*args: Any, **options: Any) -> Comparison | None:
        found.append(flight_check.compare_modes(*args, **options))
        return found[-1]

    use(monkeypatch, check)
    monkeypatch.setattr(flight_check, "MAX_SHARE", 1e9)
    monkeypatch.setattr(flight_check, "MIN_GAIN", 1e9)
    kind, options = StrategyKind.FINETUNE, replace(OPTIONS, epochs=3)
    if frozen:
        tree = numeric_choice.layer_tree(project.config.backbone, 3, project.config.image_size)
        plan = FreezePlan(frozenset(owner for owner in tree.owners if tree.node(owner).order < 60))
        project.save(replace(project.config, plan=plan))
        kind, options = StrategyKind.CUSTOM, replace(options, views=2)
    checked = end_of(run_all(project, profile, kind, options=options)).run
    plain = end_of(run_all(project, profile, kind, options=replace(options, numeric=NumericMode.RULE))).run
    assert [item is not None for item in found] == [True]
    assert metrics_of(project, checked) == metrics_of(project, plain)
    assert weights_hash(project, checked) == weights_hash(project, plain)

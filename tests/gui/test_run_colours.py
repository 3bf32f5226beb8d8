"""Runs are told apart by colour and by shape, the same everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui.test_looks import contrast
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.run_colours import Shape, colour_of, shape_of, shape_path
from tlft_desktop.gui.theme import DARK, LIGHT, Tokens


def make_runs(number: int) -> list[RunSummary]:
    return [RunSummary(run=f"{n:03}", name=f"run {n}", strategy="", state=RunState.COMPLETED) for n in range(number)]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_series_are_seen_and_differ(tokens: Tokens) -> None:
    assert all(contrast(colour, tokens.surface) >= 4.5 for colour in tokens.series)
    assert all(
        contrast(colour, tokens.window) >= 3 and contrast(colour, tokens.selection) >= 3 for colour in tokens.series
    )
    assert len(set(tokens.series)) == len(tokens.series) == len(LIGHT.series)


def test_colour_and_shape_together_are_unique() -> None:
    runs = make_runs(56)
    looks = {(colour_of(run.run, runs, LIGHT), shape_of(run.run, runs)) for run in runs}
    assert len(looks) == 56


def test_a_run_keeps_its_look_when_another_follows() -> None:
    few, more = make_runs(3), make_runs(4)
    for run in few:
        assert colour_of(run.run, few, DARK) == colour_of(run.run, more, DARK)
        assert shape_of(run.run, few) is shape_of(run.run, more)


def test_a_run_keeps_its_look_when_another_goes() -> None:
    runs = [replace(run, number=place) for place, run in enumerate(make_runs(4), start=1)]
    left = [runs[0], *runs[2:]]
    for run in left:
        assert colour_of(run.run, runs, DARK) == colour_of(run.run, left, DARK)
        assert shape_of(run.run, runs) is shape_of(run.run, left)


def test_an_unknown_run_is_grey() -> None:
    assert colour_of("gone", make_runs(2), LIGHT) == LIGHT.muted


@pytest.mark.parametrize("shape", Shape)
def test_shapes_fill_a_unit_square(shape: Shape) -> None:
    box = shape_path(shape).boundingRect()
    assert 0.7 <= max(box.width(), box.height()) <= 1.001
    assert box.left() >= -0.501
    assert box.bottom() <= 0.501

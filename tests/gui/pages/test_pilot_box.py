"""Trying the strategies out from the panel of the advice: on request, where rules disagree, and cancelled at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.fakes import make_manifest
from tests.gui.pages.layers_world import LayersWorld
from tests.gui.pages.test_advice_panel import advised
from tlft_desktop.core.advice.advisor import Advice, revise
from tlft_desktop.core.advice.pilot import Pilot
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.widgets.pilot_box import PilotBox

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def tried(probing: LayersWorld, qtbot: Any) -> PilotBox:
    """Ask for an advice, try it out by a click, and wait for what comes of it."""
    advised(probing, qtbot)
    box = probing.page.panels.advice.pilot
    QTest.mouseClick(box.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: probing.page.panels.advising.advice.pilot is not None)  # type: ignore[union-attr]
    return box


def test_there_is_nothing_to_try_before_there_is_an_advice(probing: LayersWorld, qtbot: Any) -> None:
    panels = probing.page.panels
    assert not panels.advice.pilot.isVisibleTo(panels.advice)
    panels.piloting.measure()
    assert probing.engine.tried == []
    assert "Ask for an advice first" in panels.piloting.reason


def test_what_was_tried_out_is_shown_and_the_advice_follows_it(probing: LayersWorld, qtbot: Any) -> None:
    box = tried(probing, qtbot)
    panel = probing.page.panels.advice
    assert probing.engine.tried == ["auto"]
    assert panel.strategy.text() == "Transfer"
    assert "medium confidence" in panel.confidence.text()
    assert "counts more than any rule" in panel.text.text()
    assert box.text.text() == "", "not twice"
    assert box._found[StrategyKind.TRANSFER].text() == "90.0 % [82.6, 94.5]"
    assert box._found[StrategyKind.FINETUNE].text().endswith("\nepochs: 4\n1.0 points each")
    assert box._found[StrategyKind.HYBRID].text() == "no time for it"
    assert panel.reasons == ("The first <b>reason</b>.", "The second reason.")
    QTest.mouseClick(panel.use, Qt.MouseButton.LeftButton)
    assert probing.context.session.choice.kind is StrategyKind.TRANSFER


def test_the_settings_are_those_of_what_is_advised(probing: LayersWorld, qtbot: Any) -> None:
    advised(probing, qtbot)
    assert "learning rate of 0.0003" in probing.page.panels.advice.settings.text()


def test_strategies_are_tried_out_unasked_only_where_rules_disagree(probing: LayersWorld, qtbot: Any) -> None:
    advised(probing, qtbot)
    assert probing.engine.tried == []
    probing.engine.rules_disagree = True
    probing.page.panels.advising.measure()
    qtbot.waitUntil(lambda: probing.engine.tried == ["auto"])
    qtbot.waitUntil(lambda: probing.page.panels.advising.advice.pilot is not None)  # type: ignore[union-attr]


def test_a_cancelled_trial_leaves_the_advice(probing: LayersWorld, qtbot: Any) -> None:
    advised(probing, qtbot)
    before = probing.page.panels.advising.advice
    probing.engine.is_pilot_held = True
    box = probing.page.panels.advice.pilot
    QTest.mouseClick(box.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "about 50 s left" in box.text.text())
    assert box.cancel.isVisible()
    assert not box.start.isVisible()
    assert "trying" in box.cancel.accessibleName()
    QTest.mouseClick(box.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(box.start.isVisible)
    probing.engine.is_pilot_held = False
    assert probing.page.panels.advising.advice is before
    assert box.start.isEnabled()


def test_a_trial_goes_with_its_images(probing: LayersWorld, qtbot: Any) -> None:
    advised(probing, qtbot)
    probing.engine.is_pilot_held = True
    probing.page.panels.piloting.measure()
    qtbot.waitUntil(lambda: len(probing.engine.tried) == 1)
    probing.context.session.set_images(make_manifest(num_each=6), ())
    qtbot.waitUntil(lambda: not probing.page.panels.piloting.is_measuring)
    probing.engine.is_pilot_held = False
    assert not probing.page.panels.advice.pilot.isVisible()


def test_a_second_trial_revises_the_advice_of_the_rules(probing: LayersWorld, qtbot: Any) -> None:
    box = tried(probing, qtbot)
    first = probing.page.panels.advising.advice
    QTest.mouseClick(box.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: probing.page.panels.advising.advice is not first)
    assert probing.page.panels.advising.advice == first


def test_what_cannot_be_tried_out_says_why(probing: LayersWorld, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    advised(probing, qtbot)
    box, desk = probing.page.panels.advice.pilot, probing.page.panels.piloting

    def refuse(*_arguments: object) -> Iterator[Any]:
        raise InputError("A pilot needs training images of two classes at least.")
        yield

    monkeypatch.setattr(probing.engine, "pilot", refuse)
    desk.measure()
    qtbot.waitUntil(lambda: "two classes" in box.text.text())

    def too_few(_project: object, advice: Advice, *_arguments: object) -> Iterator[Any]:
        text = "With fewer than five training images of a class, trying the ways out can tell nothing."
        yield revise(advice, Pilot(refusal=text))

    monkeypatch.setattr(probing.engine, "pilot", too_few)
    desk.measure()
    qtbot.waitUntil(lambda: "fewer than five" in box.text.text())
    assert not box._facts.isVisible()
    assert probing.page.panels.advice.strategy.text() == "Fine-tune"


def test_how_good_earlier_advices_were_is_one_line(probing: LayersWorld, qtbot: Any) -> None:
    panel = probing.page.panels.advice
    assert not panel.earlier.isVisible()
    probing.engine.earlier = "The accuracy lay inside the expected interval 5 of 6 times."
    advised(probing, qtbot)
    assert panel.earlier.isVisibleTo(panel)
    assert panel.earlier.text() == "The accuracy lay inside the expected interval 5 of 6 times."

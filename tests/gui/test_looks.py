"""Contrast, icons, names and keys of the window."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSlider,
    QTextBrowser,
    QWidget,
)

from tests.gui.subprocesses import ROOT, assert_clean, run_script
from tlft_desktop.core.settings import Theme
from tlft_desktop.gui import dialogs
from tlft_desktop.gui.actions import LAYERS, MENUS, TABLE, VIEW
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import SIZES, draw, make_icon
from tlft_desktop.gui.layer_actions import SUBMENUS
from tlft_desktop.gui.situation import primary_action
from tlft_desktop.gui.steps import Page
from tlft_desktop.gui.style import STYLE
from tlft_desktop.gui.theme import DARK, LIGHT, Tokens, style_sheet
from tlft_desktop.gui.widgets.text import button

SURFACES = (
    "window",
    "surface",
    "sunken",
    "selection",
    "success_surface",
    "warning_surface",
    "error_surface",
    "info_surface",
)
# All but the program's own icon, which has its colours in itself.
ICON_NAMES = sorted({path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")} - {"program"})


def luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def contrast(first: str, second: str) -> float:
    """Source: WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_of_text(tokens: Tokens) -> None:
    pairs = [("text", surface) for surface in SURFACES] + [("text", "hover"), ("on_accent", "accent")]
    pairs += [("on_accent", "accent_hover")]
    pairs += [("muted", surface) for surface in ("window", "surface", "sunken", "selection")]
    pairs += [("warning", "surface"), ("error", "surface"), ("success", "surface"), ("accent", "surface")]
    low = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}


def style_rules() -> list[tuple[str, dict[str, str]]]:
    """Return selector and colours of each rule of the style sheet, by property."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE.template)
    return [
        (selector.strip(), dict(re.findall(r"([a-z-]+): [^;]*?\$([a-z_]+)", body.replace("$images", ""))))
        for selector, body in rules
    ]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_of_every_rule_that_sets_text_and_ground(tokens: Tokens) -> None:
    pairs = {(rule["color"], rule["background"]) for _name, rule in style_rules() if {"color", "background"} <= {*rule}}
    pairs |= {
        (rule["selection-color"], rule["selection-background-color"])
        for _name, rule in style_rules()
        if "selection-color" in rule
    }
    assert len(pairs) >= 6
    low = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_of_what_is_no_text(tokens: Tokens) -> None:
    """Source: WCAG 2.2, 1.4.11: rings of focus, outlines of tick boxes, icons and bars keep 3 to 1."""
    pages = ("window", "surface", "sunken")
    pairs = [("accent", ground) for ground in (*pages, "selection", "info_surface")]
    pairs += [(colour, ground) for colour in ("muted", "text") for ground in pages]
    pairs += [(kind, f"{kind}_surface") for kind in ("success", "warning", "error")]
    pairs += [(kind, ground) for kind in ("success", "warning", "error") for ground in pages]
    pairs += [(split, ground) for split in ("train", "val", "test") for ground in ("window", "surface")]
    low = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in low.items() if value < 3} == {}


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("role", ["primary", "segment", "toggle"])
def test_a_filled_button_has_a_second_ring_of_focus(
    window: QWidget, context: AppContext, qtbot: Any, theme: Theme, role: str
) -> None:
    context.theme.apply(theme)
    tokens, press = context.theme.tokens, button("Start", role)
    press.setCheckable(role != "primary")
    press.setChecked(role != "primary")
    window.layout().addWidget(press)  # type: ignore[union-attr]
    qtbot.waitUntil(press.isVisible)
    press.setFocus()
    qtbot.waitUntil(press.hasFocus)
    image = press.grab().toImage()
    across = [image.pixelColor(x, image.height() // 2).name() for x in range(6)]
    assert across == [tokens.text] * 2 + [tokens.on_accent] * 2 + [tokens.accent] * 2
    pairs = ((tokens.text, tokens.window), (tokens.text, tokens.on_accent), (tokens.on_accent, tokens.accent))
    assert all(contrast(*pair) >= 3 for pair in pairs)


def test_style_sheet_knows_every_colour() -> None:
    assert "$" not in style_sheet(LIGHT)


def test_only_the_theme_sets_style_sheets() -> None:
    gui = ROOT / "tlft_desktop" / "gui"
    users = [path.name for path in gui.rglob("*.py") if "setStyleSheet" in path.read_text(encoding="utf-8")]
    assert users == ["theme.py"]


@pytest.mark.parametrize("name", ICON_NAMES)
def test_icons_are_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    source = Path(ROOT / "resources" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert "currentColor" in source
    image = draw(name, "#ff0000", 48).toImage()
    colours = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    solid = [colour for colour in colours if colour.alpha() > 200]
    assert solid
    assert all(colour.red() > 200 and colour.green() < 60 and colour.blue() < 60 for colour in solid)


def test_icons_are_sharp_at_a_ratio_of_two(qapp: QApplication) -> None:
    assert make_icon("data", "#000000", "#888888").pixmap(20, 20).width() == 20
    assert {20, 40} <= set(SIZES)


def test_every_action_has_keys_and_no_two_have_the_same() -> None:
    shortcuts = [spec.shortcut for spec in TABLE if spec.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
    assert [spec.id for spec in TABLE if not spec.shortcut and "&" not in spec.text] == []
    assert {spec.menu for spec in TABLE} <= {*MENUS, *SUBMENUS}
    assert [spec.id for spec in TABLE if spec.needs and not spec.needs.endswith(".")] == []


@pytest.mark.parametrize("menu", ["", *MENUS, *SUBMENUS])
def test_no_two_mnemonics_of_a_menu_are_equal(menu: str) -> None:
    texts = [spec.text for spec in TABLE if spec.menu == menu] if menu else list(MENUS)
    texts += ["&Panels"] if menu == VIEW else []
    texts += SUBMENUS if menu == LAYERS else []
    letters = [text[text.index("&") + 1].casefold() for text in texts if "&" in text]
    assert sorted(set(letters)) == sorted(letters)


@pytest.mark.parametrize("is_training", [False, True])
@pytest.mark.parametrize("page", list(Page))
def test_the_key_of_the_button_in_the_header_opens_no_menu(page: Page, is_training: bool) -> None:
    texts = {spec.id: spec.text for spec in TABLE}
    action, _ = primary_action(page, is_training=is_training)
    taken = {menu[menu.index("&") + 1].casefold() for menu in MENUS}
    assert not action or texts[action][texts[action].index("&") + 1].casefold() not in taken


NAMED = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QGraphicsView, QLineEdit, QPlainTextEdit,
    QProgressBar, QSlider, QTextBrowser,
)  # fmt: skip


def shared_keys(window: QMainWindow) -> list[list[str]]:
    """Return the visible buttons, labels and menus of a window that answer to the same letter with Alt."""
    parts = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]
    parts += [each for each in window.findChildren(QLabel) if each.isVisible() and each.buddy() is not None]
    texts = [each.text() for each in (*parts, *window.menuBar().actions())]
    by_key: dict[str, list[str]] = {}
    for text in texts:
        found = re.search("&([^&])", text.replace("&&", ""))
        if found:
            by_key.setdefault(found[1].casefold(), []).append(text)
    return [sharing for sharing in by_key.values() if len(sharing) > 1]


def nameless(window: QWidget) -> list[str]:
    """Return the controls of a window that a screen reader could not name."""
    inner = ("qt_", "ScrollLeftButton", "ScrollRightButton")
    return [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, NAMED)
        and not widget.accessibleName()
        and not widget.objectName().startswith(inner)
        and not (isinstance(widget, QAbstractButton) and widget.text())
        # Its text, and with it its name, comes when it is shown.
        and not (isinstance(widget, QPushButton) and widget.isHidden())
        and not isinstance(widget.parent(), (QAbstractSpinBox, QComboBox, QAbstractItemView, QLineEdit))
        and not isinstance(widget.window().parent(), QComboBox)
        and not any(widget is combo.view() for combo in window.findChildren(QComboBox))
    ]


def test_every_control_has_a_name_and_the_window_fits_small_screens(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from tests.gui.fakes import make_project
from tests.gui.test_looks import nameless
from tests.gui.window_script import run_window
root = Path(sys.argv[2])
make_project(root).close()
def steps(a):
    yield lambda: a.context.session.layer_tree
    assert a.window.isVisible()
    assert nameless(a.window) == [], nameless(a.window)
    size = a.window.minimumSizeHint()
    assert size.width() <= 1280 and size.height() <= 680, size
    a.window.close()
run_window(steps, sys.argv[1], project=str(root))
"""
    assert_clean(run_script(script, str(tmp_path / "home"), str(tmp_path / "p.tlft")))


def dialog_classes() -> set[str]:
    """Return the names of all dialogs of the program."""
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.iter_modules(dialogs.__path__, "tlft_desktop.gui.dialogs.")
    ]
    return {
        name
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, type) and issubclass(each, QDialog) and each.__module__ == module.__name__
    }


def test_every_dialog_and_panel_names_its_controls(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget
from tests.gui.fakes import make_project
from tests.gui.run_files import make_run
from tests.gui.test_looks import dialog_classes, nameless, shared_keys
from tests.gui.window_script import run_window
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui.engine import Answer
root = Path(sys.argv[2])
project = make_project(root)
for accuracy, state in ((0.7, RunState.COMPLETED), (0.8, RunState.COMPLETED), (0.9, RunState.INTERRUPTED)):
    make_run(project, accuracy, state=state)
project.close()
seen = set()
def look(where):
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            assert nameless(top) == [], (where, nameless(top))
            if isinstance(top, QDialog):
                seen.add(type(top).__name__)
                assert top.windowTitle(), type(top)
                top.close()
def steps(a):
    w, actions, session = a.window, a.window.actions_by_id, a.context.session
    yield lambda: session.layer_tree and len(session.runs) == 3 and not a.context.tasks.jobs
    for page in ("data", "layers", "train", "compare", "use"):
        w.show_page(page)
        yield lambda: not a.context.tasks.jobs
        for panel in w.pages.currentWidget().findChildren(QDockWidget):
            assert panel.windowTitle() and panel.isVisible(), panel.objectName()
        look(page)
    for panel in ("plots", "figures", "images", "map", "plans", "looks", "blend", "trash"):
        w.show_page("compare")
        # Its offers have letters of their own, whatever page they stand above.
        a.context.messages.clear_key("interrupted")
        w.project_pages.compare.panels.button_of(panel).click()
        yield lambda: not a.context.tasks.jobs
        look(panel)
        assert shared_keys(w) == [], (panel, shared_keys(w))
        if panel == "images":
            runs = w.project_pages.compare.images.runs
            runs.activated.emit(runs.count() - 1)
            assert w.project_pages.compare.images.notice.isVisible()
            look("training images")
            assert shared_keys(w) == [], shared_keys(w)
    w.show_page("train")
    w.project_pages.train.form._toggle.click()
    actions["queue_add"].trigger()
    yield lambda: True
    look("more settings")
    w.show_page("use")
    w.project_pages.use.model.append([Answer("a.png", (("cat", 0.9),)), Answer("c.png", (), "gone")])
    w.project_pages.use._stack.setCurrentIndex(1)
    look("answers")
    for key in ("preferences", "about", "messages", "jobs", "palette", "backbone"):
        actions[key].trigger()
        yield lambda: True
        look(key)
    w.show_page("data")
    w.project_pages.data.grid.setCurrentIndex(w.project_pages.data.grid.model().index(0, 0))
    for key in ("image_show", "image_label", "image_exclude"):
        yield lambda: actions[key].isEnabled()
        actions[key].trigger()
        yield lambda: True
        look(key)
    w.training.several_interrupted.emit(list(session.runs))
    yield lambda: True
    look("interrupted runs")
    w.training.mirroring.asked.emit()
    yield lambda: True
    look("mirroring")
    assert dialog_classes() <= seen, dialog_classes() - seen
    w.close()
run_window(steps, sys.argv[1], project=str(root))
"""
    assert_clean(run_script(script, str(tmp_path / "home"), str(tmp_path / "p.tlft")))

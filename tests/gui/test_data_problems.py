"""Which remedy a problem has, which images it shows, and that the remedy removes the problem."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import make_manifest
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.project.edits import apply_edits
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, PixelScaling, Split
from tlft_desktop.core.values.problem import Problem
from tlft_desktop.gui.data_problems import ProblemCase, Remedy, cases_of, edits_of
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.problem_list import MAX_SHOWN, ProblemList

SAME, TWIN = "a" * 64, "b" * 64


def changed(**changes: dict[str, object]) -> Manifest:
    """Return the manifest of the fakes with changes by path; `cat_1` stands for `cat/1.png`."""
    by_path = {f"{name.replace('_', '/')}.png": values for name, values in changes.items()}
    manifest = make_manifest(("cat", "dog"))
    records = tuple(replace(record, **{"excluded": ""} | by_path.get(record.path, {})) for record in manifest.records)  # type: ignore[arg-type]
    return Manifest(records=records, classes=tuple(sorted({record.label for record in records})))


def case(manifest: Manifest, kind: str) -> ProblemCase:
    return next(found for found in cases_of(find_problems(manifest), manifest) if found.problem.kind == kind)


@pytest.mark.parametrize(
    ("manifest", "kind", "remedy", "paths"),
    [
        (
            changed(cat_1={"sha256": SAME}, cat_2={"sha256": SAME}),
            "duplicates", Remedy.LEAVE_COPIES_OUT, ("cat/1.png", "cat/2.png"),
        ),
        (
            changed(cat_0={"sha256": SAME}, cat_2={"sha256": SAME}),
            "leak", Remedy.MOVE_TO_TRAIN, ("cat/0.png", "cat/2.png"),
        ),
        (changed(cat_1={"excluded": "blurred"}), "excluded", Remedy.TAKE_IN, ("cat/1.png",)),
        (
            changed(cat_1={"label": "Cat"}, cat_2={"label": "Cat"}),
            "similar_names", Remedy.JOIN_CLASSES, tuple(f"cat/{number}.png" for number in range(5)),
        ),
    ],
)  # fmt: skip
def test_a_remedy_removes_its_problem(manifest: Manifest, kind: str, remedy: Remedy, paths: tuple[str, ...]) -> None:
    found = case(manifest, kind)
    assert (found.remedy, found.paths) == (remedy, paths)
    solved = apply_edits(manifest, edits_of(remedy, found.problem)(manifest))
    assert kind not in {problem.kind for problem in find_problems(solved)}


def test_what_people_must_decide_has_no_remedy() -> None:
    contradiction = changed(cat_1={"sha256": TWIN}, dog_1={"sha256": TWIN})
    assert case(contradiction, "two_classes").remedy is None
    assert case(contradiction, "two_classes").paths == ("cat/1.png", "dog/1.png")
    assert case(contradiction, "duplicates").remedy is None
    unreadable = changed(cat_1={"excluded": "damaged", "width": 0, "sha256": ""})
    assert case(unreadable, "excluded").remedy is None
    alone = changed(**{f"dog_{number}": {"excluded": "x"} for number in range(4)})
    assert case(alone, "small_class").paths == tuple(f"dog/{number}.png" for number in range(5))
    assert case(changed(dog_0={"split": Split.TRAIN}), "no_validation_image").remedy is Remedy.DIVIDE
    with pytest.raises(ValueError, match="data set"):
        edits_of(Remedy.DIVIDE, Problem("x", "y"))


def test_facts_come_last_and_kinds_that_nobody_knows_are_shown(qapp: QApplication, qtbot) -> None:
    deep = ImageRecord("cat/9.png", TWIN, "cat", Split.TRAIN, 8, 8, "I;16", note="Only the first of 2 frames is used")
    manifest = make_manifest(("cat", "dog"))
    manifest = Manifest((*manifest.records, deep), manifest.classes, PixelScaling(0, 1000))
    problems = (*find_problems(manifest), Problem("from_the_future", "Something new.", ("cat/1.png",)))
    theme = ThemeController(qapp)
    host = ProblemList(IconSet(theme, theme))
    qtbot.addWidget(host)
    host.set_cases(cases_of(problems, manifest), "")
    kinds = [row.case.problem.kind for row in host.rows]
    assert set(kinds[-3:]) == {"scaling", "mixed_depth", "note"}
    future = next(row for row in host.rows if row.case.problem.kind == "from_the_future")
    assert future.remedy is None
    assert future.show_images is not None
    host.set_cases(cases_of([Problem("note", f"Note {number}.") for number in range(99)], manifest), "")
    assert len(host.rows) == MAX_SHOWN
    assert "59 more are not listed" in host._end.text()
    host.set_cases((), "")
    assert "Nothing wrong" in host._end.text()

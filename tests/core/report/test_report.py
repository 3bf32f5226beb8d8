"""The whole page about imaginary runs: figures as elsewhere, hostile names, failures, thousands of classes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prediction_samples import hashes
from report_samples import add_run, answers_for, manifest_of, new_root, report_of
from tests.core.runs.test_races import make_race
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.evaluation.chosen import chosen_runs
from tlft_desktop.core.evaluation.comparison import compare_chosen
from tlft_desktop.core.evaluation.stored import evaluate_validation
from tlft_desktop.core.evaluation.tries import SELECTED_FOR_COMPARISON
from tlft_desktop.core.number_words import duration, interval, percent
from tlft_desktop.core.project.manifests import write_manifest
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.report.gathering import MAX_DETAILED
from tlft_desktop.core.report.run_reading import worst_mistakes
from tlft_desktop.core.report.stylesheet import STYLE
from tlft_desktop.core.report.writing import make_report
from tlft_desktop.core.runs.openings import Opening, OpeningLog
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.races import RaceEntry, RaceStore
from tlft_desktop.core.runs.status import write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Gate, Notice
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind, Phase, Strategy, StrategyKind
from tlft_desktop.paths import AppPaths

HOSTILE = "<script>alert('x')</script>&\"><img src=x onerror=1>"
FAILURE = {"kind": "memory", "title": "Out of memory", "message": "The memory was not enough.", "remedy": ""}


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """Return a project with two runs of the same images that differ."""
    manifest = manifest_of(("cat", "dog", "owl"), val=30)
    root = new_root(tmp_path, manifest)
    add_run(root, manifest, answers_for(manifest, 0.6), name="weak")
    add_run(root, manifest, answers_for(manifest, 0.95, seed=1), name="strong", seed=5)
    return root


def test_figures_are_those_of_compare_and_evaluate(pets: Path) -> None:
    _, page = report_of(pets)
    (pair,) = compare_chosen(chosen_runs(RunStore(pets)))
    _, row = page.rows("Pairs of runs on the same validation images")
    assert row[:3] == ["weak", "strong", f"{pair.difference_points:.1f}"]
    assert row[3] == f"[{pair.low:.1f}, {pair.high:.1f}]"
    assert [int(cell) for cell in row[6:]] == [pair.only_a_correct, pair.only_b_correct, pair.num_images]
    assert pair.sentence in page.section("overview").text
    assert pair.sentence in page.section("comparison").text
    for name, cells in zip(("weak", "strong"), page.rows("On the validation images")[1:], strict=True):
        run = RunStore(pets).resolve(name)
        evaluation = evaluate_validation(open_project_read_only(pets), run).evaluation
        metrics = evaluation.metrics
        assert cells[:4] == [name, "90", percent(metrics.accuracy), interval(metrics.low, metrics.high)]
        assert cells[4:6] == [percent(metrics.balanced_accuracy), percent(metrics.macro_f1)]
        assert cells[6:] == [f"{metrics.log_loss:.3f}", percent(evaluation.calibration.ece)]
        article = page.section(f"run-{run}")
        classes = page.rows("Class by class, on the validation images", article)[1:]
        assert [line[0] for line in classes] == ["cat", "dog", "owl"]
        assert [line[4] for line in classes] == [percent(item.recall) for item in metrics.classes]


def test_a_run_is_told_with_its_phases_gates_notices_and_curves(tmp_path: Path) -> None:
    manifest = manifest_of(("cat", "dog"), val=10)
    root = new_root(tmp_path, manifest)
    frozen = FreezePlan(frozen=frozenset({"conv_stem"}))
    phases = (
        Phase("head", frozen, 50, head=HeadSolver.CONVEX),
        Phase(
            "all", FreezePlan(), 3, optimizer=OptimizerKind.SGD, label_smoothing=0.1, mixup=0.2, balance_classes=True
        ),
    )
    events = [Gate(rule="headroom", decision="switch", reason="There is room."), Notice(kind="n", message="Halved.")]
    strategy = Strategy(StrategyKind.HYBRID, phases, target=0.9)
    run = add_run(root, manifest, answers_for(manifest), events=[*events, events[-1]], strategy=strategy)
    text, page = report_of(root, run)
    article = page.section(f"run-{run}")
    rows = page.rows("Phases", article)
    assert rows[1][:3] == ["head", "50", "L-BFGS"]
    assert rows[2][:3] == ["all", "3", "sgd"]
    assert "It went on. There is room." in article.text
    assert article.text.count("Halved.") == 1
    assert "Target of the gate: 90.0 %." in article.text
    assert len([plot for plot in page.all("svg", "plot") if plot.is_within(article)]) == 4
    methods = page.section("methods").text
    assert "L-BFGS" in methods
    assert "Nesterov momentum 0.9" in methods
    assert "mixup with alpha 0.2" in methods
    assert "classes weighted by the inverse of their size" in methods
    references = [item.text for item in page.all("li") if item.is_within(page.all("ol", "references")[0])]
    for name in ("Liu DC, Nocedal J", "Sutskever", "Szegedy", "Zhang", "Kumar", "Wilson", "Tan M, Le QV", "Paszke"):
        assert sum(item.startswith(name) for item in references) == 1
    assert not any(item.startswith(("McNemar", "Holm", "Loshchilov I, Hutter F (2019)")) for item in references)
    numbers = {
        int(part) for cited in text.split(" [")[1:] for part in cited.split("]")[0].split(", ") if part.isdigit()
    }
    assert set(range(1, len(references) + 1)) <= numbers


@pytest.mark.parametrize(("num_classes", "is_large"), [(3, False), (12, False), (13, True)])
def test_on_paper_the_reliability_diagram_keeps_a_readable_width(
    tmp_path: Path, num_classes: int, is_large: bool
) -> None:
    manifest = manifest_of([f"a class with a long name {number:02d}" for number in range(num_classes)], val=2)
    root = new_root(tmp_path, manifest)
    add_run(root, manifest, answers_for(manifest), epochs=0)
    _, page = report_of(root)
    (matrix,) = page.all("svg", "matrix")
    beside = [block for block in page.all("div", "pair") if matrix.is_within(block)]
    assert len(beside) == 1
    assert (beside == page.all("div", "large")) is is_large
    # What the columns hold must not widen them, and no rule for other plots may win over the one for the matrix.
    assert "grid-template-columns: minmax(0, 2fr) minmax(0, 3fr)" in STYLE
    assert "figure > .matrix { width: auto; max-width: 100%; }" in STYLE


def test_on_paper_headings_stay_with_what_they_head(pets: Path) -> None:
    text, page = report_of(pets)
    blocks = page.all("div", "whole")
    assert len(blocks) == 2
    assert all(block.text.startswith("Surest mistakes") for block in blocks)
    assert ".short, .whole { break-inside: avoid; }" in STYLE
    assert "tbody tr:nth-child(-n+2) { break-after: avoid; }" in STYLE
    assert text.count('<div class="scroll">') == 0, "tables of these few rows stay whole"


def test_a_choice_of_epochs_is_told_only_of_runs_that_had_one(tmp_path: Path) -> None:
    manifest = manifest_of(("cat", "dog"), val=10)
    root = new_root(tmp_path, manifest)
    add_run(root, manifest, answers_for(manifest), name="tuned", epochs=3)
    add_run(root, manifest, answers_for(manifest), name="once", epochs=1)
    limits = report_of(root)[1].section("limits").text
    assert "The validation images chose the network of 'tuned': one of 3 epochs. Other images" in limits
    assert "chose" not in report_of(root, "once")[1].section("limits").text


def test_a_race_tells_its_tries_and_that_the_best_was_selected(tmp_path: Path) -> None:
    manifest = manifest_of(("cat", "dog"), val=30)
    root = new_root(tmp_path, manifest)
    shares = (0.6, 0.7, 0.9)
    once, *tries = [add_run(root, manifest, answers_for(manifest, share, seed=1)) for share in shares]
    store = RunStore(root)
    status = store.status(tries[1])
    write_status(store.folder(tries[1]), replace(status, best={**(status.best or {}), "val_accuracy": 0.9}))
    tuned_entries = [RaceEntry(1, 0, run, attempt=n, learning_rate=3e-4 / 3**n) for n, run in enumerate(tries)]
    entries = [RaceEntry(0, 0, once), *tuned_entries]
    race = make_race(RaceStore(root), entries=tuple(entries), num_tries=2)
    _, page = report_of(root)
    header, transfer, tuned = page.rows("Standing of the race")
    assert (header[-2:], transfer[-2:], tuned[-2]) == (["tries", "mean time of all tries"], ["one", ""], "best of 2")
    _, first, second = page.rows("Tries of the race")
    assert ([first[4], second[4]], tuned[2]) == (["75.0 %", "90.0 %"], "90.0 %")
    assert [row[:3] + row[6:] for row in (first, second)] == [
        ["fine-tuning", "0", "0.0003", ""], ["fine-tuning", "0", "0.0001", "counts"],
    ]  # fmt: skip
    words = page.section("races").text
    assert "learning rates that each may try: 2" in words
    assert "is the best of 2 on the validation images, so its accuracy is validation-selected" in words
    assert SELECTED_FOR_COMPARISON in words
    assert (
        "The validation images chose the network of each run: one of up to 2 epochs and of 2 learning rates. Other"
    ) in page.section("limits").text
    methods = page.section("methods").text
    spent = duration(sum(store.summary(run).total_seconds for run in tries))
    assert (
        f"In race {race.race}, with each seed, fine-tuning tried 2 learning rates ({spent} of training for all of "
        "them); of these the run with the best accuracy on the validation images counts, so that its accuracy is "
        "validation-selected."
    ) in methods
    assert "transfer tried" not in methods
    RaceStore(root).save(replace(race, entries=tuple(entries[:2]), num_tries=1))
    _, page = report_of(root)
    assert page.rows("Standing of the race")[0][-1] == "best at"
    assert "tries" not in page.section("races").text
    assert "In race" not in page.section("methods").text


def test_names_of_others_are_text_and_nothing_else(tmp_path: Path) -> None:
    classes = (f"{HOSTILE}a", "b\u202eab", "c\ud800")
    manifest = manifest_of(classes, val=4)
    manifest = replace(manifest, records=tuple(replace(r, path=f"<i>{r.path}") for r in manifest.records))
    root = new_root(tmp_path, manifest, name=HOSTILE, data_source=f"/data/{HOSTILE}")
    strategy = Strategy(StrategyKind.CUSTOM, (Phase(HOSTILE, FreezePlan(frozen=frozenset({HOSTILE})), 2),))
    notice = Notice(kind="n", message=f"note {HOSTILE}")
    for seed in (0, 1):
        add_run(
            root,
            manifest,
            answers_for(manifest, 0.4, seed=seed),
            name=f"{HOSTILE}{seed}",
            note=HOSTILE,
            events=[notice],
            strategy=strategy,
            versions={"torch": HOSTILE},
        )
    text, page = report_of(root)
    assert page.all("script") == []
    assert "<i>" not in text
    assert {"\u202e", "\ud800"}.isdisjoint(text)
    assert page.all("h1")[0].text == f"Report: {HOSTILE}"
    assert f"note {HOSTILE}" in page.section("details").text
    assert HOSTILE in page.section("runs").text
    assert HOSTILE in page.section("methods").text


def test_a_run_that_failed_or_is_damaged_is_listed_with_why(pets: Path) -> None:
    manifest = manifest_of(("cat", "dog", "owl"), val=30)
    add_run(pets, manifest, None, name="broke", state="failed", failure=FAILURE)
    add_run(pets, manifest, None, name="halted", state="stopped")
    store = RunStore(pets)
    lost = add_run(pets, manifest, answers_for(manifest), name="lost answers")
    (store.folder(lost) / "predictions.safetensors").write_bytes(b"nothing")
    gone = add_run(pets, manifest, None, name="gone")
    (store.folder(gone) / "run.json").write_text("{", encoding="utf-8")
    _, page = report_of(pets)
    states = {row[0]: row[1] for row in page.rows("The runs")[1:]}
    assert (states["broke"], states["halted"], states["gone"]) == ("failed", "stopped", "damaged")
    said = page.section("runs").text
    assert "broke: It failed: The memory was not enough." in said
    assert "halted: It was stopped before its end." in said
    assert "lost answers: Its answers cannot be used." in said
    assert "gone: " in said
    assert "Runs that failed or cannot be read: 2" in page.section("overview").text
    # What can be compared still is, as if the others were not there.
    assert len(page.rows("Pairs of runs on the same validation images")) == 2
    assert "predictions.safetensors" in page.section(f"run-{lost}").text
    assert "run.json" in page.section(f"run-{gone}").text


def test_runs_of_other_images_are_explained_and_not_compared(pets: Path) -> None:
    first = manifest_of(("cat", "dog", "owl"), val=30)
    moved = replace(
        first, records=tuple(replace(r, label="owl" if r.label == "cat" else r.label) for r in first.records)
    )
    other = manifest_of(("cat", "dog", "owl"), val=20, first=5000)
    for name, manifest in (("moved", moved), ("elsewhere", other)):
        write_manifest(pets, manifest)
        add_run(pets, manifest, answers_for(manifest), name=name)
    _, page = report_of(pets)
    comparison = page.section("comparison").text
    assert "weak and elsewhere cannot be compared: they were validated on different images" in comparison
    assert "moved cannot be compared: 30 of their 90 validation images got another class" in comparison
    pairs = [row[:2] for row in page.rows("Pairs of runs on the same validation images")[1:]]
    assert pairs == [["weak", "strong"]]
    data = page.section("data").text
    assert "The runs used 3 different lists of images." in data
    assert "32 with another class" in data
    assert "The runs used 3 different lists" in page.section("methods").text


def test_thousands_of_classes_give_a_short_page_that_says_what_is_left_out(tmp_path: Path) -> None:
    manifest = manifest_of([f"class {number:04d}" for number in range(5000)], train=1, val=1)
    root = new_root(tmp_path, manifest)
    labels = np.arange(5000)
    logits = np.zeros((5000, 5000), dtype=np.float32)
    logits[labels, (labels + (labels % 3 == 0)) % 5000] = 5
    hashes_of_val = tuple(record.sha256 for record in manifest.records[1::2])
    add_run(root, manifest, Predictions(logits, labels, hashes_of_val, manifest.classes))
    text, page = report_of(root)
    assert len(text) < 300_000
    assert len(page.rows("Images of each class")) == 41
    assert "Classes left out of the table: 4,960." in page.section("data").text
    details = page.section("details").text
    assert "Classes left out: 4,980. Shown are the 20 with the lowest recall" in details
    assert "Other pairs of classes that were mistaken: 1,657." in details
    assert "Confusion matrix" not in text
    assert "'class 0000', 'class 0001'" in page.section("limits").text
    assert "and 4,990 more classes" in page.section("limits").text


def test_of_many_runs_the_best_are_told_in_detail_and_a_named_one_always(tmp_path: Path) -> None:
    manifest = manifest_of(("cat", "dog"), val=8)
    root = new_root(tmp_path, manifest)
    runs = [add_run(root, manifest, answers_for(manifest, 0.1 * n, seed=n), name=f"run no {n}") for n in range(11)]
    runs.append(add_run(root, manifest, None, name="halted", state="stopped"))
    _, page = report_of(root)
    assert len(page.rows("The runs")) == 13
    assert "halted: It was stopped before its end." in page.section("runs").text
    assert len(page.all("article")) == MAX_DETAILED
    assert f"The {MAX_DETAILED} best of 12 runs are told in detail" in page.section("runs").text
    assert page.section("repeat").text.endswith(f"tlft compare {root} --html report.html")
    _, page = report_of(root, *runs)
    assert len(page.all("article")) == 12
    # All pairs, as `tlft compare` has them of runs that are named; the table says which it leaves out.
    assert "Pairs left out here: 25." in page.section("comparison").text


def test_one_run_is_enough_and_none_is_not(tmp_path: Path) -> None:
    manifest = manifest_of(("cat", "dog"), val=8)
    root = new_root(tmp_path, manifest)
    with pytest.raises(InputError, match="no runs yet"):
        report_of(root)
    run = add_run(root, manifest, answers_for(manifest))
    _, page = report_of(root, run)
    assert "transfer 1 has a validation accuracy of" in page.section("overview").text
    assert "this report has fewer" in page.section("comparison").text
    with pytest.raises(InputError, match="no run 'nothing'"):
        report_of(root, "nothing")


def test_test_images_are_told_with_the_number_of_looks_and_not_counted(pets: Path) -> None:
    run = RunStore(pets).resolve("strong")
    folder = RunStore(pets).folder(run) / "test"
    folder.mkdir()
    labels = np.array([0, 1, 2, 0])
    write_predictions(folder, Predictions(5 * np.eye(3)[[0, 1, 2, 1]], labels, hashes(4), ("cat", "dog", "owl")))
    log = OpeningLog(pets)
    for stored in (False, True):
        log.append(Opening(run, RunStore(pets).summary(run).best_epoch, 4, "2026-11-24T08:00:00+00:00", stored))
    _, page = report_of(pets)
    assert page.rows("On the test images")[1][:3] == ["strong", "4", "75.0 %"]
    assert "The test images were looked at 2 times" in page.section("overview").text
    assert "looked at 2 times, by 1 run" in page.section("limits").text
    assert log.count() == 2
    log.path.unlink()
    log.path.mkdir()
    _, page = report_of(pets)
    assert "How often the test images were looked at cannot be told." in page.section("overview").text


def test_a_list_of_images_that_is_gone_is_told(pets: Path) -> None:
    for path in (pets / "manifests").iterdir():
        path.unlink()
    _, page = report_of(pets)
    assert "is missing" in page.section("data").text
    assert "is missing" in page.section("repeat").text
    assert len(page.rows("On the validation images")) == 3


def test_images_that_cannot_be_read_say_why_in_their_place(pets: Path) -> None:
    _, page = report_of(pets)
    missing = page.all("div", "missing")
    assert missing
    assert all(item.text for item in missing)
    assert page.all("img") == []


def test_the_surest_mistakes_come_first_and_no_answer_is_none() -> None:
    logits = np.array([[3, 0], [0, 1], [0, 4], [np.nan, 0], [0, 2]], dtype=np.float32)
    found = worst_mistakes(Predictions(logits, np.zeros(5, dtype=np.int64), hashes(5), ("cat", "dog")), 2)
    assert [(item.sha256, item.label, item.answer) for item in found] == [
        (hashes(5)[2], "cat", "dog"),
        (hashes(5)[4], "cat", "dog"),
    ]


def test_a_stop_ends_the_work_before_anything_is_made(pets: Path) -> None:
    control = Control()
    steps = make_report(open_project_read_only(pets), paths=AppPaths.below(pets.parent / "home"), control=control)
    next(steps)
    control.request_stop()
    with pytest.raises(StoppedError):
        list(steps)

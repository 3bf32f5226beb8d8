"""What programs read: the keys of every JSON line, and what the values mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CLASSES, Result, World, records, tlft
from tlft_desktop.core.models.catalog import BackboneEntry
from tlft_desktop.core.models.weights_folder import Availability, availability
from tlft_desktop.core.workflows import sweep

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]
BUNDLED = [f"timm:tf_efficientnet_lite{depth}" for depth in range(3)]

KEYS = {
    "data": {"class", "train", "val", "test", "excluded"},
    "data summary": {"summary", "images", "classes", "problems", "manifest"},
    "backbones": {"backbone", "parameters", "macs", "input_size", "top1", "licence", "weights"},
    "layers": {"path", "kind", "type", "parameters", "macs", "output_shape", "stage", "frozen", "rate_factor"},
    "depth-curve": {"cut", "frozen_share", "accuracy", "low", "high", "knn_accuracy", "seconds"},
    "advise": {"strategy", "runner_up", "confidence", "reasons", "expected"},
    "sweep": {"backbone", "image_size", "accuracy", "low", "high", "knn_accuracy", "image_ms", "parameters", "problem"},
    "runs": {
        *("run", "name", "strategy", "state", "val_accuracy", "low", "high", "best_epoch", "total_seconds"),
        *("peak_memory_bytes", "trainable_parameters", "frozen_proof", "started"),
    },
    "evaluate": {
        *("split", "num_images", "accuracy", "low", "high", "balanced_accuracy", "macro_f1", "log_loss", "confusion"),
        "classes",
    },
    "compare": {"a", "b", "difference_points", "low", "high", "p_value", "sentence"},
    "predict": {"path", "class", "probability", "top", "error", "run"},
    "check": {"path", "problem"},
    "check summary": {"summary", "checked", "damaged"},
    "doctor": {"app", "python", "torch", "qt", "devices", "directories", "threads", "free_disk_bytes"},
}
EVENT_KEYS = {
    "fit_start": {
        *("strategy", "phases", "backbone", "num_classes", "num_train", "num_val", "device", "numerics", "seed"),
        *("trainable_parameters", "total_parameters", "manifest"),
    },
    "phase_start": {"phase", "index", "trainable_parameters", "frozen_owners", "cache"},
    "cache_progress": {"done", "total"},
    "batch_end": {"step", "loss", "learning_rates", "images_per_second"},
    "validation_end": {
        *("phase", "epoch", "val_loss", "val_accuracy", "val_accuracy_low", "val_accuracy_high", "val_macro_f1"),
    },
    "epoch_end": {
        *("phase", "epoch", "phase_epoch", "train_loss", "train_accuracy", "epoch_seconds", "images_per_second"),
        "peak_memory_bytes",
    },
    "heat": {"phase", "epoch", "owners"},
    "gate": {"rule", "decision", "reason"},
    "checkpoint": {"step", "kind", "bytes"},
    "notice": {"kind", "message"},
    "fit_end": {"state", "best", "frozen_proof", "total_seconds", "failure"},
}


def test_the_events_of_training_have_the_promised_keys(world: World) -> None:
    seen = set()
    for run, proof in ((world.transfer, "verified"), (world.finetune, "none frozen")):
        for event in run:
            name = event["event"]
            seen.add(name)
            assert set(event) >= {"event", "run", "seq", "seconds", *EVENT_KEYS[name]}, name
        numbered = [event["seq"] for event in run if event["seq"]]
        assert numbered == list(range(1, len(numbered) + 1))
        assert [event["seconds"] for event in run] == sorted(event["seconds"] for event in run)
        assert (run[-1]["event"], run[-1]["state"], run[-1]["frozen_proof"]) == ("fit_end", "completed", proof)
    assert seen >= {"fit_start", "phase_start", "cache_progress", "epoch_end", "validation_end", "checkpoint"}


@pytest.mark.parametrize(
    "name", ["data", "backbones", "layers", "depth-curve", "runs", "compare", "evaluate", "predict", "check", "doctor"]
)
def test_every_command_prints_the_promised_keys(name: str, world: World) -> None:
    project = [] if name in ("backbones", "doctor") else [world.project]
    others = {"predict": [world.images / "red" / "000.png"], "evaluate": ["best"]}.get(name, [])
    lines = records(tlft(name, *project, *others, "--json", home=world.home))
    for line in lines:
        assert set(line) >= KEYS[f"{name} summary" if line.get("summary") is True else name]
    assert (lines[-1].get("summary") is True) == (name in ("data", "check"))


def test_an_advice_is_the_last_line_and_its_reasons_come_before(world: World, run: Caller) -> None:
    *events, advice = records(run("advise", world.project, "--json"))
    assert set(advice) >= KEYS["advise"]
    assert {event["event"] for event in events} == {"reason"}
    assert [{**reason, "event": "reason"} for reason in advice["reasons"][1:]] == events
    assert advice["confidence"] in ("low", "medium", "high")
    assert {advice["strategy"], advice["runner_up"]} <= set(advice["expected"])
    for expected in advice["expected"].values():
        assert 0 <= expected["low"] <= expected["accuracy"] <= expected["high"] <= 1
        assert expected["seconds"] > 0
        assert expected["memory_bytes"] > 0


def test_an_advice_in_words_ends_with_what_each_way_takes(world: World, run: Caller) -> None:
    lines = run("advise", world.project).stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("Advice: "))
    assert any("training images of 3 classes" in line for line in lines[:place])
    assert sum(line.endswith(("advised", "runner-up")) for line in lines[place:]) == 2


def test_a_sweep_prints_a_line_for_each_candidate(world: World, run: Caller) -> None:
    lines = records(run("sweep", world.project, "--over", "backbone", "--json"))
    assert [line["backbone"] for line in lines] == BUNDLED
    for line in lines:
        assert set(line) >= KEYS["sweep"]
        assert 0 <= line["low"] <= line["accuracy"] <= line["high"] <= 1
        assert line["image_ms"] > 0
    shown = run("sweep", world.project, "--over", "backbone")
    assert all(name in shown.stdout for name in BUNDLED)
    assert "Only one network" not in shown.stdout


def test_a_sweep_over_one_network_says_how_to_get_another(
    world: World, run: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_first(folder: Path, entry: BackboneEntry, site: Path | None) -> Availability:
        return availability(folder, entry, site) if entry.name == BUNDLED[0] else Availability.DOWNLOAD

    monkeypatch.setattr(sweep, "availability", only_the_first)
    shown = run("sweep", world.project, "--over", "backbone")
    assert "best, and quickest of the best" in shown.stdout
    assert "Only one network is on this machine" in shown.stdout


def test_what_the_lines_of_a_project_say(world: World, run: Caller) -> None:
    *classes, summary = records(run("data", world.project, "--json"))
    assert [line["class"] for line in classes] == list(CLASSES)
    assert all(line["train"] + line["val"] == 14 for line in classes)
    assert (summary["images"], summary["classes"], len(summary["manifest"])) == (42, 3, 64)
    nodes = {line["path"]: line for line in records(run("layers", world.project, "--json"))}
    assert nodes[""]["frozen"] is None
    assert (nodes["conv_stem"]["frozen"], nodes["classifier"]["frozen"]) == (True, False)
    assert nodes["classifier"]["output_shape"] == [3]
    assert nodes["act1"]["frozen"] is False if "act1" in nodes else True


def test_what_the_lines_of_runs_and_comparisons_say(world: World, run: Caller) -> None:
    first, second = records(run("runs", world.project, "--json"))[:2]
    assert (first["strategy"], second["strategy"]) == ("transfer", "finetune")
    assert first["run"] == world.transfer[0]["run"]
    assert 0 <= first["low"] <= first["val_accuracy"] <= first["high"] <= 1
    (pair,) = records(run("compare", world.project, first["run"], second["run"], "--json"))
    assert (pair["a"], pair["b"]) == (first["run"], second["run"])
    assert pair["difference_points"] == pytest.approx(100 * (first["val_accuracy"] - second["val_accuracy"]))


def test_the_catalogue_offline_lists_what_is_here(run: Caller) -> None:
    everything, here = records(run("backbones", "--json")), records(run("backbones", "--offline", "--json"))
    assert len(everything) >= 25
    assert {line["weights"] for line in here} <= {"bundled", "site", "cached", "file"}
    assert [line["backbone"] for line in here] == BUNDLED

"""What a run took: in words after training and of one run, in the lines for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from command_line import Result, World, records, sentence
from tlft_desktop.commands.resource_words import energy_sentence, resource_sentences, time_sentence
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.runs.resources import RunResources

Caller = Callable[..., Result]
PARTS = {"loading": 12.0, "frozen": 20.0, "training": 25.0, "validation": 3.0, "saving": 0.04, "other": 0.96}


def test_time_in_words() -> None:
    assert time_sentence(61.0, PARTS) == (
        "Of 1 min 01 s: 12.0 s waiting for images, 20.0 s frozen layers (computed once), 25.0 s training, 3.0 s "
        "validation, 1.0 s other."
    )
    assert time_sentence(61.0, {}) == time_sentence(0.0, dict.fromkeys(PARTS, 0.0)) == ""


@pytest.mark.parametrize(
    ("joules", "text"),
    [
        (0.0, "Energy: 0 J (0 Wh)"),
        (812.4, "Energy: 812 J (0.226 Wh)"),
        (36_000.0, "Energy: 36 kJ (10 Wh)"),
        (999.6, "Energy: 1 kJ (0.278 Wh)"),
        (7_200_000.0, "Energy: 7.2 MJ (2 kWh)"),
    ],
)
def test_energy_in_words(joules: float, text: str) -> None:
    said = energy_sentence(joules, "processor")
    assert said == f"{text} of the whole processor, whatever else ran on it."
    assert energy_sentence(None, "") == ""


def test_everything_in_words() -> None:
    taken = RunResources(61.0, PARTS, 2**30, None, "", 20_490, 4_652_008, 20_490 / 4_652_008, 50_000)
    assert list(resource_sentences(taken))[::2] == [
        "20,490 of 4,652,008 parameters trained (0.4 %).",
        "Peak memory: 1.0 GiB.",
    ]
    of_an_old_run = RunResources(0.0, {}, 0, 5.0, "processor", 0, 0, None, 50_000)
    assert [text.partition(":")[0] for text in resource_sentences(of_an_old_run)] == ["Energy", "On the disk"]


@pytest.mark.slow
def test_a_run_tells_what_it_took(world: World, run: Caller) -> None:
    (line,) = records(run("runs", world.project, "fine-tuning 2", "--json"))
    end = world.finetune[-1]
    assert line["seconds_by_part"] == end["seconds_by_part"]
    assert sum(line["seconds_by_part"].values()) == pytest.approx(line["total_seconds"], abs=0.002)
    assert line["seconds_by_part"]["saving"] > 0
    assert (line["energy_joules"], line["energy_of"]) == (end["energy_joules"], end["energy_of"])
    assert line["size_bytes"] > 1_000_000
    shown = run("runs", world.project, "fine-tuning 2")
    assert "Of " in shown.stdout
    assert " training, " in shown.stdout
    assert "On the disk: " in shown.stdout
    assert "transfer" not in shown.stdout
    assert "On the disk" not in run("runs", world.project).stdout
    refused = run("runs", world.project, "nowhere")
    assert refused.returncode == ExitCode.BAD_INPUT
    assert "There is no run 'nowhere'" in sentence(refused)


@pytest.mark.slow
def test_comparisons_and_evaluations_tell_it_too(world: World, run: Caller) -> None:
    (of_run,) = records(run("runs", world.project, "transfer 1", "--json"))
    (evaluated,) = records(run("evaluate", world.project, "transfer 1", "--json"))
    taken = evaluated["resources"]
    assert all(of_run[key] == value for key, value in taken.items() if key != "trainable_share")
    assert taken["trainable_share"] == of_run["trainable_parameters"] / of_run["total_parameters"]
    (pair,) = records(run("compare", world.project, "transfer 1", "fine-tuning 2", "--json"))
    assert pair["resources_a" if pair["a"] == of_run["run"] else "resources_b"] == taken

"""`tlft train`: words, strategies from files, signals, kills, full disks and readers that go away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import COMMAND, TUNING, Result, World, environment, events, records, sentence, start, tlft
from tlft_desktop.core.errors import ExitCode

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


def test_training_is_told_in_words(world: World, run: Caller) -> None:
    result = run("train", world.project, "--strategy", "hybrid", "--epochs", 1, "--target", 0.1, "--threads", 1)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    for text in ("Decision (stop): Validation accuracy", "step    1", "% [", "(95 % interval", "peak memory"):
        assert text in result.stdout, result.stdout
    assert "What was frozen is unchanged to the bit." in result.stdout
    assert "Completed: run " in result.stdout
    quiet = run("train", world.project, "--strategy", "transfer", "--quiet")
    assert [line.split()[0] for line in quiet.stdout.splitlines()] == ["Validation", "What", "Completed:"]


def test_steps_towards_a_head_that_is_solved_are_told_now_and_then(world: World, run: Caller) -> None:
    num_steps = sum(line["event"] == "validation_end" for line in world.transfer)
    assert num_steps > 10, "programs get every step"
    words = run("train", world.project, "--strategy", "transfer").stdout
    told = [int(line.split()[1]) for line in words.splitlines() if line.startswith("step ")]
    assert told == [*(2**power for power in range(20) if 2**power < num_steps), num_steps]
    assert "epoch" not in words
    assert f"with the head solved in {num_steps} steps; " in words
    shown = {line.split()[-1]: line for line in run("runs", world.project).stdout.splitlines()}
    assert f"solved ({num_steps} steps)" in shown[world.transfer[0]["run"]]
    assert " of 2 " in shown[world.finetune[0]["run"]]
    assert records(run("runs", world.project, "--json"))[0]["best_epoch"] == num_steps


def test_a_run_that_froze_no_layer_says_so(world: World, run: Caller) -> None:
    assert world.finetune[-1]["frozen_proof"] == "none frozen"
    shown = {line.split()[-1]: line for line in run("runs", world.project).stdout.splitlines()}
    assert "none frozen" in shown[world.finetune[0]["run"]]
    assert "verified" in shown[world.transfer[0]["run"]]
    quiet = run("train", world.project, *TUNING, "--epochs", 1, "--quiet").stdout.splitlines()
    assert quiet[1] == "No layer was frozen."


def test_a_time_budget_is_the_time_of_the_run_and_says_that_it_ended_it(world: World, run: Caller) -> None:
    # Too short for as many epochs without gain as would end the run before.
    budget = 1.0
    lines = records(run("train", world.project, *TUNING, "--epochs", 5000, "--budget", budget, "--json"))
    end, epochs = lines[-1], [line for line in lines if line["event"] == "epoch_end"]
    said = [line["message"] for line in lines if line["event"] == "notice" and line["kind"] == "budget"]
    assert end["state"] == "completed"
    assert said[-1] == end["budget"]["message"]
    assert said[-1].startswith(f"The time budget of 1 s ended the run after epoch {len(epochs)} of 5000")
    # By the clock of the run, what is begun is begun within the budget: only the last step and epoch may end behind it.
    for event in ("batch_end", "epoch_end"):
        assert all(line["seconds"] <= budget for line in [line for line in lines if line["event"] == event][:-1])
    for options in ((), ("--quiet",)):
        words = run("train", world.project, *TUNING, "--epochs", 5000, "--budget", 0.5, *options).stdout.splitlines()
        assert sum("The time budget of 0.5 s ended the run after epoch " in line for line in words) == 1


def test_a_numeric_mode_is_recorded_and_an_unknown_one_refused(world: World, run: Caller) -> None:
    lines = records(run("train", world.project, *TUNING, "--epochs", 1, "--numeric", "reference", "--json"))
    kept = json.loads((world.project / "runs" / lines[0]["run"] / "run.json").read_bytes())["numerics"]
    assert (kept["dtype"], kept["memory_format"]) == ("float32", "contiguous")
    assert lines[0]["numerics"] == kept
    refused = run("train", world.project, *TUNING, "--numeric", "fp16")
    assert refused.returncode == ExitCode.USAGE
    for word in ("auto", "reference", "fp32-channels-last", "bf16", "bf16-channels-last"):
        assert f"'{word}'" in refused.stderr or word in refused.stderr
    useless = run("train", world.project, "--resume", "last", "--numeric", "reference")
    assert useless.returncode == ExitCode.USAGE
    assert "Leave out --numeric" in sentence(useless)


def test_several_strategies_train_one_after_the_other(world: World, run: Caller, tmp_path: Path) -> None:
    head, tuning = (
        json.loads((world.project / "runs" / lines[0]["run"] / "run.json").read_bytes())["strategy"]
        for lines in (world.transfer, world.finetune)
    )
    frozen = head["phases"][0]["plan"]["frozen"]
    phase = tuning["phases"][0]
    phase["plan"]["frozen"] = [owner for owner in frozen if not owner.startswith(("blocks.6", "conv_head"))]
    phase |= {"views": 2, "epochs": 3}
    path = tmp_path / "partly.json"
    path.write_text(json.dumps(tuning | {"kind": "custom"}), encoding="utf-8")
    # A mode of their own, so that no other run has computed their rows.
    both = ("--strategy", "transfer", "--strategy", path, "--threads", 1, "--numeric", "fp32-channels-last")
    lines = records(run("train", world.project, *both, "--json"))
    ends = [line for line in lines if line["event"] == "fit_end"]
    starts = [line for line in lines if line["event"] == "fit_start"]
    assert [line["strategy"] for line in starts] == ["transfer", "custom"]
    assert [line["state"] for line in ends] == ["completed", "completed"]
    assert [line["run"] for line in ends] == [line["run"] for line in starts]
    runs = list(dict.fromkeys(line["run"] for line in lines))
    assert runs == [line["run"] for line in starts], "the events of one run, then those of the next"
    phases = [line for line in lines if line["event"] == "phase_start"]
    assert [phase["cache"]["hit"] for phase in phases] == [True, True], "one pass before the first"
    words = run("train", world.project, *both, "--quiet").stdout.splitlines()
    assert [line.split()[0] for line in words].count("Completed:") == 2


def test_of_several_strategies_none_starts_where_one_cannot(world: World, run: Caller) -> None:
    before = run("runs", world.project).stdout
    result = run("train", world.project, "--strategy", "finetune", "--strategy", "transfer", "--batch-size", 8)
    assert result.returncode == ExitCode.USAGE
    assert "batch size" in sentence(result)
    assert run("runs", world.project).stdout == before


@POSIX
def test_a_stop_ends_all_runs_that_are_left(world: World) -> None:
    both = (*TUNING, "--strategy", "finetune", "--epochs", 5000)
    lines: list[dict[str, object]] = []
    with start("train", world.project, *both, "--json", home=world.home) as process:
        for event in events(process):
            if event["event"] == "epoch_end" and not any(line["event"] == "epoch_end" for line in lines):
                process.send_signal(signal.SIGINT)
            lines.append(event)
    assert process.returncode == ExitCode.STOPPED
    assert [line["state"] for line in lines if line["event"] == "fit_end"] == ["stopped"]


def test_a_strategy_from_a_file_runs_word_for_word(world: World, run: Caller, tmp_path: Path) -> None:
    config = json.loads((world.project / "runs" / world.finetune[0]["run"] / "run.json").read_bytes())
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(config["strategy"] | {"kind": "custom"}), encoding="utf-8")
    started = records(run("train", world.project, "--strategy", path, "--batch-size", 8, "--threads", 1, "--json"))[0]
    assert started["strategy"] == "custom"
    assert world.metrics(started["run"]) == world.metrics(world.finetune[0]["run"])
    refused = run("train", world.project, "--strategy", path, "--epochs", 3)
    assert refused.returncode == ExitCode.USAGE
    assert "the strategy file says it" in sentence(refused)


def test_the_cache_is_emptied_and_filled_again(world: World, run: Caller) -> None:
    assert run("cache", "prune").returncode == 0
    assert "0 bytes" in run("cache", "size").stdout
    again = records(run("train", world.project, "--strategy", "transfer", "--json"))
    assert world.metrics(again[0]["run"]) == world.metrics(world.transfer[0]["run"])


def test_f1_a_project_that_is_open_elsewhere_says_who_has_it(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    holder = start("train", project, *TUNING, "--epochs", 500, "--json", home=world.home)
    try:
        next(event for event in events(holder) if event["event"] == "phase_start")
        result = run("train", project, "--strategy", "transfer")
        assert result.returncode == ExitCode.BAD_INPUT
        assert f"process {holder.pid}" in sentence(result)
        assert records(run("runs", project, "--json"))[-1]["state"] == "running"
    finally:
        holder.kill()
        holder.communicate()
    assert records(run("runs", project, "--json"))[-1]["state"] == "interrupted"


@POSIX
def test_b11_a_signal_saves_and_exits_with_4_and_the_run_goes_on_to_the_bit(world: World, run: Caller) -> None:
    options = ("train", world.project, *TUNING, "--epochs", 4, "--seed", 15, "--json")
    whole = records(run(*options))[0]["run"]
    process = start(*options, home=world.home)
    stream = events(process)
    name = next(event["run"] for event in stream if event["event"] == "epoch_end")
    process.send_signal(signal.SIGTERM)
    *_, last = stream
    _, words = process.communicate()
    assert process.returncode == ExitCode.STOPPED
    assert (last["event"], last["state"]) == ("fit_end", "stopped")
    assert words.strip() == "stopping... what is done is saved; once more ends at once"
    stopped = {line["run"]: line["state"] for line in records(run("runs", world.project, "--json"))}
    assert stopped[name] == "stopped"
    resumed = records(run("train", world.project, "--resume", "last", "--json"))
    assert (resumed[-1]["run"], resumed[-1]["state"]) == (name, "completed")
    assert [event["kind"] for event in resumed if event["event"] == "notice"] == ["resumed"]
    assert world.metrics(name) == world.metrics(whole)


@POSIX
def test_b11_after_a_signal_no_more_than_the_step_in_work_is_done(world: World, tmp_path: Path) -> None:
    words = [*COMMAND, "train", world.copy(tmp_path), *TUNING, "--epochs", 500, "--json"]
    # In one stream it is seen what was said before the signal came and what behind it.
    with subprocess.Popen(
        [*map(str, words)], env=environment(world.home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if '"epoch_end"' in line)
        process.send_signal(signal.SIGTERM)
        next(line for line in process.stdout if line.startswith("stopping..."))
        behind = [json.loads(line)["event"] for line in process.stdout]
    assert process.returncode == ExitCode.STOPPED
    assert behind[-2:] == ["checkpoint", "fit_end"]
    # The step in work may have been the last one of its epoch.
    for event in ("batch_end", "validation_end", "epoch_end"):
        assert behind.count(event) <= 1


@POSIX
def test_b11_the_second_signal_ends_at_once(world: World, tmp_path: Path) -> None:
    process = start("train", world.copy(tmp_path), *TUNING, "--epochs", 500, "--json", home=world.home)
    stream = events(process)
    next(event for event in stream if event["event"] == "epoch_end")
    # Both come together, however slow this process is to send them.
    for number in (signal.SIGSTOP, signal.SIGINT, signal.SIGTERM, signal.SIGCONT):
        process.send_signal(number)
    assert "fit_end" not in [event["event"] for event in stream]
    process.communicate()
    assert process.returncode == ExitCode.STOPPED


@POSIX
def test_a_signal_while_libraries_load_ends_at_once(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    before = records(run("runs", project, "--json"))
    log = world.home / "log" / "tlft.log"
    size = log.stat().st_size
    process = start("train", project, *TUNING, "--epochs", 500, "--json", home=world.home)
    while log.stat().st_size == size:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    output, words = process.communicate()
    assert (process.returncode, output, words) == (ExitCode.STOPPED, "", "tlft: stopped.\n")
    assert records(run("runs", project, "--json")) == before


@POSIX
@pytest.mark.parametrize(("moment", "epoch"), [("phase_start", 0), ("epoch_end", 2)])
def test_a_killed_run_is_shown_as_interrupted_and_goes_on_to_the_bit(
    world: World, run: Caller, moment: str, epoch: int
) -> None:
    options = ("train", world.project, *TUNING, "--epochs", 3, "--seed", len(moment), "--json")
    whole = records(run(*options))[0]["run"]
    process = start(*options, home=world.home)
    name = next(event["run"] for event in events(process) if (event["event"], event.get("epoch")) == (moment, epoch))
    process.kill()
    process.communicate()
    has_checkpoint = any((world.project / "runs" / name / "checkpoints").glob("0*"))
    assert has_checkpoint == (moment == "epoch_end")
    shown = {line["run"]: line for line in records(run("runs", world.project, "--json"))}[name]
    assert (shown["state"], shown["resumable"]) == ("interrupted", True)
    assert f"--resume {name}" in run("runs", world.project).stdout
    assert records(run("train", world.project, "--resume", name, "--json"))[-1]["state"] == "completed"
    assert world.metrics(name) == world.metrics(whole)


@POSIX
def test_a_full_disk_exits_with_5_names_the_file_and_the_run_goes_on(world: World, run: Caller, tmp_path: Path) -> None:
    import resource

    def limit_file_size() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

    project = world.copy(tmp_path)
    options = ("train", project, *TUNING, "--epochs", 2, "--json")
    process = tlft(*options, home=world.home, preexec_fn=limit_file_size)
    assert process.returncode == ExitCode.OUT_OF_RESOURCE
    last = json.loads(process.stdout.splitlines()[-1])
    assert (last["event"], last["state"]) == ("fit_end", "failed")
    explanation, advice = process.stderr.splitlines()
    assert "The disk is full" in explanation
    assert "checkpoints" in explanation
    assert f"--resume {last['run']}" in advice
    assert records(run("train", project, "--resume", "last", "--json"))[-1]["state"] == "completed"


def test_a_run_that_would_fail_again_at_once_is_not_offered_again(world: World, run: Caller) -> None:
    result = run("train", world.project, *TUNING, "--epochs", 2, "--lr", 1e30, "--json")
    assert result.returncode == ExitCode.BAD_INPUT
    failure = json.loads(result.stdout.splitlines()[-1])["failure"]
    assert (failure["resumable"], failure["remedy"]) == (False, "Start again with a lower learning rate.")
    assert "--resume" not in result.stderr
    assert result.stderr.count("lower learning rate") == 1


def test_self_test_passes(profile: Path) -> None:
    process = tlft("self-test", home=profile)
    assert process.returncode == 0, process.stderr
    assert "network trained" in process.stdout
    assert "The self-test passed." in process.stdout

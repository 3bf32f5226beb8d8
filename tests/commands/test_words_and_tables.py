"""What people read: tables, sentences, and the words for input that cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, World, call, records, sentence
from image_files import encode, picture, write
from tlft_desktop.commands import words
from tlft_desktop.commands.output import time_left
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.values.strategy import StrategyKind

Caller = Callable[..., Result]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (words.percent(0.8125), "81.2 %"),
        (words.percent(None), "-"),
        (words.interval(0.5, 0.75), "[50.0, 75.0]"),
        (words.interval(None, None), ""),
        (words.duration(3.14), "3.1 s"),
        (words.duration(125), "2 min 05 s"),
        (words.duration(3725), "1 h 02 min"),
        (words.size(999), "999 bytes"),
        (words.size(13_696_396), "13.1 MiB"),
        (words.size(1024), "1.0 KiB"),
        (words.size(2**20 - 1), "1.0 MiB"),
        (words.size(2**30), "1.0 GiB"),
        (words.short_count(3_374_851), "3.37 M"),
        (words.sentence("open the window"), "Open the window."),
        (words.plural(1, "class"), "1 class"),
        (words.plural(1797, "image"), "1,797 images"),
        (words.plural(3, "class"), "3 classes"),
        (words.plural(2, "batch"), "2 batches"),
        (words.plural(30, "epoch"), "30 epochs"),
        (time_left(10, 0.25), "about 30 s left"),
        (time_left(60, 0.1), "about 9 min left"),
        (time_left(10, 0.0), ""),
        (time_left(0.5, 0.5), ""),
    ],
)
def test_numbers_in_words(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.slow
def test_tables_and_sentences(world: World, run: Caller) -> None:
    for arguments, expected in (
        (("data", world.project), ["class", "red", "3 classes"]),
        (("runs", world.project), ["transfer 1", "completed", "verified"]),
        (("layers", world.project), ["[x]", "[-]", "[ ]", "classifier"]),
        (("layers", "--backbone", "timm:tf_efficientnet_lite0"), ["conv_stem", "1000"]),
        (("backbones",), ["timm:tf_efficientnet_lite0", "Apache-2.0", "bundled"]),
        (("weights", "list"), ["timm:tf_efficientnet_lite0", "timm:tf_efficientnet_lite2", "bundled"]),
        (("weights", "get", "tf_efficientnet_lite1"), ["on this machine already"]),
        (("compare", world.project), ["transfer 1", "points"]),
        (("cache", "size"), ["pixels", "all"]),
        (("doctor",), ["Python", "torch", "cpu", "free on disk"]),
        (("check", world.project), ["verified."]),
    ):
        result = run(*arguments)
        assert result.returncode == 0, result.stderr
        assert "\033" not in result.stdout
        for text in expected:
            assert text in result.stdout, arguments


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--strategy", "magic"), "no strategy 'magic'"),
        ((), "Say how to train"),
        (("--strategy", "transfer", "--lr", "0.1"), "have no meaning for a head that is solved exactly (--lr)"),
        (("--strategy", "finetune", "--target", "0.9"), "belongs to the hybrid"),
        (("--strategy", "transfer", "--checkpoint-activations"), "keeps no activations"),
        (("--strategy", "transfer", "--mixup", "0.2"), "have no meaning for a head that is solved exactly (--mixup)"),
        (("--strategy", "finetune", "--mixup", "0.2", "--batch-size", "1"), "two images at least"),
        (("--resume", "last", "--epochs", "3", "--seed", "1"), "Leave out --epochs, --seed"),
        (("--strategy", "finetune", "--threads", "0"), "must be a whole number from 1"),
    ],
)
def test_options_that_contradict_each_other_exit_with_2(
    world: World, run: Caller, options: tuple[str, ...], text: str
) -> None:
    result = run("train", world.project, *options)
    assert result.returncode == ExitCode.USAGE
    assert text in sentence(result)


@pytest.mark.parametrize(
    "options",
    [
        ("--seed", "99999999999999999999"),
        ("--seed", "-1"),
        ("--threads", "100000"),
        ("--epochs", "0"),
        ("--lr", "nan"),
        ("--lr", "-1"),
        ("--target", "2"),
        ("--budget", "0"),
        ("--views", "-1"),
        ("--mixup", "0"),
        ("--mixup", "-0.2"),
        ("--mixup", "1.01"),
        ("--mixup", "nan"),
        ("--mixup", "much"),
        ("--batch-size", "many"),
    ],
)
def test_values_out_of_range_exit_with_2_before_anything_is_read(run: Caller, options: tuple[str, str]) -> None:
    result = run("train", "nowhere.tlft", "--strategy", "finetune", *options)
    assert result.returncode == ExitCode.USAGE
    assert options[0] in sentence(result)


@pytest.mark.parametrize("arguments", [("", "--data", "x"), ("x", "--data", ""), ("x" * 300, "--data", "x")])
def test_empty_and_endless_names_exit_with_2(run: Caller, arguments: tuple[str, ...]) -> None:
    assert run("new", *arguments).returncode == ExitCode.USAGE


@pytest.mark.parametrize("empty", ["", " "])
@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "p", "--resume"),
        ("train", "p", "--strategy"),
        ("train", "p", "--strategy", "transfer", "--device"),
        ("predict", "p", "image", "--run"),
        ("predict", "p"),
        ("compare", "p"),
        ("run", "rm", "p"),
        ("run", "restore", "p"),
        ("layers", "--backbone"),
        ("freeze", "p", "--up-to"),
        ("weights", "get"),
        ("new", "p", "--data", "x", "--backbone"),
        ("cache", "size", "--home"),
    ],
)
def test_empty_values_exit_with_2_and_name_the_option(
    arguments: tuple[str, ...], empty: str, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = call([*arguments, empty], home=profile, capsys=capsys)
    assert result.returncode == ExitCode.USAGE
    assert "cannot be empty" in sentence(result)
    if arguments[-1].startswith("--"):
        assert arguments[-1] in sentence(result)
    assert not profile.exists()


@pytest.mark.slow
def test_table_of_predictions_never_replaces_an_image(world: World, run: Caller, tmp_path: Path) -> None:
    image = tmp_path / "image.png"
    image.write_bytes(b"precious")
    result = run("predict", world.project, image, "--csv", image)
    assert result.returncode == ExitCode.USAGE
    assert "not overwritten" in sentence(result)
    assert image.read_bytes() == b"precious"


@pytest.mark.slow
def test_empty_pattern_is_refused(world: World, run: Caller) -> None:
    assert run("freeze", world.project, "--unfreeze", "").returncode == ExitCode.USAGE


@pytest.mark.slow
def test_input_that_cannot_be_used_exits_with_3_and_names_it(world: World, run: Caller, tmp_path: Path) -> None:
    one_class = write(tmp_path / "one" / "cat" / "1.png", encode(picture(1))).parents[1]
    (tmp_path / "empty").mkdir()
    strategy = write(tmp_path / "strategy.json", b'{"schema": 1, "kind": "custom", "phases": [{"nam": "x"}]}')
    nowhere, new = tmp_path / "nowhere.tlft", tmp_path / "a"
    project, run_id = world.project, world.transfer[0]["run"]
    for arguments, text in (
        (("new", new, "--data", nowhere), str(nowhere)),
        (("new", new, "--data", tmp_path / "empty"), "holds neither images nor class folders"),
        (("new", new, "--data", one_class), "one class only"),
        (("new", project, "--data", world.images), "exists already"),
        (("new", new, "--data", world.images, "--backbone", "timm:efficientnet_lite"), "Did you mean"),
        (("data", nowhere), "There is no project folder"),
        (("runs", tmp_path), "is not a project"),
        (("train", project, "--strategy", strategy), "nam"),
        (("train", project, "--strategy", "nowhere.json"), "no strategy file"),
        (("train", project, "--resume", run_id), "cannot be resumed: it is completed"),
        (("train", project, "--strategy", "transfer", "--device", "mps"), "not available"),
        (("freeze", project, "--up-to", "nowhere"), "no layer 'nowhere'"),
        (("run", "rm", project, "nosuchrun"), "There is no run"),
        (("run", "restore", project, "nosuchrun"), "in the trash"),
        (("predict", project, tmp_path / "empty"), "There is no image"),
        (("weights", "import", world.images / "red" / "000.png"), "not a safetensors file"),
    ):
        result = run(*arguments)
        assert result.returncode == ExitCode.BAD_INPUT, (arguments, result.stderr)
        assert text in sentence(result), arguments
        assert result.stdout == ""
    assert not (tmp_path / "a.tlft").exists()


@pytest.mark.slow
def test_a_damaged_project_names_its_backup_and_is_repaired(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    assert run("freeze", project, "--preset", "finetune").returncode == 0
    (project / "project.json").write_bytes(b"{}")
    result = run("data", project)
    assert result.returncode == ExitCode.BAD_INPUT
    assert "project-000000001.json" in sentence(result)
    assert run("check", project).returncode == ExitCode.NOT_VERIFIED
    assert run("check", project, "--repair").returncode == ExitCode.DONE
    assert run("data", project).returncode == ExitCode.DONE


@pytest.mark.slow
def test_check_names_a_damaged_checkpoint_and_sets_it_aside(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    checkpoint = max((project / "runs" / world.finetune[0]["run"] / "checkpoints").iterdir())
    (checkpoint / "meta.json").write_bytes(b"{}")
    result = run("check", project)
    assert result.returncode == ExitCode.NOT_VERIFIED
    assert str(checkpoint / "meta.json") in result.stdout
    damage, summary = records(run("check", project, "--repair", "--json"))
    assert damage["path"] == str(checkpoint)
    assert damage["repaired"]
    assert (summary["damaged"], summary["repaired"]) == (1, 1)
    assert records(run("check", project, "--json"))[-1]["damaged"] == 0


@pytest.mark.slow
def test_freezing_says_what_it_means_and_is_kept(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    first = run("freeze", project, "--up-to", "blocks.4", "--norm", "eval", "--at", "blocks.5")
    assert "Custom plan" in first.stdout
    assert "eval below 'blocks.5'" in first.stdout
    assert "save no time" in run("freeze", project, "--match", r"^blocks\.6").stdout
    nodes = {line["path"]: line["frozen"] for line in records(run("layers", project, "--json"))}
    frozen = [nodes[path] for path in ("blocks.4", "blocks.5", "blocks.6", "classifier", "blocks")]
    assert frozen == [True, False, True, False, None]
    everything = run("freeze", project, "--match", ".")
    assert everything.returncode == ExitCode.BAD_INPUT
    assert "Every layer is frozen" in sentence(everything)
    assert run("freeze", project).returncode == ExitCode.USAGE
    assert run("freeze", project, "--preset", "transfer", "--at", "blocks").returncode == ExitCode.USAGE
    events = records(run("train", project, "--strategy", "custom", "--epochs", 1, "--threads", 1, "--json"))
    phase = next(event for event in events if event["event"] == "phase_start")
    lines = records(run("layers", project, "--json"))
    whole = ("conv_stem", "bn1", "blocks.0", "blocks.1", "blocks.2", "blocks.3", "blocks.4", "blocks.6")
    not_trained = [line["parameters"] for line in lines if line["path"] in whole]
    # Norm layers that keep everything have nothing to train, though they are not ticked.
    kept = [line["parameters"] for line in lines if line["path"].startswith("blocks.5.") and "Norm" in line["type"]]
    assert sum(kept) > 0
    assert phase["trainable_parameters"] == 3_374_851 - sum(not_trained) - sum(kept)
    told = run("freeze", project, "--preset", "norm-bias").stdout
    assert told.startswith("Plan 'norm-bias': ")
    assert "The biases of frozen layers train all the same." in told
    assert "biases" not in run("freeze", project, "--preset", "last-stage").stdout


@pytest.mark.slow
def test_norm_layers_are_told_to_do_as_what_is_above_them(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    for path, policy in (("", "affine"), ("blocks.5", "eval"), ("blocks.6", "full")):
        at = ("--at", path) if path else ()
        assert run("freeze", project, "--norm", policy, *at).returncode == 0
    one = run("freeze", project, "--norm", "inherited", "--at", "blocks.5")
    assert one.stdout.splitlines()[-1] == "Norm layers that are not frozen: affine, full below 'blocks.6'."
    every = run("freeze", project, "--norm", "inherited")
    assert every.stdout.splitlines()[-1] == "Norm layers that are not frozen: affine."
    unknown = run("freeze", project, "--norm", "inherited", "--at", "nowhere")
    assert (unknown.returncode, "no layer 'nowhere'" in sentence(unknown)) == (ExitCode.BAD_INPUT, True)
    assert run("freeze", project, "--at", "blocks.5").returncode == ExitCode.USAGE


@pytest.mark.parametrize("value", ["0", "0.0001", "101", "-1", "nan", "inf", "fast", "0,1"])
def test_factors_that_cannot_be_meant(value: str, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = call(["freeze", "p", "--rate", value], home=profile, capsys=capsys)
    assert result.returncode == ExitCode.USAGE
    assert "must be a number from 0.001 to 100" in sentence(result)
    result = call(["freeze", "p", "--layer-decay", value], home=profile, capsys=capsys)
    assert "must be a number from 0.1 to 1" in sentence(result)


@pytest.mark.slow
def test_learning_rates_are_set_by_part_and_by_depth(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    whole = run("freeze", project, "--preset", "finetune", "--rate", 0.5)
    assert whole.stdout.splitlines()[-1] == "Learning rates: x0.5 everywhere."
    run("freeze", project, "--rate", 0.1, "--at", "blocks.5")
    rates = {line["path"]: line["rate_factor"] for line in records(run("layers", project, "--json"))}
    assert (rates["blocks.5.0.conv_pw"], rates["blocks.4"], rates["classifier"]) == (0.1, 0.5, 0.5)
    assert any(
        line.startswith("[ ]   blocks") and "x0.5" in line for line in run("layers", project).stdout.splitlines()
    )
    back = run("freeze", project, "--rate", "inherited", "--at", "blocks.5")
    assert back.stdout.splitlines()[-1] == "Learning rates: x0.5 everywhere."
    decayed = run("freeze", project, "--layer-decay", 0.5, "--rate", 3, "--at", "classifier")
    assert "x3 below 'classifier'" in decayed.stdout
    rates = {line["path"]: line["rate_factor"] for line in records(run("layers", project, "--json"))}
    assert rates["blocks.6"] > rates["blocks.5"] > rates["conv_stem"] > 0
    head = run("freeze", project, "--preset", "transfer")
    assert "have no meaning for a head that is solved exactly" in head.stdout
    assert "Learning rates" not in run("freeze", project, "--layer-decay", 1).stdout
    assert "x0" not in run("layers", project).stdout
    assert run("freeze", project, "--preset", "transfer", "--at", "blocks").returncode == ExitCode.USAGE


@pytest.mark.slow
def test_plans_are_kept_under_names_and_go_to_other_projects_as_text(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    assert (
        run("freeze", project, "--up-to", "blocks.4", "--rate", 0.3, "--at", "blocks.6", "--save", " wise ").returncode
        == 0
    )
    assert run("freeze", project, "--preset", "transfer", "--save", "head").returncode == 0
    assert "Plans with names: 'head', 'wise'." in run("layers", project).stdout
    used = run("freeze", project, "--use", "wise")
    assert "x0.3 below 'blocks.6'" in used.stdout
    text = run("layers", project, "--plan").stdout
    data = json.loads(text)
    assert (data["backbone"], data["plan"]["rate_factors"]) == ("timm:tf_efficientnet_lite0", {"blocks.6": 0.3})
    assert records(run("layers", project, "--plan", "--json")) == [data]
    data["plan"]["frozen"] += ["blocks.9.0.conv_pw", "nowhere"]
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    run("freeze", project, "--forget", "wise", "--preset", "finetune")
    taken = run("freeze", project, "--plan", tmp_path / "plan.json")
    assert taken.stdout == used.stdout
    assert "left out: 'blocks.9.0.conv_pw', 'nowhere'." in taken.stderr
    for arguments, reason in (
        (("--use", "wise"), "no plan 'wise'. There are 'head'."),
        (("--forget", "wise"), "no plan 'wise'"),
        (("--save", "a\nb"), "must be one line"),
        (("--plan", tmp_path / "gone.json"), "cannot be read"),
        (("--plan", tmp_path), "cannot be read"),
        (("--plan", project / "project.json"), "JSON of something else"),
    ):
        result = run("freeze", project, *arguments)
        assert result.returncode == ExitCode.BAD_INPUT, arguments
        assert reason in sentence(result)
    assert run("layers", project, "--plan").stdout == text
    assert run("layers", "--backbone", "timm:tf_efficientnet_lite0", "--plan").returncode == ExitCode.USAGE


@pytest.mark.slow
def test_runs_are_named_marked_deleted_and_restored(world: World, run: Caller, tmp_path: Path) -> None:
    project, name = world.copy(tmp_path), world.transfer[0]["run"]

    def shown() -> dict[str, dict[str, object]]:
        return {str(line["run"]): line for line in records(run("runs", project, "--json"))}

    assert run("run", "name", project, name, "my run").returncode == 0
    assert run("run", "star", project, "my run").returncode == 0
    assert (shown()[name]["name"], shown()[name]["starred"]) == ("my run", True)
    assert run("run", "star", project, name, "off").returncode == 0
    assert run("run", "star", project, name, "green").returncode == ExitCode.USAGE
    assert run("run", "note", project, name, "blurred  images").returncode == 0
    assert shown()[name]["note"] == "blurred images"
    assert run("run", "note", project, name, "bell \a").returncode == ExitCode.USAGE
    assert run("run", "rm", project, name).returncode == 0
    assert name not in shown()
    assert run("run", "restore", project, name[:-2]).returncode == 0
    assert run("run", "empty-trash", project).stdout == "The trash of the project is empty.\n"
    assert (shown()[name]["name"], shown()[name]["starred"]) == ("my run", False)
    assert run("run", "name", project, name).returncode == 0
    assert shown()[name]["name"] == "transfer 1"
    other = world.finetune[0]["run"]
    for text, code in (
        ("last", ExitCode.USAGE),
        ("a\nb", ExitCode.USAGE),
        ("x" * 500, ExitCode.USAGE),
        (other[:6], ExitCode.BAD_INPUT),
        ("fine-tuning 2", ExitCode.BAD_INPUT),
    ):
        result = run("run", "name", project, name, text)
        assert result.returncode == code, text
        assert "othing was changed" in sentence(result)
        assert shown()[name]["name"] == "transfer 1"


def test_the_cost_of_each_strategy(world: World, run: Caller) -> None:
    table = run("layers", world.project, "--cost").stdout.splitlines()
    assert [line.split()[0] for line in table[3 : 3 + len(StrategyKind)]] == list(StrategyKind)
    lines = records(run("layers", world.project, "--cost", "--json"))
    keys = {"strategy", "total_seconds", "epoch_seconds", "memory_bytes", "cache_bytes"}
    assert [set(line) for line in lines] == [keys] * len(StrategyKind)
    refused = run("layers", "--backbone", "timm:resnet18", "--cost")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "name a project" in refused.stderr

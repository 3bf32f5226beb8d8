"""The command line itself: help, usage, global options, faults, and streams that are closed or odd."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_line import COMMAND, environment, sentence, tlft
from image_files import write
from tlft_desktop import __version__, cli
from tlft_desktop.cli import build_parser
from tlft_desktop.commands.command_table import COMMANDS
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.hints import in_place

HELP_LIMIT_SECONDS = 2.0
"""Loose, since other work may share the machine; the figure that counts is printed."""
HELP_CPU_SECONDS = 0.3
POSIX = pytest.mark.skipif(os.name == "nt", reason="shells and permissions of POSIX")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_answer_at_once(option: str, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        process = tlft(option, home=profile)
        seconds.append(time.monotonic() - started)
        assert process.returncode == 0
    with capsys.disabled():
        print(f"\n  tlft {option}: {min(seconds):.2f} s (goal 0.3 s)")
    assert min(seconds) < HELP_LIMIT_SECONDS
    assert not profile.exists()
    assert (f"tlft {__version__}" in process.stdout) == (option == "--version")


@POSIX
@pytest.mark.parametrize("arguments", [("--help",), ("train", "--help"), ("run", "name", "--help")])
def test_help_takes_less_than_a_third_of_a_second_of_the_processor(arguments: tuple[str, ...], profile: Path) -> None:
    import resource

    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert tlft(*arguments, home=profile).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < HELP_CPU_SECONDS


@pytest.mark.parametrize("command", ["", *(command.name for command in COMMANDS)])
def test_help_fits_a_terminal_and_explains_every_option(command: str) -> None:
    parser = build_parser()
    if command:
        (commands,) = (action.choices for action in parser._actions if isinstance(action.choices, dict))
        parser = commands[command]
    wide = [line for line in (parser.epilog or "").splitlines() if len(line) > 79]
    assert wide == []
    silent = [action for action in parser._actions if not action.help and not isinstance(action.choices, dict)]
    assert silent == []


def test_help_loads_nothing_slow(profile: Path) -> None:
    code = (
        "import sys\nfrom tlft_desktop import cli\nassert cli.main(['--help']) == 0\n"
        "print(sorted({'torch', 'timm', 'PySide6', 'sklearn', 'numpy', 'PIL'} & set(sys.modules)), file=sys.stderr)"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(profile))
    assert child.stderr.strip() == "[]"


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help(command: str, profile: Path) -> None:
    process = tlft(command, "--help", home=profile)
    assert process.returncode == 0
    assert f"usage: tlft {command}" in process.stdout


def test_the_promised_commands_are_there() -> None:
    promised = (
        "gui new data backbones weights layers freeze train runs run compare predict cache check doctor self-test"
    )
    assert {command.name for command in COMMANDS} >= set(promised.split())


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("train",),
        ("runs", "project", "--colour"),
        ("freeze", "project", "--preset", "some"),
        ("layers",),
        ("weights",),
    ],
)
def test_wrong_usage_exits_with_2_and_a_sentence(arguments: tuple[str, ...], profile: Path) -> None:
    process = tlft(*arguments, home=profile)
    assert process.returncode == ExitCode.USAGE
    sentence(process)
    assert process.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("trian",), "there is no command 'trian'. Did you mean 'train'? `tlft --help` lists the commands."),
        (("--quiet", "zzz"), "there is no command 'zzz'. `tlft --help` lists the commands."),
        (("a\033",), "there is no command 'a\\x1b'. `tlft --help` lists the commands."),
        (
            ("weights", "lost"),
            "there is no action 'lost'. Did you mean 'list'? `tlft weights --help` lists the actions.",
        ),
        (
            ("weights", "fetch"),
            "there is no action 'fetch'. The actions are list, import, get. `tlft weights --help` lists the actions.",
        ),
        (
            ("train", "p", "--sed=1"),
            "unrecognized arguments: --sed=1. Did you mean '--seed'? `tlft train --help` lists the options.",
        ),
        (
            ("run", "rm", "p", "last", "now"),
            "unrecognized arguments: now. `tlft run rm --help` lists the options.",
        ),
    ],
)
def test_a_slip_of_the_finger_is_answered_with_what_was_meant(
    arguments: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == ExitCode.USAGE
    assert capsys.readouterr().err == f"tlft: {in_place(expected)}\n"


def test_a_project_that_is_not_there_exits_with_3(profile: Path) -> None:
    process = tlft("runs", "nowhere.tlft", home=profile)
    assert process.returncode == ExitCode.BAD_INPUT
    assert "'nowhere.tlft'" in sentence(process)


@pytest.mark.skipif(os.name == "nt", reason="a script of POSIX")
def test_a_command_in_an_error_can_be_typed_where_it_is_read(tmp_path: Path, profile: Path) -> None:
    script = write(tmp_path / "my tools" / "tlft", b"#!/bin/sh\n")
    script.chmod(0o755)
    code = f"import sys; from tlft_desktop import cli; sys.argv[0] = {str(script)!r}; sys.exit(cli.main())"
    words = [sys.executable, "-c", code, "layers", "--backbone", "zzzz"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment(profile), cwd=tmp_path)
    assert done.returncode == ExitCode.BAD_INPUT
    assert "`'my tools/tlft' backbones` lists them." in done.stderr


def test_global_options_stand_before_or_behind_the_command(tmp_path: Path, profile: Path) -> None:
    for arguments in (("--home", tmp_path / "a", "cache", "size"), ("cache", "size")):
        assert tlft(*arguments, home=profile).returncode == 0
    assert tlft("backbones", "--offline", "--home", tmp_path / "b", "--quiet", home=profile).returncode == 0
    for folder in (tmp_path / "a", tmp_path / "b", profile):
        assert (folder / "log").is_dir()


def test_a_fault_exits_with_1_and_names_the_log(profile: Path) -> None:
    code = (
        "import sys\nfrom tlft_desktop import cli\nfrom tlft_desktop.commands import cache\n"
        "def broken(args, app): raise ZeroDivisionError('a fault')\ncache.run = broken\n"
        "sys.exit(cli.main(['cache', 'size']))"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(profile))
    assert child.returncode == ExitCode.FAULT
    assert "ZeroDivisionError: a fault" in sentence(child)
    log = profile / "log" / "tlft.log"
    assert str(log) in child.stderr
    assert "Traceback" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        ("OSError(errno.ENOSPC, 'full', 'somewhere')", ExitCode.OUT_OF_RESOURCE),
        ("OSError(errno.EMFILE, 'many')", ExitCode.OUT_OF_RESOURCE),
        ("MemoryError()", ExitCode.OUT_OF_RESOURCE),
        ("ImportError('a.so: failed to map segment from shared object')", ExitCode.OUT_OF_RESOURCE),
        ("NotVerifiedError('It differs.')", ExitCode.NOT_VERIFIED),
        ("KeyboardInterrupt()", ExitCode.STOPPED),
        ("PermissionError(errno.EACCES, 'no', 'somewhere')", ExitCode.BAD_INPUT),
    ],
)
def test_what_goes_wrong_in_a_command_becomes_its_exit_code(raised: str, code: int, profile: Path) -> None:
    program = (
        "import errno, sys\nfrom tlft_desktop import cli\nfrom tlft_desktop.commands import cache\n"
        "from tlft_desktop.core.errors import NotVerifiedError\n"
        f"def broken(args, app): raise {raised}\ncache.run = broken\nsys.exit(cli.main(['cache', 'size']))"
    )
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment(profile))
    assert child.returncode == code
    sentence(child)


def test_without_standard_streams_a_command_works(profile: Path) -> None:
    code = (
        "import os, sys\nsys.stdout = sys.stderr = None\nfrom tlft_desktop import cli\n"
        "codes = [cli.main(words) for words in (['--help'], ['dance'], ['cache', 'size'], ['runs', 'nowhere'])]\n"
        "os._exit(0 if codes == [0, 2, 0, 3] else 9)"
    )
    child = subprocess.run([sys.executable, "-c", code], env=environment(profile), timeout=60)
    assert child.returncode == 0


@POSIX
@pytest.mark.parametrize("arguments", [("cache", "size"), ("backbones", "--json"), ("--version",)])
def test_closed_streams_are_no_fault(arguments: tuple[str, ...], profile: Path) -> None:
    line = " ".join([*COMMAND, *arguments, ">&-", "2>&-", "<&-"])
    assert subprocess.run(["/bin/sh", "-c", line], env=environment(profile), timeout=60).returncode == 0


@POSIX
def test_f10_a_home_that_cannot_be_written_is_replaced_with_a_warning(tmp_path: Path) -> None:
    blocked = write(tmp_path / "file", b"")
    process = tlft("backbones", "--json", home=blocked / "home")
    assert process.returncode == 0
    assert "go to '" in process.stderr
    assert "Traceback" not in process.stderr


@POSIX
@pytest.mark.parametrize("command", ["runs", "data", "check"])
@pytest.mark.parametrize("kind", ["long", "loop"])
def test_c_paths_that_cannot_be_looked_at_are_bad_input(
    command: str, kind: str, tmp_path: Path, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    path = tmp_path / ("x" * 300 if kind == "long" else "loop")
    code = cli.main(["--home", str(profile), command, str(path)])
    told = capsys.readouterr().err
    assert code == ExitCode.BAD_INPUT, told
    assert told.startswith("tlft: ")
    assert "fault of the program" not in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_d_a_log_on_a_full_disk_leaves_the_output_alone(tmp_path: Path) -> None:
    script = """
import logging, sys
from pathlib import Path
from tlft_desktop.logs import start_logging
from tlft_desktop.paths import AppPaths
start_logging(AppPaths.below(Path(sys.argv[1])))
for handler in logging.getLogger().handlers:
    if handler.name == "tlft-file":
        handler.stream.close()
        handler.stream = open("/dev/full", "w")
logging.getLogger("tlft_desktop").warning("lost")
print("done")
handler.stream = None
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], env=environment(tmp_path), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stdout == "done\n"
    assert "Logging error" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="links want rights there")
@pytest.mark.parametrize("name", ["tlft.log", "crash.log"])
def test_a_link_in_place_of_a_log_is_not_written_through(name: str, tmp_path: Path) -> None:
    home, victim = tmp_path / "home", tmp_path / "victim"
    (home / "log").mkdir(parents=True)
    victim.write_text("mine", encoding="utf-8")
    (home / "log" / name).symlink_to(victim)
    code = """
import faulthandler, logging, sys
from pathlib import Path
from tlft_desktop.logs import start_logging
from tlft_desktop.paths import AppPaths
start_logging(AppPaths.below(Path(sys.argv[1])))
logging.getLogger("tlft_desktop").warning("said")
faulthandler._sigabrt()
"""
    subprocess.run([sys.executable, "-c", code, str(home)], check=False, capture_output=True, timeout=60)
    assert victim.read_text(encoding="utf-8") == "mine"
    assert any("said" in log.read_text(encoding="utf-8") for log in (home / "log").glob("tlft*.log"))

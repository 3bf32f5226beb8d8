"""The log, in processes of its own: hooks and handlers belong to the whole process."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

START = """
import logging, os, sys, threading
from pathlib import Path
from tlft_desktop.logs import start_logging
from tlft_desktop.paths import AppPaths
paths = AppPaths.default()
log_file = start_logging(paths)
"""


def run_script(script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run code after `START` in a fresh interpreter."""
    code = START + textwrap.dedent(script)
    return subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, check=False)


def test_what_is_logged_stands_in_the_file_with_the_version(profile: Path) -> None:
    child = run_script("logging.getLogger('tlft_desktop.x').info('hello %s', 'ü\\ud800'); print(log_file)")
    assert (child.returncode, child.stderr) == (0, "")
    log_file = Path(child.stdout.strip())
    assert log_file == profile / "log" / "tlft.log"
    text = log_file.read_text(encoding="utf-8")
    assert "hello ü\\ud800" in text
    assert "tlft 0." in text
    if os.name != "nt":
        assert log_file.parent.stat().st_mode & 0o777 == 0o700


def test_details_are_logged_and_shown_only_when_asked_for(profile: Path) -> None:
    script = """
        logger = logging.getLogger("tlft_desktop.x")
        logger.debug("quiet detail")
        start_logging(paths, verbose=True)
        logger.debug("loud detail")
        logging.getLogger("others").debug("detail of others")
        """
    child = run_script(script)
    text = (profile / "log" / "tlft.log").read_text()
    assert "quiet detail" not in text + child.stderr
    assert text.count("loud detail") == child.stderr.count("loud detail") == 1
    assert "of others" not in text + child.stderr


def test_errors_that_nobody_caught_are_logged_and_still_shown(profile: Path) -> None:
    script = """
        thread = threading.Thread(target=lambda: 1 / 0, name="worker-7")
        thread.start()
        thread.join()
        raise RuntimeError("the end")
        """
    child = run_script(script)
    assert child.returncode == 1
    text = (profile / "log" / "tlft.log").read_text()
    for shown in ("RuntimeError: the end", "ZeroDivisionError"):
        assert text.count(shown) == 1
        assert child.stderr.count(shown) == 1
    assert "worker-7" in text


def test_a_crash_leaves_a_trace(profile: Path) -> None:
    child = run_script("import faulthandler; faulthandler._sigsegv()")
    assert child.returncode != 0
    assert "Current thread" in (profile / "log" / "crash.log").read_text()


def test_the_log_is_cut_by_size_and_the_crash_log_stays_its_own(profile: Path) -> None:
    script = """
        import faulthandler
        logger = logging.getLogger("tlft_desktop.x")
        for number in range(80_000):
            logger.info("%s %s", number, "x" * 100)
        keep = open(os.devnull)
        faulthandler._sigsegv()
        """
    run_script(script)
    sizes = {path.name: path.stat().st_size for path in (profile / "log").iterdir()}
    assert set(sizes) == {"tlft.log", "tlft.log.1", "tlft.log.2", "tlft.log.3", "crash.log"}
    assert max(sizes.values()) <= 2_000_000
    assert "Current thread" in (profile / "log" / "crash.log").read_text()


def test_a_log_that_cannot_be_cut_goes_on_without_a_word(profile: Path) -> None:
    """As on Windows while a second process of the program has the log open."""
    script = """
        def refuse(source, target):
            raise PermissionError(13, "used by another process")
        os.rename = refuse
        logger = logging.getLogger("tlft_desktop.x")
        for number in range(30_000):
            logger.info("%s %s", number, "x" * 100)
        """
    assert run_script(script).stderr == ""
    log = (profile / "log" / "tlft.log").read_text()
    assert " 0 xxx" in log
    assert " 29999 xxx" in log


@pytest.mark.parametrize("options", [(), ("-O",)])
def test_starting_again_replaces_the_first_log(options: tuple[str, ...], tmp_path: Path) -> None:
    script = f"""
        other = start_logging(AppPaths.below(Path({str(tmp_path / "other")!r})))
        logging.getLogger("tlft_desktop.x").info("only there")
        print("only there" in log_file.read_text(), "only there" in other.read_text())
        """
    child = run_script(script, *options)
    assert (child.stdout.strip(), child.stderr) == ("False True", "")

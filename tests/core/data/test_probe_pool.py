from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import psutil
import pytest

from image_files import encode, picture, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.decode import resize_short_side
from tlft_desktop.core.data.probe_exchange import Probed, ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool
from tlft_desktop.core.errors import ResourceError, StoppedError

POISONED = (sys.executable, str(Path(__file__).parents[2] / "poisoned_helper.py"))


def requests_for(paths: Iterator[Path] | list[Path]) -> Iterator[ProbeRequest]:
    for path in paths:
        yield ProbeRequest(key=path.name, path=str(path), side=40, interpolation="bicubic")


def probe_all(pool: ProbePool, paths: list[Path]) -> dict[str, Probed]:
    answers = list(pool.probe(requests_for(paths), control=Control()))
    assert len(answers) == len(paths)
    return {answer.request.key: answer for answer in answers}


def helper_processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "python" in child.name()]


def test_answers_hold_hash_size_and_pixels(tmp_path: Path) -> None:
    import hashlib

    paths = [write(tmp_path / f"{number}.png", encode(picture(number))) for number in range(7)]
    with ProbePool() as pool:
        answers = probe_all(pool, paths)
    for number, path in enumerate(paths):
        answer = answers[path.name]
        assert answer.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert answer.pixels is not None
        assert np.array_equal(answer.pixels, resize_short_side(picture(number), 40, interpolation="bicubic"))
        assert (answer.width, answer.height, answer.error) == (48, 40, "")


def test_no_thread_or_process_is_left(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encode(picture(0)))
    threads = threading.active_count()
    with ProbePool() as pool:
        probe_all(pool, [path] * 3)
        assert helper_processes()
    assert not helper_processes()
    assert threading.active_count() == threads


def test_endless_requests_can_be_abandoned_and_the_pool_used_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encode(picture(0)))
    other = write(tmp_path / "b.png", encode(picture(1)))
    with ProbePool() as pool:
        answers = pool.probe(requests_for(itertools.repeat(path)), control=Control())
        assert next(answers).request.key == "a.png"
        answers.close()
        assert set(probe_all(pool, [other])) == {"b.png"}


def test_stop_takes_less_than_a_second_even_if_a_helper_hangs(tmp_path: Path) -> None:
    hanging = write(tmp_path / "hang.png", encode(picture(0)) + b"HANG")
    control, asked = Control(), []

    def stop() -> None:
        asked.append(time.monotonic())
        control.request_stop()

    timer = threading.Timer(0.4, stop)
    timer.start()
    with ProbePool(command=POISONED) as pool, pytest.raises(StoppedError):
        list(pool.probe(requests_for([hanging, hanging]), control=control))
    assert time.monotonic() - asked[0] < 1
    timer.join()
    assert not helper_processes()


def test_an_iterator_left_open_does_not_outlive_the_pool(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encode(picture(0)))
    with ProbePool() as pool:
        answers = pool.probe(requests_for(itertools.repeat(path)), control=Control())
        next(answers)
    answers.close()
    assert not helper_processes()


@pytest.mark.parametrize("soon", [False, True])
def test_a_helper_that_cannot_start_is_named(soon: bool) -> None:
    command = (sys.executable, "-c", "raise SystemExit('the disk of Python is gone')")
    for started, words in ((command, "the disk of Python is gone"), (("/no/such/python",), "could not be started")):
        pool = ProbePool(command=started, is_asked_soon=soon)
        with pool, pytest.raises(ResourceError, match=words):
            list(pool.probe(requests_for([Path(__file__)]), control=Control()))


def test_a_helper_starts_before_its_first_file_only_where_it_is_asked_soon(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encode(picture(0)))
    with ProbePool(1):
        time.sleep(0.05)
        assert not helper_processes()
    with ProbePool(1, is_asked_soon=True) as pool:
        deadline = time.monotonic() + 20
        while not helper_processes():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        (helper,) = helper_processes()
        probe_all(pool, [path])
        assert helper_processes() == [helper]
    assert not helper_processes()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_b15_an_image_is_not_blamed_for_a_helper_that_was_killed(tmp_path: Path) -> None:
    # Each image takes the first helper that reads it along, as the system does that runs out of memory.
    paths = [write(tmp_path / f"{number}.png", encode(picture(number)) + b"ONCE") for number in range(3)]
    killed = tmp_path / "killed"
    killed.mkdir()
    with ProbePool(command=(*POISONED, str(killed))) as pool:
        answers = probe_all(pool, paths)
    assert [answer.error for answer in answers.values()] == [""] * 3
    assert len(list(killed.iterdir())) == 3


def test_b15_an_image_that_crashes_twice_is_blamed_and_no_other(tmp_path: Path) -> None:
    marks = [b"", b"", b"ABORT", b"", b"ABORT", b"", b""]
    paths = [write(tmp_path / f"{number}.png", encode(picture(number)) + mark) for number, mark in enumerate(marks)]
    with ProbePool(command=POISONED) as pool:
        answers = probe_all(pool, paths)
    assert [name for name, answer in sorted(answers.items()) if answer.error] == ["2.png", "4.png"]
    assert "crashed" in answers["2.png"].error


@pytest.mark.parametrize(("deaths", "is_blamed"), [(2, False), (9, True)])
def test_b15_a_helper_that_is_killed_while_it_starts_is_started_again(
    tmp_path: Path, deaths: int, is_blamed: bool
) -> None:
    path, count = write(tmp_path / "a.png", encode(picture(0))), tmp_path / "count"
    program = (
        f"import os, runpy, sys\nnumber = os.path.getsize({str(count)!r})\n"
        f"open({str(count)!r}, 'ab').write(b'x')\nif number < {deaths}: os._exit(1)\n"
        f"sys.argv = {list(POISONED[1:])!r}\n"
        f"runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    write(count, b"")
    pool = ProbePool(1, command=(sys.executable, "-c", program))
    with pool, pytest.raises(ResourceError, match="could not be started") if is_blamed else nullcontext():
        assert probe_all(pool, [path])["a.png"].error == ""
    assert count.stat().st_size == 3


def test_chatter_of_libraries_does_not_disturb_the_answers(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{number}.png", encode(picture(number)) + b"CHATTER") for number in range(3)]
    with ProbePool(command=POISONED) as pool:
        answers = probe_all(pool, paths)
    assert [answer.error for answer in answers.values()] == [""] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_helpers_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encode(picture(0)))
    program = f"""
import time
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.probe_exchange import ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool
import psutil
with ProbePool(2) as pool:
    list(pool.probe([ProbeRequest("a", {str(path)!r}, 40, "bicubic")] * 8, control=Control()))
    print(*[child.pid for child in psutil.Process().children()], flush=True)
    time.sleep(600)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    helpers = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
    assert helpers
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _, alive = psutil.wait_procs(helpers, timeout=5)
    assert not alive


def test_the_helper_loads_neither_torch_nor_qt_nor_threads() -> None:
    program = (
        "import sys; import tlft_desktop.core.data.probe;"
        "print([name for name in ('torch', 'torchvision', 'PySide6', 'timm', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_helper_ends_itself_where_the_system_limits_no_memory() -> None:
    program = (
        "import time; from tlft_desktop.core.data.probe import watch_memory; watch_memory(300 << 20)\n"
        "kept = []\n"
        "for _ in range(40): kept.append(b'x' * (16 << 20)); time.sleep(0.02)\n"
        "print('not ended')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (71, "")


@pytest.mark.skipif(sys.platform != "linux", reason="limits are read from /proc")
def test_the_helper_cannot_write_files_or_core_dumps(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encode(picture(0)))
    with ProbePool(1) as pool:
        probe_all(pool, [path])
        (helper,) = helper_processes()
        limits = Path(f"/proc/{helper.pid}/limits").read_text()
    lines = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert lines["Max core file size"] == "0"
    assert lines["Max file size"] == "0"
    assert int(lines["Max address space"]) <= 3 << 30


def test_an_answer_of_the_wrong_size_counts_as_a_crash(tmp_path: Path) -> None:
    program = (
        "import sys, json\n"
        "print(json.dumps({'ready': True}), flush=True)\n"
        "for line in sys.stdin: print(json.dumps({'error': '', 'sha256': '0' * 64, 'shape': [40, 40, 3], 'mode': 'RGB',"
        " 'width': 1, 'height': 1, 'note': '', 'raw_min': 0, 'raw_max': 0, 'high_depth': False, 'is_float': False,"
        " 'num_bytes': 0}), flush=True)"
    )
    path = write(tmp_path / "a.png", encode(picture(0)))
    with ProbePool(1, command=(sys.executable, "-c", program)) as pool:
        answer = probe_all(pool, [path])["a.png"]
    assert "crashed" in answer.error
    assert answer.pixels is None

"""What becomes of memory that was freed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from command_line import environment
from tlft_desktop.freed_memory import keep_freed_memory

PROBE = """
import os, resource, sys, threading
from tlft_desktop.freed_memory import keep_freed_memory, return_freed_memory

if sys.argv[1] == "keep":
    assert keep_freed_memory(os.environ)

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()

def work():
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(50):
        # As the activations of a network: some together, and none left at the end.
        blocks = [bytearray(3 << 20) for _ in range(12)] + [bytearray(40 << 20)]
        blocks.clear()
    faults.append(resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)

faults = []
thread = threading.Thread(target=work)
thread.start()
thread.join()
kept = resident()
return_freed_memory()
print(faults[0], kept, resident())
"""

glibc = pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator")


def probe(tmp_path: Path, word: str) -> tuple[int, int, int]:
    """Return page faults of a thread, and the resident bytes before and after freed memory was returned."""
    started = {key: value for key, value in environment(tmp_path).items() if not key.startswith(("MALLOC_", "GLIBC_"))}
    done = subprocess.run([sys.executable, "-c", PROBE, word], env=started, capture_output=True, text=True, check=True)
    faults, kept, left = (int(figure) for figure in done.stdout.split())
    return faults, kept, left


@glibc
def test_a_thread_uses_its_freed_memory_again(tmp_path: Path) -> None:
    faults, _, _ = probe(tmp_path, "keep")
    usual, _, _ = probe(tmp_path, "leave")
    assert faults < usual / 4


@glibc
def test_kept_memory_can_be_returned(tmp_path: Path) -> None:
    _, kept, left = probe(tmp_path, "keep")
    assert left < kept - (30 << 20)


@pytest.mark.parametrize("name", ["MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "GLIBC_TUNABLES"])
def test_the_users_choice_stands(name: str) -> None:
    assert not keep_freed_memory({name: "1"})

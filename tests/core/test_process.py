"""Processes, told apart from later ones of the same number."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from tlft_desktop.core.process import ProcessIdentity


def test_this_process_lives_and_its_identity_survives_json() -> None:
    me = ProcessIdentity.current()
    assert me.is_alive
    assert me.is_this_machine
    assert ProcessIdentity.from_json(me.to_json()) == me


def test_a_process_that_ended_is_gone_even_before_anybody_asked_for_its_result() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    me = ProcessIdentity.current()
    theirs = replace(me, pid=child.pid)
    assert not theirs.is_alive, "the number alone does not make a process the same"
    child.communicate()
    assert not theirs.is_alive


def test_another_start_of_the_machine_or_another_machine_is_another_process() -> None:
    me = ProcessIdentity.current()
    assert not replace(me, boot_id="other").is_alive
    assert not replace(me, host="lab-7").is_this_machine
    assert not replace(me, machine="other").is_alive
    assert not replace(me, pid=2**31 - 5).is_alive
    assert not replace(me, pid=-1).is_alive

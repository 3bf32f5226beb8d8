"""The archive: unpacked into a folder with a blank, on a system without Qt's libraries, used, moved, used again."""

from __future__ import annotations

import re
from pathlib import Path

from _build.tools import call
from _verify import steps
from _verify.bare_root import HOME, USER, BareRoot, Failure
from _verify.steps import say_ok

_FIRST = HOME / "Meine Programme"
_SECOND = HOME / "Geräte im Labor"


def verify(root: BareRoot, artefact: Path, pictures: Path) -> None:
    """Try one archive."""
    root.run("mkdir", str(_FIRST), user=USER)
    call(["tar", "--use-compress-program=zstd", "--no-same-owner", "-xf", artefact, "-C", root.inside(_FIRST)])
    root.run("chown", "-R", f"{USER}:{USER}", str(_FIRST))
    (folder,) = root.inside(_FIRST).iterdir()
    program = str(_FIRST / folder.name / "tlft")
    say_ok(f"runs from '{_FIRST}': {root.run(program, '--version', user=USER).stdout.strip()}.")
    steps.refuses_without_a_screen(root, program)
    said = root.run(program, "doctor", user=USER).stdout
    found = re.search(r"apt-get install -y ([a-z0-9.+ -]+)", said)
    if found is None:
        raise Failure(f"On a system without Qt's libraries no line says how to get them:\n{said}")
    root.run("apt-get", "update", "-q", has_network=True)
    root.run("apt-get", "install", "-y", "-q", "--no-install-recommends", *found[1].split(), has_network=True)
    say_ok(f"the line that `tlft doctor` names installs what the system lacks: {found[1].strip()}.")
    steps.self_test(root, program)
    steps.train_by_mouse(root, program, pictures)
    root.inside(_FIRST).rename(root.inside(_SECOND))
    moved = str(_SECOND / folder.name / "tlft")
    steps.self_test(root, moved)
    steps.run_two_ranks(root, _SECOND / folder.name / "python" / "bin" / "python3")
    say_ok(f"moved to '{_SECOND}' it runs as before.")
    _runs_where_nobody_writes(root, moved)
    steps.works_without_a_home(root, moved)
    _notices_a_changed_file(root, moved)


def _runs_where_nobody_writes(root: BareRoot, program: str) -> None:
    place = root.inside(_SECOND)
    call(["mount", "--bind", place, place])
    try:
        call(["mount", "-o", "remount,bind,ro", place])
        steps.self_test(root, program)
    finally:
        call(["umount", place])
    say_ok("in a folder that cannot be written it runs as before.")


def _notices_a_changed_file(root: BareRoot, program: str) -> None:
    changed = root.inside(Path(program)).with_name("licences") / "NOTICES.txt"
    with changed.open("a", encoding="utf-8") as file:
        file.write("more")
    result = root.run(program, "self-test", "--installed", user=USER, env=steps.NO_SCREEN, may_fail=True)
    if result.returncode == 0 or "licences/NOTICES.txt is changed" not in result.stdout:
        raise Failure(f"A changed file is not noticed ({result.returncode}):\n{result.stdout}")
    say_ok("a changed file is named by the self-test.")

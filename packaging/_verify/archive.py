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

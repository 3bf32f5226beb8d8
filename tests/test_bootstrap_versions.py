"""packaging/constraints.txt: what it holds, and how the set-up uses it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from _bootstrap import environment, setup, tested_versions
from _bootstrap.console import SetupError
from _bootstrap.pip_tool import Package, Pip, PipError

ROOT = Path(__file__).resolve().parent.parent
LINES = [
    "numpy==2.4.6 ; python_full_version < '3.12' --hash=sha256:aa --hash=sha256:bb",
    "nvidia-cublas==13.1 ; sys_platform == 'linux' --hash=sha256:cc",
    "torch==2.13.0 --hash=sha256:dd",
]


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_requirement_has_a_tested_version_in_its_range(python: str, platform: str) -> None:
    where = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": platform}
    pins = {}
    for line in tested_versions.constraints(tested_versions.read(ROOT / "packaging" / "constraints.txt")):
        pin = Requirement(line)
        if pin.marker is None or pin.marker.evaluate(where):
            assert pin.name not in pins
            pins[canonicalize_name(pin.name)] = str(pin.specifier).removeprefix("==")
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for wanted in map(Requirement, environment.requirements(pyproject, ["dev"])):
        if wanted.marker is None or wanted.marker.evaluate(where):
            assert pins[canonicalize_name(wanted.name)] in wanted.specifier, wanted
    assert (pins["torch"] == "2.13.0") is (python == "3.11")


def test_every_tested_version_has_hashes_and_no_build() -> None:
    for line in tested_versions.read(ROOT / "packaging" / "constraints.txt"):
        assert " --hash=sha256:" in line
        assert "+" not in line.partition(" --hash=")[0]


def test_the_resolver_gets_versions_without_hashes() -> None:
    assert tested_versions.constraints(LINES)[0] == "numpy==2.4.6 ; python_full_version < '3.12'"
    assert len(tested_versions.constraints(LINES)) == 3
    assert tested_versions.constraints(LINES, has_other_torch=True) == tested_versions.constraints(LINES[:1])


def test_files_of_the_index_are_held_to_their_hashes() -> None:
    numpy = Package("NumPy", "2.4.6", "https://index/numpy.whl")
    others = [
        Package("numpy", "2.4.6", "file:///wheels/numpy.whl"),
        Package("numpy", "2.5", "https://index/numpy.whl"),
        Package("torch", "2.13.0+cpu", "https://download/torch.whl"),
    ]
    expected = ["numpy==2.4.6 --hash=sha256:aa --hash=sha256:bb"]
    assert tested_versions.split(LINES, [numpy, *others]) == (expected, others)


class _Pip(Pip):
    words = "ERROR: ResolutionImpossible"

    def would_install(self, requirements: object, *, options: object = (), waiting: str = "") -> list[Package]:
        if self.constraints:
            raise PipError(self.words)
        return [Package("numpy", "3.0", "https://index/numpy.whl")]


def test_a_python_without_tested_versions_gets_the_ranges(capsys: pytest.CaptureFixture[str]) -> None:
    pip = _Pip(Path("python"), ROOT, constraints=("numpy==2.4.6",))
    assert setup._what_is_missing(pip, ["numpy"])[0].version == "3.0"
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_network_that_is_away_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Pip, "words", "NameResolutionError: no index\nERROR: No matching distribution")
    with pytest.raises(SetupError, match="No package index can be reached"):
        setup._what_is_missing(_Pip(Path("python"), ROOT, constraints=("numpy==2.4.6",)), ["numpy"])

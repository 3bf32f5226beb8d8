"""Bring the environment to what a word needs; do nothing, quickly, if it is there already."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from _bootstrap import environment as env
from _bootstrap import pip_tool, tested_versions, torch_choice
from _bootstrap.console import SetupError, capture, say

PIP_MINIMUM = (25, 1)  # older versions download whole packages to answer `--dry-run`
FREE_BYTES = {"cpu": 2_500_000_000, "cuda": 10_000_000_000}


@dataclass(frozen=True)
class Wish:
    """What the command line asks of the environment."""

    extras: tuple[str, ...]
    torch: str = "auto"
    wheels: Path | None = None


def ensure(environment: env.Environment, wish: Wish) -> None:
    """Make sure that the environment serves `wish`; return at once if its stamp says so."""
    pyproject = env.read_pyproject(environment.root)
    tested = tested_versions.read(environment.constraints)
    extras = env.expand_extras(pyproject, wish.extras)
    wanted = env.Stamp(
        project=env.project_digest(pyproject, tested),
        python=env.python_version(environment),
        root=str(environment.root),
        extras=extras,
        torch=wish.torch,
    )
    stamp = env.read_stamp(environment.stamp_path)
    if stamp is not None and env.is_new_enough(wanted.python) and stamp.covers(wanted):
        return
    version = env.ensure_environment(environment, wheels=wish.wheels)
    every_extra = tuple(
        sorted({*extras, *(stamp.extras if stamp else ())} & set(pyproject["project"]["optional-dependencies"]))
    )
    build = _install(environment, env.requirements(pyproject, every_extra), tested=tested, wish=wish)
    torch = build if wish.torch == "auto" else wish.torch
    env.write_stamp(
        environment.stamp_path,
        env.Stamp(project=wanted.project, python=version, root=wanted.root, extras=every_extra, torch=torch),
    )
    say("The environment is ready.")


def _install(environment: env.Environment, lines: list[str], *, tested: list[str], wish: Wish) -> str:
    """Install the project and its requirements; return the build of torch."""
    for name in env.remove_torn_installs(environment.site_packages):
        say(f"{name} was not installed completely last time: once more.")
    pip = pip_tool.Pip(
        environment.python, environment.root, wish.wheels, constraints=tested_versions.constraints(tested)
    )
    _refresh_pip(pip)
    installed = (
        env.installed_version(environment.site_packages, "torch"),
        env.installed_version(environment.site_packages, "torchvision"),
    )
    ranges = [line for line in lines if re.match(r"torch(vision)?\b", line)]
    plan = torch_choice.plan(wish.torch, installed=installed, pip=pip, ranges=ranges)
    say(plan.reason)
    if not installed[0]:
        _check_space(environment.root, plan.build)
    if plan.requirements:  # instead of the ranges, not beside them: pip would fetch the newest torch to look into it
        lines = [*plan.requirements, *(line for line in lines if line not in ranges)]
    has_other_torch = bool(plan.requirements) or bool(installed[0])
    constraints = tested_versions.constraints(tested, has_other_torch=has_other_torch)
    pip = replace(pip, extra_args=plan.pip_args, constraints=constraints)
    _install_requirements(pip, lines, tested=tested)
    say("Installing this checkout (editable).")
    pip.install("-q", "--no-deps", "--editable", str(environment.root))
    _check_torch(environment)
    return plan.build


def _refresh_pip(pip: pip_tool.Pip) -> None:
    version = capture(pip.command("--version"), cwd=pip.root).stdout
    found = re.match(r"pip (\d+)\.(\d+)", version)
    if found is None or (int(found[1]), int(found[2])) < PIP_MINIMUM:
        capture(pip.command("install", "-q", "--upgrade", "pip", "--retries", "1"), cwd=pip.root)  # goes on without


def _install_requirements(pip: pip_tool.Pip, lines: list[str], *, tested: list[str]) -> None:
    say("Asking pip what is missing (an index without separate metadata sends whole packages to answer that).")
    packages = _what_is_missing(pip, lines)
    if not packages:
        return
    for line in pip_tool.describe(pip_tool.with_sizes(packages, size_of=pip_tool.size_of_url)):
        say(line)
    hashed, others = tested_versions.split(tested, packages)
    if others:
        exact = {line.partition("=")[0]: line for line in lines if "==" in line}
        names = (exact.get(package.name, f"{package.name}=={package.version}") for package in others)
        pip.install("--no-deps", *names)
    if hashed:
        pip.install_hashed(hashed)


def _what_is_missing(pip: pip_tool.Pip, lines: list[str]) -> list[pip_tool.Package]:
    try:
        try:
            return pip.would_install(lines, waiting="pip is still at it")
        except pip_tool.PipError as error:
            if pip_tool.is_offline(str(error)) and pip.wheels is None:
                raise
            say(
                "The tested versions (packaging/constraints.txt) cannot be had here: taking what pyproject.toml allows."
            )
            return replace(pip, constraints=()).would_install(lines, waiting="pip is still at it")
    except pip_tool.PipError as error:
        raise SetupError(pip_tool.explain(str(error), wheels=pip.wheels)) from error


def _check_torch(environment: env.Environment) -> None:
    """Start torch once: a wheel that was built for a newer system installs without complaint and fails here."""
    result = capture([str(environment.python), "-c", "import torch, torchvision"], cwd=environment.root)
    if result.returncode != 0:
        version = env.installed_version(environment.site_packages, "torch")
        raise SetupError(
            f"torch {version} is installed but does not start here: {result.stdout.strip().splitlines()[-1]}\n"
            f"If it came from a folder of wheels, delete {environment.folder} and call the same command with another "
            "folder, or with PIP_FIND_LINKS set to nothing."
        )


def _check_space(root: Path, build: str) -> None:
    free = shutil.disk_usage(root).free
    if free < FREE_BYTES[build]:
        raise SetupError(
            f"{root} has {free / 1e9:.1f} GB of free disk space; an environment with a {build.upper()} build of torch "
            f"needs about {FREE_BYTES[build] / 1e9:.1f} GB while it is installed."
        )

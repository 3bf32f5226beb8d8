"""One trained project for all tests of the commands, and a quick way to call them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from command_line import Result, World, call

Caller = Callable[..., Result]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A project with a transfer and a fine-tuning run; tests may add runs, and copy it to damage it."""
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a function that runs a command in this process, in the profile of the world."""
    return lambda *arguments: call(arguments, home=world.home, capsys=capsys)

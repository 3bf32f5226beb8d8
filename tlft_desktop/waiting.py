"""How the threads of torch wait for each other: decided before torch is loaded, since OpenMP reads it once."""

from __future__ import annotations

from collections.abc import MutableMapping

_SPINS = "2000"
_CHOICES = ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")


def wait_briefly(environment: MutableMapping[str, str]) -> None:
    """Let threads that wait for each other sleep soon instead of keeping their cores busy; the user's choice stands.

    A thread that spins for one which has no core holds up whoever has the work. A transfer run of 5.2 seconds on two
    idle cores took 182 seconds beside three busy processes; with this many spins it took 26, and 5.9 alone.

    Args:
        environment: Of this process; GNU's OpenMP reads it when torch is loaded.
    """
    if not any(name in environment for name in _CHOICES):
        environment[_CHOICES[0]] = _SPINS

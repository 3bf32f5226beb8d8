"""Torch draws random numbers of the whole process from one generator: whoever sets it keeps others out meanwhile."""

from __future__ import annotations

import threading

RANDOM_STATE = threading.RLock()
"""Held while torch's global generator is seeded and drawn from, so that a network that is built for another purpose in
another thread changes neither the dropout of a training step nor gets other first weights by it."""

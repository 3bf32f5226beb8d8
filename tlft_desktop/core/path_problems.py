"""A path that the system refuses to look at, in a sentence: errors that no function foresaw and that are no fault."""

from __future__ import annotations

import errno
import os

_REFUSED = (errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.EINVAL, errno.ESTALE)
"""Of a path that was given: `Path.exists` and its like raise these."""


def path_problem(error: BaseException) -> str:
    """Return a sentence about the path that `error` is about; empty for every other error."""
    if isinstance(error, OSError) and error.errno in _REFUSED and error.filename:
        return f"'{os.fsdecode(error.filename)[:500]}' cannot be used: {error.strerror}."
    if isinstance(error, RuntimeError) and str(error).casefold().startswith("symlink loop"):
        # What `Path.resolve` raises before Python 3.13.
        return f"A link leads back to itself: {error}."
    return ""

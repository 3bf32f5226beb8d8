"""What a run says of how it starts or goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tlft_desktop.core.runs.checkpoint import LoadedCheckpoint
from tlft_desktop.core.training.micro_batch import in_parts
from tlft_desktop.core.values.events import Notice
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.workflows.versions import other_versions


def start_notices(numerics: Numerics) -> tuple[Notice, ...]:
    """Return what a new run says of its numerics before it begins."""
    if numerics.micro_batch == numerics.batch:
        return ()
    return (Notice(kind="memory", message=in_parts(numerics)),)


def why_not_resumable(run: str, state: RunState) -> str:
    """Say why a run in a state cannot go on."""
    match state:
        case RunState.COMPLETED:
            return f"The run '{run}' cannot be resumed: it is completed."
        case RunState.RUNNING:
            return f"The run '{run}' cannot be resumed: it is running."
    return f"The run '{run}' cannot be resumed: it failed, and would fail again."


def resume_notices(
    checkpoint: LoadedCheckpoint | None, problems: Sequence[str], recorded: Mapping[str, str]
) -> tuple[Notice, ...]:
    """Say from where a run goes on, and what is not as it was.

    Args:
        checkpoint: Where it goes on; None from its start.
        problems: What is wrong with the checkpoints that cannot be used.
        recorded: Versions of the libraries that the run began with.
    """
    damages = (Notice(kind="damaged", message=problem) for problem in problems)
    return (_start(checkpoint, has_damaged=bool(problems)), *damages, *_version_notices(recorded))


def _start(checkpoint: LoadedCheckpoint | None, *, has_damaged: bool) -> Notice:
    if checkpoint is not None:
        return Notice(kind="resumed", message=f"The run goes on from step {checkpoint.step}.")
    if has_damaged:
        message = "Every checkpoint is damaged, so the run starts again from its beginning; the files are kept."
        return Notice(kind="damaged", message=message)
    return Notice(kind="resumed", message="The run had not come to a checkpoint; it starts from its beginning.")


def _version_notices(recorded: Mapping[str, str]) -> tuple[Notice, ...]:
    changed = other_versions(recorded)
    if changed is None:
        return ()
    before, now = changed
    message = (
        f"The run began with {before} and goes on with {now}: the last bits of its result can differ from those of a "
        "run that was not interrupted."
    )
    return (Notice(kind="versions", message=message),)

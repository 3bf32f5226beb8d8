"""Which run a person means by what they type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.run import RunSummary

_MOST_SHOWN = 8


def run_meant(ref: str, summaries: Sequence[RunSummary]) -> str:
    """Return the run that `ref` means.

    That is, in this order: `last` or `best`, an identifier, a name, the unique beginning of an identifier, the unique
    beginning of a name. Large and small letters are the same.

    Args:
        ref: What was typed.
        summaries: The runs of the project, the oldest first.

    Raises:
        InputError: If it means none, or more than one; the message lists the candidates.
    """
    word = ref.casefold()
    if word in ("last", "best") and summaries:
        return _best(summaries) if word == "best" else summaries[-1].run
    found = next((found for found in _readings(ref, summaries) if found), [])
    if len(found) == 1:
        return found[0].run
    if found:
        raise InputError(f"{ref!r} means more than one run: {_listed(found)}.")
    remedy = f"There are: {_listed(summaries)}." if summaries else "There are no runs yet."
    raise InputError(f"There is no run {ref!r}.", remedy=remedy)


def _readings(ref: str, summaries: Sequence[RunSummary]) -> Iterator[list[RunSummary]]:
    """Yield the runs that `ref` means in one way after the other."""
    run, name = ref.upper(), _folded(ref)
    yield [summary for summary in summaries if summary.run == run]
    yield [summary for summary in summaries if _folded(summary.name) == name]
    if name:
        yield [summary for summary in summaries if summary.run.startswith(run)]
        yield [summary for summary in summaries if _folded(summary.name).startswith(name)]


def _best(summaries: Sequence[RunSummary]) -> str:
    judged = [summary for summary in summaries if summary.val_accuracy is not None]
    if not judged:
        raise InputError("No run has a validation result yet.")
    return max(judged, key=lambda summary: summary.val_accuracy or 0.0).run


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _listed(summaries: Sequence[RunSummary]) -> str:
    return ", ".join(f"{summary.run} ({summary.name})" for summary in summaries[-_MOST_SHOWN:])

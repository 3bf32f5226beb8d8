"""Names of runs: what is refused, and that nothing changes then."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage_samples import make_run
from tlft_desktop.core.errors import InputError, TlftError, UsageError
from tlft_desktop.core.runs.names import MAX_NAME_LENGTH, checked_name
from tlft_desktop.core.runs.store import RunStore


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    """Return three runs, of which the second is called `good`."""
    store = RunStore(tmp_path)
    runs = [make_run(store) for _ in range(3)]
    store.rename(runs[1], "good")
    return store


def names(store: RunStore) -> list[str]:
    """Return the names as the table shows them."""
    return [summary.name for summary in store.summaries()]


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("last", UsageError, "the word means the last run"),
        (" Best ", UsageError, "the word means the best run"),
        ("x" * (MAX_NAME_LENGTH + 1), UsageError, "at most 80 characters; this one has 81"),
        ("x" * 1_000_000, UsageError, "1,000,000"),
        ("two\nlines", UsageError, "cannot be shown"),
        ("bell\a", UsageError, "cannot be shown"),
        ("escape\033[2J", UsageError, "cannot be shown"),
        ("turned\u202egnp", UsageError, "cannot be shown"),
        ("half\ud800", UsageError, "cannot be shown"),
        ("zero\0", UsageError, "cannot be shown"),
        ("good", InputError, "is called 'good' already"),
        ("GOOD", InputError, "is called 'good' already"),
        ("transfer 3", InputError, "is called 'transfer 3' already"),
        ("Transfer 4", InputError, "a name that the program gives"),
        ("fine-tuning 17", InputError, "a name that the program gives"),
        ("0", InputError, "the identifiers of runs begin so"),
        ("01", InputError, "the identifiers of runs begin so"),
    ],
)
def test_a_name_that_would_not_find_the_run_is_refused(
    store: RunStore, name: str, kind: type[TlftError], text: str
) -> None:
    first = store.ids()[0]
    with pytest.raises(kind, match=text) as caught:
        store.rename(first, name)
    assert "othing was changed" in str(caught.value)
    assert names(store) == ["transfer 1", "good", "transfer 3"]


def test_identifiers_of_runs_and_their_beginnings_are_no_names(store: RunStore) -> None:
    first, second, third = store.ids()
    for other in (first, second, third):
        for length in (4, 12, 26):
            with pytest.raises(InputError, match="begin so"):
                store.rename(first, other[:length].lower())


def test_first_names_come_back_and_follow_no_rule_of_their_own(store: RunStore) -> None:
    first, second, _ = store.ids()
    store.rename(second, "Transfer 2")
    assert names(store) == ["transfer 1", "transfer 2", "transfer 3"]
    store.rename(first, "good")
    store.rename(first, "good")
    store.rename(second, "Gänse\u00a0und Hühner 🦆")
    assert names(store) == ["good", "Gänse und Hühner 🦆", "transfer 3"]
    assert store.resolve("GÄNSE UND HÜHNER 🦆") == second


@given(st.text(max_size=100))
def test_a_checked_name_stays_as_it_is(text: str) -> None:
    with contextlib.suppress(UsageError):
        name = checked_name(text)
        assert checked_name(name) == name == name.strip()
        assert len(name) <= MAX_NAME_LENGTH
        assert name.isprintable()

"""Manifests: sorted, named by their content, exact as lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.values.manifest import ImageRecord, Manifest, PixelScaling, Split

RECORDS = st.builds(
    ImageRecord,
    path=st.text(min_size=1, max_size=8),
    sha256=st.text("0123456789abcdef", max_size=8),
    label=st.sampled_from(["a", "b"]),
    split=st.sampled_from(list(Split)),
    width=st.integers(0, 9999),
    height=st.integers(0, 9999),
    mode=st.sampled_from(["RGB", "I;16", ""]),
    group=st.text(max_size=3),
    excluded=st.text(max_size=3),
    note=st.text(max_size=3),
)


def record(path: str, split: Split = Split.TRAIN, *, label: str = "a", excluded: str = "") -> ImageRecord:
    return ImageRecord(path, "00", label, split, 8, 8, "RGB", excluded=excluded)


@given(st.lists(RECORDS, max_size=5, unique_by=lambda item: item.path), st.none() | st.just(PixelScaling(1.5, 4095.0)))
def test_lines_give_the_same_manifest_back(records: list[ImageRecord], scaling: PixelScaling | None) -> None:
    manifest = Manifest(tuple(records), ("a", "b"), scaling)
    text = "".join(manifest.lines())
    assert text.isascii()
    again = Manifest.from_lines(text.splitlines())
    assert again == manifest
    assert again.digest == manifest.digest
    assert Manifest(tuple(reversed(records)), ("a", "b"), scaling).digest == manifest.digest


def test_digest_depends_on_everything() -> None:
    base = Manifest((record("x"),), ("a", "b"))
    others = [
        Manifest((record("y"),), ("a", "b")),
        Manifest((record("x", Split.VAL),), ("a", "b")),
        Manifest((record("x", excluded="blurred"),), ("a", "b")),
        Manifest((record("x"),), ("b", "a")),
        Manifest((record("x"),), ("a", "b"), PixelScaling(0, 1)),
    ]
    assert len({base.digest, *(other.digest for other in others)}) == 6


def test_used_leaves_excluded_images_out() -> None:
    manifest = Manifest(
        (record("c"), record("b", excluded="damaged"), record("a"), record("d", Split.VAL, label="b")), ("a", "b")
    )
    assert [item.path for item in manifest.used(Split.TRAIN)] == ["a", "c"]
    assert [manifest.label_index(item) for item in manifest.used(Split.VAL)] == [1]
    assert manifest.used(Split.TEST) == ()
    assert len(manifest.records) == 4


@pytest.mark.parametrize("lines", [[], ['{"schema": 2, "classes": [], "scaling": null}']])
def test_a_header_is_needed(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="schema 1"):
        Manifest.from_lines(lines)


def test_a_window_needs_a_width() -> None:
    with pytest.raises(ValueError, match="white"):
        PixelScaling(3.0, 3.0)
    with pytest.raises(ValueError, match="white"):
        PixelScaling(0.0, float("nan"))

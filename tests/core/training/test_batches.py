"""Order and batches are functions; no image is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.training.batches import epoch_order, num_batches, split_batches, view_of

COUNTS = st.integers(0, 200)


@given(COUNTS, st.integers(0, 2**63), st.integers(0, 1000))
def test_order_is_a_permutation_by_seed_and_epoch(num_images: int, seed: int, epoch: int) -> None:
    order = epoch_order(num_images, seed=seed, epoch=epoch)
    assert sorted(order) == list(range(num_images))
    assert epoch_order(num_images, seed=seed, epoch=epoch) == order


def test_every_epoch_and_seed_has_its_own_order() -> None:
    orders = {tuple(epoch_order(50, seed=seed, epoch=epoch)) for seed in range(5) for epoch in range(5)}
    assert len(orders) == 25


@given(COUNTS, st.integers(1, 70))
def test_batches_hold_every_image_once_in_order(num_images: int, size: int) -> None:
    order = list(range(num_images))[::-1]
    batches = split_batches(order, size)
    assert [image for batch in batches for image in batch] == order
    assert all(len(batch) == size for batch in batches[:-1])
    assert all(batches)


@given(st.integers(2, 200), st.integers(2, 70))
def test_no_image_is_left_alone(num_images: int, size: int) -> None:
    batches = split_batches(list(range(num_images)), size)
    assert min(map(len, batches)) >= 2
    assert max(map(len, batches)) <= size + 1


@given(st.integers(1, 50))
def test_batches_of_one_are_possible_where_they_are_asked_for(num_images: int) -> None:
    assert split_batches(list(range(num_images)), 1) == [[image] for image in range(num_images)]


@given(COUNTS, st.integers(1, 70))
def test_the_number_of_batches_is_that_of_the_split(num_images: int, size: int) -> None:
    assert num_batches(num_images, size) == len(split_batches(list(range(num_images)), size))


@given(st.integers(0, 10**6), st.integers(0, 2**63), st.integers(0, 1000), st.integers(1, 50))
def test_views_are_in_range_and_functions(image: int, seed: int, epoch: int, views: int) -> None:
    view = view_of(image, seed=seed, epoch=epoch, views=views)
    assert 0 <= view < views
    assert view_of(image, seed=seed, epoch=epoch, views=views) == view
    unbounded = view_of(image, seed=seed, epoch=epoch, views=0)
    assert 2 <= unbounded < 2**31


@pytest.mark.parametrize("views", [2, 5])
def test_all_views_are_used_alike(views: int) -> None:
    seen = [view_of(image, seed=1, epoch=epoch, views=views) for image in range(100) for epoch in range(20)]
    assert all(abs(seen.count(view) / len(seen) - 1 / views) < 0.03 for view in range(views))


def test_unbounded_views_are_new_in_each_epoch() -> None:
    assert len({view_of(3, seed=1, epoch=epoch, views=0) for epoch in range(200)}) == 200

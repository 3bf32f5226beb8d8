"""Which images form which batch: functions of the seed and the epoch."""

from __future__ import annotations

import torch

from tlft_desktop.core.values.seeds import derive_seed


def epoch_order(num_images: int, *, seed: int, epoch: int) -> list[int]:
    """Return the order of the images in an epoch."""
    generator = torch.Generator().manual_seed(derive_seed("order", seed, epoch))
    order: list[int] = torch.randperm(num_images, generator=generator).tolist()
    return order


def split_batches(order: list[int], size: int) -> list[list[int]]:
    """Cut `order` into batches of `size`; a single left-over image joins the batch before it, unless all are single.

    BatchNorm cannot train on one image: its variance is undefined.
    """
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    if size > 1 and len(batches) > 1 and len(batches[-1]) == 1:
        last = batches.pop()
        batches[-1] = batches[-1] + last
    return batches


def num_batches(num_images: int, size: int) -> int:
    """Return how many batches `split_batches` makes."""
    full, rest = divmod(num_images, size)
    return full + (1 if rest > 1 or (rest == 1 and full == 0) else 0)


def view_of(image: int, *, seed: int, epoch: int, views: int) -> int:
    """Return the number of the view of an image in an epoch: one of `views`, or unbounded when `views` is 0."""
    number = derive_seed("view", seed, epoch, image)
    return number % views if views else 2 + number % (2**31 - 2)

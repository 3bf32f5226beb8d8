"""Intervals and paired tests, against scipy and by simulation."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from tlft_desktop.core.stats import (
    FEWEST_DISCORDANT,
    clopper_pearson_interval,
    detectable_difference,
    holm,
    mcnemar_exact,
    paired_difference_interval,
    wilson_interval,
)

Z95 = float(norm.ppf(0.975))


@pytest.mark.parametrize(("num_correct", "num_total"), [(0, 1), (1, 1), (0, 40), (40, 40), (1, 7), (181, 200), (5, 9)])
def test_wilson_equals_scipy(num_correct: int, num_total: int) -> None:
    expected = binomtest(num_correct, num_total).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson_interval(num_correct, num_total, z=Z95) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(st.integers(1, 10**9).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_wilson_lies_around_the_share_and_within_zero_and_one(counts: tuple[int, int]) -> None:
    num_correct, num_total = counts
    low, high = wilson_interval(num_correct, num_total)
    assert 0 <= low <= num_correct / num_total <= high <= 1
    assert low < high


@pytest.mark.parametrize(("num_correct", "num_total"), [(0, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_impossible_counts(num_correct: int, num_total: int) -> None:
    with pytest.raises(ValueError, match="num_correct"):
        wilson_interval(num_correct, num_total)


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_equals_the_binomial_test(only_first: int, only_second: int) -> None:
    total = only_first + only_second
    expected = binomtest(only_first, total).pvalue if total else 1.0
    assert mcnemar_exact(only_first, only_second) == pytest.approx(expected, rel=1e-9)
    assert mcnemar_exact(only_first, only_second) == mcnemar_exact(only_second, only_first)


def test_holm_gives_the_figures_of_published_examples() -> None:
    # The usual example of four hypotheses, as the R function p.adjust and Wikipedia ("Holm-Bonferroni method") have it.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.5]) == [1.0, 1.0]
    assert holm([0.2]) == [0.2]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_rejects_what_its_steps_reject(p_values: list[float]) -> None:
    corrected = holm(p_values)
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    rejected: set[int] = set()
    for rank, place in enumerate(order):
        if (len(p_values) - rank) * p_values[place] > 0.05:
            break
        rejected.add(place)
    assert {place for place, value in enumerate(corrected) if value <= 0.05} == rejected
    assert all(value >= p_value for value, p_value in zip(corrected, p_values, strict=True))


def test_mcnemar_answers_at_once_for_many_images() -> None:
    started = time.perf_counter()
    assert mcnemar_exact(10_300, 9_700) == pytest.approx(binomtest(9_700, 20_000).pvalue, rel=1e-9)
    assert time.perf_counter() - started < 2


def test_mcnemar_does_not_underflow_to_an_error() -> None:
    assert mcnemar_exact(0, 5_000) == 0.0


@pytest.mark.parametrize("counts", [(-1, 3), (3, -1)])
def test_mcnemar_refuses_negative_counts(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        mcnemar_exact(*counts)


@pytest.mark.parametrize(
    ("share", "points"),
    [(0.10, {100: 8.9, 200: 6.3, 500: 4.0, 1000: 2.8, 2000: 2.0}), (0.05, {100: 6.3, 200: 4.4, 500: 2.8, 1000: 2.0})],
)
def test_detectable_difference_has_the_published_values(share: float, points: dict[int, float]) -> None:
    for num_images, expected in points.items():
        assert round(100 * detectable_difference(num_images, discordant_share=share), 1) == expected


def test_detectable_difference_is_found_with_80_percent_power() -> None:
    """Two classifiers that differ by it on 10 % discordant images: the normal test finds it four times out of five."""
    num_images, share = 1000, 0.10
    difference = detectable_difference(num_images, discordant_share=share)
    draws = np.random.default_rng(4).multinomial(
        num_images, [(share + difference) / 2, (share - difference) / 2, 1 - share], size=4000
    )
    statistic = np.abs(draws[:, 0] - draws[:, 1]) / np.sqrt(draws[:, 0] + draws[:, 1])
    assert float((statistic > Z95).mean()) == pytest.approx(0.8, abs=0.03)


def test_detectable_difference_is_at_most_everything() -> None:
    assert detectable_difference(1, discordant_share=1.0) == 1.0


@pytest.mark.parametrize(("num_images", "share"), [(0, 0.1), (10, 0.0), (10, 1.1)])
def test_detectable_difference_refuses_nonsense(num_images: int, share: float) -> None:
    with pytest.raises(ValueError, match="at least one image"):
        detectable_difference(num_images, discordant_share=share)


# No deadline: the first example loads scipy's statistics, which takes long beside other work.
@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_clopper_pearson_equals_scipy(hits: int, misses: int) -> None:
    if hits + misses:
        expected = binomtest(hits, hits + misses).proportion_ci(confidence_level=0.95, method="exact")
        limits = clopper_pearson_interval(hits, hits + misses)
        assert limits == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize("counts", [(10_300, 9_700), (20_000, 0), (1, 99_999)])
def test_clopper_pearson_of_many_images(counts: tuple[int, int]) -> None:
    expected = binomtest(counts[0], sum(counts)).proportion_ci(confidence_level=0.95, method="exact")
    assert clopper_pearson_interval(counts[0], sum(counts)) == pytest.approx((expected.low, expected.high), abs=1e-8)


@pytest.mark.parametrize("num_concordant", [0, 1, 60, 5_000])
def test_interval_and_exact_test_always_agree(num_concordant: int) -> None:
    """All discordant counts up to 40, and any number of images on which the two agree."""
    for first in range(41):
        for second in range(41):
            num_images = first + second + num_concordant
            if num_images == 0:
                continue
            low, high = paired_difference_interval(first, second, num_images)
            assert -1 <= low <= (first - second) / num_images <= high <= 1
            assert (low > 0 or high < 0) == (mcnemar_exact(first, second) < 0.05), (first, second)


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 10**6))
def test_interval_and_exact_test_agree_for_many_images(first: int, second: int, num_concordant: int) -> None:
    num_images = first + second + num_concordant
    if num_images:
        low, high = paired_difference_interval(first, second, num_images)
        assert (low > 0 or high < 0) == (mcnemar_exact(first, second) < 0.05)
        assert low <= (first - second) / num_images <= high


def test_fewer_discordant_images_than_six_show_nothing() -> None:
    assert mcnemar_exact(0, FEWEST_DISCORDANT) < 0.05 <= mcnemar_exact(0, FEWEST_DISCORDANT - 1)


@pytest.mark.parametrize(
    ("num_images", "first", "second"),
    [
        *[(40, 0.05, 0.05), (120, 0.02, 0.06), (400, 0.15, 0.05), (2000, 0.01, 0.01)],
        # Nearly all discordant images speak for one side.
        *[(100, 0.2, 0.02), (400, 0.1, 0.0), (200, 0.1, 0.01), (40, 0.3, 0.0), (100, 0.5, 0.1)],
    ],
)
def test_paired_interval_covers_the_true_difference(num_images: int, first: float, second: float) -> None:
    draws = np.random.default_rng(7).multinomial(num_images, [first, second, 1 - first - second], size=3000)
    counts, times = np.unique(draws[:, :2], axis=0, return_counts=True)
    intervals = [paired_difference_interval(int(b), int(c), num_images) for b, c in counts]
    covered = np.average([low <= first - second <= high for low, high in intervals], weights=times)
    assert covered > 0.935


def test_paired_interval_is_antisymmetric_and_bounded() -> None:
    low, high = paired_difference_interval(9, 2, 60)
    # By hand: 11 of 60 discordant, Wilson [0.105577, 0.299200]; 9 of 11 for the first, Clopper-Pearson [0.482244,
    # 0.977169]. 7/60 - |(11/60 * 0.671877, 7/11 * 0.115867)| and 7/60 + |(11/60 * 0.317974, 7/11 * 0.115867)|.
    assert (low, high) == pytest.approx((-0.0269, 0.2107), abs=1e-4)
    assert paired_difference_interval(2, 9, 60) == pytest.approx((-high, -low))
    assert low < 7 / 60 < high
    assert paired_difference_interval(1, 0, 1)[1] <= 1.0
    assert paired_difference_interval(0, 0, 50)[0] < 0 < paired_difference_interval(0, 0, 50)[1]


def test_paired_interval_on_one_side_of_zero() -> None:
    low, high = paired_difference_interval(20, 2, 100)
    assert (low, high) == pytest.approx((0.0829, 0.2621), abs=1e-4)


@pytest.mark.parametrize("counts", [(-1, 0, 5), (0, -1, 5), (3, 3, 5), (0, 0, 0)])
def test_paired_interval_refuses_impossible_counts(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="discordant"):
        paired_difference_interval(*counts)

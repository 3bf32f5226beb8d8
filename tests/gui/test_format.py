"""Numbers as people read them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from tlft_desktop.core import number_words
from tlft_desktop.gui import format as fmt


@pytest.mark.parametrize(
    ("size", "english", "german"),
    [
        (0, "0 bytes", "0 Bytes"),
        (999, "999 bytes", "999 Bytes"),
        (1536, "1.5 KiB", "1,5 KiB"),
        (357_459_558, "341 MiB", "341 MiB"),
        (1_051_407_155, "1,003 MiB", "1.003 MiB"),
        (2**30, "1.0 GiB", "1,0 GiB"),
    ],
)
def test_a_size_has_no_digits_that_nobody_needs(size: int, english: str, german: str) -> None:
    before = QLocale()
    try:
        for language, text in ((QLocale.Language.English, english), (QLocale.Language.German, german)):
            QLocale.setDefault(QLocale(language))
            assert fmt.num_bytes(size) == text
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("It is right for 89.0 % [85.7, 91.7].", "It is right for 89,0 % [85,7, 91,7]."),
        ("1,234 images, -0.5 points (0.27: near below 0.05).", "1.234 images, -0,5 points (0,27: near below 0,05)."),
        (
            "The network's 'size 1.5 mm.png' and `tlft a 0.5` stay.",
            "The network's 'size 1.5 mm.png' and `tlft a 0.5` stay.",
        ),
        ("Version 1.0.31 of blocks.5.1 takes 3 s.", "Version 1.0.31 of blocks.5.1 takes 3 s."),
        ("One, 2, 3.", "One, 2, 3."),
    ],
)
def test_numbers_in_sentences_of_the_core_follow_the_locale(english: str, german: str) -> None:
    before = QLocale()
    try:
        for name, text in (("en_US", english), ("de_DE", german)):
            QLocale.setDefault(QLocale(name))
            assert fmt.from_core(english) == text
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.04, "0.0 s"),
        (9.9, "9.9 s"),
        (42.4, "42 s"),
        (96, "1 min 40 s"),
        (358, "6 min"),
        (601, "10 min"),
        (5430, "1 h 30 min"),
    ],
)
def test_estimated_times_have_no_precision_that_nobody_has(seconds: float, expected: str) -> None:
    assert fmt.rough_duration(seconds) == expected


@pytest.mark.parametrize("total", [16, 32, 80, 160, 400, 800, 2000])
def test_the_window_rounds_a_share_as_the_terminal_does(total: int) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("en_US"))
        for number in range(total + 1):
            share = number / total
            assert fmt.percent(share) == number_words.percent(share)
            limits = number_words.interval(share / 2, share)
            assert fmt.accuracy(share, share / 2, share) == f"{number_words.percent(share)} {limits}"
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(("value", "expected"), [(86.25, "86.2"), (86.35, "86.3"), (0.125, "0.125"), (12.25, "12.2")])
def test_a_number_of_three_digits_is_rounded_as_python_does(value: float, expected: str) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("en_US"))
        assert fmt.number(value) == expected == f"{value:.3g}"
    finally:
        QLocale.setDefault(before)

"""Names that others chose are text in a page and nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tlft_desktop.core.report.markup import MAX_NAME, Markup, escaped, join, named, shortened, tag


class Reader(HTMLParser):
    """Collects the text and the tags of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(some.text(max_size=60))
def test_any_text_comes_out_as_itself_and_makes_no_tag(text: str) -> None:
    read = Reader(tag("p", text, title=text))
    assert read.tags == ["p"]
    shown = "".join(read.texts)
    assert [name for name, _ in read.attributes] == ["title"]
    assert len(shown) == len(text)
    assert all(sign in (own, "\ufffd") for sign, own in zip(shown, text, strict=True))


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x85", "\u202e", "\u2066", "\ud800", "\ufffe", "\U0001ffff", "\r"])
def test_signs_that_html_forbids_or_that_turn_the_text_are_replaced(sign: str) -> None:
    assert escaped(f"a{sign}b") == "a\ufffdb"
    escaped(f"a{sign}b").encode("utf-8")


def test_attributes_and_void_elements() -> None:
    assert tag("img", src="x", alt='a"b') == '<img src="x" alt="a&quot;b">'
    assert tag("path", class_="line", text_anchor="end", viewBox=None) == '<path class="line" text-anchor="end"></path>'


def test_markup_is_not_escaped_twice_and_nothing_is_nothing() -> None:
    bold = tag("b", "<")
    assert join("a & ", bold, None, ["b", [bold]]) == "a &amp; <b>&lt;</b>b<b>&lt;</b>"
    assert isinstance(join(bold), Markup)


def test_long_and_empty_names_are_shown_in_one_short_line() -> None:
    assert named("a\n  b") == "<bdi>a b</bdi>"
    assert shortened("") == "(no name)"
    assert len(shortened("x" * 500)) == MAX_NAME
    assert shortened("x" * 500).endswith("…")

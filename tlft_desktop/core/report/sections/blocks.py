"""Parts that every section is made of: tables, lists, figures, names of runs."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from tlft_desktop.core.report.facts import Picture, ReportFacts, RunFacts
from tlft_desktop.core.report.markup import Content, Markup, join, named, shortened, tag
from tlft_desktop.core.report.plots.chart import swatch

_SHOWN_SIDE = 96
_SHORT = 24
"""Rows of a table that is not divided on paper."""


def section(key: str, title: str, *content: Content) -> Markup:
    """Return a section with a heading to which the page's contents lead."""
    return tag("section", tag("h2", title), content, id=key)


def paragraph(*content: Content, look: str | None = None) -> Markup:
    """Return a paragraph."""
    return tag("p", *content, class_=look)


def bullets(items: Iterable[Content]) -> Markup | None:
    """Return a list; nothing without items."""
    rows = [tag("li", item) for item in items]
    return tag("ul", rows) if rows else None


def table(
    caption: str, header: Sequence[Content], rows: Iterable[Sequence[Content]], *, right: Sequence[int] = ()
) -> Markup:
    """Return a table that can be scrolled sideways where the page is narrow.

    Args:
        caption: What it shows.
        header: Of the columns.
        rows: Cells; the first of each row is its name.
        right: Columns that hold numbers.
    """

    def cell(element: str, content: Content, column: int, **attributes: object) -> Markup:
        return tag(element, content, class_="number" if column in right else None, **attributes)

    head = tag("tr", [cell("th", content, column, scope="col") for column, content in enumerate(header)])
    body = []
    for row in rows:
        first = cell("th", row[0], 0, scope="row")
        body.append(tag("tr", first, [cell("td", content, column) for column, content in enumerate(row[1:], start=1)]))
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", body))
    return tag("div", whole, class_="scroll short" if len(body) <= _SHORT else "scroll")


def figure(plot: Content, *caption: Content, look: str | None = None) -> Markup:
    """Return a plot or picture with its caption."""
    return tag("figure", plot, tag("figcaption", *caption), class_=look)


def picture(item: Picture, *caption: Content) -> Markup:
    """Return a small picture with its caption; in place of one that cannot be shown stands why."""
    name = shortened(item.name)
    if not item.data:
        shown = tag("div", item.problem or "It cannot be shown.", class_="missing")
    else:
        scale = _SHOWN_SIDE / max(item.width, item.height)
        shown = tag(
            "img",
            src=f"data:image/jpeg;base64,{base64.b64encode(item.data).decode('ascii')}",
            width=max(1, round(item.width * scale)),
            height=max(1, round(item.height * scale)),
            alt=name,
            title=name,
        )
    return tag("figure", shown, tag("figcaption", *caption) if caption else None, class_="picture")


def run_name(run: RunFacts) -> Markup:
    """Return the name of a run behind the mark that it has in the plots."""
    return tag("span", swatch(run.place), " ", named(run.name), class_="run")


def names(items: Sequence[str]) -> Markup:
    """Return names that somebody chose, one after the other."""
    return join(*(join(", " if place else "", named(name)) for place, name in enumerate(items)))


def name_of_run(facts: ReportFacts, run: str) -> Markup:
    """Return the name of a run by its identifier, with its mark where it is told in detail."""
    known = next((item for item in facts.runs if item.summary.run == run), None)
    return named(facts.name_of(run)) if known is None else run_name(known)


def code(text: str) -> Markup:
    """Return text that is copied letter by letter, such as a hash; a click chooses all of it."""
    return tag("code", text, class_="copy")

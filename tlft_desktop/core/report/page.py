"""The page of a report: one file that asks nothing of the network and runs nothing."""

from __future__ import annotations

from tlft_desktop import __version__
from tlft_desktop.core.number_words import plural
from tlft_desktop.core.report.facts import ReportFacts
from tlft_desktop.core.report.markup import Markup, named, shortened, tag
from tlft_desktop.core.report.sections.closing import limits, methods, repetition
from tlft_desktop.core.report.sections.comparison import comparison, races
from tlft_desktop.core.report.sections.data_card import data_card
from tlft_desktop.core.report.sections.details import details, results
from tlft_desktop.core.report.sections.overview import overview, runs
from tlft_desktop.core.report.sections.plans import plans
from tlft_desktop.core.report.stylesheet import STYLE

# A browser that knows this loads nothing else and runs nothing, whatever stands in the page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_MAX_TITLE = 60
_CONTENTS = (
    ("overview", "In short", overview),
    ("runs", "Runs", runs),
    ("comparison", "Comparison", comparison),
    ("races", "Races", races),
    ("data", "Images", data_card),
    ("plans", "What was frozen", plans),
    ("results", "Figures", results),
    ("details", "Run by run", details),
    ("limits", "Limits", limits),
    ("methods", "Methods", methods),
    ("repeat", "Repeat it", repetition),
)


def page(facts: ReportFacts) -> str:
    """Return the whole report as HTML."""
    parts = [(key, title, part) for key, title, make in _CONTENTS if (part := make(facts)) is not None]
    links = [tag("li", tag("a", title, href=f"#{key}")) for key, title, _ in parts]
    title = f"Report: {shortened(facts.project.name, _MAX_TITLE)}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=f"tlft_desktop {__version__}"),
        tag("title", title),
        tag("style", Markup(STYLE)),
    )
    header = tag(
        "header",
        tag("h1", "Report: ", named(facts.project.name)),
        tag("p", f"{plural(len(facts.summaries), 'run')} · made {facts.made} (UTC) · tlft_desktop {__version__}"),
        tag("nav", tag("ul", links), aria_label="Contents"),
    )
    body = tag("body", header, tag("main", [part for _, _, part in parts]))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"

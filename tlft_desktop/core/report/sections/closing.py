"""The end of a report: limits, methods with references, and what repeats it."""

from __future__ import annotations

from collections.abc import Iterator

from tlft_desktop.core.export.model_card import GENERAL_LIMITS
from tlft_desktop.core.report.facts import ReportFacts, RunFacts
from tlft_desktop.core.report.limits import limits_of
from tlft_desktop.core.report.markup import Content, Markup, tag
from tlft_desktop.core.report.methods import methods_of
from tlft_desktop.core.report.sections.blocks import bullets, code, paragraph, run_name, section, table
from tlft_desktop.core.workflows.repeat import RepeatCommand


def limits(facts: ReportFacts) -> Markup:
    """Return where the figures and the networks must not be trusted."""
    return section(
        "limits",
        "Limits",
        bullets(limits_of(facts)),
        paragraph("Of each network here holds:"),
        bullets(GENERAL_LIMITS),
    )


def methods(facts: ReportFacts) -> Markup | None:
    """Return the methods in words that can stand in a paper; None where no run says how it was made."""
    texts, citations = methods_of(facts)
    if not texts:
        return None
    works = [tag("li", work.text, " ", tag("a", work.mark, href=work.link)) for work in citations.works]
    return section(
        "methods",
        "Methods",
        tag("div", [paragraph(text) for text in texts], class_="prose"),
        [tag("h3", "References"), tag("ol", works, class_="references")] if works else None,
    )


def repetition(facts: ReportFacts) -> Markup:
    """Return the command lines and hashes that repeat what the report tells."""
    return section(
        "repeat",
        "Repeat it",
        tag("h3", "The project"),
        _command(facts.new_command),
        [_run(run) for run in facts.runs],
        tag("h3", "Check it, and make this report again"),
        [_line(text) for text in _report_lines(facts)],
    )


def _run(run: RunFacts) -> Content:
    command = paragraph(run.no_command, look="warning") if run.command is None else _command(run.command)
    rows = [(name, code(value)) for name, value in run.hashes.items()]
    return [
        tag("h3", run_name(run)),
        command,
        paragraph("Identifier of the run: ", code(run.summary.run)),
        table("SHA-256", ("of", "hash"), rows) if rows else None,
    ]


def _command(command: RepeatCommand) -> Content:
    return [_line(command.text), bullets(command.remarks)]


def _line(text: str) -> Markup:
    return tag("pre", tag("code", text), class_="copy")


def _report_lines(facts: ReportFacts) -> Iterator[str]:
    root = str(facts.root)
    for arguments in (("check", root), ("compare", root, *facts.named, "--html", "report.html")):
        yield RepeatCommand(("tlft", *arguments)).text

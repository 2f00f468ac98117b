"""Markdown, for a comment on a pull request."""

from collections.abc import Iterator
from urllib.parse import quote

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.report.tally import tallies

_HEADING = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}


def render(outcome: Outcome) -> str:
    """Return a summary, the findings by severity, and what was not judged."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield "## Email opt-out"
    yield ""
    counts = ", ".join(f"{_HEADING[severity].lower()}: {outcome.count(severity)}" for severity in Severity)
    yield f"{counts}; files read: {sum(outcome.read.values())}"
    yield ""
    yield from _table(outcome)
    for severity in Severity:
        findings = [finding for finding in outcome.findings if finding.severity is severity]
        if findings:
            yield f"### {_HEADING[severity]}"
            yield ""
            yield from (_item(finding) for finding in findings)
            yield ""
    if outcome.gaps:
        yield "### Not judged"
        yield ""
        yield from (f"- {_text(gap.path)}: {_text(gap.reason)}" for gap in outcome.gaps)
        yield ""
    for error in outcome.internal_errors:
        yield f"**Internal error** in {_text(error.where)}; please report it."


def _table(outcome: Outcome) -> Iterator[str]:
    yield "| object | harmful | proved safe | not decided |"
    yield "| --- | --- | --- | --- |"
    for tally in tallies(outcome):
        yield f"| {tally.object} | {tally.harmful} | {tally.safe} | {tally.undecided} |"
    yield ""


def _item(finding: Finding) -> str:
    place = finding.place
    link = f"[{_text(place.path)}:{place.line}]({quote(place.path)}#L{place.line})"
    condition = f" When: {_text(finding.condition)}." if finding.condition else ""
    return f"- **{finding.rule}** {_text(finding.message)} ({link}).{condition} {_text(finding.help)}"


def _text(text: str) -> str:
    """Escape what Markdown or HTML would read as its own."""
    for character in "\\`*_[]|":
        text = text.replace(character, "\\" + character)
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())

"""Markdown, for a comment on a pull request (GitHub Flavored Markdown Spec)."""

from collections.abc import Iterator

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.report.plain import by_severity, crash, uri_path, visible
from sfoptlint.report.tally import tallies

_ESCAPES = str.maketrans(
    {
        **{character: "\\" + character for character in "\\`*_[]|~"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "@": "@<!-- -->",  # a mention would notify whoever has that name
    }
)


def render(outcome: Outcome) -> str:
    """Return a summary, the findings by severity, and what was not judged."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield "## Email opt-out"
    yield ""
    counts = ", ".join(f"{severity}s: {outcome.count(severity)}" for severity in Severity)
    yield f"{counts}; files read: {sum(outcome.read.values())}"
    yield ""
    yield from _table(outcome)
    for heading, findings in by_severity(outcome):
        yield f"### {heading}"
        yield ""
        yield from map(_item, findings)
        yield ""
    if outcome.gaps:
        yield "### Not judged"
        yield ""
        yield from (f"- {_link(gap.path, gap.line)}: {_text(gap.reason)}" for gap in outcome.gaps)
        yield ""
    for error in outcome.internal_errors:
        yield f"**Defect of sfoptlint**, please report it: {_text(crash(error))}"
        yield ""


def _table(outcome: Outcome) -> Iterator[str]:
    yield "| object | harmful | proved safe | not decided |"
    yield "| --- | --- | --- | --- |"
    for tally in tallies(outcome):
        yield f"| {tally.object} | {tally.harmful} | {tally.safe} | {tally.undecided} |"
    yield ""


def _item(finding: Finding) -> str:
    link = _link(finding.place.path, finding.place.line)
    condition = f" When: {_text(finding.condition)}." if finding.condition else ""
    return f"- **{_text(finding.rule)}** {_text(finding.message)} ({link}).{condition} {_text(finding.help)}"


def _link(path: str, line: int) -> str:
    return f"[{_text(path)}:{line}]({uri_path(path)}#L{line})"


def _text(text: str) -> str:
    """Return a text on one line, with all that Markdown or HTML would read as its own escaped."""
    return " ".join(visible(text).split()).translate(_ESCAPES)

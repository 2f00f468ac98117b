"""A finding in plain text, for the formats that put text into a markup of their own."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from sfoptlint.core.finding import Finding, Note, Severity
from sfoptlint.core.outcome import InternalError, Outcome
from sfoptlint.core.printable import encodable, printable

_HEADING = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}


def one_line(finding: Finding) -> str:
    """Return the message with the remedy."""
    return f"{finding.message.rstrip('.')}. {finding.help}"


def notes(finding: Finding) -> Iterator[Note]:
    """Yield all that stands under a finding: when it happens, the proof, further places, and the remedy."""
    if finding.condition:
        yield Note("when", finding.condition)
    if finding.witness is not None:
        from sfoptlint.core.witness import in_words  # noqa: PLC0415 - few runs have one

        yield Note("witness", in_words(finding.witness))
    yield from finding.notes
    for related in finding.related:
        yield Note("see", f"{related.place.path}:{related.place.line}: {related.message}")
    yield Note("help", finding.help)
    yield Note("docs", f"sfoptlint explain {finding.rule}")


def by_severity(outcome: Outcome) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Yield a heading and its findings, the gravest first; a severity that no finding has is left out."""
    ordered = sorted(outcome.findings, key=lambda finding: finding.severity.rank)
    for severity, findings in groupby(ordered, key=lambda finding: finding.severity):
        yield _HEADING[severity], list(findings)


def crash(error: InternalError) -> str:
    """Return on one line where a defect of ours showed, and the last line of its trace."""
    lines = error.detail.strip().splitlines()
    return f"internal error in {error.where}: {lines[-1] if lines else 'no detail'}"


def visible(text: str) -> str:
    """Return a text with its lines kept, ended by LF, and every other character that cannot be seen as its escape."""
    if text.isprintable():
        return text
    return "\n".join(map(printable, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def uri_path(path: str) -> str:
    """Return a path as a relative URI reference (RFC 3986): all but unreserved characters and `/` is percent-encoded."""
    return quote(encodable(path))

"""HTML: one page without scripts, to read or print."""

from collections.abc import Iterator
from html import escape

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.report.tally import tallies

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2430 }
table { border-collapse: collapse } td, th { padding: .2rem .8rem; border-bottom: 1px solid #d5dae2; text-align: left }
article { border-left: .3rem solid #8a94a6; padding: .1rem 1rem; margin: 1rem 0; break-inside: avoid }
article.error { border-color: #c62828 } article.warning { border-color: #b26a00 } article.note { border-color: #1565c0 }
pre { background: #f3f5f8; padding: .5rem; overflow-x: auto } h3 { margin: .3rem 0 } .place { color: #56606f }
"""


def render(outcome: Outcome) -> str:
    """Return the whole page."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Email opt-out</title>'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Email opt-out</h1>"
    counts = ", ".join(f"{outcome.count(severity)} {severity}" for severity in Severity)
    yield f"<p>{counts}; {sum(outcome.read.values())} files read.</p>"
    yield from _table(outcome)
    for finding in outcome.findings:
        yield from _finding(finding)
    if outcome.gaps:
        yield "<h2>Not judged</h2>\n<ul>"
        yield from (f"<li>{escape(gap.path)}: {escape(gap.reason)}</li>" for gap in outcome.gaps)
        yield "</ul>"
    for error in outcome.internal_errors:
        yield f"<p>Internal error in {escape(error.where)}; please report it.</p><pre>{escape(error.detail)}</pre>"
    yield "</body>\n</html>"


def _table(outcome: Outcome) -> Iterator[str]:
    yield "<table>\n<tr><th>object</th><th>harmful</th><th>proved safe</th><th>not decided</th></tr>"
    for tally in tallies(outcome):
        cells = (tally.object, tally.harmful, tally.safe, tally.undecided)
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def _finding(finding: Finding) -> Iterator[str]:
    place = finding.place
    yield f'<article class="{finding.severity}">'
    yield f"<h3>{finding.severity} {escape(finding.rule)}: {escape(finding.message)}</h3>"
    yield f'<p class="place">{escape(place.path)}:{place.line}:{place.column}</p>'
    if finding.excerpt is not None:
        yield f"<pre>{escape(finding.excerpt.text)}</pre>"
    if finding.condition:
        yield f"<p>When: {escape(finding.condition)}</p>"
    yield from (f"<p>{escape(note.label)}: {escape(note.text)}</p>" for note in finding.notes)
    yield f"<p>{escape(finding.help)}</p>\n</article>"

"""HTML: one page without scripts, to read or print; it loads nothing (HTML Living Standard, Content Security Policy 3)."""

import html
from collections.abc import Iterator

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.location import Excerpt
from sfoptlint.core.outcome import Outcome
from sfoptlint.report.plain import by_severity, notes, visible
from sfoptlint.report.source_line import split
from sfoptlint.report.tally import tallies

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Email opt-out</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2430 }
table { border-collapse: collapse } td, th { padding: .2rem .8rem; border-bottom: 1px solid #d5dae2; text-align: left }
article { border-left: .3rem solid #8a94a6; padding: .1rem 1rem; margin: 1rem 0; break-inside: avoid }
article.error { border-color: #c62828 } article.warning { border-color: #b26a00 } article.note { border-color: #1565c0 }
pre { background: #f3f5f8; padding: .5rem; overflow-x: auto } mark { background: #ffe08a }
h2, h3 { break-after: avoid } h3 { margin: .3rem 0 } h3, p, dd, li { overflow-wrap: anywhere } .place { color: #56606f }
dt { font-weight: 600; float: left; margin-right: .5rem } dd { margin: 0 }
@media print { body { margin: 0; max-width: none } pre { white-space: pre-wrap } }
</style>
</head>
<body>"""


def render(outcome: Outcome) -> str:
    """Return the whole page."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield _HEAD
    yield f"<h1>Email opt-out: {_text(outcome.project.root)}</h1>"
    counts = ", ".join(f"{severity}s: {outcome.count(severity)}" for severity in Severity)
    yield f"<p>{counts}; files read: {sum(outcome.read.values())}</p>"
    yield from _table(outcome)
    for heading, findings in by_severity(outcome):
        yield f"<section>\n<h2>{heading} ({len(findings)})</h2>"
        for finding in findings:
            yield from _finding(finding)
        yield "</section>"
    if outcome.gaps:
        yield f"<h2>Not judged ({len(outcome.gaps)})</h2>\n<ul>"
        yield from (f"<li>{_text(gap.path)}:{gap.line}: {_text(gap.reason)}</li>" for gap in outcome.gaps)
        yield "</ul>"
    for error in outcome.internal_errors:
        yield f"<h2>Defect of sfoptlint in {_text(error.where)}, please report it</h2>\n<pre>{_text(error.detail)}</pre>"
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
    yield f"<h3>{_text(finding.rule)}: {_text(finding.message)}</h3>"
    yield f'<p class="place">{_text(place.path)}:{place.line}:{place.column}</p>'
    if finding.excerpt is not None:
        yield _source(finding.excerpt)
    yield "<dl>"
    yield from (f"<dt>{_text(note.label)}</dt><dd>{_text(note.text)}</dd>" for note in notes(finding))
    yield "</dl>\n</article>"


def _source(excerpt: Excerpt) -> str:
    line = split(excerpt)
    return f"<pre>{html.escape(line.before)}<mark>{html.escape(line.marked)}</mark>{html.escape(line.after)}</pre>"


def _text(text: str) -> str:
    return html.escape(visible(text))

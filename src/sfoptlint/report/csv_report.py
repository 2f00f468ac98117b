"""CSV (RFC 4180): every finding and every verdict row, for a spreadsheet.

A cell holds no control character but the line end (section 2, TEXTDATA).
"""

import csv
import io
from collections.abc import Iterator

from sfoptlint.core.finding import Finding
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.verdict import Row
from sfoptlint.report.plain import visible

COLUMNS = (
    "kind", "rule", "severity", "artifact", "object", "direction", "effect", "cause", "verdict", "reach", "message",
    "condition", "help", "path", "line", "column", "fingerprint",
)  # fmt: skip
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(outcome: Outcome) -> str:
    """Return a header, then the findings, then the verdicts; `kind` tells them apart."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in (*map(_finding, outcome.findings), *map(_verdict, outcome.rows)):
        writer.writerow(_cells(row))
    return text.getvalue()


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "kind": "finding",
        "rule": finding.rule,
        "severity": finding.severity,
        "artifact": finding.artifact,
        "object": finding.object,
        "direction": " ".join(finding.directions),
        "effect": finding.effect,
        "cause": finding.cause,
        "verdict": finding.verdict,
        "reach": finding.reach,
        "message": finding.message,
        "condition": finding.condition,
        "help": finding.help,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "fingerprint": finding.fingerprint,
    }


def _verdict(row: Row) -> dict[str, object]:
    return {
        "kind": "verdict",
        "artifact": row.artifact,
        "object": row.object,
        "direction": row.direction,
        "effect": row.effect,
        "cause": row.cause,
        "verdict": row.verdict,
        "reach": row.reach,
        "message": row.reason,
        "condition": row.condition,
        "path": row.path,
        "line": row.line,
    }


def _cells(row: dict[str, object]) -> Iterator[str]:
    """A cell that a spreadsheet would calculate is kept as text by an apostrophe (OWASP, CSV Injection)."""
    for column in COLUMNS:
        value = row.get(column)
        text = "" if value is None else visible(str(value))
        yield f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text

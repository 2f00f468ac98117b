"""JSON, schema `sfoptlint/1`: everything, for programs."""

import json
from typing import TYPE_CHECKING, Any

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.verdict import Row

if TYPE_CHECKING:
    from sfoptlint.core.witness import Witness

SCHEMA = "sfoptlint/1"


def render(outcome: Outcome) -> str:
    """Return the whole outcome as one JSON document, a line for each finding and row: a large org has thousands."""
    members = (f"{json.dumps(name)}: {_member(value)}" for name, value in document(outcome).items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def _member(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n  " + ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"


def document(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as plain data in the schema's shape."""
    project = outcome.project
    return {
        "schema": SCHEMA,
        "tool": {"name": "sfoptlint", "version": outcome.version},
        "project": {
            "root": project.root,
            "format": project.format,
            "objects": list(project.objects),
            "context": project.context,
        },
        "findings": [_finding(finding) for finding in outcome.findings],
        "verdicts": [_row(row) for row in outcome.rows],
        "coverage": {
            "read": dict(outcome.read),
            "gaps": [{"path": gap.path, "line": gap.line, "reason": gap.reason} for gap in outcome.gaps],
        },
        "summary": {
            **{severity.value: outcome.count(severity) for severity in Severity},
            "proved_safe": outcome.proved_safe,
            "unknown": outcome.undecided,
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "artifact": str(finding.artifact),
        "object": finding.object,
        "directions": list(finding.directions),
        "effect": finding.effect,
        "cause": finding.cause,
        "verdict": finding.verdict,
        "reach": finding.reach,
        "message": finding.message,
        "condition": finding.condition,
        "help": finding.help,
        **_place(finding.place),
        "column": finding.place.column,
        "related": [{**_place(r.place), "message": r.message} for r in finding.related],
        "notes": [{"label": note.label, "text": note.text} for note in finding.notes],
        "witness": _witness(finding.witness),
        "replayed": finding.replayed,
        "fingerprint": finding.fingerprint,
    }


def _row(row: Row) -> dict[str, Any]:
    data: dict[str, Any] = {
        "artifact": str(row.artifact),
        "type": row.artifact.type,
        "object": row.object,
        "direction": row.direction,
        "effect": row.effect,
        "cause": row.cause,
        "verdict": row.verdict,
        "reach": row.reach,
        "condition": row.condition,
        "reason": row.reason,
        "witness": _witness(row.witness),
        "replayed": row.replayed,
        "path": row.path,
        "line": row.line,
    }
    if row.effect == "hide":
        data["missing"] = list(row.missing)
    return data


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line}


def _witness(witness: "Witness | None") -> dict[str, object] | None:
    if witness is None:
        return None
    from sfoptlint.core.witness import document as witness_document  # noqa: PLC0415 - few runs have one

    return witness_document(witness)

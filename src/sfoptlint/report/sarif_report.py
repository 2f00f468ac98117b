"""SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for code scanning.

Section numbers below are those of the OASIS standard.
"""

import json
from typing import Any

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.location import Excerpt, Place
from sfoptlint.core.outcome import Outcome, RuleSummary
from sfoptlint.report.plain import uri_path

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_ROOT = "%SRCROOT%"
_GAP, _CRASH = "coverage-gap", "internal-error"


def render(outcome: Outcome) -> str:
    """Return one run; paths are relative to the folder that was linted."""
    index = {rule.id: at for at, rule in enumerate(outcome.rules)}
    run = {
        "tool": {"driver": _driver(outcome)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that was linted."}}},
        "invocations": [_invocation(outcome)],
        "results": [_result(finding, index) for finding in outcome.findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _driver(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": "sfoptlint",
        "semanticVersion": outcome.version,
        "rules": [_rule(rule) for rule in outcome.rules],
        "notifications": [
            {"id": _GAP, "shortDescription": {"text": "Something that was there was not judged."}},
            {"id": _CRASH, "shortDescription": {"text": "A defect of sfoptlint; please report it."}},
        ],
    }


def _rule(rule: RuleSummary) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.help},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _invocation(outcome: Outcome) -> dict[str, Any]:
    gaps = [
        {
            "descriptor": {"id": _GAP},
            "level": "note",
            "message": {"text": gap.reason},
            "locations": [_location(Place(gap.path, gap.line))],
        }
        for gap in outcome.gaps
    ]
    errors = [
        {
            "descriptor": {"id": _CRASH},
            "level": "error",
            "message": {"text": f"internal error in {error.where}: {error.detail}"},
        }
        for error in outcome.internal_errors
    ]
    return {
        "executionSuccessful": not outcome.internal_errors,
        "toolExecutionNotifications": [*errors, *gaps],
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.message}\n{finding.help}"},
        "locations": [_location(finding.place, finding.excerpt)],
        "partialFingerprints": {"sfoptlint/v1": finding.fingerprint},
        "properties": _properties(finding),
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.related:
        result["relatedLocations"] = [
            {**_location(related.place), "message": {"text": related.message}} for related in finding.related
        ]
    return result


def _properties(finding: Finding) -> dict[str, Any]:
    properties = {
        "artifact": str(finding.artifact),
        "object": finding.object,
        "directions": list(finding.directions),
        "effect": finding.effect,
        "cause": finding.cause,
        "verdict": finding.verdict,
        "reach": finding.reach,
        "condition": finding.condition,
    }
    return {name: value for name, value in properties.items() if value}


def _location(place: Place, excerpt: Excerpt | None = None) -> dict[str, Any]:
    location: dict[str, Any] = {
        "artifactLocation": {"uri": uri_path(place.path or "."), "uriBaseId": _ROOT},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    if excerpt is not None:
        location |= _regions(place, excerpt)
    return {"physicalLocation": location}


def _regions(place: Place, excerpt: Excerpt) -> dict[str, Any]:
    """A region's snippet is the region's own text (3.30.13); the source line around it is its context (3.29.5)."""
    start = excerpt.column - 1
    marked = excerpt.text[start : start + excerpt.width]
    context = max(1, place.column - start)
    return {
        "region": _region(place.line, place.column, marked),
        "contextRegion": _region(place.line, context, excerpt.text),
    }


def _region(line: int, column: int, text: str) -> dict[str, Any]:
    return {"startLine": line, "startColumn": column, "endColumn": column + len(text), "snippet": {"text": text}}

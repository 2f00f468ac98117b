"""SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for code scanning."""

import json
from typing import Any
from urllib.parse import quote

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.location import Excerpt, Place
from sfoptlint.core.outcome import Outcome

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_ROOT = "SRCROOT"


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
        "rules": [
            {
                "id": rule.id,
                "name": rule.name,
                "shortDescription": {"text": rule.summary},
                "help": {"text": rule.help},
                "defaultConfiguration": {"level": _LEVEL[rule.severity]},
            }
            for rule in outcome.rules
        ],
    }


def _invocation(outcome: Outcome) -> dict[str, Any]:
    gaps = [
        {"level": "note", "message": {"text": gap.reason}, "locations": [_location(Place(gap.path, gap.line), None)]}
        for gap in outcome.gaps
    ]
    errors = [
        {"level": "error", "message": {"text": f"internal error in {error.where}: {error.detail}"}}
        for error in outcome.internal_errors
    ]
    return {
        "executionSuccessful": not outcome.internal_errors,
        "toolExecutionNotifications": [*errors, *gaps],
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
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
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.message}\n{finding.help}"},
        "locations": [_location(finding.place, finding.excerpt)],
        "partialFingerprints": {"sfoptlint/v1": finding.fingerprint},
        "properties": {name: value for name, value in properties.items() if value},
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.related:
        result["relatedLocations"] = [
            {**_location(related.place, None), "message": {"text": related.message}} for related in finding.related
        ]
    return result


def _location(place: Place, excerpt: Excerpt | None) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": place.line, "startColumn": place.column}
    if excerpt is not None:
        region["snippet"] = {"text": excerpt.text}
    uri = quote(place.path or ".", safe="/-._~!$&'()*+,;=@")
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": region}}

"""GitLab Code Quality (GitLab Docs, Code Quality report format)."""

import json

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.report.plain import one_line, visible

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(outcome: Outcome) -> str:
    """Return the findings as one JSON list."""
    return json.dumps([_issue(finding) for finding in outcome.findings], indent=2, ensure_ascii=False) + "\n"


def _issue(finding: Finding) -> dict[str, object]:
    return {
        "description": visible(one_line(finding)),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITY[finding.severity],
        "location": {"path": finding.place.path, "lines": {"begin": finding.place.line}},
    }

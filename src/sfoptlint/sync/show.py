"""A run and the maintenance log as text and as JSON; an entry of a run is a line of its own in both."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from sfoptlint.sync.issue import Issue
from sfoptlint.sync.verdict import Action, PersonVerdict, Report

RUN_SCHEMA = "sfoptlint-sync/1"
ISSUES_SCHEMA = "sfoptlint-sync-issues/1"


def entry_as_json(entry: PersonVerdict | Action) -> str:
    """Return a verdict or an action as one line of JSON."""
    return json.dumps(asdict(entry))


def summary_as_json(report: Report, *, written: bool) -> str:
    """Return a run's last line of JSON."""
    counts = dict(sorted(report.counts.items()))
    return json.dumps(
        {
            "schema": RUN_SCHEMA,
            "written": written,
            "counts": counts,
            "incomplete": report.incomplete,
            "stopped": report.stopped or None,
        }
    )


def summary_as_text(report: Report, *, written: bool) -> str:
    """Return a run's last line."""
    counts = ", ".join(f"{number} {became}" for became, number in sorted(report.counts.items())) or "nothing to do"
    incomplete = "".join(f"; list {list_id} did not come whole: {why}" for list_id, why in report.incomplete.items())
    stopped = f"; stopped: {report.stopped}" if report.stopped else ""
    return counts + incomplete + ("" if written else "; nothing was written: that takes --write") + stopped


def issues_as_text(issues: Sequence[Issue]) -> str:
    """Return the maintenance log, an issue and its remedy each on a line."""
    return "\n".join(map(_lines, issues)) or "no issues"


def issues_as_json(issues: Sequence[Issue]) -> str:
    """Return the maintenance log."""
    listed = [
        {
            "cause": issue.cause,
            "record": issue.record,
            "evidence": issue.evidence,
            "first_seen": issue.first_seen,
            "last_seen": issue.last_seen,
            "closed": issue.closed or None,
            "remedy": issue.remedy,
        }
        for issue in issues
    ]
    return json.dumps({"schema": ISSUES_SCHEMA, "issues": listed}, indent=2)


def _lines(issue: Issue) -> str:
    over = f", over since {issue.closed}" if issue.closed else ""
    seen = f"first seen {issue.first_seen}, last {issue.last_seen}{over}"
    return f"{issue.cause} {issue.record}: {issue.evidence} ({seen})\n  remedy: {issue.remedy}"

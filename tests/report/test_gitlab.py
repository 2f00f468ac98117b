"""GitLab Code Quality: the members that a merge request widget needs."""

import json

from sfoptlint.core.finding import Severity
from sfoptlint.report.gitlab_report import render
from tests.report.outcomes import finding, hostile, outcome


def test_an_issue_has_what_gitlab_asks_for() -> None:
    assert json.loads(render(outcome(finding()))) == [
        {
            "description": "the list is missing. Add the related list.",
            "check_name": "OPT601",
            "fingerprint": "0123456789abcdef",
            "severity": "minor",
            "location": {"path": finding().place.path, "lines": {"begin": 2}},
        }
    ]


def test_severities_are_gitlabs() -> None:
    issues = json.loads(render(outcome(*[finding(severity=severity) for severity in Severity])))
    assert [issue["severity"] for issue in issues] == ["critical", "minor", "info"]


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render(outcome())) == []


def test_hostile_text_reads_back() -> None:
    assert len(json.loads(render(hostile()))) == 2

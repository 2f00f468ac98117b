"""Markdown: what a pull request shows, and what must not come alive in it."""

import re

from sfoptlint.core.finding import Severity
from sfoptlint.report.markdown_report import render
from tests.report.outcomes import broken_file, finding, hostile, outcome


def test_the_table_counts_rows_by_object() -> None:
    assert "| Contact | 1 | 1 | 1 |" in render(outcome())


def test_findings_stand_under_their_severity_and_gaps_at_the_end() -> None:
    text = render(outcome(finding(severity=Severity.NOTE), broken_file()))
    assert re.findall("^### (.*)$", text, re.MULTILINE) == ["Errors", "Notes", "Not judged"]


def test_a_finding_links_to_its_line() -> None:
    assert "(force-app/layouts/Contact-Contact%20Layout%253A%20Shore.layout-meta.xml#L2)" in render(outcome(finding()))


def test_hostile_text_stays_text() -> None:
    text = render(hostile())
    assert "<b>" not in text
    assert not re.search("@[a-z]", text), "nobody is notified"
    assert not re.search(r"(?<!\\)[`~]", text)
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", text)
    assert all(re.fullmatch(r"[A-Za-z0-9._~/%-]+#L\d+", link) for link in links)
    assert len(links) == 3, "two findings and a gap"


def test_a_finding_is_one_line() -> None:
    assert len([line for line in render(hostile()).split("\n") if line.startswith("- **")]) == 2

"""Every format: a golden of the demo org, and what each must survive."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from click import unstyle
from junitparser import JUnitXml

from sfoptlint.core.errors import UsageError
from sfoptlint.core.finding import Severity
from sfoptlint.report.formats import ReportFormat, format_of_file, renderer
from tests.report.outcomes import HOSTILE, broken_file, finding, outcome, rows


def rendered(form: ReportFormat, *, crashed: bool = False) -> str:
    return renderer(form)(outcome(finding(), finding(HOSTILE), broken_file(), crashed=crashed))


@pytest.mark.parametrize("form", list(ReportFormat))
def test_every_format_has_a_golden(form: ReportFormat, golden: Callable[[str, str], None]) -> None:
    golden(f"report/{form}.txt", unstyle(renderer(form)(outcome(finding(), broken_file()))))


@pytest.mark.parametrize("form", list(ReportFormat))
def test_hostile_text_and_a_crash_are_reported(form: ReportFormat) -> None:
    assert rendered(form, crashed=True).endswith("\n")
    assert rendered(form) == rendered(form)


@pytest.mark.parametrize("form", list(ReportFormat))
def test_nothing_found_is_a_report_too(form: ReportFormat) -> None:
    assert renderer(form)(outcome()) is not None


def test_sarif_ties_results_to_rules() -> None:
    run = json.loads(rendered(ReportFormat.SARIF))["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [ids[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "force-app/layouts/Contact-Contact%20Layout%253A%20Shore.layout-meta.xml"


def test_sarif_says_that_a_run_crashed() -> None:
    run = json.loads(rendered(ReportFormat.SARIF, crashed=True))["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_junit_has_a_case_for_each_row_and_reads_back() -> None:
    suites = {suite.name: suite for suite in JUnitXml.fromstring(rendered(ReportFormat.JUNIT).encode())}
    assert sum(suite.tests for name, suite in suites.items() if name != "input") == len(rows())
    assert suites["Layout"].failures == 1
    assert suites["ValidationRule"].skipped == 1
    assert suites["input"].failures == 1


def test_github_escapes_what_would_end_a_command() -> None:
    lines = rendered(ReportFormat.GITHUB).split("\n")
    assert len(lines) == 4, "a command a finding, and the last line end"
    assert "title=OPT601 layout-without-membership-list::" in lines[0]
    assert "Layout%253A Shore" in lines[0]


def test_gitlab_lists_issues() -> None:
    issues = json.loads(rendered(ReportFormat.GITLAB))
    assert {issue["severity"] for issue in issues} == {"minor", "critical"}


def test_csv_reads_back_and_hides_no_formula() -> None:
    table = list(csv.reader(io.StringIO(renderer(ReportFormat.CSV)(outcome(finding("=HYPERLINK(1)"))), newline="")))
    assert {len(row) for row in table} == {len(table[0])}
    assert table[1][table[0].index("message")] == "'=HYPERLINK(1)"
    assert [row[0] for row in table[1:]] == ["finding", "verdict", "verdict", "verdict"]


def test_markdown_escapes_html_and_tables() -> None:
    text = rendered(ReportFormat.MARKDOWN)
    assert "<b>" not in text
    assert "| Contact | 1 | 1 | 1 |" in text


def test_html_has_no_script_and_escapes() -> None:
    text = rendered(ReportFormat.HTML)
    assert "<b>" not in text
    assert "<script" not in text


def test_text_lists_many_alike_findings_by_place() -> None:
    text = unstyle(renderer(ReportFormat.TEXT)(outcome(*[finding()] * 8)))
    assert text.count("help: Add the related list.") == 5
    assert "3 more like the last one" in text


def test_text_shows_no_control_character() -> None:
    text = unstyle(renderer(ReportFormat.TEXT)(outcome(finding(HOSTILE, severity=Severity.ERROR))))
    assert "\x00" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.sarif", ReportFormat.SARIF),
        ("a.sarif.json", ReportFormat.SARIF),
        ("out/junit.xml", ReportFormat.JUNIT),
        ("r.HTML", ReportFormat.HTML),
        ("gl-code-quality-report.json", ReportFormat.GITLAB),
        ("findings.json", ReportFormat.JSON),
    ],
)
def test_a_files_name_says_its_format(name: str, form: ReportFormat) -> None:
    assert format_of_file(name) is form


def test_a_name_that_says_no_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"--output report\.pdf"):
        format_of_file("report.pdf")

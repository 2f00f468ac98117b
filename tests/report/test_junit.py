"""JUnit: read back by `junitparser`, a case for each verdict row."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Outcome
from sfoptlint.report.junit_report import render
from tests.report.outcomes import broken_file, finding, hostile, outcome, rows


def suites(of: Outcome) -> dict[str, TestSuite]:
    return {suite.name: suite for suite in JUnitXml.fromstring(render(of).encode())}


def cases(of: Outcome) -> Sequence[TestCase]:
    return [case for suite in suites(of).values() for case in suite]


def failed(of: Outcome) -> list[str]:
    return [case.name for case in cases(of) if any(isinstance(result, Failure) for result in case.result)]


def test_each_row_is_a_case() -> None:
    assert [(case.classname, case.name) for case in cases(outcome())] == [
        ("Layout", "Contact-Contact Layout: Shore / Contact / any / hide"),
        ("ValidationRule", "Contact.Need_Phone / Contact / opt_out / block"),
        ("ValidationRule", "Contact.Need_Phone / Contact / opt_in / block"),
    ]


def test_a_finding_fails_its_row_and_an_undecided_row_is_skipped() -> None:
    read = suites(outcome(finding()))
    (failing,) = read["Layout"]
    assert failing.result[0].message == "the list is missing"
    assert "2 | <Layout>" in failing.result[0].text
    undecided, safe = read["ValidationRule"]
    assert isinstance(undecided.result[0], Skipped)
    assert safe.result == []
    assert [(suite.tests, suite.failures, suite.skipped) for suite in read.values()] == [(1, 1, 0), (2, 0, 1)]


@pytest.mark.parametrize(("severity", "failures"), [(Severity.ERROR, 1), (Severity.WARNING, 1), (Severity.NOTE, 0)])
def test_a_note_fails_nothing(severity: Severity, failures: int) -> None:
    assert len(failed(outcome(finding(severity=severity)))) == failures


def test_what_stands_on_no_row_has_a_suite_of_its_own() -> None:
    (case,) = suites(outcome(broken_file()))["input"]
    assert (case.classname, case.name) == ("OPT901", "Layout:Lead-Lead")


def test_a_crash_is_an_error() -> None:
    assert suites(outcome(crashed=True))["input"].errors == 1


def elsewhere() -> Finding:
    return replace(finding(), place=Place("classes/Handler.cls", 4))


def test_a_finding_in_another_file_than_its_row_fails_that_row() -> None:
    assert "input" not in suites(outcome(elsewhere()))
    assert len(failed(outcome(elsewhere()))) == 1


def test_of_two_rows_alike_the_one_in_the_findings_file_fails() -> None:
    hide, *others = rows()
    both = (hide, replace(hide, path="other/tree.layout"), *others)
    assert len(failed(replace(outcome(finding()), rows=both))) == 1
    assert "input" in suites(replace(outcome(elsewhere()), rows=both))


def test_hostile_text_reads_back() -> None:
    read = suites(hostile())
    assert sum(suite.tests for name, suite in read.items() if name != "input") == len(rows())
    assert len(list(read["input"])) == 2, "the broken file and the crash"

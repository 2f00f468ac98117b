"""JUnit XML, as build servers read it: a case for each verdict row, a failure where a finding stands on it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.verdict import Direction, Row, Verdict
from sfoptlint.report.plain import block

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow, not even escaped."""
_Key = tuple[str, str, str, str, str]


def render(outcome: Outcome) -> str:
    """Return one suite a metadata type, and one for findings that stand on no row."""
    by_row: dict[_Key, list[Finding]] = defaultdict(list)
    others: list[Finding] = []
    rows = {_key(row) for row in outcome.rows}
    for finding in outcome.findings:
        keys = [key for key in _keys(finding) if key in rows]
        for key in keys:
            by_row[key].append(finding)
        if not keys:
            others.append(finding)
    root = ET.Element("testsuites", name="sfoptlint")
    for kind in sorted({row.artifact.type for row in outcome.rows}):
        cases = [_case(row, by_row[_key(row)]) for row in outcome.rows if row.artifact.type == kind]
        _suite(root, kind, cases)
    if others or outcome.internal_errors:
        errors = [_error(error.where, error.detail) for error in outcome.internal_errors]
        _suite(root, "input", [*map(_other, others), *errors])
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _key(row: Row) -> _Key:
    return row.path, str(row.artifact), row.object, row.direction, row.effect


def _keys(finding: Finding) -> list[_Key]:
    """A finding stands on the row of each of its directions, or on the one that holds for both."""
    return [
        (finding.place.path, str(finding.artifact), finding.object or "", direction, finding.effect or "")
        for direction in (*finding.directions, Direction.ANY)
    ]


def _case(row: Row, findings: Iterable[Finding]) -> ET.Element:
    case = _element("testcase", classname=row.artifact.type, name=_name(row), file=row.path, line=str(row.line))
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            case.append(_failure(finding))
    if len(case) == 0 and row.verdict is Verdict.UNKNOWN:
        case.append(_element("skipped", message=row.reason))
    return case


def _name(row: Row) -> str:
    return f"{row.artifact.full_name} {row.object} {row.effect} {row.direction}: {row.verdict}"


def _other(finding: Finding) -> ET.Element:
    case = _element("testcase", classname=finding.rule, name=str(finding.artifact), file=finding.place.path)
    if finding.severity is not Severity.NOTE:
        case.append(_failure(finding))
    return case


def _failure(finding: Finding) -> ET.Element:
    failure = _element("failure", type=finding.rule, message=finding.message)
    failure.text = _ILLEGAL.sub("\ufffd", block(finding))
    return failure


def _error(where: str, detail: str) -> ET.Element:
    case = _element("testcase", classname="internal error", name=where)
    error = _element("error", type="internal error", message=f"internal error in {where}")
    error.text = _ILLEGAL.sub("\ufffd", detail)
    case.append(error)
    return case


def _suite(root: ET.Element, name: str, cases: list[ET.Element]) -> None:
    def count(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    suite = _element(
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=count("failure"),
        errors=count("error"),
        skipped=count("skipped"),
        time="0",
    )
    suite.extend(cases)
    root.append(suite)


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {name: _ILLEGAL.sub("\ufffd", value) for name, value in attributes.items()})

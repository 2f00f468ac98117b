"""JUnit XML, as build servers read it: a case for each verdict row, a failure where a finding stands on it.

There is no standard; this keeps to the schema that Jenkins' xUnit plugin publishes, which `junitparser` reads too.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from click import unstyle

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import InternalError, Outcome
from sfoptlint.core.verdict import Direction, Row, Verdict
from sfoptlint.report.plain import visible
from sfoptlint.report.text_report import frame

_Subject = tuple[str, str, str, str]
_Key = tuple[_Subject, str]
_Paths = Mapping[_Subject, Sequence[str]]


def render(outcome: Outcome) -> str:
    """Return one suite a metadata type, and one for findings that stand on no row."""
    by_row, others = _placed(outcome)
    root = ET.Element("testsuites", name="sfoptlint")
    for kind in sorted({row.artifact.type for row in outcome.rows}):
        cases = [_case(row, by_row.get(_key(row), ())) for row in outcome.rows if row.artifact.type == kind]
        root.append(_suite(kind, cases))
    if others or outcome.internal_errors:
        root.append(_suite("input", [*map(_other, others), *map(_error, outcome.internal_errors)]))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _placed(outcome: Outcome) -> tuple[Mapping[_Key, Sequence[Finding]], Sequence[Finding]]:
    """Return the findings by the row that each stands on, and those that stand on none."""
    paths: dict[_Subject, list[str]] = defaultdict(list)
    for row in outcome.rows:
        subject, path = _key(row)
        paths[subject].append(path)
    by_row: dict[_Key, list[Finding]] = defaultdict(list)
    others = []
    for finding in outcome.findings:
        keys = list(_keys(finding, paths))
        for key in keys:
            by_row[key].append(finding)
        if not keys:
            others.append(finding)
    return by_row, others


def _key(row: Row) -> _Key:
    return (str(row.artifact), row.object, row.direction, row.effect), row.path


def _keys(finding: Finding, paths: _Paths) -> Iterator[_Key]:
    """A finding stands on the row of each of its directions, or on the one that holds for both.

    Two trees may hold the same artefact: the row in the finding's own file is meant. Where the finding stands in another file
    than its row, the row must be the only one.
    """
    for direction in (*finding.directions, Direction.ANY):
        subject = (str(finding.artifact), finding.object or "", direction, finding.effect or "")
        at = paths.get(subject, ())
        if finding.place.path in at:
            yield subject, finding.place.path
        elif len(at) == 1:
            yield subject, at[0]


def _case(row: Row, findings: Sequence[Finding]) -> ET.Element:
    """The name stays the same when the verdict changes, so that a build server can tell how a case fares over time."""
    name = f"{row.artifact.full_name} / {row.object} / {row.direction} / {row.effect}"
    case = _element("testcase", classname=row.artifact.type, name=name, file=row.path, line=str(row.line))
    case.extend(_failures(findings))
    if len(case) == 0 and row.verdict is Verdict.UNKNOWN:
        case.append(_element("skipped", message=row.reason))
    case.append(_element("system-out", f"{row.verdict}: {row.reason}"))
    return case


def _other(finding: Finding) -> ET.Element:
    place = finding.place
    name = str(finding.artifact)
    case = _element("testcase", classname=finding.rule, name=name, file=place.path, line=str(place.line))
    case.extend(_failures([finding]))
    return case


def _failures(findings: Sequence[Finding]) -> Iterator[ET.Element]:
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            text = unstyle("\n".join(frame(finding)))
            yield _element("failure", text, type=finding.rule, message=finding.message)


def _error(error: InternalError) -> ET.Element:
    case = _element("testcase", classname="internal error", name=error.where)
    message = f"internal error in {error.where}"
    case.append(_element("error", error.detail, type="internal error", message=message))
    return case


def _suite(name: str, cases: Sequence[ET.Element]) -> ET.Element:
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
    return suite


def _element(tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """What XML 1.0 allows in no form (section 2.2, production Char) is written out, as `visible` does."""
    element = ET.Element(tag, {name: visible(value) for name, value in attributes.items()})
    element.text = None if text is None else visible(text)
    return element

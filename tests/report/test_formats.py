"""What every format must do: a golden each, the same bytes each time, and no trip over hostile text."""

import re
from collections.abc import Callable

import pytest
from click import unstyle

from sfoptlint.core.errors import UsageError
from sfoptlint.core.printable import encodable
from sfoptlint.report.formats import ReportFormat, format_of_file, renderer
from tests.report.outcomes import MEGABYTE, broken_file, finding, hostile, on_source, outcome

ALL = pytest.mark.parametrize("form", list(ReportFormat))
ESCAPED_BY_JSON = (ReportFormat.JSON, ReportFormat.SARIF, ReportFormat.GITLAB)
NOT_FOR_EYES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u202e]")


@ALL
def test_every_format_has_a_golden(form: ReportFormat, golden: Callable[[str, str], None]) -> None:
    golden(f"report/{form}.txt", unstyle(renderer(form)(outcome(finding(), broken_file()))))


@ALL
def test_every_format_has_a_golden_of_hostile_text(form: ReportFormat, golden: Callable[[str, str], None]) -> None:
    golden(f"report/hostile/{form}.txt", encodable(unstyle(renderer(form)(hostile()))))


@ALL
def test_the_same_outcome_gives_the_same_bytes(form: ReportFormat) -> None:
    assert renderer(form)(hostile()) == renderer(form)(hostile())


@ALL
def test_nothing_found_is_a_report_too(form: ReportFormat) -> None:
    text = renderer(form)(outcome())
    assert text.endswith("\n") or (form is ReportFormat.GITHUB and not text)


@ALL
def test_no_control_character_reaches_a_screen(form: ReportFormat) -> None:
    text = unstyle(renderer(form)(hostile())) if form is ReportFormat.TEXT else renderer(form)(hostile())
    if form in ESCAPED_BY_JSON:
        assert not re.search("[\x00-\x09\x0b-\x1f]", text)
    else:
        assert not NOT_FOR_EYES.search(text)


@ALL
def test_a_very_long_line_is_reported(form: ReportFormat) -> None:
    long = "\u540d\x00" * (MEGABYTE // 2)
    assert len(renderer(form)(outcome(finding(long), on_source(long, MEGABYTE - 1, 5)))) > MEGABYTE


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

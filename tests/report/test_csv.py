"""CSV: reads back, and calculates nothing."""

import csv
import io
from collections.abc import Sequence

import pytest

from sfoptlint.core.outcome import Outcome
from sfoptlint.report.csv_report import COLUMNS, render
from tests.report.outcomes import finding, hostile, outcome, rows


def table(of: Outcome) -> Sequence[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(of), newline="")))


def test_findings_come_before_verdicts() -> None:
    kinds = [row["kind"] for row in table(outcome(finding()))]
    assert kinds == ["finding", *["verdict"] * len(rows())]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\n=", "\r=", "\uff1d"])
def test_no_cell_is_a_formula(start: str) -> None:
    (found, *_) = table(outcome(finding(f"{start}HYPERLINK(1)")))
    assert found["message"].startswith("'")


def test_a_tab_before_a_formula_is_written_out() -> None:
    (found, *_) = table(outcome(finding("\t=1+1")))
    assert found["message"] == "\\t=1+1"


def test_hostile_text_reads_back() -> None:
    read = list(csv.reader(io.StringIO(render(hostile()), newline="")))
    assert {len(row) for row in read} == {len(COLUMNS)}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in read for cell in row)


def test_lines_end_as_the_rfc_says() -> None:
    lines = render(outcome(finding())).split("\r\n")
    assert len(lines) == 1 + 1 + len(rows()) + 1
    assert lines[-1] == ""

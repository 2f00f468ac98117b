"""Formula batches: JSON lines in, JSON lines out, in order."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

FIELDS = {
    "Amount": {"type": "Currency", "value": "10.50"},
    "Blank": {"type": "Number", "value": None},
    "Name": {"type": "Text", "value": "Ng"},
    "Day": {"type": "Date", "value": "2026-11-22"},
    "Moment": {"type": "DateTime", "value": "2026-11-22T10:00:00Z"},
    "Hour": {"type": "Time", "value": "10:34:55.666"},
    "Flag": {"type": "Checkbox", "value": True},
    "Pick": {"type": "Picklist", "value": "A"},
    "Picks": {"type": "MultiPicklist", "value": "A;B"},
    "Twice": {"type": "Number", "formula": "Amount * 2"},
}


def answers(tmp_path: Path, *lines: str) -> list[dict[str, Any]]:
    file = tmp_path / "batch.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "sfoptlint", "formula", "--batch", str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


def question(number: int, formula: str, **more: object) -> str:
    return json.dumps({"id": number, "formula": formula, "fields": FIELDS, **more})


@pytest.mark.parametrize(
    ("formula", "more", "value"),
    [
        ("Blank + 1", {"mode": "blank_as_zero"}, "1"),
        ("Blank + 1", {"mode": "blank_as_blank"}, None),
        ("Day + 1", {"return_type": "Date"}, "2026-11-23"),
        ("Moment", {"return_type": "DateTime"}, "2026-11-22T10:00:00Z"),
        ("Hour", {"return_type": "Time"}, "10:34:55.666"),
        ("Name & 'x'", {}, "Ngx"),
        ("Flag", {}, True),
        ("ISPICKVAL(Pick, 'A')", {}, True),
        ("INCLUDES(Picks, 'C')", {}, False),
    ],
)
def test_values(tmp_path: Path, formula: str, more: dict[str, object], value: object) -> None:
    assert answers(tmp_path, question(7, formula, **more)) == [{"id": 7, "value": value}]


@pytest.mark.parametrize(("formula", "value"), [("Amount + 1", "11.5"), ("Twice", "21"), ("1 / 4 - 1", "-0.75")])
def test_numbers_are_decimal_strings(tmp_path: Path, formula: str, value: str) -> None:
    (answer,) = answers(tmp_path, question(7, formula, return_type="Number", scale=2))
    assert isinstance(answer["value"], str)
    assert Decimal(answer["value"]) == Decimal(value)


def test_a_tree(tmp_path: Path) -> None:
    assert answers(tmp_path, question(1, "1 + 2 * x", ast=True)) == [{"id": 1, "ast": "( + 1 ( * 2 x ) )"}]


def test_a_line_that_cannot_be_answered_ends_nothing(tmp_path: Path) -> None:
    found = answers(
        tmp_path,
        question(1, "1 +"),
        question(2, "1 / 0"),
        question(3, "Missing"),
        "not JSON",
        "[]",
        '{"id": 6}',
        '{"id": 7, "formula": 5}',
        '{"id": 8, "formula": "1", "fields": []}',
        '{"id": 9, "formula": "X", "fields": {"X": {"type": "Blob", "value": "1"}}}',
        '{"id": 10, "formula": "X", "fields": {"X": {"type": "Number", "value": "ten"}}}',
        '{"id": 11, "formula": "X", "fields": {"X": {"type": "Number", "formula": "X"}}}',
        '{"id": 12, "formula": "1", "mode": "odd"}',
        question(13, "1"),
    )
    assert [set(answer) for answer in found[:-1]] == [{"id", "error"}] * 12
    assert [answer["id"] for answer in found] == [1, 2, 3, None, None, *range(6, 14)]
    assert found[-1] == {"id": 13, "value": "1"}

import json
from datetime import UTC, datetime

import pytest

from sfoptlint.calculator.batch import answer_lines

NOW = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)


def answer(**request: object) -> dict[str, object]:
    (line,) = answer_lines([json.dumps({"id": 7, **request})], NOW, UTC)
    result = json.loads(line)
    assert result.pop("id") == 7
    assert isinstance(result, dict)
    return result


def field(type_: str, value: object) -> dict[str, object]:
    return {"type": type_, "value": value}


def test_values_are_shown_as_json_has_them() -> None:
    fields = {
        "N": field("Number", "1.50"),
        "D": field("Date", "2026-11-22"),
        "M": field("DateTime", "2026-11-22T12:00:00+02:00"),
        "T": field("Time", "10:34:55.666"),
        "B": field("Checkbox", True),
        "X": field("Text", None),
    }
    shown = {name: answer(formula=name, fields=fields)["value"] for name in fields}
    assert shown == {
        "N": "1.50",
        "D": "2026-11-22",
        "M": "2026-11-22T10:00:00Z",
        "T": "10:34:55.666",
        "B": True,
        "X": None,
    }


def test_names_are_found_in_any_case() -> None:
    assert answer(formula="LASTname", fields={"LastName": field("Text", "x")}) == {"value": "x"}


def test_modes() -> None:
    fields = {"N": field("Number", None)}
    assert answer(formula="N + 1", fields=fields, mode="blank_as_zero") == {"value": "1"}
    assert answer(formula="N + 1", fields=fields, mode="blank_as_blank") == {"value": None}
    assert answer(formula="N = 1", fields=fields, return_type="Checkbox") == {"value": False}
    assert answer(formula="1 = NULL", return_type="Checkbox", mode="constant") == {"value": None}


def test_a_percent_is_a_hundredth_inside() -> None:
    fields = {"P": field("Percent", "15")}
    assert answer(formula="P * 2", fields=fields, return_type="Percent") == {"value": "30.00"}
    assert answer(formula="P * 2", fields=fields, return_type="Number") == {"value": "0.30"}


def test_formulas_among_the_fields() -> None:
    fields = {
        "A": {"type": "Number", "formula": "B * 2"},
        "B": field("Number", "3"),
        "Loop": {"type": "Number", "formula": "Loop + 1"},
        "Late": {"type": "Checkbox", "formula": "B > Blank"},
        "Blank": field("Number", None),
    }
    assert answer(formula="A + 1", fields=fields) == {"value": "7"}
    assert answer(formula="NOT(Late)", fields=fields) == {"value": True}
    assert answer(formula="Loop", fields=fields) == {"error": "Loop needs itself"}


def test_the_tree() -> None:
    assert answer(formula="1+2*x", ast=True) == {"ast": "( + 1 ( * 2 x ) )"}


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"formula": "1 +"}, "1:4: the formula ends after +; expected a value, a field or a function"),
        ({"formula": "\nLEFF(1)"}, "2:1: unknown function LEFF; did you mean LEFT?"),
        ({"formula": "X"}, "1:1: nothing is known of X"),
        ({"formula": "1/0"}, "NumericError: /: DivisionByZero"),
        ({}, "the line has no formula"),
        ({"formula": "1", "mode": "x"}, "the mode is one of blank_as_blank, blank_as_zero and constant"),
        ({"formula": "1", "fields": []}, "the fields are a JSON object"),
        ({"formula": "X", "fields": {"X": {"type": "Number", "value": "a"}}}, "X: 'a' is no number"),
        (
            {"formula": "X", "fields": {"X": {"type": "Number", "value": "1e999"}}},
            "X: '1e999' is no number that a field holds",
        ),
        ({"formula": "X", "fields": {"X": {"type": "Date", "value": "a"}}}, "X: 'a' is no date"),
        ({"formula": "X", "fields": {"X": {"type": "Checkbox", "value": "a"}}}, "X: a checkbox is true or false"),
        ({"formula": "X", "fields": {"X": [1]}}, "X: a value is a text, a number, true, false or null"),
    ],
)
def test_a_line_without_an_answer_says_why(request_: dict[str, object], error: str) -> None:
    assert answer(**request_) == {"error": error}


def test_a_broken_line_ends_nothing() -> None:
    lines = ["{", "", "[1]", '{"id": "a", "formula": "1"}']
    answers = [json.loads(line) for line in answer_lines(lines, NOW, UTC)]
    assert [sorted(entry) for entry in answers] == [["error", "id"], ["error", "id"], ["id", "value"]]

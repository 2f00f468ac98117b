from collections.abc import Callable
from decimal import Decimal

import pytest

from sfoptlint.core.expr import Value

Formula = Callable[..., Value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*3^2", "36"),
        ("-2^2", "4"),
        ("1/3*3", "1"),
        ("0^0", "1"),
        ("2^-2", "0.25"),
        ("10^-500", "0"),
        ("CEILING(-1.3)", "-2"),
        ("FLOOR(-1.7)", "-1"),
        ("MCEILING(-1.7)", "-1"),
        ("MFLOOR(-1.3)", "-2"),
        ("CEILING(6/11*11)", "6"),
        ("ROUND(2.5, 0)", "3"),
        ("ROUND(-2.5, 0)", "-3"),
        ("ROUND(1234.5, -2)", "1200"),
        ("ROUND(1.5, 999999)", "1.5"),
        ("ROUND(1.5, -999999)", "0"),
        ("TRUNC(-1.789, 1)", "-1.7"),
        ("TRUNC(-1.789)", "-1"),
        ("MOD(-101, 10)", "-1"),
        ("MOD(5.5, -2)", "1.5"),
        ("MAX(1, 3, 2)", "3"),
        ("MIN(1, 3, 2)", "1"),
        ("ABS(-1.5)", "1.5"),
        ("SQRT(16)", "4"),
        ("LOG(100)", "2"),
        ("ROUND(EXP(LN(5)), 9)", "5"),
        ("ROUND(SIN(PI()/2) + ATAN2(0, 1) + ASIN(0), 9)", "1"),
        ("VALUE(' -1.5e2 ')", "-150"),
        ("VALUE('1.')", "1"),
    ],
)
def test_numbers(value: Formula, text: str, expected: str) -> None:
    result = value(text)
    assert isinstance(result, Decimal)
    assert abs(result - Decimal(expected)) < Decimal("1e-25")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("TEXT(0.5)", ".5"), ("TEXT(-0.50)", "-.5"), ("TEXT(100)", "100"), ("TEXT(0)", "0"), ("TEXT(1.250)", "1.25")],
)
def test_numbers_as_text(value: Formula, text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1/0", "NumericError"),
        ("MOD(1, 0)", "NumericError"),
        ("10^400 * 10", "NumericError"),
        ("2^0.5", "EvaluationError"),
        ("SQRT(-1)", "NumericValueError"),
        ("LN(0)", "NumericValueError"),
        ("EXP(1000)", "NumericValueError"),
        ("VALUE('')", "NumericValueError"),
        ("VALUE('1,000')", "NumericValueError"),
        ("VALUE('1e999999999')", "NumericValueError"),
    ],
)
def test_numbers_that_are_none(error: Callable[..., str], text: str, kind: str) -> None:
    assert error(text) == kind


def test_isnumber_tells_before_value_fails(value: Formula) -> None:
    for text, expected in (("'1.e1'", True), ("'--1'", False), ("''", False), ("NULL", False)):
        assert value(f"ISNUMBER({text})") is expected


def test_money_and_distance(value: Formula) -> None:
    assert value("FORMATCURRENCY('JPY', 1234.5)") == "JPY 1,235"
    assert value("FORMATCURRENCY('EUR', -1234.567)") == "EUR -1,234.57"
    kilometres = value("DISTANCE(GEOLOCATION(0, 0), GEOLOCATION(0, 90), 'km')")
    assert isinstance(kilometres, Decimal)
    assert 10_007 < kilometres < 10_008


def test_places_off_the_globe(error: Callable[..., str]) -> None:
    assert error("DISTANCE(GEOLOCATION(91, 0), GEOLOCATION(0, 0), 'km')") == "EvaluationError"
    assert error("DISTANCE(GEOLOCATION(1, 0), GEOLOCATION(0, 0), 'leagues')") == "EvaluationError"

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from sfoptlint.core.expr import Value

Formula = Callable[..., Value]


def test_the_clock_is_the_users_for_today_and_gmt_for_times(value: Formula) -> None:
    assert value("TODAY()") == date(2026, 3, 11)
    assert value("NOW()") == datetime(2026, 3, 10, 23, 30, 15, 250_000, tzinfo=UTC)
    assert value("TIMENOW()") == time(23, 30, 15, 250_000)
    assert value("DATEVALUE(NOW())") == date(2026, 3, 11)
    assert value("TEXT(NOW())") == "2026-03-10 23:30:15Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DATE(2024, 2, 29)", date(2024, 2, 29)),
        ("DATE(2024, 2.9, 1)", date(2024, 2, 1)),
        ("DATE(2024, NULL, 1)", None),
        ("DATE(2024, 2, 28) + 1.9", date(2024, 2, 29)),
        ("DATE(2024, 2, 28) + 0.5 + 0.5", date(2024, 2, 28)),
        ("1 + DATE(2024, 2, 28)", date(2024, 2, 29)),
        ("DATE(2024, 3, 1) - 1", date(2024, 2, 29)),
        ("ADDMONTHS(DATE(2024, 2, 29), 12)", date(2025, 2, 28)),
        ("ADDMONTHS(DATE(2024, 2, 29), 1)", date(2024, 3, 31)),
        ("ADDMONTHS(DATE(2024, 3, 30), -1)", date(2024, 2, 29)),
        ("DATEVALUE('2024-2-9')", date(2024, 2, 9)),
        ("DATETIMEVALUE('2024-02-09 1:02:03')", datetime(2024, 2, 9, 1, 2, 3, tzinfo=UTC)),
        ("DATETIMEVALUE('2024-02-09 00:00:00') + 0.000004", datetime(2024, 2, 9, tzinfo=UTC)),
        ("DATETIMEVALUE('2024-02-09 00:00:00') + 0.000006", datetime(2024, 2, 9, 0, 0, 1, tzinfo=UTC)),
        ("TIMEVALUE('10:20:30.400') + 1000", time(10, 20, 31, 400_000)),
        ("TIMEVALUE('01:00:00.000') - 7200000", time(23)),
        ("FROMUNIXTIME(0.9)", datetime(1970, 1, 1, tzinfo=UTC)),
        ("TEXT(DATE(987, 1, 2))", "0987-01-02"),
        ("TEXT(TIMEVALUE('1:2:3'))", "01:02:03.000"),
        ("FORMATDURATION(90061, TRUE)", "1:01:01:01"),
        ("FORMATDURATION(TIMEVALUE('10:00:00'), TIMEVALUE('09:59:59'))", "00:00:01"),
    ],
)
def test_dates_and_times(value: Formula, text: str, expected: Value) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DATE(2024, 3, 1) - DATE(2024, 2, 1)", 29),
        ("TIMEVALUE('00:00:01.000') - TIMEVALUE('00:00:00.500')", 500),
        ("(DATETIMEVALUE('2024-02-10 12:00:00') - DATETIMEVALUE('2024-02-09 00:00:00')) * 2", 3),
        ("WEEKDAY(DATE(2026, 3, 8))", 1),
        ("YEAR(DATE(2026, 3, 8)) + MONTH(DATE(2026, 3, 8)) + DAY(DATE(2026, 3, 8))", 2037),
        ("ISOWEEK(DATE(2027, 1, 1)) + ISOYEAR(DATE(2027, 1, 1))", 2079),
        ("DAYOFYEAR(DATE(2024, 12, 31))", 366),
        ("UNIXTIMESTAMP(DATE(1970, 1, 2))", 86_400),
        ("MILLISECOND(TIMEVALUE('10:20:30.400'))", 400),
    ],
)
def test_parts_and_differences(value: Formula, text: str, expected: int) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DATE(2023, 2, 29)", "EvaluationError"),
        ("DATE(0, 1, 1)", "EvaluationError"),
        ("ADDMONTHS(DATE(9999, 12, 1), 1)", "EvaluationError"),
        ("DATE(9999, 12, 31) + 1", "NumericError"),
        ("DATEVALUE('24-01-01')", "DateError"),
        ("DATEVALUE('2024-13-01')", "DateError"),
        ("DATETIMEVALUE('2024-01-01 24:00:00')", "DateError"),
        ("TIMEVALUE('10:20:30.4')", "DateError"),
        ("YEAR(1)", "TypeMismatchError"),
    ],
)
def test_dates_that_are_none(error: Callable[..., str], text: str, kind: str) -> None:
    assert error(text) == kind

"""Business days between two dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.reconcile.business_days import business_days

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days_before", "counted"), [(-1, 0), (0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (7, 5), (8, 6), (700, 500)]
)
def test_days_before_a_monday(days_before: int, counted: int) -> None:
    assert business_days(MONDAY - timedelta(days=days_before), MONDAY) == counted


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_each_day_is_counted_by_itself(since: date, length: int) -> None:
    after = [since + timedelta(days=day) for day in range(1, length + 1)]
    assert business_days(since, since + timedelta(days=length)) == sum(day.isoweekday() <= 5 for day in after)

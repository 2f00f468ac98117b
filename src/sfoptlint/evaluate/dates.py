"""Dates, times and the clock.

A date-time is in UTC; TODAY() and DATEVALUE(date-time) ask for the user's time zone, TIMEVALUE and TIMENOW() answer in
UTC (Salesforce Help, "TIMEVALUE": the time is in GMT).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeVar

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.errors import DateError, EvaluationError, TypeMismatchError
from sfoptlint.evaluate.law import Law, Laws
from sfoptlint.evaluate.text import whole
from sfoptlint.evaluate.world import World

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DATETIME: Final = re.compile(_DATE.pattern + r"[ T]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})Z?")
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.([0-9]{3}))?")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_T = TypeVar("_T")


def make_date(year: Decimal, month: Decimal, day: Decimal) -> date:
    """DATE: parts of a number are cut off; a day that the calendar does not have is an error."""
    try:
        return date(whole(year), whole(month), whole(day))
    except ValueError:
        raise EvaluationError("DATE: there is no such day") from None


def date_value(world: World, value: str | date) -> date:
    """DATEVALUE: of a text `YYYY-MM-DD`, or of a date-time where the user is."""
    if isinstance(value, datetime):
        return value.astimezone(world.zone).date()
    if isinstance(value, date):
        return value
    numbers = _numbers(_DATE, value, "DATEVALUE")
    return _built(lambda: date(*numbers), "DATEVALUE")


def datetime_value(value: str | date) -> datetime:
    """DATETIMEVALUE: of a text `YYYY-MM-DD HH:MM:SS` in GMT, or the first moment of a date."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    year, month, day, hour, minute, second = _numbers(_DATETIME, value, "DATETIMEVALUE")
    return _built(lambda: datetime(year, month, day, hour, minute, second, tzinfo=UTC), "DATETIMEVALUE")


def time_value(value: str | date | time) -> time:
    """TIMEVALUE: of a text `HH:MM:SS.MS`, or of a date-time in GMT."""
    if isinstance(value, time):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).time()
    if isinstance(value, date):
        raise TypeMismatchError("TIMEVALUE does not take a date")
    hour, minute, second, milliseconds = _numbers(_TIME, value, "TIMEVALUE")
    return _built(lambda: time(hour, minute, second, milliseconds * 1000), "TIMEVALUE")


def _numbers(pattern: re.Pattern[str], text: str, name: str) -> tuple[int, ...]:
    match = pattern.fullmatch(text.strip())
    if match is None:
        raise DateError(f"{name}: the text has another form")
    return tuple(int(group or 0) for group in match.groups())


def _built(build: Callable[[], _T], name: str) -> _T:
    try:
        return build()
    except ValueError:
        raise DateError(f"{name}: there is no such day or time") from None


def add_months(day: date, months: Decimal) -> date:
    """ADDMONTHS: the last day of a month stays one; a day that the month does not have becomes its last."""
    last = day.day == monthrange(day.year, day.month)[1]
    year, month = divmod(day.year * 12 + day.month - 1 + whole(months), 12)
    if not 1 <= year <= 9999:
        raise EvaluationError("ADDMONTHS: there is no such day")
    longest = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=longest if last else min(day.day, longest))


def weekday(day: date) -> Decimal:
    """WEEKDAY: Sunday is 1."""
    return Decimal(day.isoweekday() % 7 + 1)


def unix_timestamp(value: date | time) -> Decimal:
    """UNIXTIMESTAMP: seconds since 1970, or since midnight for a time."""
    if isinstance(value, time):
        return Decimal(value.hour * 3600 + value.minute * 60 + value.second)
    return Decimal((datetime_value(value) - _EPOCH) // timedelta(seconds=1))


def from_unix_time(seconds: Decimal) -> datetime:
    """FROMUNIXTIME: parts of seconds are cut off."""
    return _EPOCH + timedelta(seconds=int(seconds))


def _number(part: Callable[..., int]) -> Callable[..., Value]:
    def apply(value: date | time) -> Decimal:
        return Decimal(part(value))

    return apply


DATE_LAWS: Final[Laws] = MappingProxyType(
    {
        "ADDMONTHS": Law("dn", add_months),
        "DATE": Law("nnn", make_date),
        "DATEVALUE": Law("s", date_value, world=True),
        "DATETIMEVALUE": Law("s", datetime_value),
        "DAY": Law("d", _number(lambda day: day.day)),
        "DAYOFYEAR": Law("d", _number(lambda day: day.timetuple().tm_yday)),
        "FROMUNIXTIME": Law("n", from_unix_time),
        "HOUR": Law("c", _number(lambda clock: clock.hour)),
        "ISOWEEK": Law("d", _number(lambda day: day.isocalendar().week)),
        "ISOYEAR": Law("d", _number(lambda day: day.isocalendar().year)),
        "MILLISECOND": Law("c", _number(lambda clock: clock.microsecond // 1000)),
        "MINUTE": Law("c", _number(lambda clock: clock.minute)),
        "MONTH": Law("d", _number(lambda day: day.month)),
        "NOW": Law("", lambda world: world.now.astimezone(UTC), world=True),
        "SECOND": Law("c", _number(lambda clock: clock.second)),
        "TIMENOW": Law("", lambda world: world.now.astimezone(UTC).time(), world=True),
        "TIMEVALUE": Law("k", time_value),
        "TODAY": Law("", lambda world: world.today(), world=True),
        "UNIXTIMESTAMP": Law("i", unix_timestamp),
        "WEEKDAY": Law("d", weekday),
        "YEAR": Law("d", _number(lambda day: day.year)),
    }
)
"""The functions of dates, times and the clock by name."""

"""Values of one type worth trying, made of a pool of literals, of the bounds that are known, and of plain values."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.decide.domain import Domain

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_PAD: Final = "x"
_LIFETIME: Final = timedelta(days=45_000)
_LARGE: Final = Decimal(10) ** 9
_FAR: Final = 40_000
_HALF: Final = Decimal("0.5")


def numbers(pool: Iterable[Value], domain: Domain) -> Iterator[Value]:
    """Yield numbers: small ones, what lies beside a literal or a bound, percentages, and the ends of the scale."""
    bounds = [value for value in (domain.low, domain.high) if isinstance(value, Decimal)]
    close = [value for value in bounds if abs(value) < _LARGE]
    literals = [value for value in pool if isinstance(value, Decimal)]
    yield from map(Decimal, (1, 0, -1))
    for number in (*close, *literals):
        yield from (number, number + 1, number - 1)
    if len(close) == 2:
        yield (close[0] + close[1]) / 2
    for number in literals:
        yield from (number * 100, number / 100, -number, number + _HALF)
    yield from (*map(Decimal, (2, 3, 10, 100)), _HALF, *bounds)
    for number in bounds:
        yield from (number + 1, number - 1)


def days(pool: Iterable[Value], domain: Domain, now: datetime) -> Iterator[Value]:
    """Yield days: today, what lies beside a literal or a bound, what is so many days or years away, and the ends of time."""
    today = now.date()
    values = list(pool)
    bounds = [_day(value) for value in (domain.low, domain.high) if isinstance(value, date)]
    literals = [_day(value) for value in values if isinstance(value, date)]
    yield today
    for day in (*bounds, *literals):
        if abs(day - today) < _LIFETIME:
            yield from (day, day + _DAY, day - _DAY)
    yield from _near(today, values)
    for day in (*bounds, *literals):
        if date(2, 1, 1) < day < date(9998, 1, 1):
            yield from (day, day + _DAY, day - _DAY)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _near(today: date, values: list[Value]) -> Iterator[date]:
    """Yield days that are so many days, months or years away, or in that month, weekday or year."""
    yield from (today + _DAY, today - _DAY)
    for number in values:
        if isinstance(number, Decimal) and number == number.to_integral_value() and abs(number) < _FAR:
            yield from _days_of(int(number), today)
    yield from (today + at * _DAY for at in range(2, 8))
    yield from (date(today.year, month, 15) for month in range(1, 13))
    yield from (date(today.year + years, 6, 15) for years in (-10, -30, 10, -100))


def _days_of(number: int, today: date) -> Iterator[date]:
    yield from (today + at * _DAY for at in (number, -number, number + 1, -number - 1))
    if 1 <= number <= 12:
        yield date(today.year, number, 15)
    if 1700 < number < 4000:
        yield from (date(number + at, 6, 15) for at in (0, 1, -1))


def moments(pool: Iterable[Value], domain: Domain, now: datetime) -> Iterator[Value]:
    """Yield moments: now, what lies beside a literal or a bound, some hours away, and noon of days worth trying."""
    yield now
    values = list(pool)
    known = [value for value in (domain.low, domain.high, *values) if isinstance(value, datetime)]
    for moment in known:
        if abs(moment - now) < _LIFETIME:
            yield from (moment, moment + _SECOND, moment - _SECOND, moment + _DAY, moment - _DAY)
    yield from (now + hours * timedelta(hours=1) for hours in (-12, -3, 3, 9))
    for day in days(values, domain, now):
        if isinstance(day, date) and 2 < day.year < 9998:
            yield datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    for moment in known:
        if 2 < moment.year < 9998:
            yield from (moment, moment + _SECOND, moment - _SECOND)


def times(pool: Iterable[Value]) -> Iterator[Value]:
    """Yield times of day: the literals, a minute beside them, and both ends of the day."""
    for literal in pool:
        if isinstance(literal, time):
            yield literal
            minutes = literal.hour * 60 + literal.minute
            yield from (time(at // 60, at % 60) for at in (minutes - 1, minutes + 1) if 0 <= at < 1440)
    yield from (time(0), time(23, 59))


def _identifiers(first: str) -> Iterator[Value]:
    yield first
    yield from (f"{first[:3]}00000000000{at}AAA" for at in (2, 3, 4))


def texts(pool: Iterable[Value], domain: Domain, first: Value, identifier_: str) -> Iterator[Value]:
    """Yield texts: literals and plain ones, fitted to a length, and literals joined, padded and in another case."""
    values = list(pool)
    literals = [value for value in values if isinstance(value, str) and value != ""]
    assert isinstance(first, str)
    if first == identifier_:
        yield from _identifiers(first)
        yield from (f"{text}{first[len(text) :]}" for text in literals if len(text) < len(first))
    basis = [*literals, first, "Sample", "Other", "5", "-1", "alex@example.com", identifier_, "a", "2026-01-15"]
    yield from basis
    yield from (fitted(text, domain) for text in basis)
    counts = [int(value) for value in values if isinstance(value, Decimal) and 0 < value < 256]
    yield from (changed for text in literals for changed in _changed(text, first, counts))
    for count in counts:
        yield from (_PAD * count, "1" * count, _PAD * (count + 1), _PAD * (count - 1))
    yield from (f"{text};{other}" for text in literals for other in literals if text != other)
    yield from (f"{text}{other}" for text in literals for other in literals if text != other)
    yield from (str(value) for value in values if isinstance(value, Decimal))


def _changed(text: str, first: str, counts: list[int]) -> Iterator[Value]:
    """Yield texts that contain a literal, or are one without regard to case."""
    yield from (
        f"{text}{_PAD}",
        f"{_PAD}{text}",
        f"{_PAD}{text}{_PAD}",
        text.casefold(),
        text.upper(),
        f"{text} {first}",
    )
    yield from (f"{_PAD * (count - 1)}{text}" for count in counts)
    yield from (f"{text}{_PAD * max(0, count - len(text))}" for count in counts)


def fitted(text: str, domain: Domain) -> str:
    """Return the text cut or filled to the length that the domain asks for."""
    low = domain.low + domain.low_open if isinstance(domain.low, int) else 0
    high = domain.high - domain.high_open if isinstance(domain.high, int) else None
    fitted = text if high is None else text[:high]
    return fitted + _PAD * min(low - len(fitted), 131_072) if len(fitted) < low else fitted

"""Dates of moments: TODAY(), DATEVALUE and the parts of a date, as intervals in the user's time zone."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Type, Value
from sfoptlint.decide.domain import Bound, Domain, ends, filled
from sfoptlint.decide.state import Backward, Forward, State

_DAY: Final = timedelta(days=1)
_RANGES: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "DAY": (1, 31),
        "DAYOFYEAR": (1, 366),
        "HOUR": (0, 23),
        "ISOWEEK": (1, 53),
        "MILLISECOND": (0, 999),
        "MINUTE": (0, 59),
        "MONTH": (1, 12),
        "SECOND": (0, 59),
        "WEEKDAY": (1, 7),
    }
)


def _date_of(moment: Bound, zone: tzinfo) -> Value:
    """Return the day of a moment where the user is."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else None


def _dates(state: State, slot: int) -> Domain:
    (arg,) = state.program.args[slot]
    known = state.domain(arg)
    type_ = state.type(arg)
    if type_ is Type.DATE:
        return known
    if type_ is not Type.DATETIME:
        return Domain(known.blank, error=True)
    zone = state.rules.zone
    return Domain(known.blank, known.error, low=_date_of(known.low, zone), high=_date_of(known.high, zone))


def _dates_backward(state: State, slot: int) -> None:
    (arg,) = state.program.args[slot]
    want = state.domain(slot)
    if want.blank or want.error:
        return
    if state.type(arg) is Type.DATE:
        state.narrow(arg, want)
    elif state.type(arg) is Type.DATETIME:
        state.narrow(arg, _moments(want, state.rules.zone))


def _moments(days: Domain, zone: tzinfo) -> Domain:
    low, high = ends(days)
    first = _start(low, zone, after=days.low_open and not days.values)
    last = _start(high, zone, after=not days.high_open or bool(days.values))
    return Domain(blank=False, low=first, high=last, high_open=last is not None)


def _start(day: Bound, zone: tzinfo, *, after: bool) -> Value:
    """Return the first moment of a day, or of the day after."""
    if not isinstance(day, date) or not date(2, 1, 1) < day < date(9998, 12, 31):
        return None
    day = day + _DAY if after else day
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _part(low: int, high: int) -> Forward:
    def compute(state: State, slot: int) -> Domain:
        known = state.domain(state.program.args[slot][0])
        return Domain(known.blank, known.error, low=Decimal(low), high=Decimal(high))

    return compute


def _year(state: State, slot: int) -> Domain:
    known = state.domain(state.program.args[slot][0])
    low = Decimal(known.low.year) if isinstance(known.low, date) else None
    high = Decimal(known.high.year) if isinstance(known.high, date) else None
    return Domain(known.blank, known.error, low=low, high=high)


def _year_backward(state: State, slot: int) -> None:
    (arg,) = state.program.args[slot]
    want = state.domain(slot)
    if want.blank or want.error or state.type(arg) is not Type.DATE:
        return
    years = [value for value in want.values or () if isinstance(value, Decimal)]
    low, high = (min(years), max(years)) if years else (want.low, want.high)
    first = date(int(low), 1, 1) if isinstance(low, Decimal) and 1 <= low <= 9999 else None
    last = date(int(high), 12, 31) if isinstance(high, Decimal) and 1 <= high <= 9999 else None
    state.narrow(arg, filled(Domain(blank=False, low=first, high=last)))


CLOCK_FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {
        "TODAY": _dates,
        "DATEVALUE": _dates,
        "YEAR": _year,
        **{name: _part(*bounds) for name, bounds in _RANGES.items()},
    }
)
CLOCK_BACKWARD: Final[Mapping[str, Backward]] = MappingProxyType(
    {"TODAY": _dates_backward, "DATEVALUE": _dates_backward, "YEAR": _year_backward}
)

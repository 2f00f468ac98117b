"""Sums, differences and scalings of numbers and dates as intervals, forwards and backwards.

A bound is kept only where the arithmetic is exact: whole days on a date, powers of ten on a number.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Type, Value
from sfoptlint.decide.domain import Bound, Domain, allows, ends, single
from sfoptlint.decide.state import Backward, Forward, State
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.operators import minus, plus

_DAYS: Final = (Type.DATE, Type.DATETIME)
_FAR: Final = Decimal(500_000)
"""Days that cannot lead out of the calendar from any date that a field holds (1700 to 4000)."""


def _plus(state: State, slot: int) -> Domain:
    left, right = state.program.args[slot]
    return _moved(state, left, right, 1)


def _minus(state: State, slot: int) -> Domain:
    args = state.program.args[slot]
    if len(args) == 1:
        return _negated(state.domain(args[0]))
    left, right = args
    if state.type(left) is state.type(right) is Type.DATE:
        return _days_between(state.domain(left), state.domain(right))
    return _moved(state, left, right, -1)


def _negated(known: Domain) -> Domain:
    if known.values is not None:
        return Domain(
            known.blank, known.error, frozenset(-value for value in known.values if isinstance(value, Decimal))
        )
    low = -known.high if isinstance(known.high, Decimal) else None
    high = -known.low if isinstance(known.low, Decimal) else None
    return Domain(known.blank, known.error, low=low, high=high, low_open=known.high_open, high_open=known.low_open)


def _moved(state: State, left: int, right: int, sign: int) -> Domain:
    one, other = state.domain(left), state.domain(right)
    one_type, other_type = state.type(left), state.type(right)
    blank, error = one.blank or other.blank, one.error or other.error
    if one_type is other_type is Type.NUMBER:
        low, high = (other.low, other.high) if sign > 0 else (other.high, other.low)
        return Domain(
            blank,
            error,
            low=_sum(_low(one), _bound(other, low, lower=sign > 0), sign),
            high=_sum(_high(one), _bound(other, high, lower=sign < 0), sign),
        )
    if one_type in _DAYS and other_type is Type.NUMBER:
        by = _one_number(other)
        near = by is not None and abs(by) < _FAR
        if by is not None and near and by == by.to_integral_value():
            return shifted(one, by * sign, blank=blank, error=error)
        return Domain(blank, error or not near)
    return Domain(blank, error or one_type is not Type.TIME)


def _low(known: Domain) -> Bound:
    return ends(known)[0]


def _high(known: Domain) -> Bound:
    return ends(known)[1]


def _bound(known: Domain, plain: Bound, *, lower: bool) -> Bound:
    if known.values:
        return _low(known) if lower else _high(known)
    return plain


def _sum(one: Bound, other: Bound, sign: int) -> Value:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one + sign * other
    return None


def _one_number(known: Domain) -> Decimal | None:
    if known.values is not None and len(known.values) == 1:
        (value,) = known.values
        return value if isinstance(value, Decimal) else None
    return None


def shifted(known: Domain, days: Decimal, *, blank: bool, error: bool) -> Domain:
    """Return the domain of dates or date-times moved by whole days."""
    if known.values is not None:
        moved = frozenset(value for day in known.values if (value := _shift(day, days)) is not None)
        return Domain(blank, error or len(moved) < len(known.values), moved)
    low, high = _shift(known.low, days), _shift(known.high, days)
    return Domain(blank, error, low=low, high=high, low_open=known.low_open, high_open=known.high_open)


def _shift(day: Bound, days: Decimal) -> Value:
    if day is None or not isinstance(day, date):
        return None
    try:
        return plus(day, days)
    except (FormulaError, ArithmeticError):
        return None


def _days_between(one: Domain, other: Domain) -> Domain:
    low = _difference(_low(one), _high(other))
    high = _difference(_high(one), _low(other))
    return Domain(one.blank or other.blank, one.error or other.error, low=low, high=high)


def _difference(one: Bound, other: Bound) -> Value:
    if isinstance(one, date) and isinstance(other, date):
        return minus(one, other)
    return None


def _plus_backward(state: State, slot: int) -> None:
    left, right = state.program.args[slot]
    _shift_back(state, slot, left, right, -1)
    _shift_back(state, slot, right, left, -1)


def _minus_backward(state: State, slot: int) -> None:
    args = state.program.args[slot]
    if len(args) == 1:
        state.narrow(args[0], _negated(state.domain(slot))._replace(error=True))
        return
    left, right = args
    if state.type(left) is state.type(right) is Type.DATE:
        _dates_back(state, slot, left, right)
        return
    _shift_back(state, slot, left, right, 1)
    want, one = state.domain(slot), _one_number(state.domain(left))
    if state.type(right) is Type.NUMBER and one is not None and not want.blank and not want.error:
        turned = _negated(want)
        state.narrow(right, _added(turned, one))


def _shift_back(state: State, slot: int, operand: int, other: int, sign: int) -> None:
    """Narrow one operand where the other is one number: the result moved the other way."""
    want, by = state.domain(slot), _one_number(state.domain(other))
    known = state.domain(operand)
    if by is None or want.blank or want.error or known.blank or state.domain(other).blank:
        return
    if state.type(operand) is Type.NUMBER and state.type(slot) is Type.NUMBER:
        state.narrow(operand, _added(want, by * sign))
    elif state.type(operand) in _DAYS and state.type(slot) is state.type(operand) and by == by.to_integral_value():
        state.narrow(operand, shifted(want, by * sign, blank=False, error=False))


def _added(want: Domain, by: Decimal) -> Domain:
    low = want.low + by if isinstance(want.low, Decimal) else None
    high = want.high + by if isinstance(want.high, Decimal) else None
    if want.values is not None:
        values = frozenset(value + by for value in want.values if isinstance(value, Decimal))
        return Domain(False, False, values)
    return Domain(False, False, low=low, high=high, low_open=want.low_open, high_open=want.high_open)


def _dates_back(state: State, slot: int, left: int, right: int) -> None:
    """`D1 - D2` within bounds: each date within the other's, moved by them."""
    want = state.domain(slot)
    low, high = _low(want), _high(want)
    if want.blank or want.error or state.domain(left).blank or state.domain(right).blank:
        return
    one, other = state.domain(left), state.domain(right)
    state.narrow(left, _bounded(_move(_low(other), low), _move(_high(other), high)))
    state.narrow(right, _bounded(_move(_low(one), high, -1), _move(_high(one), low, -1)))


def _move(day: Bound, days: Bound, sign: int = 1) -> Value:
    return _shift(day, sign * days.to_integral_value()) if isinstance(days, Decimal) and abs(days) < _FAR else None


def _bounded(low: Bound, high: Bound) -> Domain:
    return Domain(blank=False, low=low, high=high)


def _scaled(state: State, slot: int) -> Domain:
    """`*` and `/`: exact bounds for a power of ten, else a number, and an error where the divisor may be zero."""
    left, right = state.program.args[slot]
    one, other = state.domain(left), state.domain(right)
    divides = state.program.ops[slot] == "/"
    error = one.error or other.error or (divides and allows(other, Decimal(0)))
    blank = one.blank or other.blank
    factor = _power_of_ten(other, divides)
    if factor is None or one.values is not None:
        return Domain(blank, error)
    return _times(one, factor)._replace(blank=blank, error=error)


def _scaled_backward(state: State, slot: int) -> None:
    left, right = state.program.args[slot]
    want = state.domain(slot)
    divides = state.program.ops[slot] == "/"
    if want.error or want.blank:
        if divides and not want.blank and want.values is not None and not want.values and single(state.domain(left)):
            state.narrow(right, Domain(values=frozenset((Decimal(0),)), error=state.domain(right).error))
        return
    factor = _power_of_ten(state.domain(right), not divides)
    if factor is not None and not state.domain(left).blank:
        state.narrow(left, _times(want, factor))
    if divides:
        state.narrow(right, Domain(error=True, without=frozenset((Decimal(0),))))


def _times(known: Domain, factor: Decimal) -> Domain:
    if known.values is not None:
        values = frozenset(value * factor for value in known.values if isinstance(value, Decimal))
        return Domain(False, False, values)
    low = known.low * factor if isinstance(known.low, Decimal) else None
    high = known.high * factor if isinstance(known.high, Decimal) else None
    return Domain(False, False, low=low, high=high, low_open=known.low_open, high_open=known.high_open)


def _power_of_ten(known: Domain, inverse: bool) -> Decimal | None:
    number = _one_number(known)
    if number is None or number <= 0 or abs(number.adjusted()) > 9 or number != Decimal(10) ** number.adjusted():
        return None
    return Decimal(10) ** (-number.adjusted() if inverse else number.adjusted())


ARITHMETIC_FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {"+": _plus, "-": _minus, "*": _scaled, "/": _scaled}
)
ARITHMETIC_BACKWARD: Final[Mapping[str, Backward]] = MappingProxyType(
    {"+": _plus_backward, "-": _minus_backward, "*": _scaled_backward, "/": _scaled_backward}
)

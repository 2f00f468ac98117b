"""Arithmetic and dates: exact where the platform's decimals are, else as near as their 39 digits."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from sfoptlint.core.expr import Type
from sfoptlint.decide.program import VARIABLE
from sfoptlint.decide.z3.logic import Rule
from sfoptlint.decide.z3.terms import DAY_MS, EPOCH_DAY, FIRST_DAY, LAST_DAY, Term, Terms
from sfoptlint.decide.z3.texts import whole

_SEEN_WHOLE: Final = 10**30
"""Below it 33 digits say a number to less than one."""
_CUMULATED: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
_RANGES: Final = {
    "HOUR": (0, 23),
    "ISOWEEK": (1, 53),
    "MINUTE": (0, 59),
    "SECOND": (0, 59),
    "MILLISECOND": (0, 999),
}
_FIRST_MS: Final = (FIRST_DAY - EPOCH_DAY) * DAY_MS
_LAST_MS: Final = (LAST_DAY - EPOCH_DAY + 1) * DAY_MS - 1


def _plus(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    kinds = tuple(map(terms.kind, args))
    if Type.TEXT in kinds:
        return terms.total(args, terms.z3.Concat(*map(terms.text, args)))
    if kinds == (Type.NUMBER, Type.NUMBER):
        return _sum(terms, args, terms[args[0]].value + terms[args[1]].value)
    if kinds[0] is Type.NUMBER:
        return _moved(terms, slot, (args[1], args[0]), 1)
    return _moved(terms, slot, args, 1)


def _sum(terms: Terms, args: tuple[int, ...], exact: Any) -> Term:
    return terms.strict(args, terms.near(exact) if terms.rough.intersection(args) else exact)


def _minus(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    z3, kinds = terms.z3, tuple(map(terms.kind, args))
    if len(args) == 1:
        return terms.strict(args, -terms.as_kind(args[0], Type.NUMBER))
    left, right = (terms[arg].value for arg in args)
    match kinds:
        case (Type.NUMBER, Type.NUMBER):
            return _sum(terms, args, left - right)
        case (Type.DATE, Type.DATE):
            return terms.strict(args, z3.ToReal(left - right))
        case (Type.DATETIME, Type.DATETIME):
            terms.rough.add(slot)
            return terms.strict(args, terms.near(z3.ToReal(left - right) / DAY_MS))
        case (Type.TIME, Type.TIME):
            return terms.strict(args, z3.ToReal((left - right) % DAY_MS))
    return _moved(terms, slot, args, -1)


def _moved(terms: Terms, slot: int, args: tuple[int, ...], sign: int) -> Term | None:
    z3, (moved, by) = terms.z3, args
    kind = terms.kind(moved)
    if terms.kind(by) is not Type.NUMBER or terms.kind(slot) is not kind:
        return None
    if kind is Type.DATE:
        day = terms[moved].value + sign * whole(terms, by)
        return terms.strict(args, day, z3.Or(day < FIRST_DAY, day > LAST_DAY))
    if kind is Type.DATETIME:
        terms.loose.append(slot)
        seconds, exact = terms.some(z3.IntSort()), sign * terms[by].value * 86_400
        half = z3.RealVal("0.500000001")
        terms.fact(z3.ToReal(seconds) <= exact + half, z3.ToReal(seconds) >= exact - half)
        moment = terms[moved].value + seconds * 1000
        return terms.strict(args, moment, z3.Or(moment < _FIRST_MS, moment > _LAST_MS))
    if kind is Type.TIME:
        return terms.strict(args, (terms[moved].value + sign * whole(terms, by)) % DAY_MS)
    return None


def _times(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    left, right = (terms.as_kind(arg, Type.NUMBER) for arg in args)
    known = [terms.program.constants[arg] for arg in args if arg in terms.program.constants]
    product = left * right
    if any(map(_is_short, known)) and not terms.rough.intersection(args):
        return terms.strict(args, product)
    terms.rough.add(slot)
    return terms.strict(args, terms.near(product))


def _is_short(number: object) -> bool:
    """Whether a product with a number that a field holds keeps all its digits."""
    return isinstance(number, Decimal) and len(number.normalize().as_tuple().digits) <= 6


def _over(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3, (left, right) = terms.z3, tuple(terms.as_kind(arg, Type.NUMBER) for arg in args)
    divisor = terms.program.constants.get(args[1])
    if isinstance(divisor, Decimal) and divisor != 0:
        quotient = left / right
        if divisor.normalize().as_tuple().digits == (1,) and not terms.rough.intersection(args):
            return terms.strict(args, quotient)
        terms.rough.add(slot)
        return terms.strict(args, terms.near(quotient))
    terms.rough.add(slot)
    found = terms.some(z3.RealSort())
    terms.fact(z3.Implies(right != 0, terms.near(found * right) == left))
    return terms.strict(args, found, right == 0)


def _remainder(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    """MOD by a literal: what is left has the sign of the number."""
    z3, divisor = terms.z3, terms.program.constants.get(args[1])
    if not isinstance(divisor, Decimal) or divisor == 0 or terms.rough.intersection(args):
        return None
    number, size = terms.as_kind(args[0], Type.NUMBER), z3.RealVal(format(abs(divisor), "f"))
    above = z3.If(number < 0, -number, number)
    left = above - z3.ToReal(z3.ToInt(above / size)) * size
    terms.loose.append(slot)
    return terms.strict(args, z3.If(number < 0, -left, left))


def _absolute(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    number = terms.as_kind(args[0], Type.NUMBER)
    return terms.strict(args, terms.z3.If(number < 0, -number, number))


def _extreme(*, greatest: bool) -> Rule:
    def rule(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
        numbers = [terms.as_kind(arg, Type.NUMBER) for arg in args]
        found = numbers[0]
        for number in numbers[1:]:
            found = terms.z3.If((number > found) if greatest else (number < found), number, found)
        return terms.strict(args, found)

    return rule


def _rounded(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    """To whole numbers, or to digits behind the point, towards zero or away from it, up or down.

    FLOOR and its like look at 33 digits first: exact for what a field stores, else no further away than the last place.
    """
    z3, op, number = terms.z3, terms.program.ops[slot], terms.as_kind(args[0], Type.NUMBER)
    places = terms.program.constants.get(args[1]) if len(args) > 1 else Decimal(0)
    if not isinstance(places, Decimal) or not 0 <= places <= 18 or places != places.to_integral_value():
        return None
    unit = 10 ** int(places)
    steps = _ROUNDINGS[op](z3, number * unit)
    if op in ("ROUND", "TRUNC") or terms.program.ops[args[0]] == VARIABLE:
        return terms.strict(args, z3.ToReal(steps) / unit)
    terms.loose.append(slot)
    found = terms.some(z3.IntSort())
    small = z3.And(number < _SEEN_WHOLE, number > -_SEEN_WHOLE)
    terms.fact(z3.Implies(small, z3.And(found <= steps + 1, found >= steps - 1)))
    terms.wishes.append(found == steps)
    return terms.strict(args, z3.ToReal(found))


def _signed(up: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Round a number and its negation alike."""
    return lambda z3, number: z3.If(number < 0, -up(z3, -number), up(z3, number))


def _down(z3: Any, number: Any) -> Any:
    return z3.ToInt(number)


def _up(z3: Any, number: Any) -> Any:
    return -z3.ToInt(-number)


def _half_up(z3: Any, number: Any) -> Any:
    return z3.ToInt(number + z3.RealVal("1/2"))


_ROUNDINGS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "ROUND": _signed(_half_up),
    "TRUNC": _signed(_down),
    "FLOOR": _signed(_down),
    "CEILING": _signed(_up),
    "MFLOOR": _down,
    "MCEILING": _up,
}


def _day_of(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    """TODAY and DATEVALUE: the day of a moment where the user is."""
    kind, arg = terms.kind(args[0]), args[0]
    if kind is Type.DATE:
        return terms.strict(args, terms[arg].value)
    if kind is not Type.DATETIME:
        return None
    day = terms[arg].value / DAY_MS + EPOCH_DAY
    if not terms.in_utc:
        terms.loose.append(slot)
        shift = terms.some(terms.z3.IntSort())
        terms.fact(shift >= -1, shift <= 1)
        day = day + shift
    return terms.strict(args, day)


def _moment_of(terms: Terms, _: int, args: tuple[int, ...]) -> Term | None:
    kind = terms.kind(args[0])
    if kind is Type.DATETIME:
        return terms.strict(args, terms[args[0]].value)
    return terms.strict(args, (terms[args[0]].value - EPOCH_DAY) * DAY_MS) if kind is Type.DATE else None


def _calendar(terms: Terms, arg: int) -> dict[str, Any]:
    """Return the parts of a date, from its count of days."""
    z3, day = terms.z3, terms[arg].value
    year = terms.some(z3.IntSort())
    before = year - 1
    start = before * 365 + before / 4 - before / 100 + before / 400
    leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
    of_year = day - start
    terms.fact(of_year >= 1, of_year <= z3.If(leap, 366, 365))
    ends = [z3.If(leap, end + 1, end) if end > 31 else z3.IntVal(end) for end in _CUMULATED]
    month, of_month = z3.IntVal(12), of_year - ends[11]
    for at in reversed(range(1, 12)):
        month, of_month = (
            z3.If(of_year <= ends[at], at, month),
            z3.If(of_year <= ends[at], of_year - ends[at - 1], of_month),
        )
    return {"YEAR": year, "MONTH": month, "DAY": of_month, "DAYOFYEAR": of_year}


def _part(terms: Terms, slot: int, args: tuple[int, ...]) -> Term | None:
    if terms.kind(args[0]) is not Type.DATE:
        return None
    op, z3 = terms.program.ops[slot], terms.z3
    if op == "WEEKDAY":
        return terms.strict(args, z3.ToReal(terms[args[0]].value % 7 + 1))
    if args[0] not in terms.calendars:
        terms.calendars[args[0]] = _calendar(terms, args[0])
    return terms.strict(args, z3.ToReal(terms.calendars[args[0]][op]))


def _within(low: int, high: int) -> Rule:
    def rule(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
        found = terms.some(terms.z3.IntSort())
        terms.loose.append(slot)
        terms.fact(found >= low, found <= high)
        return terms.strict(args, terms.z3.ToReal(found))

    return rule


NUMBER_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "+": _plus,
        "-": _minus,
        "*": _times,
        "/": _over,
        "MOD": _remainder,
        "ABS": _absolute,
        "MAX": _extreme(greatest=True),
        "MIN": _extreme(greatest=False),
        "TODAY": _day_of,
        "DATEVALUE": _day_of,
        "DATETIMEVALUE": _moment_of,
        **dict.fromkeys(_ROUNDINGS, _rounded),
        **dict.fromkeys(("YEAR", "MONTH", "DAY", "DAYOFYEAR", "WEEKDAY"), _part),
        **{op: _within(*bounds) for op, bounds in _RANGES.items()},
    }
)

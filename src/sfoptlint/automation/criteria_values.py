"""The values that criteria items are written with, by the type of the field beside them.

Commas separate alternatives, quotation marks keep a comma (Salesforce Help, "Filter Operators", "Relative Date Filters").
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from sfoptlint.core.expr import Expr, Free, FreeKind, Interner, Primitive, Type
from sfoptlint.core.location import Place
from sfoptlint.core.schema import FieldType

NUMERIC: Final = frozenset({FieldType.NUMBER, FieldType.CURRENCY, FieldType.PERCENT})
_TRUE: Final = frozenset({"true", "1", "vero", "verdadero", "verdadeiro", "vrai", "waar", "wahr"})
_FALSE: Final = frozenset({"false", "0", "falsch", "falso", "faux", "onwaar"})
"""Criteria keep the words of the language in which they were written."""
_ALTERNATIVE: Final = re.compile(r'\s*(?:"([^"]*)"\s*|([^,]*))(?:,|$)')
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_DAYS: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
_DATE: Final = re.compile(
    r"(?:(?P<iso>\d{4})|(?P<first>\d{1,2}))[-/.](?P<second>\d{1,2})[-/.](?P<third>(?(iso)\d{1,2}|\d{4}))(?: (?:12:00 AM|0?0:00))?"
)
"""A date in the order of ISO 8601, or of a locale; midnight may follow."""
_UNITS: Final = "$€£¥% "


def alternatives(value: str) -> list[str]:
    """Return the values that commas separate; none where nothing is written."""
    found = [
        (match[1] if match[1] is not None else match[2].strip()) for match in _ALTERNATIVE.finditer(value) if match[0]
    ]
    return [alternative for alternative in found if alternative]


def literal(text: str, type_: FieldType, at: Place, interner: Interner) -> Expr | None:
    """Return one value beside a field of a type; None where it is written in a way that is not known here.

    Of a date in the format of somebody's locale both readings are open where day and month could be either; `at` is where it is
    written.
    """
    match type_:
        case FieldType.CHECKBOX:
            folded = text.casefold()
            return interner.const(folded in _TRUE, Type.BOOLEAN) if folded in _TRUE | _FALSE else None
        case FieldType.DATE:
            return as_day(text, at, interner)
        case FieldType.NUMBER | FieldType.CURRENCY | FieldType.PERCENT:
            number = as_number(text)
            return None if number is None else interner.const(number, Type.NUMBER)
        case FieldType.SUMMARY:  # its own metadata does not say what it rolls up
            summed = as_number(text)
            return as_day(text, at, interner) if summed is None else interner.const(summed, Type.NUMBER)
        case FieldType.DATE_TIME | FieldType.TIME | FieldType.LOCATION | FieldType.ADDRESS | FieldType.FILE:
            return None
    return interner.const(text, Type.TEXT)


def as_number(text: str) -> Decimal | None:
    """Return a number, written with or without separators of thousands and a unit; None where the text is none."""
    plain = text.strip(_UNITS)
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def guessed_type(values: list[str]) -> FieldType:
    """Return what a field that nobody knows must be to be compared with these."""
    folded = {value.casefold() for value in values if value}
    if folded and folded <= {"true", "false"}:
        return FieldType.CHECKBOX
    if folded and all(as_number(value) is not None for value in folded):
        return FieldType.NUMBER
    if folded and folded <= set(_DAYS):
        return FieldType.DATE
    return FieldType.UNKNOWN


def as_day(text: str, at: Place, interner: Interner) -> Expr | None:
    """Return a day, written as a date or by its distance from today; None where it is neither."""
    days = _DAYS.get(text.casefold())
    if days is None:
        return _written_day(text, at, interner)
    today = interner.call("TODAY", (), Type.DATE)
    return today if not days else interner.call("+", (today, interner.const(Decimal(days), Type.NUMBER)), Type.DATE)


def _written_day(text: str, at: Place, interner: Interner) -> Expr | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    if match["iso"]:
        found = [_date(match["iso"], match["second"], match["third"])]
    else:
        first, second, year = match["first"], match["second"], match["third"]
        found = [_date(year, second, first), _date(year, first, second)]
    days = [interner.const(day, Type.DATE) for day in dict.fromkeys(found) if day is not None]
    if len(days) < 2:
        return days[0] if days else None
    said = f"the day stands first in {text}"
    which = interner.free(Free(f"{at.path}#{text}", Type.BOOLEAN, FreeKind.OTHER, at, said))
    return interner.call(Primitive.IF, (which, days[0], days[1]), Type.DATE)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

"""The values that criteria items are written with, by the type of the field beside them.

Commas separate alternatives, quotation marks keep a comma (Salesforce Help, "Filter Operators", "Relative Date Filters").
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from sfoptlint.core.expr import Expr, Interner, Type
from sfoptlint.core.schema import FieldType

NUMERIC: Final = frozenset({FieldType.NUMBER, FieldType.CURRENCY, FieldType.PERCENT})
_TRUE: Final = frozenset({"true", "1"})
_FALSE: Final = frozenset({"false", "0"})
_ALTERNATIVE: Final = re.compile(r'\s*(?:"([^"]*)"\s*|([^,]*))(?:,|$)')
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_DAYS: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
_UNITS: Final = "$€£¥% "


def alternatives(value: str) -> list[str]:
    """Return the values that commas separate; none where nothing is written."""
    found = [
        (match[1] if match[1] is not None else match[2].strip()) for match in _ALTERNATIVE.finditer(value) if match[0]
    ]
    return [alternative for alternative in found if alternative]


def literal(text: str, type_: FieldType, interner: Interner) -> Expr | None:
    """Return one value beside a field of a type; None where it is written in a way that is not known here.

    A date in the format of somebody's locale is such a way, and so are the words for true and false in other languages.
    """
    match type_:
        case FieldType.CHECKBOX:
            folded = text.casefold()
            return interner.const(folded in _TRUE, Type.BOOLEAN) if folded in _TRUE | _FALSE else None
        case FieldType.DATE:
            return _day(text, interner)
        case FieldType.NUMBER | FieldType.CURRENCY | FieldType.PERCENT:
            number = as_number(text)
            return None if number is None else interner.const(number, Type.NUMBER)
        case FieldType.SUMMARY:  # its own metadata does not say what it rolls up
            summed = as_number(text)
            return _day(text, interner) if summed is None else interner.const(summed, Type.NUMBER)
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


def _day(text: str, interner: Interner) -> Expr | None:
    days = _DAYS.get(text.casefold())
    if days is None:
        try:
            return interner.const(date.fromisoformat(text), Type.DATE)
        except ValueError:
            return None
    today = interner.call("TODAY", (), Type.DATE)
    return today if not days else interner.call("+", (today, interner.const(Decimal(days), Type.NUMBER)), Type.DATE)

"""Values from JSON and from the cells of an export, as the type of their field says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from sfoptlint.core.expr import Geolocation, Value
from sfoptlint.core.schema import FieldSchema, FieldType

FieldOf = Callable[[str], FieldSchema | None]
"""What is known of a field, by its name or its path with dots."""

_NUMBERS = frozenset({FieldType.NUMBER, FieldType.CURRENCY, FieldType.PERCENT, FieldType.SUMMARY})
_OPEN = frozenset({FieldType.UNKNOWN, FieldType.ADDRESS, FieldType.FILE})
_TRUE, _FALSE = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})
_DIGITS = 400


def typed(name: str, given: object, known: FieldSchema | None) -> Value:
    """Return a field's value; raises ValueError, in words, for what is none.

    A text that does not fit the field stays what it is: that is for the save to reject.
    """
    match given:
        case None | "":
            return None
        case bool():
            return given
        case int() | float() | Decimal():
            return number(str(given), name)
        case str():
            return _text(given, known)
        case {"latitude": latitude, "longitude": longitude}:
            return Geolocation(number(str(latitude), name), number(str(longitude), name))
    raise ValueError(f"{name}: a value is a text, a number, true, false or null")


def cell(name: str, text: str, known: FieldSchema | None) -> Value:
    """Return the value of an export's cell; a blank one is blank."""
    if known is not None and known.type is FieldType.CHECKBOX:
        word = text.strip().casefold()
        return True if word in _TRUE else False if word in _FALSE or not word else text
    if text and known is not None and known.type in _NUMBERS:
        try:
            return number(text, name)
        except ValueError:
            return text
    return typed(name, text, known)


def moment(text: str) -> datetime | None:
    """Return an ISO 8601 date-time in UTC, which it is without an offset; None for what is none."""
    try:
        value = datetime.fromisoformat(text)
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first and last hours of the calendar have no other zone
        return None


def number(text: str, name: str) -> Decimal:
    """Return a number; raises ValueError."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{name}: {text!r} is no number") from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        raise ValueError(f"{name}: {text!r} is no number that a field holds")
    return value


def _text(text: str, known: FieldSchema | None) -> Value:
    match known.type if known is not None else FieldType.UNKNOWN:
        case FieldType.DATE:
            return _day(text) or text
        case FieldType.DATE_TIME:
            return moment(text) or text
        case FieldType.TIME:
            return _time(text) or text
        case type_ if type_ in _OPEN:
            # A text that is a whole ISO date or date-time is one; shorter forms stay text.
            return (_day(text) or (moment(text) if "T" in text else None) or text) if len(text) >= 10 else text
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None

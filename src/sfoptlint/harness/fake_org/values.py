"""Values of fields as they are stored, as JSON has them, and as an export writes them.

REST API Developer Guide, "Valid Date and DateTime Formats", and SOAP API Developer Guide, "Field Types".
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sfoptlint.core.expr import Geolocation, Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.data_directory.values import checkbox, moment

NUMBERS: Final = frozenset({FieldType.NUMBER, FieldType.CURRENCY, FieldType.PERCENT, FieldType.SUMMARY})
REFERENCES: Final = frozenset({FieldType.LOOKUP, FieldType.MASTER_DETAIL, FieldType.HIERARCHY, FieldType.ID})


class UnfitValueError(Exception):
    """A value that a field of this type cannot hold; the message names the type and never the value."""


def from_json(field: FieldSchema, value: Any) -> Value:
    """Return a value of a request's JSON as it is stored; raise UnfitValueError where it is of another type."""
    if value is None or value == "":
        return False if field.type is FieldType.CHECKBOX else None
    if field.type is FieldType.CHECKBOX:
        if not isinstance(value, bool):
            raise UnfitValueError("boolean")
        return value
    if field.type in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise UnfitValueError("double")
        return _number(str(value))
    if isinstance(value, dict | list):
        raise UnfitValueError("string")
    if field.type is FieldType.UNKNOWN:
        return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
    return from_text(field, str(value).lower() if isinstance(value, bool) else str(value))


def from_text(field: FieldSchema, text: str) -> Value:
    """Return a value as an export writes it; a blank is none. Raises UnfitValueError."""
    if field.type is FieldType.CHECKBOX:
        ticked = checkbox(text)
        if ticked is None:
            raise UnfitValueError("boolean")
        return ticked
    if not text:
        return None
    if field.type in NUMBERS:
        return _number(text)
    if field.type in {FieldType.DATE, FieldType.DATE_TIME}:
        return _moment(text, field.type)
    if field.type is FieldType.TIME:
        return _time(text)
    return text


def to_json(value: Value) -> Any:
    """Return a stored value as the REST API shows it."""
    match value:
        case Decimal():
            return float(value)
        case datetime():
            at = value.astimezone(UTC)
            return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}+0000"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M:%S}.{value.microsecond // 1000:03}Z"
        case Geolocation():
            return {"latitude": float(value.latitude), "longitude": float(value.longitude)}
        case _:
            return value


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise UnfitValueError("double") from None
    if not number.is_finite():
        raise UnfitValueError("double")
    return number


def _moment(text: str, type_: FieldType) -> date | datetime:
    at = moment(text)
    if at is None:
        raise UnfitValueError("date" if type_ is FieldType.DATE else "datetime")
    return at.date() if type_ is FieldType.DATE else at


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        raise UnfitValueError("time") from None

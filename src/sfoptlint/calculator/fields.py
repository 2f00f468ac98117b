"""Fields given by hand: a type and a value, or a formula over the same fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Type, Value

_DIGITS: Final = 400

TYPES: Final[Mapping[str, Type]] = MappingProxyType(
    {
        "number": Type.NUMBER,
        "currency": Type.NUMBER,
        "percent": Type.NUMBER,
        "text": Type.TEXT,
        "textarea": Type.TEXT,
        "email": Type.TEXT,
        "phone": Type.TEXT,
        "url": Type.TEXT,
        "picklist": Type.TEXT,
        "multipicklist": Type.TEXT,
        "date": Type.DATE,
        "datetime": Type.DATETIME,
        "time": Type.TIME,
        "checkbox": Type.BOOLEAN,
    }
)
"""The field types that a record may name, in any case, and what they are to a formula."""


@dataclass(frozen=True, slots=True)
class GivenField:
    """A field: its name as given, its type, and its value or the formula that computes it."""

    name: str
    type: Type
    percent: bool = False
    value: Value = None
    formula: str | None = None


class FieldError(Exception):
    """A field that cannot be read; the message names it and says why."""


def read_field(name: str, given: object) -> GivenField:
    """Return the field for `{"type", "value"}`, `{"type", "formula"}` or a bare value; raises `FieldError`."""
    if not isinstance(given, dict):
        value = _bare(given, name)
        return GivenField(name, _type_of(value), value=value)
    kind = str(given.get("type", "")).lower()
    type_ = TYPES.get(kind)
    if type_ is None:
        raise FieldError(f"{name}: the type is one of {', '.join(TYPES)}")
    formula = given.get("formula")
    if formula is not None:
        return GivenField(name, type_, percent=kind == "percent", formula=str(formula))
    value = _typed(given.get("value"), type_, name)
    if isinstance(value, datetime):
        type_ = Type.DATETIME
    return GivenField(name, type_, percent=kind == "percent", value=value)


def _bare(given: object, name: str) -> Value:
    match given:
        case None | bool():
            return given
        case int() | float():
            return _number(str(given), name)
        case str():
            return _moment(given) or given
        case _:
            raise FieldError(f"{name}: a value is a text, a number, true, false or null")


def _moment(text: str) -> date | None:
    """A bare text that is a whole ISO date or date-time is one; shorter forms of ISO 8601 stay text."""
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else _datetime(text)
    except ValueError:
        return None


def _type_of(value: Value) -> Type:
    for python, type_ in ((bool, Type.BOOLEAN), (Decimal, Type.NUMBER), (str, Type.TEXT), (datetime, Type.DATETIME)):
        if isinstance(value, python):
            return type_
    return Type.DATE if isinstance(value, date) else Type.UNKNOWN


def _typed(given: object, type_: Type, name: str) -> Value:
    if given is None or given == "":
        return None
    if type_ is Type.BOOLEAN:
        if isinstance(given, bool):
            return given
        raise FieldError(f"{name}: a checkbox is true or false")
    text = str(given)
    try:
        match type_:
            case Type.NUMBER:
                return _number(text, name)
            case Type.DATE | Type.DATETIME:
                return _datetime(text) if "T" in text else date.fromisoformat(text)
            case Type.TIME:
                return time.fromisoformat(text.removesuffix("Z"))
            case _:
                return text
    except ValueError:
        raise FieldError(f"{name}: {text!r} is no {type_}") from None


def _datetime(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _number(text: str, name: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise FieldError(f"{name}: {text!r} is no number") from None
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        raise FieldError(f"{name}: {text!r} is no number that a field holds")
    return number

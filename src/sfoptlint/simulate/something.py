"""What stands for a value that nobody gives, where it is to be there rather than blank."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from sfoptlint.automation.places import place_of, split_key
from sfoptlint.core.expr import Field, Free, FreeKind, Type, Value
from sfoptlint.core.witness import Answer, Returned, Rows

_SOMETHING: Mapping[Type, Value] = {
    Type.BOOLEAN: True,
    Type.NUMBER: Decimal(1),
    Type.TEXT: "Sample",
    Type.UNKNOWN: "Sample",
    Type.DATE: date(2026, 1, 15),
    Type.DATETIME: datetime(2026, 1, 15, 12, tzinfo=UTC),
}
_ID = "001000000000001AAA"


def has_something(type_: Type) -> bool:
    """Whether there is a value of this type to stand for others."""
    return type_ in _SOMETHING


def some_value(node: Field) -> Value:
    """Return a value of a field; of a look-up, an Id."""
    is_id = node.type in (Type.TEXT, Type.UNKNOWN) and node.path[-1].casefold().endswith("id")
    return _ID if is_id else _SOMETHING[node.type]


def some_answer(atom: Free) -> tuple[Answer, str]:
    """Return an answer that is no blank, and what it says."""
    place, number = split_key(place_of(atom))
    if atom.kind is FreeKind.FOUND:
        return Rows(({},) * (number + 1)), f"{atom.text} ({place})"
    if atom.type is Type.BOOLEAN:
        return Returned(True), f"so it is: {atom.text} ({place})"
    return Returned(_SOMETHING[atom.type]), f"{atom.text} gives no blank ({place})"

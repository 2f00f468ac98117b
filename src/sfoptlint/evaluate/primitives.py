"""The total, two-valued operators of the core form that need all their operands."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Primitive, Value


def same(left: Value, right: Value) -> bool:
    """Return whether two values are equal: blank equals blank and the empty text, values of two types are never equal."""
    if left is None or left == "":
        return right is None or right == ""
    if isinstance(left, datetime) is not isinstance(right, datetime) or isinstance(left, bool) is not isinstance(
        right, bool
    ):
        return False
    return left == right


def less(left: Value, right: Value) -> bool:
    """Return whether the first is strictly less; FALSE where one is blank, as the empty text is, or they have no order."""
    return _ordered(left, right) and bool(left < right)  # type: ignore[operator]


def less_equal(left: Value, right: Value) -> bool:
    """Return whether the first is less or equal, FALSE as `less` is."""
    return _ordered(left, right) and bool(left <= right)  # type: ignore[operator]


def _ordered(left: Value, right: Value) -> bool:
    if blank(left) or blank(right):
        return False
    for type_ in (Decimal, str, datetime, date, time):
        if isinstance(left, type_):
            return isinstance(right, type_) and isinstance(left, datetime) is isinstance(right, datetime)
    return False


def has(text: Value, part: Value) -> bool:
    """Return whether the first text contains the second."""
    return _text(part) in _text(text)


def starts(text: Value, part: Value) -> bool:
    """Return whether the first text begins with the second."""
    return _text(text).startswith(_text(part))


def ends(text: Value, part: Value) -> bool:
    """Return whether the first text ends with the second."""
    return _text(text).endswith(_text(part))


def one_of(values: Value, value: Value) -> bool:
    """Return whether a multi-select value includes the second; only a blank one includes blank."""
    return _text(value) in _text(values).split(";")


def blank(value: Value) -> bool:
    """Return whether the value is blank; the empty text is."""
    return value is None or value == ""


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def truth(value: Value) -> bool:
    """Return the Boolean with blank as FALSE."""
    return value is True


def negation(value: Value) -> bool:
    """Return whether the operand is not TRUE."""
    return value is not True


def changed(before: Value, after: Value) -> bool:
    """Return whether a field's value changed; numbers by value (20 is 20.00), line ends are all alike."""
    return not same(_lines(before), _lines(after))


def _lines(value: Value) -> Value:
    return value.replace("\r\n", "\n") if isinstance(value, str) and "\r" in value else value


def folded(value: Value) -> Value:
    """Return the value as a comparison without regard to case sees it."""
    return value.casefold() if isinstance(value, str) else value


PRIMITIVES: Final = MappingProxyType[str, Callable[..., bool]](
    {
        Primitive.SAME: same,
        Primitive.LESS: less,
        Primitive.LESS_EQUAL: less_equal,
        Primitive.HAS: has,
        Primitive.STARTS: starts,
        Primitive.ENDS: ends,
        Primitive.ONE_OF: one_of,
        Primitive.BLANK: blank,
        Primitive.TRUTH: truth,
        Primitive.NOT: negation,
    }
)
"""The primitives by name; AND, OR and IF choose what they evaluate, and CHANGED reads the record pair."""

"""One comparison: SOQL's own idea of equal, with null, case and ids (SOQL and SOSL Reference, "Comparison Operators").

A field that is null is unlike every value: `!=` and `NOT IN` take its record, which SQL would drop. Texts are compared without
regard to case, ids by their first 15 characters.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldType
from sfoptlint.harness.fake_org.ids import key_of
from sfoptlint.harness.fake_org.soql.literals import Constant, Span, like
from sfoptlint.harness.fake_org.values import NUMBERS, REFERENCES

Test = Callable[[Value], bool]
_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_FITS: Final[dict[FieldType, tuple[type, ...]]] = {
    FieldType.CHECKBOX: (bool,),
    FieldType.DATE: (date, Span),
    FieldType.DATE_TIME: (datetime, Span),
    **dict.fromkeys(NUMBERS, (Decimal,)),
}


class UnfitComparisonError(Exception):
    """What is compared does not go together; the message says why."""


def check(type_: FieldType, value: Constant) -> None:
    """Raise UnfitComparisonError where a field of a type cannot be compared with a value."""
    if value is None or type_ is FieldType.UNKNOWN:
        return
    fits = _FITS.get(type_, (str,))
    wrong_bool = isinstance(value, bool) and bool not in fits
    wrong_date = isinstance(value, datetime) and datetime not in fits
    if not isinstance(value, fits) or wrong_bool or wrong_date:
        raise UnfitComparisonError(f"value of filter criterion must be of the type of the field, {type_.value}")


def compare(type_: FieldType, operator: str, value: Constant) -> Test:
    """Return the test of `field operator value`."""
    check(type_, value)
    match operator:
        case "=":
            return _equal(type_, value)
        case "!=" | "<>":
            equal = _equal(type_, value)
            return lambda held: not equal(held)
        case "like":
            if not isinstance(value, str) or type_ in _FITS or type_ in REFERENCES:
                raise UnfitComparisonError("LIKE compares texts")
            pattern = like(value)
            return lambda held: isinstance(held, str) and pattern.fullmatch(held) is not None
        case _:
            return _ordered(type_, operator, value)


def one_of(type_: FieldType, values: Sequence[Constant]) -> Test:
    """Return the test of `field IN values`; it looks at all values at once, for there may be hundreds."""
    for value in values:
        check(type_, value)
    keys = {key(type_, value) for value in values if not isinstance(value, Span)}
    spans = [value for value in values if isinstance(value, Span)]
    return lambda held: key(type_, held) in keys or any(held is not None and span.holds(held) for span in spans)


def chosen(values: Sequence[Constant]) -> Test:
    """Return the test of `field INCLUDES values`: a value `A;B` asks for both."""
    wanted = [frozenset(_choices(value)) for value in values]
    return lambda held: any(want <= frozenset(_choices(held)) for want in wanted)


def key(type_: FieldType, value: Value) -> Value:
    """Return what two values that are equal to SOQL have in common; blank text is null."""
    if isinstance(value, str):
        if type_ in REFERENCES:
            return key_of(value) or None
        return value.casefold() or None
    return value


def _equal(type_: FieldType, value: Constant) -> Test:
    if isinstance(value, Span):
        return lambda held: held is not None and value.holds(held)
    wanted = key(type_, value)
    return lambda held: key(type_, held) == wanted


def _ordered(type_: FieldType, operator: str, value: Constant) -> Test:
    if type_ is FieldType.CHECKBOX or value is None:
        raise UnfitComparisonError(f"{operator} compares no checkbox and no null")
    order = _ORDER[operator]
    if isinstance(value, Span):
        return _around(operator, value)
    wanted = key(type_, value)
    return lambda held: key(type_, held) is not None and order(key(type_, held), wanted)


def _around(operator: str, span: Span) -> Test:
    tests: dict[str, Test] = {
        "<": span.before,
        "<=": lambda held: not span.after(held),
        ">": span.after,
        ">=": lambda held: not span.before(held),
    }
    test = tests[operator]
    return lambda held: held is not None and test(held)


def _choices(value: object) -> list[str]:
    return [choice.casefold() for choice in value.split(";") if choice] if isinstance(value, str) else []

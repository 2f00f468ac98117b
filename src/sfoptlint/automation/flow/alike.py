"""Two operands of a comparison as values of one type (Salesforce Help, Flow Operators in Decision Elements)."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from sfoptlint.core.expr import Const, Expr, Interner, Type, Value
from sfoptlint.core.logic import choose
from sfoptlint.lang.formula.building import truth

_BY_DAY: Final = frozenset(
    {
        (Type.DATETIME, "GreaterThanOrEqualTo"),
        (Type.DATETIME, "LessThan"),
        (Type.DATE, "GreaterThan"),
        (Type.DATE, "LessThanOrEqualTo"),
    }
)
"""Comparisons, by the type on the left, that come to the same for a moment and for its day, where a date is its first moment."""


def alike(operator: str, left: Expr, right: Expr, interner: Interner) -> tuple[Expr, Expr]:
    """Return the operands as the comparison takes them; of two types still where it is not known how it does."""
    right, left = _typed(right, left.type, interner), _typed(left, right.type, interner)
    if {left.type, right.type} == {Type.DATE, Type.DATETIME} and (left.type, operator) in _BY_DAY:
        return _day(left, interner), _day(right, interner)
    return _worded(left, right.type, interner), _worded(right, left.type, interner)


def unlike(left: Expr, right: Expr) -> bool:
    """Whether the operands are known to be of two types."""
    return left.type is not right.type and Type.UNKNOWN not in (left.type, right.type)


def _day(expr: Expr, interner: Interner) -> Expr:
    return interner.call("DATEVALUE", (expr,), Type.DATE) if expr.type is Type.DATETIME else expr


def _worded(expr: Expr, beside: Type, interner: Interner) -> Expr:
    """Return a Boolean as the text that it is beside a text."""
    if expr.type is not Type.BOOLEAN or beside is not Type.TEXT:
        return expr
    yes, no = interner.const("true", Type.TEXT), interner.const("false", Type.TEXT)
    return choose(truth(expr, interner), yes, no, interner)


def _typed(expr: Expr, beside: Type, interner: Interner) -> Expr:
    """Return a literal as the type that it is compared with."""
    if not isinstance(expr, Const) or expr.type is beside:
        return expr
    if expr.value is None:
        return interner.const(None, beside)
    try:
        value = _converted(expr.value, beside)
    except (ValueError, InvalidOperation):
        return expr
    return expr if value is None else interner.const(value, beside)


def _converted(literal: Value, type_: Type) -> Value:
    match type_, literal:
        case Type.NUMBER, str():
            return Decimal(literal)
        case Type.BOOLEAN, str() if literal.casefold() in ("true", "false"):
            return literal.casefold() == "true"
        case Type.DATE, str():
            return date.fromisoformat(literal[:10])
        case Type.DATE, datetime():
            return literal.date()
        case Type.TEXT, bool():
            return str(literal).lower()
        case Type.TEXT, Decimal():
            return f"{literal.normalize():f}"
    return None

"""Sums, and texts put together (Apex Developer Guide, "Expression Operators")."""

from decimal import Decimal

from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.spelled import spelled
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Scalar, Value
from sfoptlint.core.expr import Const, Expr, Field, Free, Type, nodes
from sfoptlint.lang.apex.nodes import Node

_INTEGERS = 2**31


def total(run: Run, operator: str, left: Value, right: Value, node: Node, state: State) -> Expr:  # noqa: PLR0913, PLR0917
    """Return `left + right` of texts, numbers or dates, `-`, `*` or `/`."""
    terms, (one, other) = run.terms, (_addend(run, operator, side, node, state) for side in (left, right))
    if one is None or other is None:
        return run.unknown_value(node, Type.UNKNOWN, state, inputs=(left, right)).expr
    types = {one.type, other.type}
    if operator == "+" and Type.TEXT in types:
        if isinstance(one, Const) and isinstance(other, Const):
            return terms.const(as_text(one) + as_text(other))
        return terms.call("&", (_in_text(run, one), _in_text(run, other)), Type.TEXT)
    if _are_numbers(operator, one, other):
        return _computed(run, operator, one, other, node, state)
    if Type.DATE in types or Type.DATETIME in types:
        return terms.call(operator, (one, other), Type.DATE if Type.DATE in types else Type.DATETIME)
    return run.unknown_value(node, Type.UNKNOWN, state, inputs=(left, right)).expr


def _in_text(run: Run, part: Expr) -> Expr:
    """Return a part of a text that is put together: null is the word (Apex Developer Guide, "Expression Operators")."""
    if isinstance(part, Const):
        return run.terms.const(as_text(part)) if part.value is None else part
    return run.terms.choose(run.terms.is_null(part), run.terms.const("null"), part) if isinstance(part, Field) else part


def _are_numbers(operator: str, one: Expr, other: Expr) -> bool:
    types = {one.type, other.type}
    if types == {Type.NUMBER}:
        return True
    if any(isinstance(part, Free) and part.type is Type.UNKNOWN for part in (one, other)):
        return False
    null = any(isinstance(part, Const) and part.value is None for part in (one, other))
    return types == {Type.NUMBER, Type.UNKNOWN} and (operator != "+" or null)


def _computed(run: Run, operator: str, one: Expr, other: Expr, node: Node, state: State) -> Expr:  # noqa: PLR0913, PLR0917
    terms = run.terms
    for part in (one, other):
        null = terms.false if isinstance(part, Free) else terms.is_null(part)
        run.throw(state, null, "NullPointerException", f"{run.words(node)}: null in a calculation", run.place(node))
    if operator == "/":
        zero = terms.same(other, terms.number(0))
        run.throw(state, zero, "MathException", f"{run.words(node)}: division by zero", run.place(node))
        if not _is_decimal(one) and not _is_decimal(other):  # of whole numbers, a whole one
            return run.unknown_value(node, Type.NUMBER, state, inputs=(Scalar(one), Scalar(other))).expr
    computed = terms.call(operator, (one, other), Type.NUMBER)
    if isinstance(computed, Const) and _overflows(computed):
        return run.unknown_value(node, Type.NUMBER, state).expr
    return computed


def _addend(run: Run, operator: str, value: Value, node: Node, state: State) -> Expr | None:
    return (value.expr if isinstance(value, Scalar) else None) or (
        spelled(run, value, node, state) if operator == "+" else None
    )


def _is_decimal(expr: Expr) -> bool:
    """Whether a number may have a part after the point: a field, or what is computed from one."""
    return any(isinstance(part, Field) and part.type is Type.NUMBER for part in nodes(expr))


def _overflows(const: Const) -> bool:
    """An Integer goes round at its ends (Apex Developer Guide, "Primitive Data Types")."""
    return not isinstance(const.value, Decimal) or abs(const.value) >= _INTEGERS


def as_text(const: Const) -> str:
    """Return a literal as a text joins it."""
    value = const.value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def negative(run: Run, value: Value, operator: str, node: Node, state: State) -> Value:
    """Return `-value`, `+value` or `~value`."""
    if isinstance(value, Scalar) and operator == "-" and value.expr.type is Type.NUMBER:
        return Scalar(run.terms.call("-", (run.terms.number(0), value.expr), Type.NUMBER))
    return value if operator == "+" else run.unknown_value(node, Type.NUMBER, state, inputs=(value,))

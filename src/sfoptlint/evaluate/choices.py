"""Functions that choose among values: all their arguments are evaluated, an error in an unused one is still an error."""

from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Expr, Type, Value
from sfoptlint.evaluate.law import Law, Laws
from sfoptlint.evaluate.operators import equal
from sfoptlint.evaluate.primitives import blank, same


def blank_value(value: Value, substitute: Value) -> Value:
    """BLANKVALUE: the substitute where the value is blank."""
    return substitute if blank(value) else value


def case(args: tuple[Expr, ...], operands: list[Value]) -> Value:
    """CASE: the result of the first equal value, else the last argument; a blank equals nothing but a blank text."""
    as_text = _as_text((args[0], *args[1:-1:2]), operands)
    for at in range(1, len(operands) - 1, 2):
        if _equal(operands[0], operands[at], as_text):
            return operands[at + 1]
    return operands[-1]


def among(args: tuple[Expr, ...], operands: list[Value]) -> bool:
    """IN: whether the first equals one of the others, blanks as in CASE."""
    as_text = _as_text(args, operands)
    return any(_equal(operands[0], other, as_text) for other in operands[1:])


def _as_text(compared: tuple[Expr, ...], operands: list[Value]) -> bool:
    return any(arg.type is Type.TEXT for arg in compared) or isinstance(operands[0], str)


def _equal(left: Value, right: Value, as_text: bool) -> bool:
    if as_text:
        return same(left, right)
    return left is not None and right is not None and equal(left, right)


CHOICE_LAWS: Final[Laws] = MappingProxyType({"BLANKVALUE": Law("**", blank_value, sees_blank=True)})
"""The choosing functions by name; CASE and IN also look at the static types of their arguments."""

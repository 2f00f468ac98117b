"""Functions that choose among values: all their arguments are evaluated, an error in an unused one is still an error."""

from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.law import Law, Laws
from sfoptlint.evaluate.operators import equal
from sfoptlint.evaluate.primitives import blank


def blank_value(value: Value, substitute: Value) -> Value:
    """BLANKVALUE: the substitute where the value is blank."""
    return substitute if blank(value) else value


def case(value: Value, *rest: Value) -> Value:
    """CASE: the result beside the first equal value, else the last argument; a blank equals nothing."""
    for at in range(0, len(rest) - 1, 2):
        if _matches(value, rest[at]):
            return rest[at + 1]
    return rest[-1]


def among(value: Value, *others: Value) -> bool:
    """IN: whether the first equals one of the others; a blank equals nothing."""
    return any(_matches(value, other) for other in others)


def _matches(left: Value, right: Value) -> bool:
    return left is not None and right is not None and equal(left, right)


CHOICE_LAWS: Final[Laws] = MappingProxyType(
    {
        "BLANKVALUE": Law("**", blank_value, sees_blank=True),
        "CASE": Law("****", case, sees_blank=True, more=True),
        "IN": Law("**", among, sees_blank=True, more=True),
    }
)
"""The choosing functions by name."""

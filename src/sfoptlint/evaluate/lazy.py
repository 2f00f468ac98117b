"""Operators that evaluate only what they need: AND, OR, IF, IFERROR.

Each looks at what is known of its operands and answers either the operand that it needs next, or its value.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Expr, Primitive, Value
from sfoptlint.evaluate.errors import FormulaError

Outcome = Value | FormulaError
"""What a node came to; an error is one, so that an operator may look at it and go on."""
Known = Mapping[Expr, Outcome]
Step = tuple[Expr | None, Outcome]
"""The operand needed next, or None and the outcome."""


def both(args: tuple[Expr, ...], known: Known) -> Step:
    """AND: FALSE at the first operand that is not TRUE, blank included; what follows is not evaluated."""
    return _until(args, known, stop=False)


def either(args: tuple[Expr, ...], known: Known) -> Step:
    """OR: TRUE at the first operand that is; what follows is not evaluated."""
    return _until(args, known, stop=True)


def _until(args: tuple[Expr, ...], known: Known, *, stop: bool) -> Step:
    for arg in args:
        if arg not in known:
            return arg, None
        outcome = known[arg]
        if isinstance(outcome, FormulaError):
            return None, outcome
        if (outcome is True) is stop:
            return None, stop
    return None, not stop


def choose(args: tuple[Expr, ...], known: Known) -> Step:
    """IF: a blank condition is FALSE; the branch that is not taken is not evaluated."""
    condition, yes, no = args
    if condition not in known:
        return condition, None
    outcome = known[condition]
    if isinstance(outcome, FormulaError):
        return None, outcome
    taken = yes if outcome is True else no
    return (None, known[taken]) if taken in known else (taken, None)


def if_error(args: tuple[Expr, ...], known: Known) -> Step:
    """IFERROR: the second operand where the first is an error."""
    first, second = args
    if first not in known:
        return first, None
    outcome = known[first]
    if not isinstance(outcome, FormulaError):
        return None, outcome
    return (None, known[second]) if second in known else (second, None)


LAZY: Final[Mapping[str, Callable[[tuple[Expr, ...], Known], Step]]] = MappingProxyType(
    {Primitive.AND: both, Primitive.OR: either, Primitive.IF: choose, "IFERROR": if_error}
)
"""The lazy operators by name."""

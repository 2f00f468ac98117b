"""Operators that evaluate only what they need: AND, OR, IF, IFERROR.

Each looks at what is known of its operands and answers either which operand it needs next, or its value.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Expr, Primitive, Value
from sfoptlint.evaluate.errors import FormulaError

Outcome = Value | FormulaError
"""What a node came to; an error is one, so that an operator may look at it and go on."""
Known = Mapping[Expr, Outcome]
Step = tuple[int | None, Outcome]
"""Which operand is needed next, or None and the outcome."""


def both(args: tuple[Expr, ...], known: Known, at: int) -> Step:
    """AND: FALSE at the first operand that is not TRUE, blank included; what follows is not evaluated."""
    return _until(args, known, at, stop=False)


def either(args: tuple[Expr, ...], known: Known, at: int) -> Step:
    """OR: TRUE at the first operand that is; what follows is not evaluated."""
    return _until(args, known, at, stop=True)


def _until(args: tuple[Expr, ...], known: Known, at: int, *, stop: bool) -> Step:
    # A condition of hundreds of operands is not looked through anew for each of them.
    for number in range(at, len(args)):
        arg = args[number]
        if arg not in known:
            return number, None
        outcome = known[arg]
        if isinstance(outcome, FormulaError):
            return None, outcome
        if (outcome is True) is stop:
            return None, stop
    return None, not stop


def choose(args: tuple[Expr, ...], known: Known, at: int) -> Step:
    """IF: a blank condition is FALSE; the branch that is not taken is not evaluated."""
    if args[at] not in known:
        return at, None
    outcome = known[args[at]]
    if at or isinstance(outcome, FormulaError):
        return None, outcome
    taken = 1 if outcome is True else 2
    return (None, known[args[taken]]) if args[taken] in known else (taken, None)


def if_error(args: tuple[Expr, ...], known: Known, at: int) -> Step:
    """IFERROR: the second operand where the first is an error."""
    if args[at] not in known:
        return at, None
    outcome = known[args[at]]
    if at or not isinstance(outcome, FormulaError):
        return None, outcome
    return (None, known[args[1]]) if args[1] in known else (1, None)


LAZY: Final[Mapping[str, Callable[[tuple[Expr, ...], Known, int], Step]]] = MappingProxyType(
    {Primitive.AND: both, Primitive.OR: either, Primitive.IF: choose, "IFERROR": if_error}
)
"""The lazy operators by name; each is told which operand it asked for last, or 0."""

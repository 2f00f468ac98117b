"""How one operator behaves: the types it takes, what it makes of blanks, and the function that computes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from math import isfinite
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Geolocation, Value
from sfoptlint.evaluate.errors import EvaluationError, NumericError, NumericValueError, TypeMismatchError
from sfoptlint.evaluate.world import World

KINDS: Final[Mapping[str, tuple[type, ...]]] = MappingProxyType(
    {
        "n": (Decimal,),
        "t": (str,),
        "b": (bool,),
        "d": (date,),
        "c": (time,),
        "g": (Geolocation,),
        "*": (bool, Decimal, str, date, time, Geolocation),
        "+": (Decimal, str, date, time),
        "s": (str, date),
        "k": (str, date, time),
        "i": (date, time),
    }
)
"""The types by the letter that a law's `kinds` uses.

Number, text, Boolean, date or date-time, clock time, geolocation; then anything, what `+` takes, and what is read as a date, as
a time, or as an instant.
"""

LONGEST_TEXT: Final = 131_072
"""The most characters that a field of the platform holds (a long text area); no text may grow beyond."""


@dataclass(frozen=True, slots=True)
class Law:
    """An operator over evaluated operands.

    `kinds` has a letter for each operand; the last `optional` may be missing, and with `more` the last letter repeats.
    An operator that does not see blanks is blank as soon as one operand is. With `world` the function is given that first.
    """

    kinds: str
    function: Callable[..., Value]
    sees_blank: bool = False
    optional: int = 0
    more: bool = False
    world: bool = False


Laws = Mapping[str, Law]


def apply(law: Law, name: str, operands: list[Value], world: World) -> Value:
    """Return the operator's value; raises `FormulaError` and nothing else."""
    count = len(operands)
    kinds = law.kinds
    if count < len(kinds) - law.optional or (count > len(kinds) and not law.more):
        raise TypeMismatchError(f"{name} does not take {count} operands")
    for at, operand in enumerate(operands):
        if operand is None:
            if not law.sees_blank:
                return None
        elif not isinstance(operand, KINDS[kinds[at] if at < len(kinds) else kinds[-1]]):
            raise TypeMismatchError(f"{name} does not take {type(operand).__name__}")
    try:
        value = law.function(world, *operands) if law.world else law.function(*operands)
    except ArithmeticError as error:
        raise NumericError(f"{name}: {type(error).__name__}") from None
    except ValueError as error:
        raise EvaluationError(f"{name}: {error}") from None
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise EvaluationError(f"{name}: the text is longer than {LONGEST_TEXT} characters")
    return value


def decimals() -> Context:
    """Return the context of all arithmetic: 39 digits, half up, as the engine's `MathContext`; beyond 1e400 is an error."""
    return Context(
        prec=39, rounding=ROUND_HALF_UP, Emax=400, Emin=-400, traps=[InvalidOperation, DivisionByZero, Overflow]
    )


def from_float(value: float) -> Decimal:
    """Return a double as the engine turns it into a decimal; raises where it is no finite number."""
    if not isfinite(value):
        raise NumericValueError("the result is no number")
    return Decimal(repr(value))


def is_datetime(value: Value) -> bool:
    """Whether the value is a date-time; Python counts one as a date too."""
    return isinstance(value, datetime)

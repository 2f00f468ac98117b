"""The numeric functions, in the decimal context in force; what the engine computes in doubles is computed in doubles."""

import math
import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.errors import NumericValueError
from sfoptlint.evaluate.law import Law, Laws, from_float
from sfoptlint.evaluate.text import whole

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")
_LARGEST: Final = 400
_VISIBLE: Final = 33


def parse_number(text: str) -> Decimal | None:
    """Return the number that a text says, or None; what is too large or too small for any field is none."""
    if _NUMBER.fullmatch(text) is None:
        return None
    number = Decimal(text)
    return number if abs(number.adjusted()) <= _LARGEST else None


def value(text: str) -> Decimal:
    """VALUE: a text that says no number is an error, the empty text too."""
    number = parse_number(text.strip())
    if number is None:
        raise NumericValueError("VALUE: the text is no number")
    return number


def is_number(text: str | None) -> bool:
    """ISNUMBER: FALSE for blank."""
    return text is not None and parse_number(text) is not None


def _to_whole(rounding: str) -> Callable[[Decimal], Decimal]:
    # The engine first rounds to the 33 digits that it shows, so that CEILING(6/11*11) is 6.
    def apply(number: Decimal) -> Decimal:
        visible = Context(prec=_VISIBLE, rounding=ROUND_HALF_UP).plus(number)
        return visible.to_integral_value(rounding)

    return apply


def rounded(number: Decimal, scale: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """ROUND: half away from zero; a negative scale rounds before the point."""
    places = whole(scale)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and places >= -exponent:
        return number
    if places < -_LARGEST:
        return Decimal(0)
    return number.quantize(Decimal((0, (1,), -places)), rounding, Context(prec=2 * _LARGEST))


def trunc(number: Decimal, scale: Decimal | None = None) -> Decimal:
    """TRUNC: towards zero."""
    return rounded(number, Decimal(0) if scale is None else scale, ROUND_DOWN)


def modulo(number: Decimal, divisor: Decimal) -> Decimal:
    """MOD: the remainder has the sign of the number."""
    return number % divisor


def _double(function: Callable[..., float]) -> Callable[..., Decimal]:
    def apply(*numbers: Decimal) -> Decimal:
        try:
            return from_float(function(*map(float, numbers)))
        except (ValueError, OverflowError):
            raise NumericValueError("the result is no number") from None

    return apply


def largest(*numbers: Decimal) -> Value:
    """MAX: blank as soon as one is."""
    return max(numbers)


def smallest(*numbers: Decimal) -> Value:
    """MIN: blank as soon as one is."""
    return min(numbers)


NUMBER_LAWS: Final[Laws] = MappingProxyType(
    {
        "ABS": Law("n", abs),
        "ACOS": Law("n", _double(math.acos)),
        "ASIN": Law("n", _double(math.asin)),
        "ATAN": Law("n", _double(math.atan)),
        "ATAN2": Law("nn", _double(math.atan2)),
        "CEILING": Law("n", _to_whole(ROUND_UP)),
        "COS": Law("n", _double(math.cos)),
        "EXP": Law("n", _double(math.exp)),
        "FLOOR": Law("n", _to_whole(ROUND_DOWN)),
        "ISNUMBER": Law("t", is_number, sees_blank=True),
        "LN": Law("n", _double(math.log)),
        "LOG": Law("n", _double(math.log10)),
        "MAX": Law("n", largest, more=True),
        "MCEILING": Law("n", _to_whole(ROUND_CEILING)),
        "MFLOOR": Law("n", _to_whole(ROUND_FLOOR)),
        "MIN": Law("n", smallest, more=True),
        "MOD": Law("nn", modulo),
        "PI": Law("", lambda: Decimal("3.14159265358979323846264338327950288420")),
        "ROUND": Law("nn", rounded),
        "SIN": Law("n", _double(math.sin)),
        "SQRT": Law("n", _double(math.sqrt)),
        "TAN": Law("n", _double(math.tan)),
        "TRUNC": Law("nn", trunc, optional=1),
        "VALUE": Law("t", value),
    }
)
"""The numeric functions by name."""

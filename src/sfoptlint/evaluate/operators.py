"""The formula language's own operators: blank in, blank out, except where text is joined.

Comparisons that involve text are lowered to total primitives where they are equalities; the order of texts is by UTF-16 code
unit, as Java's `compareTo`, and blank as every order with a blank is. Numbers follow the decimal context in force.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.evaluate.errors import EvaluationError, TypeMismatchError
from sfoptlint.evaluate.law import Law, Laws

_DAY_MS: Final = 86_400_000


def equal(left: Value, right: Value) -> bool:
    """`=` of two values of one type; the platform's compiler refuses to compare others."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left == right
    if type(left) is not type(right):
        raise TypeMismatchError(f"{type(left).__name__} is not compared with {type(right).__name__}")
    return left == right


def unequal(left: Value, right: Value) -> bool:
    """`<>`, the negation of `=`."""
    return not equal(left, right)


def order(left: Value, right: Value) -> int:
    """Return -1, 0 or 1; raises where the two have no order."""
    if type(left) is not type(right):
        raise TypeMismatchError(f"{type(left).__name__} has no order with {type(right).__name__}")
    match left, right:
        case str(), str():
            first, second = left.encode("utf-16-be", "surrogatepass"), right.encode("utf-16-be", "surrogatepass")
            return (first > second) - (first < second)
        case (Decimal(), Decimal()) | (date(), date()) | (time(), time()):
            return (left > right) - (left < right)  # type: ignore[operator]
        case _:
            raise TypeMismatchError(f"{type(left).__name__} has no order")


def plus(left: Value, right: Value) -> Value:
    """`+`: numbers add, a date moves by whole days, a date-time by parts of days, a time by milliseconds; texts join."""
    if isinstance(left, str) or isinstance(right, str):
        return join(left, right)
    if left is None or right is None:
        return None
    if isinstance(left, Decimal) and not isinstance(right, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal):
        raise TypeMismatchError("+ needs a number beside a date")
    return _move(left, right)


def minus(left: Value, right: Value) -> Value:
    """`-`: numbers subtract, two dates are days apart, two date-times parts of days, two times milliseconds."""
    if isinstance(right, Decimal):
        return _move(left, -right)
    if type(left) is not type(right):
        raise TypeMismatchError("- needs two values of one type, or a number")
    if isinstance(left, datetime) and isinstance(right, datetime):
        return _milliseconds(left - right) / Decimal(_DAY_MS)
    if isinstance(left, date) and isinstance(right, date):
        return Decimal((left - right).days)
    if isinstance(left, time) and isinstance(right, time):
        return Decimal((clock_milliseconds(left) - clock_milliseconds(right)) % _DAY_MS)
    raise TypeMismatchError(f"- does not take {type(left).__name__}")


def _move(value: Value, by: Decimal) -> Value:
    if isinstance(value, Decimal):
        return value + by
    if isinstance(value, datetime):
        seconds = (by * 86_400).quantize(Decimal(1), ROUND_HALF_UP)
        return value + timedelta(seconds=int(seconds))
    if isinstance(value, date):
        return value + timedelta(days=int(by.to_integral_value(ROUND_DOWN)))
    if isinstance(value, time):
        return clock_time(clock_milliseconds(value) + int(by.to_integral_value(ROUND_DOWN)))
    raise TypeMismatchError(f"+ does not take {type(value).__name__}")


def _milliseconds(delta: timedelta) -> Decimal:
    return Decimal(delta // timedelta(milliseconds=1))


def clock_milliseconds(value: time) -> int:
    """Return the milliseconds since midnight."""
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1000 + value.microsecond // 1000


def clock_time(milliseconds: int) -> time:
    """Return the time of day; what goes beyond midnight starts again (Salesforce Help, "Using the Time Field")."""
    seconds, rest = divmod(milliseconds % _DAY_MS, 1000)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, rest * 1000)


def join(left: Value, right: Value) -> str:
    """`&`: a blank is the empty text."""
    if (left is not None and not isinstance(left, str)) or (right is not None and not isinstance(right, str)):
        raise TypeMismatchError("only texts are joined")
    return (left or "") + (right or "")


def multiply(left: Decimal, right: Decimal) -> Decimal:
    """`*`, rounded to the 39 digits of the context."""
    return left * right


def divide(left: Decimal, right: Decimal) -> Decimal:
    """`/`; a division by zero raises."""
    return left / right


def power(number: Decimal, exponent: Decimal) -> Decimal:
    """`^` takes a whole exponent (Salesforce Help, "^": number^integer); 0^0 is 1."""
    if exponent != exponent.to_integral_value():
        raise EvaluationError("^ needs a whole exponent")
    if number == 0 and exponent == 0:
        return Decimal(1)
    return number**exponent


def negative(number: Decimal) -> Decimal:
    """Return the number with its sign turned."""
    return -number


OPERATORS: Final[Laws] = MappingProxyType(
    {
        "=": Law("**", equal),
        "<>": Law("**", unequal),
        "<": Law("**", lambda left, right: order(left, right) < 0),
        "<=": Law("**", lambda left, right: order(left, right) <= 0),
        ">": Law("**", lambda left, right: order(left, right) > 0),
        ">=": Law("**", lambda left, right: order(left, right) >= 0),
        "+": Law("++", plus, sees_blank=True),
        "-": Law("++", minus),
        "*": Law("nn", multiply),
        "/": Law("nn", divide),
        "^": Law("nn", power),
        "&": Law("**", join, sees_blank=True),
    }
)
NEGATION: Final = Law("n", negative)
"""`-` before one operand."""

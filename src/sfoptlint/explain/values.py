"""Literals and simple terms that both the words and the query read the same way."""

from datetime import date
from decimal import Decimal
from typing import Final

from sfoptlint.core.expr import Call, Const, Expr, Primitive

FLIPPED: Final = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""An order, read from its right side."""
NEGATED: Final = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""The order that holds where this one does not and no side is blank."""
ORDERS: Final = {**{op: op for op in FLIPPED}, Primitive.LESS: "<", Primitive.LESS_EQUAL: "<="}
"""Every comparison that is blank or FALSE for a blank operand, by its operator in a guard."""
_NEVER_BLANK: Final = frozenset({"LEN", "FIND", "TODAY", "NOW", "TIMENOW", "PICKLISTCOUNT", "PI"})
_LONGEST: Final = Decimal(131_073)
"""Longer than any text of the platform."""
_PERCENT: Final = Decimal(100)


def plain_number(number: Decimal) -> str:
    """Return the number as people write it, without exponent and without needless zeroes."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def number_of(node: Expr) -> Decimal | None:
    """Return a number literal, with its sign."""
    match node:
        case Const(value=Decimal() as value):
            return value
        case Call(op="-", args=(arg,)):
            number = number_of(arg) if isinstance(arg, Const) else None
            return None if number is None else -number
        case _:
            return None


def date_of(node: Expr) -> date | None:
    """Return a date written out: `DATE(2020, 5, 31)`, `DATEVALUE("2020-05-31")`."""
    match node:
        case Const(value=date() as value):
            return value if type(value) is date else None
        case Call(op="DATE", args=(year, month, day)):
            return _day(number_of(year), number_of(month), number_of(day))
        case Call(op="DATEVALUE", args=(Const(value=str() as text),)):
            try:
                return date.fromisoformat(text) if len(text) == 10 else None
            except ValueError:
                return None
        case _:
            return None


def _day(*parts: Decimal | None) -> date | None:
    try:
        year, month, day = (int(part) for part in parts if part is not None and part == part.to_integral_value())
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def days_from_today(node: Expr) -> int | None:
    """Return n where the node is `TODAY() + n` with a whole n, 0 for `TODAY()` itself."""
    match node:
        case Call(op="TODAY"):
            return 0
        case Call(op="+" | "-" as op, args=(Call(op="TODAY"), moved)):
            number = number_of(moved)
            if number is None or number != number.to_integral_value() or abs(number) > 100_000:
                return None
            return int(number) if op == "+" else -int(number)
        case _:
            return None


def stored_percent(node: Expr) -> Expr | None:
    """Return the field below `field / 100`, which is how a formula reads a percent field."""
    match node:
        case Call(op="/", args=(field, Const(value=Decimal() as hundred))) if hundred == _PERCENT:
            return None if isinstance(field, Const) else field
        case _:
            return None


def never_blank(node: Expr) -> bool:
    """Whether a term always has a value."""
    match node:
        case Const(value=value):
            return value not in (None, "")
        case Call(op="DATE" | "+" | "-", args=args):
            return all(_plainly_there(arg) for arg in args)
        case Call(op=op):
            return op in _NEVER_BLANK
        case _:
            return False


def _plainly_there(node: Expr) -> bool:
    """One level is enough for what people write, and a chain of sums is not walked again and again."""
    return node.op in _NEVER_BLANK if isinstance(node, Call) else never_blank(node)


def holds(left: Decimal, order: str, right: Decimal) -> bool:
    """Whether two numbers stand in this order."""
    return {
        "=": left == right,
        "<>": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[order]


def length_is_of_blank(order: str, limit: Decimal) -> bool | None:
    """Return TRUE where this comparison of LEN only asks for a blank, FALSE where only for a value; LEN of a blank is 0."""
    of_blank = holds(Decimal(0), order, limit)
    others = {holds(length, order, limit) for length in (Decimal(1), limit, limit + 1, _LONGEST) if length >= 1}
    return None if of_blank in others or len(others) > 1 else of_blank

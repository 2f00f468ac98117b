"""A part of a guard as formula text, for what has no words of its own; bounded in length and depth."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import PRIOR, Call, Const, Expr, Field, Free, Global, Primitive, Value
from sfoptlint.core.expr import Geolocation as Place
from sfoptlint.explain.values import plain_number

ELLIPSIS: Final = "\u2026"
LONGEST_TEXT: Final = 60
"""How much of a text literal is shown."""
_DEEPEST: Final = 24
_INFIX: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{op: op for op in ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "^", "&")},
        Primitive.SAME: "=",
        Primitive.LESS: "<",
        Primitive.LESS_EQUAL: "<=",
    }
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        Primitive.HAS: "CONTAINS",
        Primitive.STARTS: "BEGINS",
        Primitive.ENDS: "ENDS",
        Primitive.ONE_OF: "INCLUDES",
        Primitive.BLANK: "ISBLANK",
        Primitive.CHANGED: "ISCHANGED",
        Primitive.AND: "AND",
        Primitive.OR: "OR",
        Primitive.NOT: "NOT",
        Primitive.IF: "IF",
    }
)


def formula_text(node: Expr, most: int = 160) -> str:
    """Return the node as a formula of at most `most` characters, cut with an ellipsis."""
    text = ""
    for piece in _pieces(node, 0, top=True):
        text += piece
        if len(text) > most:
            return text[: most - 1].rstrip() + ELLIPSIS
    return text


def literal(value: Value) -> str:
    """Return a value as a formula writes it, a long text cut."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            return plain_number(value)
        case str():
            return quoted(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Place(latitude, longitude):
            return f"GEOLOCATION({latitude}, {longitude})"


def quoted(text: str) -> str:
    """Return a text in double quotes on one line, cut where it is long."""
    flat = " ".join(text.split()) if any(mark in text for mark in "\r\n\t") else text
    shown = flat if len(flat) <= LONGEST_TEXT else flat[: LONGEST_TEXT - 1] + ELLIPSIS
    return f'"{shown}"'


def name_of(node: Field) -> str:
    """Return a field's path, as a formula writes it."""
    return ".".join(node.path)


def _pieces(node: Expr, depth: int, *, top: bool = False) -> Iterator[str]:
    if not isinstance(node, Call):
        yield _leaf(node)
        return
    match node:
        case _ if depth > _DEEPEST:
            yield ELLIPSIS
        case Call(op=Primitive.TRUTH, args=(arg,)):
            yield from _pieces(arg, depth + 1, top=top)
        case Call(op=op, args=(left, right)) if op in _INFIX:
            yield from _infix(_INFIX[op], left, right, depth, top=top)
        case Call(op="-", args=(arg,)):
            yield "-"
            yield from _pieces(arg, depth + 1)
        case Call(op=op, args=args):
            yield f"{_NAMES.get(op, op)}("
            for at, arg in enumerate(args):
                yield ", " if at else ""
                yield from _pieces(arg, depth + 1, top=True)
            yield ")"


def _leaf(node: Const | Field | Global | Free) -> str:
    match node:
        case Const(value=value):
            return literal(value)
        case Field():
            return f"PRIORVALUE({name_of(node)})" if node.record == PRIOR else name_of(node)
        case Global(name=name):
            return name
        case Free(text=text):
            return " ".join(text.split())


def _infix(op: str, left: Expr, right: Expr, depth: int, *, top: bool) -> Iterator[str]:
    yield "" if top else "("
    yield from _pieces(left, depth + 1)
    yield f" {op} "
    yield from _pieces(right, depth + 1)
    yield "" if top else ")"

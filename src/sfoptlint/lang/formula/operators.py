"""Infix and prefix operators in the core form.

Text decides: in the open formula engine a comparison with text on either side reads blank as the empty text and is never
blank itself, while every other comparison with a blank is blank. So the static type picks the operator here, once. Where
neither side's type is known the choice is left open as a free Boolean, so that no proof can rest on a guess.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from sfoptlint.core.expr import Const, Expr, FreeKind, Interner, Primitive, Type
from sfoptlint.lang.formula.building import as_boolean, negate
from sfoptlint.lang.formula.nodes import Binary, Node, Unary

_PLAIN: Final[Mapping[str, tuple[str, Type]]] = MappingProxyType(
    {
        "&&": (Primitive.AND, Type.BOOLEAN),
        "||": (Primitive.OR, Type.BOOLEAN),
        "<": ("<", Type.BOOLEAN),
        "<=": ("<=", Type.BOOLEAN),
        ">": (">", Type.BOOLEAN),
        ">=": (">=", Type.BOOLEAN),
        "&": ("&", Type.TEXT),
    }
)
_ORDERED = (Type.DATE, Type.DATETIME, Type.TIME)


class Lowering(Protocol):
    """The lowering under way, as the parts of it see each other."""

    interner: Interner

    def free(self, node: Node, args: tuple[Expr, ...], type_: Type, kind: FreeKind = FreeKind.OPAQUE) -> Expr:
        """Return the free atom that stands for the node."""

    def reading(self, node: Node, args: tuple[Expr, ...]) -> Expr:
        """Return the free Boolean that says whether the node compares its operands as text."""


def unary(lowering: Lowering, node: Unary, operand: Expr) -> Expr:
    """Lower a prefix operator."""
    match node.op:
        case "-":
            return lowering.interner.call("-", (operand,), Type.NUMBER)
        case "+":
            return operand
        case _:
            return negate(operand, lowering.interner)


def binary(lowering: Lowering, node: Binary, left: Expr, right: Expr) -> Expr:
    """Lower an infix operator."""
    interner = lowering.interner
    match node.op:
        case "=" | "==":
            return equal(lowering, node, left, right)
        case "<>" | "!=":
            return _unequal(lowering, node, left, right)
        case "+" | "-":
            return _sum(interner, node.op, left, right)
        case op:
            name, type_ = _PLAIN.get(op, (op, Type.NUMBER))
            return interner.call(name, (left, right), type_)


def equal(lowering: Lowering, node: Node, left: Expr, right: Expr) -> Expr:
    """Lower an equality."""
    interner = lowering.interner
    left, right = _paired(left, right, interner)
    text = interner.call(Primitive.SAME, (left, right), Type.BOOLEAN)
    if is_text(left, right):
        return text
    strict = interner.call("=", (left, right), Type.BOOLEAN)
    if not is_open(left, right):
        return strict
    reading = lowering.reading(node, (left, right))
    return interner.call(Primitive.IF, (reading, text, strict), Type.BOOLEAN)


def _unequal(lowering: Lowering, node: Node, left: Expr, right: Expr) -> Expr:
    interner = lowering.interner
    if is_text(left, right) or is_open(left, right):
        return negate(equal(lowering, node, left, right), interner)
    return interner.call("<>", _paired(left, right, interner), Type.BOOLEAN)


def _paired(left: Expr, right: Expr, interner: Interner) -> tuple[Expr, Expr]:
    """Return both sides, an unknown one as the Boolean that it must be beside a Boolean."""
    if Type.BOOLEAN in (left.type, right.type):
        return as_boolean(left, interner), as_boolean(right, interner)
    return left, right


def is_text(*operands: Expr) -> bool:
    """Whether the operands are compared as text: one of them is."""
    return any(operand.type is Type.TEXT for operand in operands)


def is_open(*operands: Expr) -> bool:
    """Whether nothing says if the operands are compared as text: no type is known, and none is the blank literal."""
    if any(operand.type is not Type.UNKNOWN for operand in operands):
        return False
    # `x = NULL` is never TRUE for a number or a date, and for text it is a test for blank: open as well.
    return not all(isinstance(operand, Const) for operand in operands)


def _sum(interner: Interner, op: str, left: Expr, right: Expr) -> Expr:
    if op == "+" and is_text(left, right):
        return interner.call("&", (left, right), Type.TEXT)
    return interner.call(op, (left, right), _sum_type(op, left.type, right.type))


def _sum_type(op: str, left: Type, right: Type) -> Type:
    """A date and a number make a date, two dates a number of days; what is not known could be either."""
    if left is Type.NUMBER and right is Type.NUMBER:
        return Type.NUMBER
    if op == "-" and right in _ORDERED:
        return Type.NUMBER
    if left in _ORDERED and (op == "+" or right is Type.NUMBER):
        return left
    return right if op == "+" and right in _ORDERED else Type.UNKNOWN

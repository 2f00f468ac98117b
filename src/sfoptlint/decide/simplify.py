"""Simplification that keeps the value in every world, blank and error included."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from sfoptlint.core.expr import Call, Const, Expr, Field, Interner, Primitive, Type, Value
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World

_NEEDS_WORLD: Final[frozenset[str]] = frozenset({"NOW", "TODAY", "TIMENOW", "ISNEW", "ISCLONE", Primitive.CHANGED})

_CHAINS: Final[Mapping[str, bool]] = {Primitive.AND: True, Primitive.OR: False}
"""The operand after which each goes on."""
_IF, _SAME, _BLANK = Primitive.IF, Primitive.SAME, Primitive.BLANK


def simplified(node: Call, args: tuple[Expr, ...], interner: Interner, zone: tzinfo) -> Expr:
    """Return the operator over these operands with literals computed and branches that cannot be reached dropped."""
    op = node.op
    on = _CHAINS.get(op)
    if on is not None:
        return _chain(node, args, interner, on=on)
    first = args[0] if args else None
    if type(first) is Const:
        if op == _IF:
            return args[1] if first.value is True else args[2]
    elif type(first) is Field:
        if op == _SAME and first is args[1]:
            return interner.const(True, Type.BOOLEAN)
        if op == _BLANK and first.type is Type.BOOLEAN:
            return interner.const(False, Type.BOOLEAN)
    rebuilt = node if args == node.args else interner.call(op, args, node.type, ci=node.ci)
    if type(first) is Const and op not in _NEEDS_WORLD and all(isinstance(arg, Const) for arg in args):
        return _computed(rebuilt, interner, zone)
    return rebuilt


def _chain(node: Call, args: tuple[Expr, ...], interner: Interner, *, on: bool) -> Expr:
    """AND and OR: what goes on is dropped, what follows a literal that decides is never evaluated."""
    if args and Const not in map(type, args):
        return node if args == node.args else interner.call(node.op, args, node.type)
    kept: list[Expr] = []
    for arg in args:
        if isinstance(arg, Const):
            if (arg.value is True) is on:
                continue
            kept.append(interner.const(not on, Type.BOOLEAN))
            break
        kept.append(arg)
    if not kept:
        return interner.const(on, Type.BOOLEAN)
    if isinstance(kept[0], Const):
        return kept[0]
    return node if tuple(kept) == node.args else interner.call(node.op, tuple(kept), node.type)


def _computed(node: Call, interner: Interner, zone: tzinfo) -> Expr:
    try:
        value: Value = evaluate(node, World({}, zone=zone))
    except FormulaError:
        return node
    return interner.const(value, node.type)

"""What a guard is at least, where nobody knows what some of its parts come to.

Each Boolean over such a part has two bounds: a guard that holds only where it surely does, and one that holds wherever it
may. Most bounds come to a literal, and of a condition that stands in the guard once only one of them is ever asked for: both
are made for what the guard itself asks for, and for nothing else.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Final, NamedTuple

from sfoptlint.core.expr import Call, Const, Expr, Interner, Primitive, Type
from sfoptlint.core.logic import all_of, any_of, false, not_, true

_AND, _OR, _NOT, _IF = Primitive.AND, Primitive.OR, Primitive.NOT, Primitive.IF
_LEAST: Final = 1
_MOST: Final = 2
_Bound = tuple[Expr, int]


class _Open(NamedTuple):
    """A node over an open part: whether it is surely TRUE in no world, and whether it may be TRUE in all of them."""

    never: bool
    always: bool


_ATOM: Final = _Open(never=True, always=True)


def surely(order: tuple[Expr, ...], atoms: Container[Expr], interner: Interner) -> Expr:
    """Return a guard that holds only where the last of the nodes does whatever the atoms among them come to."""
    open_ = _opened(order, atoms)
    wanted = _wanted(order, open_)
    bounds: dict[_Bound, Expr] = {}
    for node in order:
        for side in (_LEAST, _MOST):
            if wanted.get(node, 0) & side:
                bounds[node, side] = _bound(node, side, open_, bounds, interner)
    return _known(order[-1], _LEAST, open_, bounds, interner)


def _opened(order: Iterable[Expr], atoms: Container[Expr]) -> dict[Expr, _Open]:
    open_: dict[Expr, _Open] = {}
    for node in order:
        if node in atoms:
            open_[node] = _ATOM
        elif type(node) is Call and not open_.keys().isdisjoint(node.args):
            open_[node] = _opened_call(node, [open_.get(arg) or _closed(arg) for arg in node.args])
    return open_


def _closed(node: Expr) -> _Open:
    if type(node) is Const:
        return _Open(node.value is not True, node.value is True)
    return _Open(never=False, always=False)


def _opened_call(node: Call, args: list[_Open]) -> _Open:
    op = node.op
    if op == _AND:
        return _Open(any(arg.never for arg in args), all(arg.always for arg in args))
    if op == _OR:
        return _Open(all(arg.never for arg in args), any(arg.always for arg in args))
    if op == _NOT:
        return _Open(args[0].always, args[0].never)
    if op == _IF and node.type is Type.BOOLEAN:
        asked, yes, no = args
        never = (asked.always and yes.never) or (asked.never and no.never)
        return _Open(never, (asked.always and yes.always) or (asked.never and no.always))
    return _ATOM


def _wanted(order: tuple[Expr, ...], open_: Mapping[Expr, _Open]) -> dict[Expr, int]:
    """Return which bounds of which nodes are asked for, and are no literals."""
    wanted: dict[Expr, int] = {}

    def want(node: Expr, side: int) -> None:
        known = open_.get(node)
        if known is not None and not (known.never if side == _LEAST else known.always):
            wanted[node] = wanted.get(node, 0) | side

    want(order[-1], _LEAST)
    for node in reversed(order):
        asked = wanted.get(node)
        if asked is None or type(node) is not Call:
            continue
        for side in (_LEAST, _MOST):
            if asked & side:
                for arg, part in _parts(node, side):
                    want(arg, part)
    return wanted


def _parts(node: Call, side: int) -> Iterable[_Bound]:
    """Return the bounds that one of a node's is made of."""
    if node.op == _IF:
        asked, yes, no = node.args
        return (asked, _LEAST), (asked, _MOST), (yes, side), (no, side)
    other = _LEAST + _MOST - side if node.op == _NOT else side
    return [(arg, other) for arg in node.args]


def _known(
    node: Expr, side: int, open_: Mapping[Expr, _Open], bounds: Mapping[_Bound, Expr], interner: Interner
) -> Expr:
    made = bounds.get((node, side))
    if made is not None:
        return made
    if node not in open_:
        return node
    return false(interner) if side == _LEAST else true(interner)


def _bound(
    node: Expr, side: int, open_: Mapping[Expr, _Open], bounds: Mapping[_Bound, Expr], interner: Interner
) -> Expr:
    assert isinstance(node, Call)
    parts = [_known(arg, part, open_, bounds, interner) for arg, part in _parts(node, side)]
    if node.op == _AND:
        return all_of(parts, interner)
    if node.op == _OR:
        return any_of(parts, interner)
    if node.op == _NOT:
        return not_(parts[0], interner)
    least, most, yes, no = parts
    if side == _LEAST:
        kept = (not_(most, interner), yes), (least, no)
        return all_of([any_of(pair, interner) for pair in kept], interner)
    taken = (most, yes), (not_(least, interner), no)
    return any_of([all_of(pair, interner) for pair in taken], interner)

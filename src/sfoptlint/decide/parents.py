"""A parent that is not there has no values: what the look-up field says of the fields behind it."""

from collections.abc import Iterable

from sfoptlint.core.expr import Expr, Field, Interner, Primitive, RecordRef, Type
from sfoptlint.decide.realm import lookup


def parents(given: Iterable[Expr], interner: Interner) -> tuple[Expr, ...]:
    """Return, for each field behind a look-up that is read beside it, that it is blank where the look-up is.

    A checkbox behind an empty look-up is FALSE.
    """
    fields = [node for node in given if isinstance(node, Field)]
    if all(len(node.path) == 1 for node in fields):
        return ()
    known: dict[tuple[RecordRef, tuple[str, ...]], Field] = {(node.record, _folded(node.path)): node for node in fields}
    found: list[Expr] = []
    for node in fields:
        for at in range(len(node.path) - 1):
            step = known.get((node.record, _folded((*node.path[:at], lookup(node.path[at])))))
            if step is not None:
                found.append(_implied(step, node, interner))
    return tuple(found)


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in path)


def _implied(step: Field, node: Field, interner: Interner) -> Expr:
    filled = interner.call(Primitive.NOT, (interner.call(Primitive.BLANK, (step,), Type.BOOLEAN),), Type.BOOLEAN)
    if node.type is Type.BOOLEAN:
        nothing = interner.call(Primitive.NOT, (node,), Type.BOOLEAN)
    else:
        nothing = interner.call(Primitive.BLANK, (node,), Type.BOOLEAN)
    return interner.call(Primitive.OR, (filled, nothing), Type.BOOLEAN)

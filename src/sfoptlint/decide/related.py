"""The axioms that a guard can depend on: the others say of other values that some are possible, and nothing of it."""

from collections.abc import Iterable

from sfoptlint.core.expr import Call, Const, Expr, Field, RecordKind, nodes

_OWN = frozenset({RecordKind.AFTER, RecordKind.PRIOR})


def related(order: Iterable[Expr], axioms: Iterable[Expr]) -> tuple[Expr, ...]:
    """Return the axioms that share a value with the nodes of a guard, or with another one of them."""
    reached = set(_values(order))
    apart = {axiom: frozenset(_values(nodes(axiom))) for axiom in axioms}
    found: set[Expr] = set()
    while True:
        fresh = {axiom for axiom, values in apart.items() if axiom not in found and (not values or values & reached)}
        if not fresh:
            return tuple(axiom for axiom in apart if axiom in found)
        found |= fresh
        reached.update(*(apart[axiom] for axiom in fresh))


def _values(order: Iterable[Expr]) -> Iterable[object]:
    for node in order:
        match node:
            case Call() | Const():
                pass
            case Field(record=record, path=path):
                # The update leaves the record as it was: what is said of one is said of the other.
                yield "own" if record.kind in _OWN else record, tuple(name.casefold() for name in path)
            case _:
                yield node

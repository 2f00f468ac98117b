"""The axioms that a guard can depend on: the others say of other values that some are possible, and nothing of it."""

from collections.abc import Iterable, Iterator, Mapping

from sfoptlint.core.expr import Call, Const, Expr, Field, RecordKind

_OWN = frozenset({RecordKind.AFTER, RecordKind.PRIOR})


def related(leaves: Iterable[Expr], axioms: Mapping[Expr, frozenset[object]]) -> tuple[Expr, ...]:
    """Return the axioms, each given with its values, that share one with a guard's leaves, or with another of them."""
    reached = set(values_of(leaves))
    found: set[Expr] = set()
    while True:
        fresh = {axiom for axiom, values in axioms.items() if axiom not in found and _meets(values, reached)}
        if not fresh:
            return tuple(axiom for axiom in axioms if axiom in found)
        found |= fresh
        reached.update(*(axioms[axiom] for axiom in fresh))


def _meets(values: frozenset[object], reached: set[object]) -> bool:
    return not values or not reached.isdisjoint(values)


def values_of(order: Iterable[Expr]) -> Iterator[object]:
    """Yield what stands for the values that some nodes read."""
    for node in order:
        match node:
            case Call() | Const():
                pass
            case Field(record=record, path=path):
                # The update leaves the record as it was: what is said of one is said of the other.
                yield "own" if record.kind in _OWN else record, tuple(name.casefold() for name in path)
            case _:
                yield node

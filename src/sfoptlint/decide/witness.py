"""What of a world a guard reads: the evaluator stops where a condition is decided, and the rest only completes the world."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from sfoptlint.core.expr import Expr, Field, Free, FreeKind, Global, RecordKind, Value, nodes
from sfoptlint.decide.program import Leaf
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World

_Key = TypeVar("_Key", bound=Hashable)


class _Watched(dict[_Key, Value]):
    """Values that remember which of them were read."""

    def __init__(self, values: Mapping[_Key, Value]) -> None:
        super().__init__(values)
        self.read: set[_Key] = set()

    def __getitem__(self, key: _Key) -> Value:
        self.read.add(key)
        return super().__getitem__(key)


def needed_leaves(folded: Expr, axioms: Iterable[Expr], leaves: tuple[Leaf, ...], world: World) -> tuple[Leaf, ...]:
    """Return the leaves that the guard reads in the world, and those that a row which it takes to be there must have."""
    found = set(read_leaves(folded, leaves, world))
    rows = {leaf for leaf in found if isinstance(leaf, Free) and leaf.kind is FreeKind.FOUND}
    for axiom in axioms:
        if rows.intersection(nodes(axiom)):
            found.update(read_leaves(axiom, leaves, world))
    return tuple(leaf for leaf in leaves if leaf in found)


def read_leaves(folded: Expr, leaves: Iterable[Leaf], world: World) -> tuple[Leaf, ...]:
    """Return the leaves that the guard, with the update put in, reads in the world, in the order given."""
    after, prior = _Watched(world.after), _Watched(world.prior or {})
    rows = {record: _Watched(values) for record, values in world.rows.items()}
    globals_, frees = _Watched(world.globals), _Watched(world.frees)
    Evaluation(replace(world, after=after, prior=prior, rows=rows, globals=globals_, frees=frees)).outcome(folded)

    def was_read(leaf: Leaf) -> bool:
        match leaf:
            case Global(name=name):
                return name in globals_.read
            case Free():
                return leaf in frees.read
            case Field(record=record, path=path) if record.kind is RecordKind.AFTER:
                return path in after.read
            case Field(record=record, path=path) if record.kind is RecordKind.PRIOR:
                return path in prior.read
            case Field(record=record, path=path):
                return record in rows and path in rows[record].read

    return tuple(leaf for leaf in leaves if was_read(leaf))

"""What a witness answers to the queries and calls of an automation, by place.

The place is the key of a row, or the name of a free atom where it begins with its own path: `path#element` or `path:line`. A row
that is not the first of its answer has its number behind the key: `path#element[1]`.
"""

from collections.abc import Iterable, Mapping

from sfoptlint.core.expr import Field, Free, FreeKind, RecordKind, Value
from sfoptlint.core.witness import Answer, Returned, Rows, Throws, Values
from sfoptlint.decide import Leaf
from sfoptlint.evaluate.world import World

_FAILING = frozenset({FreeKind.THROWS, FreeKind.FAILS, FreeKind.LIMIT})


def answers_of(needed: Iterable[Leaf], world: World) -> Mapping[str, tuple[Answer, ...]]:
    """Return the answers that the leaves which were read ask for."""
    leaves = tuple(needed)
    answers: dict[str, tuple[Answer, ...]] = {place: (Rows(rows),) for place, rows in _rows(leaves, world).items()}
    for leaf in leaves:
        if isinstance(leaf, Free) and leaf.kind is not FreeKind.FOUND:
            answers.update(_answer(leaf, world.frees.get(leaf)))
    return answers


def _rows(leaves: Iterable[Leaf], world: World) -> dict[str, tuple[Values, ...]]:
    """Return the rows of each query: none where it was asked and found nothing, else as many as were read, at least one."""
    found: dict[str, dict[int, dict[str, Value]]] = {}
    empty: set[str] = set()
    for leaf in leaves:
        if isinstance(leaf, Free) and leaf.kind is FreeKind.FOUND:
            found.setdefault(_place(leaf), {})
            if world.frees.get(leaf) is not True:
                empty.add(_place(leaf))
        elif isinstance(leaf, Field) and leaf.record.kind is RecordKind.ROW:
            place, number = split_key(leaf.record.key)
            row = found.setdefault(place, {}).setdefault(number, {})
            row[".".join(leaf.path)] = world.rows.get(leaf.record, {}).get(leaf.path)
    return {place: () if place in empty else _numbered(rows) for place, rows in found.items()}


def _numbered(rows: Mapping[int, Values]) -> tuple[Values, ...]:
    return tuple(rows.get(number, {}) for number in range(max(rows, default=0) + 1))


def split_key(key: str) -> tuple[str, int]:
    """Return the place of a row's key, and which row of its answer it is, from 0."""
    place, bracket, number = key.rpartition("[")
    return (place, int(number[:-1])) if bracket and number[:-1].isdigit() and number.endswith("]") else (key, 0)


def _answer(leaf: Free, value: Value) -> Mapping[str, tuple[Answer, ...]]:
    if leaf.kind in _FAILING:
        return {_place(leaf): (Throws(leaf.text),)} if value is True else {}
    return {_place(leaf): (Returned(value),)}


def _place(leaf: Free) -> str:
    if leaf.place.path and leaf.name.startswith(leaf.place.path):
        return leaf.name
    return f"{leaf.place.path}:{leaf.place.line}"

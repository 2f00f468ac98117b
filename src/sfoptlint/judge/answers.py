"""What a witness answers to the queries and calls of an automation, by place."""

from collections.abc import Iterable, Mapping

from sfoptlint.automation.places import place_of, split_key
from sfoptlint.core.expr import Field, Free, FreeKind, RecordKind, Type, Value
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
    ends: dict[str, int] = {}
    for leaf in leaves:
        if isinstance(leaf, Free) and leaf.kind is FreeKind.FOUND:
            place, number = split_key(place_of(leaf))
            rows = found.setdefault(place, {})
            if world.frees.get(leaf) is True:
                rows.setdefault(number, {})
            else:
                ends[place] = min(number, ends.get(place, number))
        elif isinstance(leaf, Field) and leaf.record.kind is RecordKind.ROW:
            place, number = split_key(leaf.record.key)
            row = found.setdefault(place, {}).setdefault(number, {})
            row[".".join(leaf.path)] = world.rows.get(leaf.record, {}).get(leaf.path)
    return {place: _numbered(rows)[: ends.get(place)] for place, rows in found.items()}


def _numbered(rows: Mapping[int, Values]) -> tuple[Values, ...]:
    return tuple(rows.get(number, {}) for number in range(max(rows, default=0) + 1))


def _answer(leaf: Free, value: Value) -> Mapping[str, tuple[Answer, ...]]:
    if leaf.kind in _FAILING and leaf.type is Type.BOOLEAN:
        return {place_of(leaf): (Throws(leaf.text),)} if value is True else {}
    return {place_of(leaf): (Returned(value),)}

"""A search's values as a world that the evaluator can run in, and the twin in which nothing changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from sfoptlint.core.expr import AFTER, Expr, Field, Free, Global, RecordKind, RecordRef, Type, Value
from sfoptlint.decide.looks import plain
from sfoptlint.decide.program import Leaf, Program
from sfoptlint.decide.realm import Schema, is_volatile
from sfoptlint.decide.scenario import Scenario
from sfoptlint.decide.search import Assignment
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World

_OWN: Final = frozenset({RecordKind.AFTER, RecordKind.PRIOR})
_Values = dict[tuple[str, ...], Value]
_BOX, _AFTER, _PRIOR, _ELSEWHERE = range(-4, 0)
"""Where a world keeps a leaf: a field of the saved record as what it is, was, or both, a row's field by the row's number."""


class _Parts(NamedTuple):
    """A world in the making; each row that is read has a number."""

    after: _Values
    prior: _Values
    rows: list[_Values]
    globals: dict[str, Value]
    frees: dict[Free, Value]

    def copy(self) -> "_Parts":
        """Return an independent copy."""
        rows = [row.copy() for row in self.rows]
        return _Parts(self.after.copy(), self.prior.copy(), rows, self.globals.copy(), self.frees.copy())


class Worlds:
    """Makes worlds in which the given nodes can be evaluated."""

    __slots__ = ("_box", "_given", "_kept", "_records", "_scenario", "_schema", "_start")

    def __init__(self, given: Iterable[Expr], scenario: Scenario, schema: Schema) -> None:
        self._scenario = scenario
        self._schema = schema
        self._kept: dict[Leaf, int] = {}
        self._records: dict[RecordRef, int] = {}
        self._start = _Parts({}, {}, [], {}, {})
        self._box = Field(AFTER, (scenario.box,), Type.BOOLEAN)
        self._given = tuple(dict.fromkeys(node for node in given if isinstance(node, Field | Global | Free)))
        for leaf in self._given:
            self._put(self._start, leaf, self._default(leaf))

    def world(self, program: Program, values: Assignment) -> World:
        """Return the world of these values, with plain ones for what the update settles or nothing constrains."""
        parts = self._start.copy()
        for slot, leaf in program.leaves.items():
            self._put(parts, leaf, values[slot])
        now = self._scenario.now if program.clock is None else values[program.clock]
        assert isinstance(now, datetime)
        self._put(parts, self._box, None)
        prior = {**parts.after, **parts.prior}
        rows = dict(zip(self._records, parts.rows, strict=False))
        return World(parts.after, prior, rows, parts.globals, parts.frees, now, self._scenario.zone)

    def twin(self, world: World) -> World:
        """Return the world in which the same record is saved with no change at all."""
        after = {
            path: self._scenario.before if self._scenario.is_box(path) else value for path, value in world.after.items()
        }
        return replace(world, after=after)

    def read(self, program: Program, asked: Evaluation) -> set[int]:
        """Return the variables that an evaluation may have read: without the others it would have come to the same."""
        places = {_place(leaf) for leaf in (*self._given, *program.leaves.values()) if asked.reached(leaf)}
        # CHANGED reads what a field was without evaluating it.
        read = {slot for slot, leaf in program.leaves.items() if _is_prior(leaf) or _place(leaf) in places}
        return read if program.clock is None else {*read, program.clock}

    def _put(self, parts: _Parts, leaf: Leaf, value: Value) -> None:
        kept = self._kept.get(leaf)
        if kept is None:
            kept = self._kept[leaf] = self._where(leaf)
        match leaf:
            case Field(path=path) if kept >= 0:
                while len(parts.rows) <= kept:
                    parts.rows.append({})
                parts.rows[kept][path] = value
            case Field(path=path) if kept == _AFTER:
                parts.after[path] = value
            case Field(path=path) if kept == _PRIOR:
                parts.prior[path] = value
            case Field(path=path):
                parts.after[path], parts.prior[path] = self._scenario.after, self._scenario.before
            case Global(name=name):
                parts.globals[name] = value
            case Free():
                parts.frees[leaf] = value

    def _where(self, leaf: Leaf) -> int:
        if not isinstance(leaf, Field):
            return _ELSEWHERE
        if leaf.record.kind not in _OWN:
            return self._records.setdefault(leaf.record, len(self._records))
        if self._scenario.is_box(leaf.path):
            return _BOX
        return _PRIOR if _is_prior(leaf) and is_volatile(leaf.path, self._schema) else _AFTER

    def _default(self, leaf: Leaf) -> Value:
        match leaf:
            case Global(name=name, type=type_):
                fixed = {key.casefold(): value for key, value in self._scenario.fixed.items()}
                return fixed.get(name.casefold(), False if type_ is Type.BOOLEAN else None)
            case Field(path=path) if self._scenario.is_person_account(path):
                return True
            case Field(path=path, type=type_):
                known = self._schema.field(path)
                required = known is not None and known.required and len(path) == 1
                return plain(leaf, type_, known, self._scenario.now) if required else None
            case Free():
                return None


def _is_prior(leaf: Leaf) -> bool:
    return isinstance(leaf, Field) and leaf.record.kind is RecordKind.PRIOR


def _place(leaf: Leaf) -> object:
    """Return what leaves have in common that read the same value."""
    match leaf:
        case Field(record=record, path=path):
            return path if record.kind in _OWN else (record, path)
        case Global(name=name):
            return name
        case Free():
            return leaf

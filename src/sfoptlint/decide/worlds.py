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
from sfoptlint.evaluate.world import World

_OWN: Final = frozenset({RecordKind.AFTER, RecordKind.PRIOR})
_Values = dict[tuple[str, ...], Value]


class _Parts(NamedTuple):
    """A world in the making."""

    after: _Values
    prior: _Values
    rows: dict[RecordRef, _Values]
    globals: dict[str, Value]
    frees: dict[Free, Value]


class Worlds:
    """Makes worlds in which the given nodes can be evaluated."""

    __slots__ = ("_defaults", "_scenario", "_schema")

    def __init__(self, given: Iterable[Expr], scenario: Scenario, schema: Schema) -> None:
        self._scenario = scenario
        self._schema = schema
        leaves = dict.fromkeys(node for node in given if isinstance(node, Field | Global | Free))
        self._defaults = tuple((leaf, self._default(leaf)) for leaf in leaves)

    def world(self, program: Program, values: Assignment) -> World:
        """Return the world of these values, with plain ones for what the update settles or nothing constrains."""
        parts = _Parts({}, {}, {}, {}, {})
        for leaf, value in self._defaults:
            self._put(parts, leaf, value)
        for slot, leaf in program.leaves.items():
            self._put(parts, leaf, values[slot])
        now = self._scenario.now if program.clock is None else values[program.clock]
        assert isinstance(now, datetime)
        self._put(parts, Field(AFTER, (self._scenario.box,), Type.BOOLEAN), None)
        prior = {**parts.after, **parts.prior}
        return World(parts.after, prior, parts.rows, parts.globals, parts.frees, now, self._scenario.zone)

    def twin(self, world: World) -> World:
        """Return the world in which the same record is saved with no change at all."""
        after = {
            path: self._scenario.before if self._scenario.is_box(path) else value for path, value in world.after.items()
        }
        return replace(world, after=after)

    def _put(self, parts: _Parts, leaf: Leaf, value: Value) -> None:
        match leaf:
            case Global(name=name):
                parts.globals[name] = value
            case Free():
                parts.frees[leaf] = value
            case Field(record=record, path=path) if self._scenario.is_box(path) and record.kind in _OWN:
                parts.after[path], parts.prior[path] = self._scenario.after, self._scenario.before
            case Field(record=record, path=path) if record.kind in _OWN:
                prior = record.kind is RecordKind.PRIOR and is_volatile(path, self._schema)
                (parts.prior if prior else parts.after)[path] = value
            case Field(record=record, path=path):
                parts.rows.setdefault(record, {})[path] = value

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

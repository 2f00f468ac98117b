"""The one update that everything is decided for, folded into a guard."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import (
    AFTER,
    PRIOR,
    Call,
    Expr,
    Field,
    Global,
    Interner,
    Primitive,
    RecordKind,
    Type,
    Value,
    nodes,
)
from sfoptlint.decide.realm import Schema, is_volatile
from sfoptlint.decide.simplify import simplified

_NO_VALUES: Final[Mapping[str, Value]] = MappingProxyType({})
_ABOUT_THE_SAVE: Final[frozenset[str]] = frozenset({"ISNEW", "ISCLONE", Primitive.CHANGED})
_NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Scenario:
    """An update of one existing record that changes nothing but the opt-out box.

    `fixed` are the values of globals that the configuration or the metadata settle, by name; every other value of the user
    and the org is free. `now` is the moment that a witness takes where none is asked for; it is as free as the rest.
    """

    object: str
    box: str
    before: bool
    after: bool
    fixed: Mapping[str, Value] = field(default_factory=lambda: _NO_VALUES)
    now: datetime = _NOW
    zone: tzinfo = UTC

    def no_op(self) -> "Scenario":
        """Return the twin: the same record saved with no change at all."""
        return replace(self, after=self.before)

    def is_box(self, path: tuple[str, ...]) -> bool:
        """Whether the path is the opt-out box; the platform compares names without regard to case."""
        return len(path) == 1 and path[0].casefold() == self.box.casefold()

    def is_person_account(self, path: tuple[str, ...]) -> bool:
        """Whether the path is the mark of a person account on the account that is saved."""
        return self.object == "Account" and len(path) == 1 and path[0].casefold() == "ispersonaccount"


def fold(expr: Expr, scenario: Scenario, schema: Schema, interner: Interner) -> Expr:
    """Return the expression with all that the update settles put in."""
    return Folding(scenario, schema, interner).fold(expr)


class Folding:
    """Puts in all that one update settles; what was folded once is not folded again.

    ISNEW and ISCLONE are FALSE. The box has its two values; of every other field PRIORVALUE is the value itself and ISCHANGED
    is FALSE, except for what the platform itself writes or calculates with each save. Every Account is a person account.
    """

    __slots__ = ("_done", "_fixed", "_interner", "_scenario", "_schema")

    def __init__(self, scenario: Scenario, schema: Schema, interner: Interner) -> None:
        self._scenario = scenario
        self._schema = schema
        self._interner = interner
        self._fixed = {name.casefold(): value for name, value in scenario.fixed.items()}
        self._done: dict[Expr, Expr] = {}

    def fold(self, expr: Expr) -> Expr:
        """Return the expression with the update put in."""
        done, interner, zone = self._done, self._interner, self._scenario.zone
        for node in nodes(expr, but=done):
            if type(node) is Call and node.op not in _ABOUT_THE_SAVE:
                done[node] = simplified(node, tuple([done[arg] for arg in node.args]), interner, zone)
            else:
                settled = _settled(node, self._scenario, self._schema, interner, self._fixed)
                done[node] = node if settled is None else settled
        return done[expr]


def _settled(
    node: Expr, scenario: Scenario, schema: Schema, interner: Interner, fixed: Mapping[str, Value]
) -> Expr | None:
    match node:
        case Field(record=record) if record.kind in (RecordKind.AFTER, RecordKind.PRIOR):
            return _field(node, scenario, schema, interner)
        case Global(name=name, type=type_) if name.casefold() in fixed:
            return interner.const(fixed[name.casefold()], type_)
        case Call(op="ISNEW" | "ISCLONE"):
            return interner.const(False, Type.BOOLEAN)
        case Call(op=Primitive.CHANGED, args=(Field() as changed,)):
            return _changed(changed, scenario, schema, interner)
    return None


def _field(node: Field, scenario: Scenario, schema: Schema, interner: Interner) -> Expr | None:
    after = node.record.kind is RecordKind.AFTER
    if scenario.is_box(node.path):
        return interner.const(scenario.after if after else scenario.before, Type.BOOLEAN)
    if scenario.is_person_account(node.path):
        return interner.const(True, Type.BOOLEAN)
    if after or is_volatile(node.path, schema):
        return None
    return interner.field(AFTER, node.path, node.type)


def _changed(node: Field, scenario: Scenario, schema: Schema, interner: Interner) -> Expr:
    if scenario.is_box(node.path):
        return interner.const(scenario.after is not scenario.before, Type.BOOLEAN)
    if not is_volatile(node.path, schema):
        return interner.const(False, Type.BOOLEAN)
    pair = (interner.field(AFTER, node.path, node.type), interner.field(PRIOR, node.path, node.type))
    same = interner.call(Primitive.SAME, pair, Type.BOOLEAN)
    return interner.call(Primitive.NOT, (same,), Type.BOOLEAN)

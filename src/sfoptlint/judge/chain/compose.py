"""The record as one automation leaves it, put into the guard of another one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sfoptlint.automation.automation import Phase
from sfoptlint.automation.change import Change, Changes
from sfoptlint.core.expr import (
    AFTER,
    PRIOR,
    Call,
    Expr,
    Field,
    Interner,
    Primitive,
    RecordKind,
    Type,
    nodes,
    substitute,
)
from sfoptlint.core.logic import any_of, choose, not_
from sfoptlint.judge.chain.parts import Part, fields_read

_TRIGGERS = frozenset({Phase.BEFORE_TRIGGER, Phase.AFTER_TRIGGER})
_PROCEDURE = _TRIGGERS | {Phase.BEFORE_SAVE_FLOW, Phase.CUSTOM_VALIDATION, Phase.DUPLICATE_RULE}
_AFTER = frozenset({Phase.PROCESS, Phase.AFTER_SAVE_FLOW})


def meets(first: Part, second: Part) -> bool:
    """Whether the second one runs on the record as the first one leaves it.

    A save that an automation starts runs the procedure up to the after triggers; a workflow field update runs the triggers once
    more, and what comes after it sees the record as updated (Apex Developer Guide, Triggers and Order of Execution).
    """
    if first.changes is None or first.component == second.component:
        return False
    if first.changes.again:
        return second.phase in _PROCEDURE
    if first.phase is Phase.WORKFLOW:
        return second.phase in _TRIGGERS | _AFTER
    return first.number < second.number


@dataclass(frozen=True, slots=True)
class Left:
    """The record as some automations leave it: each changed field's value, by its name in lower case.

    `when` holds where they change anything of it. `again`: the next one meets it in a save of its own.
    """

    values: Mapping[str, tuple[str, Expr]]
    when: Expr
    again: bool

    def seen(self, expr: Expr, interner: Interner) -> Expr:
        """Return the expression as it reads the record that is left."""
        found: dict[Expr, Expr] = {}
        for node in nodes(expr):
            seen = self._node(node, interner)
            if seen is not None:
                found[node] = seen
        return substitute(expr, found, interner)

    def _node(self, node: Expr, interner: Interner) -> Expr | None:
        match node:
            case Field(record=record, path=(name,)) if record.kind is RecordKind.AFTER:
                changed = self.values.get(name.casefold())
                return _choice(node, changed[1], interner) if changed else None
            case Field(record=record, path=path, type=type_) if record.kind is RecordKind.PRIOR and self.again:
                return interner.field(AFTER, path, type_)
            case Call(op=Primitive.CHANGED, args=(Field(path=(name,)) as field,)) if self.again or self._has(name):
                return self._changed(field, name, interner)
        return None

    def _has(self, name: str) -> bool:
        return name.casefold() in self.values

    def _changed(self, field: Field, name: str, interner: Interner) -> Expr:
        changed = self.values.get(name.casefold())
        if changed is None:
            return interner.const(False, Type.BOOLEAN)
        stored = interner.field(AFTER if self.again else PRIOR, field.path, field.type)
        now = _choice(field, changed[1], interner)
        return not_(interner.call(Primitive.SAME, (now, stored), Type.BOOLEAN), interner)


def left_by(changes: Changes, interner: Interner, wanted: frozenset[str], before: Left | None = None) -> Left:
    """Return the record as an automation leaves it; `wanted` are the fields that are read after it, `before` how it found it."""
    values: dict[str, tuple[str, Expr]] = dict(before.values) if before else {}
    guards: list[Expr] = []
    for change in changes.changes:
        guard = before.seen(change.guard, interner) if before else change.guard
        for name, value in change.fields.items():
            old = values.get(name.casefold())
            held = old[1] if old else interner.field(AFTER, (name,), Type.UNKNOWN)
            now = before.seen(value, interner) if before else value
            values[name.casefold()] = (name, choose(guard, now, held, interner))
        if wanted & {name.casefold() for name in change.fields}:
            guards.append(guard)
    return Left(values, any_of(guards, interner), changes.again)


def reads_of_changes(changes: Iterable[Change]) -> frozenset[str]:
    """Return the fields that an automation reads for its changes."""
    return fields_read(*(expr for change in changes for expr in (change.guard, *change.fields.values())))


def writes_of(changes: Iterable[Change]) -> frozenset[str]:
    """Return the fields that an automation changes, in lower case."""
    return frozenset(name.casefold() for change in changes for name in change.fields)


def _choice(field: Field, value: Expr, interner: Interner) -> Expr:
    """Where the automations change nothing, the field is itself, with the type that it is read with."""
    untyped = interner.field(AFTER, field.path, Type.UNKNOWN)
    return substitute(value, {untyped: interner.field(AFTER, field.path, field.type)}, interner)

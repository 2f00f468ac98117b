"""Looking into values: alternatives taken apart, nulls, what a value depends on, whether it carries the saved records."""

from collections.abc import Callable, Iterator

from sfoptlint.automation.apex.alternatives import choice
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import (
    ClassValue,
    Either,
    Instance,
    ListCell,
    MapCell,
    ObjectCell,
    Opaque,
    Origin,
    RecordCell,
    Ref,
    Scalar,
    Token,
    Value,
)
from sfoptlint.core.expr import Expr, Type
from sfoptlint.decide.realm import lookup

_DEEP = 4


def cases(value: Value, condition: Expr, state: State) -> Iterator[tuple[Expr, Value]]:
    """Yield the alternatives that a value may be, each with its condition; those that the way here rules out are left out."""
    terms = state.terms
    left = [(condition, value)]
    while left:
        condition, value = left.pop()
        if not isinstance(value, Either):
            yield condition, value
            continue
        asked = state.known(value.condition)
        if asked is not terms.true:
            left.append((terms.all(condition, terms.no(asked)), value.no))
        if asked is not terms.false:
            left.append((terms.all(condition, asked), value.yes))


def alternatives(value: Value) -> Iterator[Value]:
    """Yield what a value may be, whatever the conditions say."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, Either):
            left += [one.no, one.yes]
        else:
            yield one


def mapped(value: Value, state: State, change: Callable[[Value], Value]) -> Value:
    """Return the value with each alternative changed."""
    if not isinstance(value, Either):
        return change(value)
    asked = state.known(value.condition)
    yes, no = mapped(value.yes, state, change), mapped(value.no, state, change)
    return choice(asked, yes, no, state.terms)


def null_of(value: Value, state: State) -> Expr:
    """Return the condition under which a value is null."""
    terms = state.terms
    match value:
        case Scalar(expr=expr):
            return terms.is_null(expr)
        case Either(condition=condition, yes=yes, no=no):
            return terms.choose(state.known(condition), null_of(yes, state), null_of(no, state))
        case Opaque(null=null):
            return null
        case ClassValue() | Token() | Instance():
            return terms.false
        case Ref():
            cell = state.cell(value)
            if isinstance(cell, RecordCell) and cell.absent:
                return terms.true
            if isinstance(cell, RecordCell) and cell.prefix and cell.ref is not None and cell.origin is Origin.ROW:
                return _no_parent(cell, state)
            return terms.false


def _no_parent(cell: RecordCell, state: State) -> Expr:
    """A look-up that is not filled leads nowhere: SOQL and SOSL Reference, "Understanding Relationship Names"."""
    assert cell.ref is not None
    step = (*cell.prefix[:-1], lookup(cell.prefix[-1]))
    return state.terms.is_null(state.terms.interner.field(cell.ref, step, Type.TEXT))


def scalars(value: Value, state: State, depth: int = 0) -> Iterator[Expr]:
    """Yield the plain values that a value is made of, so far as it is looked into."""
    match value:
        case Scalar(expr=expr) | ClassValue(name=expr) | Instance(name=expr) | Opaque(null=expr):
            yield expr
        case Either(condition=condition, yes=yes, no=no):
            yield condition
            yield from scalars(yes, state, depth)
            yield from scalars(no, state, depth)
        case Ref() if depth < _DEEP:
            yield from _of_cell(value, state, depth + 1)


def _of_cell(ref: Ref, state: State, depth: int) -> Iterator[Expr]:
    match state.cell(ref):
        case ListCell(items=items):
            for item in items[:20]:
                yield item.guard
                yield from scalars(item.value, state, depth)
        case MapCell(entries=entries):
            for entry in entries[:20]:
                yield entry.guard
                yield from scalars(entry.key, state, depth)
                yield from scalars(entry.value, state, depth)
        case RecordCell(fields=fields) | ObjectCell(fields=fields):
            for value in list(fields.values())[:20]:
                yield from scalars(value, state, depth)


def carries_records(value: Value, state: State, depth: int = 0) -> bool:
    """Whether the saved records can be reached from a value."""
    match value:
        case Either(yes=yes, no=no):
            return carries_records(yes, state, depth) or carries_records(no, state, depth)
        case Opaque(tainted=tainted):
            return tainted
        case Ref() if depth < _DEEP:
            match state.cell(value):
                case RecordCell(origin=origin):
                    return origin in (Origin.NEW, Origin.OLD, Origin.HANDED)
                case ListCell(items=items):
                    return any(carries_records(item.value, state, depth + 1) for item in items)
                case MapCell(entries=entries):
                    return any(carries_records(entry.value, state, depth + 1) for entry in entries)
                case ObjectCell(fields=fields):
                    return any(carries_records(value, state, depth + 1) for value in fields.values())
    return False

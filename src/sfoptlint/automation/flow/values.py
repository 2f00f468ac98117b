"""What a flow's variables hold: an expression, a record, or a collection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Const, Expr, Interner, RecordKind, RecordRef, Type
from sfoptlint.core.logic import all_of, any_of, choose, false, not_, true

_NOTHING: Final[Mapping[str, Expr]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class One:
    """One record of an object, as a flow holds it: what it was read as, and the fields that were set since, in lower case.

    `strange`: it came from a call that is not followed, with fields that nobody knows.
    """

    ref: RecordRef
    object: str
    set: Mapping[str, Expr] = field(default_factory=lambda: _NOTHING)
    strange: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A record that a variable holds under this guard, None for no record."""

    when: Expr
    one: One | None


@dataclass(frozen=True, slots=True)
class Record:
    """A variable for a record: exactly one of the options' guards holds."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item that a collection has under this guard."""

    when: Expr
    item: "Value"


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows that a query returned, as many as there are."""

    key: str
    object: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A collection, in its order. `open`: it may hold more items of the same kind than are listed."""

    entries: tuple[Entry, ...]
    rows: Rows | None = None
    open: bool = False


Value = Expr | Record | Listing


def null(interner: Interner) -> Const:
    """Return no value."""
    return interner.const(None, Type.UNKNOWN)


FieldOf = Callable[[One, str], Expr]
"""Reads a field of a record, its name in lower case."""


def record_of(one: One | None, interner: Interner) -> Record:
    """Return a variable that holds this record."""
    return Record((Option(true(interner), one),))


def perhaps(found: Expr, one: One, interner: Interner) -> Record:
    """Return a variable that holds this record where it was found, else none."""
    return Record((Option(found, one), Option(not_(found, interner), None)))


def strangers(key: str, object_: str, when: Expr, interner: Interner) -> Listing:
    """Return a collection that came from a call that is not followed: one item stands for all, where there is any."""
    one = One(RecordRef(RecordKind.ROW, key), object_, strange=True)
    return Listing((Entry(when, record_of(one, interner)),), open=True)


def absent(record: Record, interner: Interner) -> Expr:
    """Return the guard under which the variable holds no record."""
    return any_of((option.when for option in record.options if option.one is None), interner)


def chosen(condition: Expr, yes: Value, no: Value, interner: Interner, field_of: FieldOf) -> Value:
    """Return the value that is the one where the condition holds, and else the other."""
    if yes == no:
        return yes
    if isinstance(yes, Listing) or isinstance(no, Listing):
        return _chosen_listing(condition, listed(yes), listed(no), interner)
    if isinstance(yes, Record) or isinstance(no, Record):
        return _chosen_record(condition, as_record(yes, interner), as_record(no, interner), interner, field_of)
    return choose(condition, yes, no, interner)


def as_record(value: Value, interner: Interner) -> Record:
    """Return the value as a record; whatever is none is no record."""
    return value if isinstance(value, Record) else record_of(None, interner)


def listed(value: Value) -> Listing:
    """Return the value as a collection; whatever is none is an empty one."""
    return value if isinstance(value, Listing) else Listing(())


def empty(listing: Listing, interner: Interner) -> Expr | None:
    """Return the guard under which the collection has no item; None where nobody can say."""
    if listing.open and not listing.entries:
        return None
    return all_of((not_(entry.when, interner) for entry in listing.entries), interner)


def _chosen_record(condition: Expr, yes: Record, no: Record, interner: Interner, field_of: FieldOf) -> Record:
    """One option for each record that there may be: one that was read alike stays one, whatever was set since."""
    otherwise, none = not_(condition, interner), false(interner)
    others = {_identity(option.one): option for option in no.options}
    options: list[Option] = []
    for option in yes.options:
        other = others.pop(_identity(option.one), None)
        if other is None:
            options.append(Option(all_of((condition, option.when), interner), option.one))
            continue
        when = option.when
        if other.when is not when:
            both = all_of((condition, option.when), interner), all_of((otherwise, other.when), interner)
            when = any_of(both, interner)
        options.append(Option(when, _chosen_one(condition, option.one, other.one, interner, field_of)))
    options += [Option(all_of((otherwise, option.when), interner), option.one) for option in others.values()]
    return Record(tuple(option for option in options if option.when is not none))


def _identity(one: One | None) -> tuple[RecordRef, str] | None:
    return (one.ref, one.object) if one else None


def _chosen_one(condition: Expr, yes: One | None, no: One | None, interner: Interner, field_of: FieldOf) -> One | None:
    if yes is None or no is None or yes == no:
        return yes
    fields = {
        name: choose(condition, _field(yes, name, field_of), _field(no, name, field_of), interner)
        for name in dict.fromkeys((*yes.set, *no.set))
    }
    return replace(yes, set=fields)


def _field(one: One, name: str, field_of: FieldOf) -> Expr:
    value = one.set.get(name)
    return field_of(one, name) if value is None else value


def _chosen_listing(condition: Expr, yes: Listing, no: Listing, interner: Interner) -> Listing:
    shared = 0
    for one, other in zip(yes.entries, no.entries, strict=False):
        if one != other:
            break
        shared += 1
    otherwise = not_(condition, interner)
    entries = [
        *yes.entries[:shared],
        *(Entry(all_of((condition, e.when), interner), e.item) for e in yes.entries[shared:]),
        *(Entry(all_of((otherwise, e.when), interner), e.item) for e in no.entries[shared:]),
    ]
    rows = yes.rows if yes.rows == no.rows else None
    kept = tuple(entry for entry in entries if entry.when is not false(interner))
    return Listing(kept, rows, yes.open or no.open or yes.rows != no.rows)

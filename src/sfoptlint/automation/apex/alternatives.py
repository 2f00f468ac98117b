"""What is left of values where two ways meet: one that depends on which of the two was taken."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from sfoptlint.automation.apex.records import unset
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import (
    Cell,
    Either,
    Entry,
    Item,
    ListCell,
    MapCell,
    ObjectCell,
    Origin,
    OutOfBudgetError,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Const, Expr

Held = TypeVar("Held")
MAX_ITEMS = 1000
"""Of a list or map whose items depend on the way taken."""

_MANY = 32
"""Values that one may be before those which are the same are put together."""
MAX_PLAIN = 60
"""Of a map of plain values, in which no record can be lost; a longer one is open."""


def met(condition: Expr, yes: Value | Cell, no: Value | Cell, terms: Terms) -> Value | Cell:
    """Return what is left where two ways meet: the first where the condition holds, else the second."""
    match yes, no:
        case RecordCell(), RecordCell():
            return _records(condition, yes, no, terms)
        case ObjectCell(), ObjectCell():
            return replace(yes, fields=_fields(condition, yes.fields, no.fields, terms))
        case ListCell(), ListCell():
            return _lists(condition, yes, no, terms)
        case MapCell(), MapCell():
            return _maps(condition, yes, no, terms)
    assert not isinstance(yes, RecordCell | ListCell | MapCell | ObjectCell)
    assert not isinstance(no, RecordCell | ListCell | MapCell | ObjectCell)
    return choice(condition, yes, no, terms)


def choice(condition: Expr, yes: Value, no: Value, terms: Terms) -> Value:
    """Return the one value where the condition holds, else the other."""
    if isinstance(condition, Const):
        return yes if condition.value is True else no
    if yes == no:
        return yes
    if isinstance(yes, Scalar) and isinstance(no, Scalar):
        return Scalar(terms.choose(condition, yes.expr, no.expr))
    sides = [side for side in (yes, no) if isinstance(side, Either)]
    size = 2 + sum(side.size - 1 for side in sides)
    most = max((side.most for side in sides), default=_MANY)
    if size > most:
        return _told_apart(condition, yes, no, terms)
    return Either(condition, yes, no, size, most)


def _told_apart(condition: Expr, yes: Value, no: Value, terms: Terms) -> Value:
    """Return one of two values as a list of different ones: values that meet again and again would double each time."""
    guards: dict[Value, Expr] = {}
    left = [(terms.no(condition), no), (condition, yes)]
    while left:
        guard, value = left.pop()
        if isinstance(value, Either):
            left.append((terms.all(guard, terms.no(value.condition)), value.no))
            left.append((terms.all(guard, value.condition), value.yes))
        elif guard is not terms.false:
            guards[value] = terms.any(guards[value], guard) if value in guards else guard
    *first, last = guards
    most = max(_MANY, 2 * len(guards))
    result: Value = last
    for number, value in enumerate(reversed(first), 2):
        result = Either(guards[value], value, result, number, most)
    return result


def _records(condition: Expr, yes: RecordCell, no: RecordCell, terms: Terms) -> RecordCell:
    fields: dict[str, Value] = {}
    for name in {**yes.fields, **no.fields}:
        mine, theirs = yes.fields.get(name), no.fields.get(name)
        if (mine is None and _is_parent(yes, theirs)) or (theirs is None and _is_parent(no, mine)):
            fields[name] = mine or theirs or Scalar(terms.null)
            continue
        fields[name] = choice(condition, mine or unset(yes, name, terms), theirs or unset(no, name, terms), terms)
    return replace(yes, fields=fields)


def _is_parent(cell: RecordCell, value: Value | None) -> bool:
    """Whether a field holds what a look-up of the record leads to: it is there whoever has read it."""
    return isinstance(value, Ref) and cell.origin is not Origin.MADE


def _fields(condition: Expr, yes: dict[str, Value], no: dict[str, Value], terms: Terms) -> dict[str, Value]:
    null = Scalar(terms.null)
    return {name: choice(condition, yes.get(name, null), no.get(name, null), terms) for name in {**yes, **no}}


def _lists(condition: Expr, yes: ListCell, no: ListCell, terms: Terms) -> ListCell:
    """Return the elements of both, each where its way was taken; in a set each value stands once."""
    shared = _as_long_as(lambda one, other: one.value == other.value, yes.items, no.items)
    both = [
        one if one is other else Item(terms.choose(condition, one.guard, other.guard), one.value)
        for one, other in zip(yes.items[:shared], no.items[:shared], strict=True)
    ]
    mine = (Item(terms.all(condition, item.guard), item.value) for item in yes.items[shared:])
    others = (Item(terms.all(terms.no(condition), item.guard), item.value) for item in no.items[shared:])
    items = (*both, *overlaid((mine, others), terms))
    return replace(
        yes,
        items=_within_budget(each_once(items, terms) if yes.is_set and no.is_set else items),
        more=yes.more or no.more,
        open=_opened(condition, yes.open, no.open, terms),
        chunked=yes.chunked or no.chunked,
    )


def overlaid(lists: Iterable[Iterable[Item]], terms: Terms) -> tuple[Item, ...]:
    """Return one list for several of which no two are there at once: what stands in more than one of them stands once.

    Each keeps its order, so that whoever goes over the one list meets of each its own elements as they follow each other.
    """
    found: list[Item] = []
    for items in lists:
        before, found, at = found, [], 0
        places: dict[Value, list[int]] = {}
        for place, item in enumerate(before):
            places.setdefault(item.value, []).append(place)
        for item in items:
            here = next((place for place in places.get(item.value, ()) if place >= at), None)
            if here is None:
                found.append(item)
            else:
                found += (*before[at:here], Item(terms.any(before[here].guard, item.guard), item.value))
                at = here + 1
        found += before[at:]
    return tuple(found)


def each_once(items: Iterable[Item], terms: Terms) -> tuple[Item, ...]:
    """Return the elements of a set: one that several ways have put there stands where the first of them put it."""
    guards: dict[Value, Expr] = {}
    for item in items:
        guards[item.value] = terms.any(guards[item.value], item.guard) if item.value in guards else item.guard
    return tuple(Item(guard, value) for value, guard in guards.items())


def _maps(condition: Expr, yes: MapCell, no: MapCell, terms: Terms) -> MapCell:
    shared = _as_long_as(lambda one, other: one.key == other.key, yes.entries, no.entries)
    both = [
        one if one is other else _entry(condition, one, other, terms)
        for one, other in zip(yes.entries[:shared], no.entries[:shared], strict=True)
    ]
    mine = (Entry(terms.all(condition, e.guard), e.key, e.value) for e in yes.entries[shared:])
    others = (Entry(terms.all(terms.no(condition), e.guard), e.key, e.value) for e in no.entries[shared:])
    entries = (*both, *mine, *others)
    opened = _opened(condition, yes.open, no.open, terms)
    if len(entries) > MAX_PLAIN and all(isinstance(entry.value, Scalar) for entry in entries):
        entries, opened = entries[:MAX_PLAIN], terms.true
    return replace(
        yes,
        entries=_within_budget(entries),
        more=yes.more or no.more,
        open=opened,
        chunked=yes.chunked or no.chunked,
    )


def _entry(condition: Expr, yes: Entry, no: Entry, terms: Terms) -> Entry:
    guard = terms.choose(condition, yes.guard, no.guard)
    return Entry(guard, yes.key, choice(condition, yes.value, no.value, terms))


def _within_budget(items: tuple[Held, ...]) -> tuple[Held, ...]:
    """Refuse a collection that doubled at one meeting of ways after the other: each further one takes as long as all before."""
    if len(items) > MAX_ITEMS:
        raise OutOfBudgetError
    return items


def _as_long_as(alike: Callable[[Held, Held], bool], left: tuple[Held, ...], right: tuple[Held, ...]) -> int:
    """Return how many from the beginning are alike."""
    return next(
        (at for at, pair in enumerate(zip(left, right, strict=False)) if not alike(*pair)), min(len(left), len(right))
    )


def either_open(terms: Terms, *opened: Expr | None) -> Expr | None:
    """Return under which condition anything may be in a collection that several others went into; None where nothing may."""
    known = [one for one in opened if one is not None]
    return terms.any(*known) if known else None


def _opened(condition: Expr, yes: Expr | None, no: Expr | None, terms: Terms) -> Expr | None:
    if yes is no:
        return yes
    return terms.choose(condition, yes or terms.false, no or terms.false)

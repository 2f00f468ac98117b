"""What the rounds of a loop before this one may have left: in variables, and in the collections, records and objects there were.

A counter that one round sets to 1 may stand at any number; a list that one round adds to may hold more of the kind. What was left
open once stays so: a round that sets it again tells nothing new.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import is_

from sfoptlint.automation.apex.alternatives import choice, met
from sfoptlint.automation.apex.counters import Counters
from sfoptlint.automation.apex.holders import Holders
from sfoptlint.automation.apex.records import unset
from sfoptlint.automation.apex.round_values import RoundValues
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import alternatives
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.store import Key
from sfoptlint.automation.apex.values import (
    Cell,
    Entry,
    Item,
    ListCell,
    MapCell,
    ObjectCell,
    RecordCell,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Expr, Type
from sfoptlint.lang.apex.nodes import Node

_CELLS = (RecordCell, ObjectCell, MapCell, ListCell)


class Earlier(RoundValues):
    """What rounds of one loop set, so far as it is known."""

    def __init__(self, run: Run, node: Node, state: State, when: Expr) -> None:
        super().__init__(run, node, state.store, when)
        self._holders = Holders(run, state.store)
        self._counters = Counters(run, node)
        self._fresh: dict[str, list[int]] = {}
        """Of each map the entries that a round on trial put under keys of its own."""
        self._entries: dict[Key, tuple[Entry, ...]] = {}
        """Of each map what a round on trial added."""
        self._added: dict[Key, tuple[int, int, tuple[Value, ...]]] = {}
        """Of each collection where what a round on trial added begins and ends, and all that is in it by then."""

    def opens(self, after: State, before: State) -> bool:
        """Leave open in the state before a round what that round sets; return whether anything was not open yet."""
        before.catch_up(after)
        changed, self._before, self._after = False, before.store, after.store
        for key, now, then in after.store.differing(before.store):
            if then is None:
                if isinstance(key, int):
                    self._keep(key, now, before)
                continue
            if key in self._made and isinstance(now, ListCell | MapCell):
                continue
            left = self._left(self._holders.name(key) or f"({key})", now, then)
            if left is not then:
                before.store[key] = left
                changed = True
                if isinstance(left, ListCell | MapCell) and isinstance(then, ListCell | MapCell):
                    elements = _elements(left)
                    start = self._added[key][0] if key in self._added else len(_elements(then))
                    self._added[key] = start, len(elements), elements
                    if isinstance(left, MapCell):
                        self._entries[key] = left.entries[start:]
                self._counters.left(key, left, then)
        return changed

    def _keep(self, key: int, made: Value | Cell, before: State) -> None:
        """Keep what was made in a round, for what is left may refer to it; rounds since may have added to a collection."""
        if isinstance(made, ListCell | MapCell):
            made = replace(made, more=True, made=0)
        before.store[key] = made
        self._made.add(key)

    def close(self, after: State) -> None:
        """Forget behind the loop what earlier rounds added where the last one added the like: one stands for all of them."""
        for key, (start, stop, elements) in self._added.items():
            match after.store.get(key):
                case ListCell(more=True, items=items) as cell if _values(items[:stop]) == elements:
                    if len(items) - stop >= stop - start:  # a round that may do more than the one on trial adds as many
                        after.store[key] = replace(cell, items=(*items[:start], *items[stop:]))
                case MapCell(more=True, entries=entries) as cell if stop > start:
                    # What the last round put under the same key is another entry now, and stays.
                    untouched = {entry.key for entry in self._entries[key] if any(entry is one for one in entries)}
                    new = [entry for entry in entries if entry.key not in elements]
                    if len(new) >= len(untouched):
                        after.store[key] = replace(cell, entries=tuple(e for e in entries if e.key not in untouched))

    def _left(self, name: str, now: Value | Cell, then: Value | Cell) -> Value | Cell:
        """Return what any rounds may have left; what was there before, where it covers that."""
        match now, then:
            case RecordCell(), RecordCell():
                return self._record(name, now, then)
            case ObjectCell(), ObjectCell() if now.cls == then.cls:
                return self._object(name, now, then)
            case MapCell(), MapCell():
                return self._map(name, now, then)
            case Scalar(), Scalar():
                return self._scalar(name, now, then)
            case ListCell(), ListCell():
                return self._list(name, now, then)
        assert not isinstance(now, _CELLS)
        assert not isinstance(then, _CELLS)
        first = not self._kinds.get(name)
        if now == then or not self._is_further(name, set(alternatives(now)) - set(alternatives(then)), then):
            return then
        which = f"{name} {len(self._kinds[name])}"
        flag = self._again if first else self._free(which, Type.BOOLEAN, "what the loop left is another one")
        return choice(flag, now, then, self._terms)

    def _list(self, name: str, now: ListCell, then: ListCell) -> Value | Cell:
        first, held = name not in self._kinds, set(_values(then.items))
        new = [
            item for item in now.items if item.value not in held and self._is_further(name, alternatives(item.value))
        ]
        opened = then.open is None and now.open is not None
        if first:
            self._kinds.setdefault(name, set())
            return met(self._again, now, then, self._terms)
        if not new and not opened:
            return then
        items = (Item(self._terms.all(self._again, item.guard), item.value) for item in new)
        further = self._terms.all(self._again, now.open) if opened and now.open is not None else then.open
        return replace(then, items=(*then.items, *items), more=True, open=further)

    def _value(self, name: str, now: Value, then: Value) -> Value:
        left = self._left(name, now, then)
        assert not isinstance(left, _CELLS)
        return left

    def _object(self, name: str, now: ObjectCell, then: ObjectCell) -> ObjectCell:
        null = Scalar(self._terms.null)
        fields = {
            field: self._value(f"{name}.{field}", value, then.fields.get(field, null))
            for field, value in now.fields.items()
        }
        return then if _same(fields, then.fields) else ObjectCell(now.cls, fields)

    def _record(self, name: str, now: RecordCell, then: RecordCell) -> RecordCell:
        fields = dict(then.fields)
        for field, value in now.fields.items():
            known = then.fields.get(field)
            if value is known:
                continue
            if known is None and not isinstance(value, Scalar):
                fields[field] = value  # what a look-up leads to: it is there whoever has read it
            else:
                fields[field] = self._value(f"{name}.{field}", value, known or unset(then, field, self._terms))
        return then if _same(fields, then.fields) else replace(then, fields=fields)

    def _map(self, name: str, now: MapCell, then: MapCell) -> MapCell:
        first = name not in self._opened
        self._opened.add(name)
        entries, places = list(then.entries), {entry.key: at for at, entry in enumerate(then.entries)}
        kept: dict[Value, Expr] = {}
        for entry in now.entries:  # ways that met have left an entry each
            kept[entry.key] = self._terms.any(kept.get(entry.key, self._terms.false), entry.guard)
        for at, entry in enumerate(then.entries):
            if entry.key not in kept and f"{name}.{at}?" not in self._opened:
                self._opened.add(f"{name}.{at}?")
                entries[at] = replace(entry, guard=self._terms.all(self._terms.no(self._again), entry.guard))
        for entry in now.entries:
            place = places.get(entry.key)
            if place is not None:
                whole = replace(entry, guard=kept[entry.key])
                entries[place] = self._entry(f"{name}.{place}", whole, entries[place])
            elif self._is_further(name, alternatives(entry.key)) or first:
                self._fresh.setdefault(name, []).append(len(entries))
                entries.append(replace(entry, guard=self._terms.all(self._again, entry.guard)))
        if not first:
            self._widen(name, now, entries, places)
        opened = then.open
        if (first or then.open is None) and now.open is not then.open:
            opened = self._terms.choose(self._again, now.open or self._terms.false, then.open or self._terms.false)
        if opened is then.open and all(map(is_, entries, then.entries)) and len(entries) == len(then.entries):
            return then
        return replace(then, entries=tuple(entries), open=opened, more=True, chunked=then.chunked or now.chunked)

    def _widen(self, name: str, now: MapCell, entries: list[Entry], places: Mapping[Value, int]) -> None:
        """Leave open what rounds put under keys of their own, where it is not the same for each of them."""
        fresh = [
            entry.value.expr for entry in now.entries if entry.key not in places and isinstance(entry.value, Scalar)
        ]
        for at in self._fresh.get(name, ()):
            value = entries[at].value
            if not isinstance(value, Scalar) or f"{name}.{at}" in self._opened:
                continue
            if not all(self._is_known(expr, [value.expr]) for expr in fresh):
                entries[at] = replace(entries[at], value=self._any(f"{name}.{at}", value, Scalar(self._terms.null)))

    def _entry(self, name: str, now: Entry, then: Entry) -> Entry:
        value, guard = self._value(name, now.value, then.value), then.guard
        if now.guard is not then.guard and f"{name}?" not in self._opened:
            self._opened.add(f"{name}?")
            guard = self._terms.choose(self._again, now.guard, then.guard)
        return then if value is then.value and guard is then.guard else Entry(guard, then.key, value)


def _elements(cell: ListCell | MapCell) -> tuple[Value, ...]:
    return _values(cell.items) if isinstance(cell, ListCell) else tuple(entry.key for entry in cell.entries)


def _values(items: Iterable[Item]) -> tuple[Value, ...]:
    return tuple(item.value for item in items)


def _same(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return len(one) == len(other) and all(other.get(name) is value for name, value in one.items())

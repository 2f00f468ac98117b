"""Assignments: variables, fields of records and collections get new values."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from sfoptlint.automation.flow.events import Save, Unread
from sfoptlint.automation.flow.frame import Reads
from sfoptlint.automation.flow.refused import refusals
from sfoptlint.automation.flow.scope import TYPES, Scope
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import Entry, Listing, One, Option, Record, Value, listed, perhaps, strangers
from sfoptlint.core.expr import Const, Expr, RecordKind, RecordRef, Type
from sfoptlint.core.logic import all_of, choose, true
from sfoptlint.core.verdict import Effect
from sfoptlint.metadata.flow.elements import Assignment
from sfoptlint.metadata.flow.parts import Assigned, Output

_MOST_ENTRIES: Final = 30
_REVERT: Final = frozenset({Effect.REVERT})


class Assigning:
    """Gives values to the variables of one flow."""

    __slots__ = ("_interner", "_scope")

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._interner = scope.interner

    def assign(self, element: Assignment, state: State, reads: Reads) -> State:
        """Take the items one after the other."""
        for item in element.items:
            value = self._scope.operand(item.value, state, reads, item.target)
            state = self._item(element, item, value, state, reads)
        return state

    def _item(self, element: Assignment, item: Assigned, value: Value, state: State, reads: Reads) -> State:
        head, _, path = item.target.partition(".")
        held = state.values.get(head.casefold())
        if path:
            return self._field(element, item, value, state, reads)
        if isinstance(held, Listing):
            return state.having(head.casefold(), self._collection(item.operator, held, value, item.target))
        return state.having(head.casefold(), self._scalar(item, held, value))

    def _scalar(self, item: Assigned, held: Value | None, value: Value) -> Value:
        if item.operator == "Assign":
            return self._converted(item.target, value)
        if item.operator == "AssignCount":
            return self._count(value, item.target)
        if held is None or isinstance(held, Record | Listing) or isinstance(value, Record | Listing):
            text = f"{item.target} {item.operator}"
            return self._scope.open(text, f"{text} is not modelled")
        return self._scope.frame.walk.oracle.settle(self._computed(item, held, value))

    def _computed(self, item: Assigned, held: Expr, value: Expr) -> Expr:
        """A number that was never set counts as zero."""
        interner = self._interner
        match item.operator, held.type:
            case "Add", Type.TEXT:
                return interner.call("&", (held, value), Type.TEXT)
            case ("Add" | "Subtract") as operator, Type.NUMBER:
                zero = interner.const(Decimal(0), Type.NUMBER)
                first, second = (interner.call("BLANKVALUE", (e, zero), Type.NUMBER) for e in (held, value))
                return interner.call("+" if operator == "Add" else "-", (first, second), Type.NUMBER)
            case ("Add" | "Subtract") as operator, (Type.DATE | Type.DATETIME) as type_ if value.type is Type.NUMBER:
                return interner.call("+" if operator == "Add" else "-", (held, value), type_)
        text = f"{item.target} {item.operator}"
        return self._scope.open(text, f"{text} is not modelled", held.type)

    def _converted(self, target: str, value: Value) -> Value:
        """Return a value as the type of the variable that takes it: a number becomes text where text is kept."""
        resource = self._scope.frame.flow.resources.get(target.casefold())
        type_ = TYPES.get(resource.type.casefold(), Type.UNKNOWN) if resource else Type.UNKNOWN
        if isinstance(value, Record | Listing):
            return self._scope.scalar(value) if isinstance(value, Record) and type_ is not Type.UNKNOWN else value
        if isinstance(value, Const) and value.value is None:
            return self._interner.const(None, type_)
        if type_ is Type.TEXT and value.type not in (Type.TEXT, Type.UNKNOWN):
            value = self._interner.call("TEXT", (value,), Type.TEXT)
        return self._scope.frame.walk.oracle.settle(value)

    def _collection(self, operator: str, held: Listing, value: Value, name: str) -> Listing:
        always = true(self._interner)
        match operator:
            case "Assign":
                return self._assigned(value, name)
            case "Add" | "AddItem" | "AddAtStart":
                added = value.entries if isinstance(value, Listing) else (Entry(always, value),)
                entries = (*held.entries, *added) if operator != "AddAtStart" else (*added, *held.entries)
                more = isinstance(value, Listing) and value.open
                rows = held.rows or (value.rows if isinstance(value, Listing) else None)
                return Listing(entries[:_MOST_ENTRIES], rows, held.open or more or len(entries) > _MOST_ENTRIES)
            case "RemoveAll":
                return self._without(held, value, name)
        return Listing(
            tuple(self._perhaps(entry, f"{name} {operator} {n}") for n, entry in enumerate(held.entries)),
            held.rows,
            held.open,
        )

    def _assigned(self, value: Value, name: str) -> Listing:
        if isinstance(value, Listing) or (isinstance(value, Const) and value.value is None):
            return listed(value)
        return self.strangers(name, "")

    def strangers(self, name: str, object_: str) -> Listing:
        """Return a collection of which nothing is known."""
        key = f"{self._scope.frame.flow.path}#{name}"
        return strangers(key, object_, self._scope.open(f"{name} has items", "", Type.BOOLEAN), self._interner)

    def _without(self, held: Listing, value: Value, name: str) -> Listing:
        """`RemoveAll` takes out what equals the items given; of itself, everything."""
        if value == held:
            return Listing(())
        return Listing(
            tuple(self._perhaps(entry, f"{name} RemoveAll {n}") for n, entry in enumerate(held.entries)),
            held.rows,
            held.open,
        )

    def _perhaps(self, entry: Entry, text: str) -> Entry:
        return Entry(all_of((entry.when, self._scope.open(text, "", Type.BOOLEAN)), self._interner), entry.item)

    def _count(self, value: Value, name: str) -> Expr:
        if not isinstance(value, Listing) or (value.open and not value.entries):
            return self._scope.open(f"{name} AssignCount", "", Type.NUMBER)
        total: Expr = self._interner.const(Decimal(0), Type.NUMBER)
        one, zero = self._interner.const(Decimal(1), Type.NUMBER), total
        for entry in value.entries:
            step = choose(entry.when, one, zero, self._interner)
            total = self._interner.call("+", (total, step), Type.NUMBER)
        if value.open:
            # Only where the last item that is listed is there can be more of them.
            more = self._scope.open(f"{name} AssignCount", "", Type.NUMBER)
            total = choose(value.entries[-1].when, more, total, self._interner)
        return self._scope.frame.walk.oracle.settle(total)

    def _field(self, element: Assignment, item: Assigned, value: Value, state: State, reads: Reads) -> State:
        """A field of a record variable; a variable without a record gets one."""
        head, _, path = item.target.partition(".")
        held = state.values.get(head.casefold())
        if not isinstance(held, Record):
            return state
        if item.operator != "Assign":
            current, absent = self._scope.fields.of_record(held, tuple(path.split(".")))
            reads.absent(self._scope.frame.walk.oracle.settle(absent))
            value = self._scalar(item, current, value)
        one = held.options[0].one
        expr = self._scope.fields.taken(one.object if one else "", path, self._scope.scalar(value))
        self._scope.frame.walk.spelt.setdefault(path.casefold(), path)
        made = One(RecordRef(RecordKind.CREATED, head), "")
        options = tuple(Option(o.when, _with(o.one or made, path, expr)) for o in held.options)
        saved = one if len(held.options) == 1 else None
        if self._scope.frame.before and saved is not None and saved.ref.kind is RecordKind.AFTER:
            if head.casefold() == "$record":
                self.save(element, {path.casefold(): expr}, state, again=False)
            else:
                what = f"it sets {item.target}, and nobody says whether {head} is $Record itself or a copy"
                self._scope.frame.happens(Unread(what, _REVERT), element, state)
        return state.having(head.casefold(), Record(options))

    def save(self, element: Assignment, fields: dict[str, Expr], state: State, *, again: bool) -> None:
        """Note that fields of the saved record get values; one that the field refuses rejects the save."""
        frame = self._scope.frame
        frame.happens(Save(fields, again), element, state)
        for when, block in refusals(frame, fields, element):
            frame.happens(block, element, state, when)

    def freed(self, outputs: Iterable[Output], state: State, key: str) -> State:
        """Return the state in which variables hold whatever a call gives them."""
        for output in outputs:
            state = self.give(output, f"{key}.{output.source}", state)
        return state

    def give(self, output: Output, key: str, state: State) -> State:
        """Return the state in which one variable holds whatever a call gives it."""
        head, _, path = output.target.partition(".")
        resource = self._scope.frame.flow.resources.get(head.casefold())
        type_ = TYPES.get(resource.type.casefold(), Type.UNKNOWN) if resource else Type.UNKNOWN
        held = state.values.get(head.casefold())
        oracle = self._scope.frame.walk.oracle
        if isinstance(held, Record) and path:
            expr = oracle.output(key, self._scope.place, Type.UNKNOWN)
            made = One(RecordRef(RecordKind.CREATED, head), "")
            return state.having(
                head.casefold(), Record(tuple(Option(o.when, _with(o.one or made, path, expr)) for o in held.options))
            )
        if isinstance(held, Listing):
            return state.having(head.casefold(), self.strangers(key, resource.object if resource else ""))
        if isinstance(held, Record):
            row = One(RecordRef(RecordKind.ROW, key), resource.object if resource else "", strange=True)
            found = oracle.output(key, self._scope.place, Type.BOOLEAN)
            return state.having(head.casefold(), perhaps(found, row, self._interner))
        return state.having(head.casefold(), oracle.output(key, self._scope.place, type_))


def _with(one: One, path: str, value: Expr) -> One:
    return replace(one, set={**one.set, path.casefold(): value})

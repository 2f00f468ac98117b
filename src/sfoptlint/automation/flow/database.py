"""Records that a flow reads, creates, updates and deletes, and whether the saved record is among them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sfoptlint.automation.automation import Block
from sfoptlint.automation.flow.assign import Assigning
from sfoptlint.automation.flow.conditions import Conditions, asks_nothing
from sfoptlint.automation.flow.events import Save, Touch, Unread
from sfoptlint.automation.flow.frame import Reads
from sfoptlint.automation.flow.oracle import Query
from sfoptlint.automation.flow.person_contact import person_contact
from sfoptlint.automation.flow.refused import bad_values, refusals
from sfoptlint.automation.flow.scope import Scope
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import (
    Entry,
    Listing,
    One,
    Option,
    Record,
    Value,
    absent,
    as_record,
    chosen,
    perhaps,
    record_of,
)
from sfoptlint.core.expr import AFTER, Expr, Primitive, RecordKind, RecordRef, Type
from sfoptlint.core.logic import all_of, false, true
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Effect, OptOutObject
from sfoptlint.metadata.flow.elements import GetRecords, WriteRecords
from sfoptlint.metadata.flow.parts import Assigned, Operand

_REVERT: Final = frozenset({Effect.REVERT})


@dataclass(frozen=True, slots=True)
class _Hit:
    """A record that is written, the guard under which it is the saved one, and the fields that it gets besides."""

    when: Expr
    one: One
    itself: Expr


class Database:
    """Queries and writes of one flow."""

    __slots__ = ("_assigning", "_conditions", "_frame", "_interner", "_scope")

    def __init__(self, scope: Scope, conditions: Conditions) -> None:
        self._scope = scope
        self._conditions = conditions
        self._assigning = Assigning(scope)
        self._frame = scope.frame
        self._interner = scope.interner

    def get(self, element: GetRecords, state: State, reads: Reads) -> State:
        """Query; the same query that nothing was written since gives the same rows."""
        compared = self._operands(element.criteria.conditions, state, reads)

        def where(row: One) -> Expr:
            return self._conditions.filtered(
                element.criteria, row, lambda operand: compared[operand], Reads(self._interner)
            )

        row = One(RecordRef(RecordKind.ROW, f"any {element.object}"), element.object)
        canonical = (element.object.casefold(), where(row), element.sort, element.first, state.epoch)
        walk = self._frame.walk
        found = walk.queries.get(canonical)
        if found is None:
            query = Query(self._frame.key(element), self._frame.place(element.at), element.object, where, element.first)
            found = walk.queries[canonical] = self._rows(query)
            if asks_nothing(element.criteria, _box(element.object)):
                walk.everyone.add(query.key)
        return self._stored(element, found, state)

    def _rows(self, query: Query) -> Record | Listing:
        """Return the rows of a query; of the saved record itself where its own Id is asked for."""
        walk = self._frame.walk
        if query.object.casefold() == walk.saved.casefold():
            itself = One(AFTER if not self._frame.before else RecordRef(RecordKind.PRIOR), query.object)
            probe = One(RecordRef(RecordKind.ROW, "probe"), query.object)
            pair = (self._scope.fields.of(probe, ("Id",)), walk.oracle.settle(self._scope.fields.of(itself, ("Id",))))
            own = self._interner.call(Primitive.SAME, pair, Type.BOOLEAN, ci=True)
            asked = query.where(probe)
            if asked is own or (own in getattr(asked, "args", ()) and getattr(asked, "op", "") == Primitive.AND):
                met = walk.oracle.settle(query.where(itself))
                if query.first:
                    return perhaps(met, itself, self._interner)
                return Listing((Entry(met, record_of(itself, self._interner)),))
            return walk.oracle.rows(replace(query, itself=itself))
        return walk.oracle.rows(query)

    def _operands(self, conditions: tuple, state: State, reads: Reads) -> dict[Operand | None, Value]:  # type: ignore[type-arg]
        return {c.right: self._scope.operand(c.right, state, reads, c.left) for c in conditions}

    def _stored(self, element: GetRecords, found: Record | Listing, state: State) -> State:
        """Put rows where the element says: into itself, a variable, or variables field by field."""
        if element.stored or not (element.target or element.outputs):
            state = state.having(element.name.casefold(), found)
        if element.target:
            state = self._into(element, element.target, found, state)
        for output in element.outputs:
            if isinstance(found, Record):
                value, none = self._scope.fields.of_record(found, (output.source,))
                held = state.values.get(output.target.casefold())
                blank: Value = self._interner.const(None, value.type) if element.null_if_none or held is None else held
                state = state.having(output.target.casefold(), chosen(none, blank, value, self._interner, self._field))
        return state

    def _into(self, element: GetRecords, target: str, found: Record | Listing, state: State) -> State:
        held = state.values.get(target.casefold())
        if isinstance(held, Record) and isinstance(found, Listing):
            # A variable for one record takes the first of several.
            first: Value = record_of(None, self._interner)
            for entry in reversed(found.entries):
                first = chosen(entry.when, entry.item, first, self._interner, self._field)
            found = as_record(first, self._interner)
        if isinstance(found, Record) and not element.null_if_none and isinstance(held, Record):
            none = absent(found, self._interner)
            return state.having(target.casefold(), chosen(none, held, found, self._interner, self._field))
        return state.having(target.casefold(), found)

    def _field(self, one: One, name: str) -> Expr:
        return self._scope.fields.of(one, (name,))

    def write(self, element: WriteRecords, state: State, reads: Reads) -> State:
        """Create, update or delete records."""
        values = {v.target.casefold(): self._scope.scalar(self._operand(v, state, reads)) for v in element.values}
        if element.reference:
            state = self._write_variable(element, values, state, reads)
        elif element.what == "create":
            self._touch(element, element.object, values, state, True)
            self._refuse(element, bad_values(self._frame, element.object, values), state)
        else:
            self._write_matching(element, values, state, reads)
        state = state.written(self._frame.key(element))
        if element.what == "create":
            return self._with_id(element, state)
        return state

    def _operand(self, item: Assigned, state: State, reads: Reads) -> Value:
        self._frame.walk.spelt.setdefault(item.target.casefold(), item.target)
        return self._scope.operand(item.value, state, reads, item.target)

    def _with_id(self, element: WriteRecords, state: State) -> State:
        """The Id of a created record is new."""
        walk, key = self._frame.walk, self._frame.key(element)
        id_ = walk.oracle.output(f"{key}.Id", self._frame.place(element.at), Type.TEXT)
        if element.id_target and "." not in element.id_target:
            state = state.having(element.id_target.casefold(), id_)
        held = state.values.get(element.reference.casefold()) if element.reference else None
        if isinstance(held, Record):
            options = tuple(
                Option(o.when, replace(o.one, set={**o.one.set, "id": id_}) if o.one else None) for o in held.options
            )
            state = state.having(element.reference.casefold(), Record(options))
        return state.having(element.name.casefold(), id_)

    def _write_matching(self, element: WriteRecords, values: Mapping[str, Expr], state: State, reads: Reads) -> None:
        """Records that meet filters: the saved one where it meets them itself."""
        compared = self._operands(element.criteria.conditions, state, reads)
        own, object_ = self._frame.walk.saved, element.object
        itself = self._itself(object_)
        if itself is not None:
            hit = self._conditions.filtered(element.criteria, itself, lambda o: compared[o], Reads(self._interner))
            self._save(element, values, state, self._frame.walk.oracle.settle(hit), object_)
        if object_.casefold() != own.casefold():
            self._touch(element, object_, values, state, asks_nothing(element.criteria, _box(object_)))

    def _itself(self, object_: str) -> One | None:
        """Return the saved record as a record of this object, None where it is none."""
        own = self._frame.walk.saved
        if not own:
            return None
        if object_.casefold() == own.casefold():
            return One(AFTER, own)
        if own == "Account" and object_ == "Contact":
            return One(AFTER, "Account", person_contact(self._scope.fields))
        return None

    def _write_variable(self, element: WriteRecords, values: Mapping[str, Expr], state: State, reads: Reads) -> State:
        """The record or records that a variable holds."""
        related = self._related(element.reference, state)
        if related is not None:
            self._touch(element, related, values, state, False)
            return state
        value = self._scope.resolve(element.reference, state, reads)
        if not isinstance(value, Record | Listing):
            if element.what != "create":
                what = f"it writes {element.reference}, whose records are not known"
                self._frame.happens(Unread(what, _REVERT), element, state)
            return state
        for hit in self._hits(value):
            self._write_one(element, hit, values, state)
        if isinstance(value, Record) and values and element.what != "delete":
            options = tuple(
                Option(o.when, replace(o.one, set={**o.one.set, **values}) if o.one else None) for o in value.options
            )
            state = state.having(element.reference.casefold(), Record(options))
        return state

    def _related(self, reference: str, state: State) -> str | None:
        """Return the object of records that stand beside the saved one, behind one of its relationships: none of them is it.

        Only a person account's contacts hold what it holds. Of a relationship that leads to children the object is not known,
        but for the standard one to contacts.
        """
        head, _, name = reference.partition(".")
        held = state.values.get(head.casefold())
        if not isinstance(held, Record) or "." in name or not name:
            return None
        one = held.options[0].one
        if len(held.options) > 1 or one is None or one.ref.kind is not RecordKind.AFTER:
            return None
        if name.casefold() in ("contacts", "personcontact"):
            return None if one.object == "Account" else "Contact"
        schema = self._frame.walk.objects.get(one.object).relationship(name)
        return schema.references[0] if schema and len(schema.references) == 1 else ""

    def _hits(self, value: Value) -> Iterator[_Hit]:
        """Yield the records of a variable, each with the guard under which it is the saved one."""
        if isinstance(value, Listing):
            for entry in value.entries:
                for hit in self._hits(entry.item):
                    yield replace(hit, when=all_of((entry.when, hit.when), self._interner))
            return
        if isinstance(value, Record):
            for option in value.options:
                if option.one is not None:
                    yield _Hit(option.when, option.one, self._same(option.one))

    def _same(self, one: One) -> Expr:
        """Return the guard under which a record is the saved one."""
        if one.ref.kind is RecordKind.AFTER or one.ref.kind is RecordKind.PRIOR:
            return true(self._interner)
        saved = self._itself(one.object) or (self._itself(self._frame.walk.saved) if not one.object else None)
        id_ = self._scope.fields.of(one, ("Id",))
        if saved is None or (one.ref.kind is RecordKind.CREATED and "id" not in one.set):
            return false(self._interner)
        own = self._scope.fields.of(saved, ("Id",))
        same = self._interner.call(Primitive.SAME, (id_, own), Type.BOOLEAN, ci=True)
        if id_ is own:
            return true(self._interner)
        return self._frame.walk.oracle.settle(same)

    def _write_one(self, element: WriteRecords, hit: _Hit, values: Mapping[str, Expr], state: State) -> None:
        there = state.under(hit.when, self._interner)
        if there is None:
            return
        fields = {**hit.one.set, **values}
        object_ = hit.one.object or element.object
        if hit.one.strange and element.what == "update":
            itself = there.under(hit.itself, self._interner)
            if itself is not None:
                what = f"it writes {element.reference}, which holds what a call gave it"
                self._frame.happens(Unread(what, _REVERT), element, itself)
        if element.what == "create":
            self._touch(element, object_, fields, there, True)
            self._refuse(element, bad_values(self._frame, object_, fields), there)
            return
        self._save(element, fields, there, hit.itself, object_)
        if object_.casefold() != self._frame.walk.saved.casefold():
            ref = hit.one.ref
            everyone = ref.kind is RecordKind.AFTER or ref.key.partition("[")[0] in self._frame.walk.everyone
            self._touch(element, object_, fields, there, everyone)

    def _save(
        self, element: WriteRecords, fields: Mapping[str, Expr], state: State, itself: Expr, object_: str
    ) -> None:
        there = state.under(itself, self._interner)
        if there is None or element.what == "delete":
            return
        own = self._frame.walk.saved
        if object_ == "Contact" and own == "Account":
            box = fields.get("hasoptedoutofemail")
            fields = {"personhasoptedoutofemail": box} if box is not None else {}
        taken = self._scope.fields.taken
        kept = {name: taken(own, name, value) for name, value in fields.items() if name != "id"}
        self._frame.happens(Save(kept, again=not self._frame.before), element, there)
        self._refuse(element, refusals(self._frame, kept, element), there)

    def _refuse(self, element: WriteRecords, refused: Iterable[tuple[Expr, Block]], state: State) -> None:
        """A value that the platform does not take makes the write fail."""
        for when, block in refused:
            if not element.fault:
                self._frame.happens(block, element, state, when)

    def _touch(
        self, element: WriteRecords, object_: str, fields: Mapping[str, Expr], state: State, everyone: bool
    ) -> None:
        taken = {name: self._scope.fields.taken(object_, name, value) for name, value in fields.items()}
        self._frame.happens(Touch(element.what, object_, taken, everyone), element, state)


def _box(object_: str) -> str:
    return OPT_OUT_FIELD[OptOutObject(object_)] if object_ in list(OptOutObject) else ""

"""Queries: a row that nobody knows, found or not, under the query's own conditions.

A query is a free row ("some row satisfies it" needs no more than one); what its WHERE says of the row stands beside `found`.
A row of the saved object may be the saved record itself, where that meets the conditions.
"""

from collections.abc import Iterator
from dataclasses import replace

from sfoptlint.automation.apex.filters import Filters
from sfoptlint.automation.apex.further import is_there
from sfoptlint.automation.apex.limits import is_free
from sfoptlint.automation.apex.records import box_of, canonical, unset
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records, scalars
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Item, ListCell, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import AFTER, Expr, Field, FreeKind, Global, Primitive, RecordKind, RecordRef, Type
from sfoptlint.core.location import Place
from sfoptlint.lang.apex.nodes import Node, QueryExpression
from sfoptlint.lang.soql import nodes as soql

_ALWAYS_THERE = {
    "user": ("$User", "$User.Id"),
    "profile": ("$Profile", "$User.ProfileId"),
    "organization": ("$Organization", "$Organization.Id"),
}
"""What a query by this value finds in any org, and the scope that names its fields."""


def query(run: Run, node: QueryExpression, state: State) -> Value:
    """Return the rows of a query in brackets."""
    at = run.place(node)
    tree = run.frame.file.query(node)
    if not (isinstance(tree, soql.SoqlQuery) and is_free(tree, run)):
        run.spend("query", state, at)
    binds = {bind.start: run.evaluate(bind.expression, state) for bind in node.binds}
    if not isinstance(tree, soql.SoqlQuery):
        return rows(run, node, "", state)
    if _counts(tree):
        return count(run, node)
    return _Asked(run, node, tree, binds, state).rows()


def rows(run: Run, node: Node, object_: str, state: State) -> Value:
    """Return the rows of a query of which nothing but the object is known."""
    at = run.place(node)
    key = _key(run, at)
    row = state.new(RecordCell(object_, Origin.ROW, RecordRef(RecordKind.ROW, key)))
    found = run.terms.free(key, Type.BOOLEAN, FreeKind.FOUND, at, f"{run.words(node)} finds a row")
    return state.new(ListCell((Item(found, row),), more=True, query=at))


def count(run: Run, node: Node) -> Value:
    """Return the number of rows that a query counts: it is never null (SOQL and SOSL Reference, "COUNT()")."""
    at = run.place(node)
    many = run.terms.free(_key(run, at), Type.NUMBER, FreeKind.CALL, at, run.words(node))
    run.hold(run.terms.call(Primitive.LESS_EQUAL, (run.terms.number(0), many), Type.BOOLEAN))
    return Scalar(many)


def _key(run: Run, at: Place) -> str:
    return run.again(f"{at.path}:{at.line}", f"{at.column}:{len(run.frames)}:{run.frame.id}{run.trials or ''}")


def _counts(tree: soql.SoqlQuery) -> bool:
    first = tree.select[0].value if tree.select else None
    return isinstance(first, soql.FunctionCall) and first.name.casefold() == "count" and not first.arguments


class _Asked:
    """One query with what it is asked for."""

    def __init__(
        self, run: Run, node: QueryExpression, tree: soql.SoqlQuery, binds: dict[int, Value], state: State
    ) -> None:
        self.run = run
        self.node = node
        self.tree = tree
        self._filters = Filters(run, node, binds, state)
        self.state = state
        self.at = run.place(node)
        self.object = canonical(tree.sources[0].name)

    def rows(self) -> Value:
        """Return the list of its rows."""
        known = self._of_user() or self._saved()
        if known is not None:
            return known
        run, terms = self.run, self.run.terms
        key = _key(run, self.at)
        ref = RecordRef(RecordKind.ROW, key)
        terms.filled[ref] = frozenset(("id", *self._filled()))
        one = RecordCell(self.object, Origin.ROW, ref)
        is_there(run, one)
        row = self.state.new(one)
        own = self._own()
        if own is not None:
            cell = self.state.cell(row)
            assert isinstance(cell, RecordCell)
            self.state.put(row, replace(cell, own=own))
        parent = self._parents()
        if parent is not None:
            found: Expr = parent
        else:
            atom = terms.free(key, Type.BOOLEAN, FreeKind.FOUND, self.at, f"{run.words(self.node)} finds a row")
            where = self.tree.where
            asked = terms.met(atom, self.object, lambda: self._filters.holds(where, row) if where else terms.true)
            found = terms.all(atom, self.state.known(asked))
            given = terms.rows_of(atom)
            if given > 1:
                return self._each(key, given, own)
        single = isinstance(self.tree.limit, soql.Literal) and self.tree.limit.text == "1"
        if self._aggregates():
            found, single = terms.true, True
        return self.state.new(ListCell((Item(found, row),), more=not single, query=self.at))

    def _each(self, key: str, given: int, own: Expr | None) -> Value:
        """Return the rows that are given, each by itself; the first is the last that a loop goes over, as the walk took it."""
        refs = [RecordRef(RecordKind.ROW, f"{key}[{number}]" if number else key) for number in (*range(1, given), 0)]
        self.run.terms.filled |= dict.fromkeys(refs, frozenset(("id", *self._filled())))
        rows = [self.state.new(RecordCell(self.object, Origin.ROW, ref, own=own)) for ref in refs]
        return self.state.new(ListCell(tuple(Item(self.run.terms.true, row) for row in rows), query=self.at))

    def _filled(self) -> Iterator[str]:
        """Yield the fields asked for that no stored record lacks: required ones, and a custom object's Name."""
        model = self.run.terms.objects.get(self.object)
        for asked in self.tree.select:
            name = asked.value.name.casefold() if isinstance(asked.value, soql.FieldName) else ""
            known = model.field(name) if name else None
            required = known is not None and known.required and not known.person_account
            if required or (name == "name" and self.object.casefold().endswith("__c")):
                yield name

    def _aggregates(self) -> bool:
        return not self.tree.group_by and any(
            isinstance(s.value, soql.FunctionCall)
            and s.value.name.casefold() in ("count", "max", "min", "sum", "avg", "count_distinct")
            for s in self.tree.select
        )

    def _of_user(self) -> Value | None:
        """The running user, his profile and the org, of which there is one record, are there: known by names of their own."""
        scope, wanted = _ALWAYS_THERE.get(self.object.casefold(), ("", ""))
        where = self.tree.where
        if not scope or not (self._asks_for(where, wanted) or (scope == "$Organization" and where is None)):
            return None
        row = self.state.new(RecordCell(self.object, Origin.GLOBAL, scope=scope))
        return self.state.new(ListCell((Item(self.run.terms.true, row),), query=self.at))

    def _asks_for(self, where: soql.Condition | None, name: str) -> bool:
        if not isinstance(where, soql.Comparison) or where.operator not in ("=", "in"):
            return False
        asked = [expr for value in self._filters.values(where.right) for expr in scalars(value, self.state)]
        return any(isinstance(expr, Global) and expr.name == name for expr in asked)

    def _saved(self) -> Value | None:
        """A query for the ids of the chunk finds the saved record: as it was before it is saved, as it is afterwards."""
        if self.object.casefold() != self.run.event.object.casefold() or not self.run.event.object:
            return None
        conditions = self._conjuncts(self.tree.where)
        ids = [c for c in conditions if self._names_saved(c)]
        if not ids:
            return None
        others = [c for c in conditions if c not in ids]
        origin = Origin.OLD if self.run.event.timing == "before" else Origin.NEW
        source = self.state.value(("trigger", "record" if origin is Origin.NEW else "stored"))
        assert isinstance(source, Ref)
        like = self.state.cell(source)
        assert isinstance(like, RecordCell)
        cell = RecordCell(self.object, Origin.ROW, AFTER, fields=dict(like.fields), own=self.run.terms.true)
        if origin is Origin.OLD:
            cell = replace(cell, fields=dict(like.fields) | _stored_box(self.run, like))
        row = self.state.new(cell)
        holds = self.run.terms.all(*(self._filters.holds(c, row) for c in (*ids, *others)))
        return self.state.new(
            ListCell((Item(self.state.known(holds), row),), chunked=not self.run.company, query=self.at)
        )

    def _names_saved(self, condition: soql.Condition) -> bool:
        if not isinstance(condition, soql.Comparison) or condition.operator not in ("=", "in"):
            return False
        left = condition.left
        if not isinstance(left, soql.FieldName) or left.name.casefold() != "id":
            return False
        wanted = self.run.terms.saved_id()
        return any(
            item.value == Scalar(wanted) or carries_records(item.value, self.state)
            for value in self._filters.values(condition.right)
            for item in self._filters.items(value)
        )

    def _own(self) -> Expr | None:
        """Return the condition under which the saved record itself is among the rows."""
        source = self.state.value(("trigger", "record"))
        if self.object.casefold() != self.run.event.object.casefold() or not isinstance(source, Ref):
            return None
        return self._filters.holds(self.tree.where, source) if self.tree.where else self.run.terms.true

    def _parents(self) -> Expr | None:
        """What a look-up of the saved record leads to is there: return when a query by such ids alone finds something."""
        where = self.tree.where
        if not isinstance(where, soql.Comparison) or where.operator not in ("=", "in"):
            return None
        left = where.left
        if not isinstance(left, soql.FieldName) or left.name.casefold() != "id":
            return None
        terms, found = self.run.terms, []
        for value in self._filters.values(where.right):
            for item in self._filters.items(value):
                expr = item.value.expr if isinstance(item.value, Scalar) else None
                if not isinstance(expr, Field) or (expr.path[-1].casefold() == "id" and len(expr.path) > 1):
                    return None
                found.append(terms.all(item.guard, terms.no(terms.is_null(expr))))
        return terms.any(*found) if found else terms.false

    def _conjuncts(self, condition: soql.Condition | None) -> list[soql.Condition]:
        if condition is None:
            return []
        if isinstance(condition, soql.And):
            return [part for operand in condition.operands for part in self._conjuncts(operand)]
        return [condition]


def _stored_box(run: Run, like: RecordCell) -> dict[str, Value]:
    box = box_of(like.object)
    return {box.casefold(): unset(like, box, run.terms)} if box else {}

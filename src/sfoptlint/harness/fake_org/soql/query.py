"""A query from its text to its rows, as the REST API shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldType
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Record
from sfoptlint.harness.fake_org.soql.conditions import Conditions, is_count
from sfoptlint.harness.fake_org.soql.groups import grouped
from sfoptlint.harness.fake_org.soql.literals import Constant
from sfoptlint.harness.fake_org.soql.ordering import ordered
from sfoptlint.harness.fake_org.soql.refusal import MALFORMED, QueryRefusedError, Refuser
from sfoptlint.harness.fake_org.soql.rows import shape
from sfoptlint.harness.fake_org.soql.scope import Scope, same_id
from sfoptlint.lang.soql import parse
from sfoptlint.lang.soql.nodes import (
    Bind,
    FieldName,
    Literal,
    LiteralType,
    Node,
    Operand,
    SoqlQuery,
    Source,
    Subquery,
    Unparsed,
)

MAX_OFFSET: Final = 2000


@dataclass(frozen=True, slots=True)
class Answered:
    """The rows of a query; `total` is their number, of `COUNT()` alone the count without a row."""

    rows: list[Any]
    total: int


def run(org: Org, text: str, api_path: str, *, include_deleted: bool = False) -> Answered:
    """Answer a query; raise QueryRefusedError for what is wrong with it or not evaluated here.

    `api_path` begins the URLs of the rows' records: `/services/data/v64.0`.
    """
    tree = parse(text)
    if isinstance(tree, Unparsed):
        raise QueryRefusedError(MALFORMED, text, tree.at, tree.reason)
    if not isinstance(tree, SoqlQuery):
        raise QueryRefusedError(MALFORMED, text, tree.start, "a search is not a query: expected 'SELECT'")
    return _Query(org, Refuser(text), api_path, include_deleted or tree.all_rows).answer(tree)


class _Query:
    """One text's query, with those inside it."""

    def __init__(self, org: Org, refuse: Refuser, api_path: str, include_deleted: bool) -> None:
        self._org = org
        self._refuse = refuse
        self._api_path = api_path
        self._include_deleted = include_deleted

    def answer(self, tree: SoqlQuery) -> Answered:
        """Answer the outer query."""
        scope = self._scope(tree)
        if _counts_alone(tree):
            self._check_counting(tree)
            return Answered([], self._limited(tree, self._matching(scope, tree)).total)
        if tree.group_by or any(is_count(s.value) for s in tree.select):
            rows = grouped(scope, tree, self._matching(scope, tree), self._values_of)
            return self._limited(tree, rows)
        row = shape(scope, tree, self._children)
        return self._limited(tree, self._ordered(scope, tree, self._matching(scope, tree)), row)

    def _scope(self, tree: SoqlQuery) -> Scope:
        self._check_clauses(tree)
        (source,) = tree.sources[:1]
        if len(tree.sources) > 1:
            raise self._refuse.malformed(tree.sources[1], "a second object in FROM is not evaluated here")
        return self._of_object(source)

    def _of_object(self, source: Source) -> Scope:
        object_ = self._org.schema.get(source.name)
        if object_ is None:
            raise self._refuse.type(source, f"sObject type '{source.name}' is not supported.")
        return Scope(self._org, object_, source.alias, self._api_path, self._refuse)

    def _check_clauses(self, tree: SoqlQuery) -> None:
        where = Node(tree.start, tree.end)
        if tree.scope:
            raise self._refuse.malformed(where, f"USING SCOPE {tree.scope} is not evaluated here")
        if tree.withs:
            raise self._refuse.malformed(tree.withs[0], f"WITH {tree.withs[0].mode.upper()} is not evaluated here")
        if tree.purposes:
            raise self._refuse.malformed(where, f"FOR or UPDATE {tree.purposes[0].upper()} is not evaluated here")

    def _check_counting(self, tree: SoqlQuery) -> None:
        if tree.group_by or tree.order_by or tree.having:
            raise self._refuse.malformed(tree.select[0], "COUNT() stands alone: no GROUP BY, HAVING or ORDER BY")

    def _matching(self, scope: Scope, tree: SoqlQuery) -> list[Record]:
        def read(operand: Operand) -> tuple[FieldType, Callable[[Record], Value]]:
            if not isinstance(operand, FieldName):
                raise self._refuse.malformed(operand, "only a field can be compared in WHERE here")
            reached = scope.reach(operand)
            return reached.field.type, reached.get

        test = Conditions(scope, read, self._values_of).test(tree.where)
        return [r for r in self._org.records(scope.object, deleted=self._include_deleted) if test(r)]

    def _values_of(self, subquery: Subquery) -> list[Constant]:
        """Return the values of a semi-join's one field."""
        tree = subquery.query
        scope = self._scope(tree)
        selected = tree.select[0].value
        if len(tree.select) != 1 or not isinstance(selected, FieldName):
            raise self._refuse.malformed(subquery, "a query behind IN selects one field")
        if tree.order_by or tree.limit or tree.offset or tree.group_by:
            raise self._refuse.malformed(subquery, "a query behind IN has no ORDER BY, LIMIT, OFFSET or GROUP BY here")
        get = scope.reach(selected).get
        return [value for value in map(get, self._matching(scope, tree)) if value is not None]

    def _children(self, scope: Scope, subquery: Subquery) -> tuple[str, Callable[[Record], Any]]:
        """Return a child relationship's name, and a function of a record to what the subquery yields for it."""
        tree = subquery.query
        self._check_clauses(tree)
        if len(tree.sources) != 1 or tree.group_by or any(is_count(s.value) for s in tree.select):
            raise self._refuse.malformed(subquery, "a subquery reads the fields of one relationship here")
        source = tree.sources[0]
        child = scope.object.child(source.name)
        object_ = self._org.schema.get(child[0]) if child else None
        if child is None or object_ is None:
            reason = f"Didn't understand relationship '{source.name}' in FROM part of query call."
            raise self._refuse.type(source, reason)
        inner = Scope(self._org, object_, source.alias, self._api_path, self._refuse)
        row = shape(inner, tree, self._children)
        found = self._ordered(inner, tree, self._matching(inner, tree))

        def rows(parent: Record) -> Any:
            theirs = [record for record in found if same_id(record.values.get(child[1]), parent.id)]
            answered = self._limited(tree, theirs, row)
            return {"totalSize": answered.total, "done": True, "records": answered.rows} if answered.rows else None

        return source.name, rows

    def _ordered(self, scope: Scope, tree: SoqlQuery, records: list[Record]) -> list[Record]:
        for ordering in reversed(tree.order_by):
            if not isinstance(ordering.value, FieldName):
                raise self._refuse.malformed(ordering, "only a field can be ordered by here")
            reached = scope.reach(ordering.value)
            records = ordered(records, ordering, reached.field.type, reached.get)
        return records

    def _limited(
        self, tree: SoqlQuery, rows: Sequence[Any], shaped: Callable[[Any], Any] = lambda row: row
    ) -> Answered:
        offset, limit = self._number(tree.offset), self._number(tree.limit)
        if offset is not None and offset > MAX_OFFSET:
            assert tree.offset is not None
            raise QueryRefusedError(
                "NUMBER_OUTSIDE_VALID_RANGE", self._refuse.text, tree.offset.start, f"OFFSET is at most {MAX_OFFSET}"
            )
        start = offset or 0
        part = rows[start:] if limit is None else rows[start : start + limit]
        return Answered([shaped(row) for row in part], len(part))

    def _number(self, node: Literal | Bind | None) -> int | None:
        if node is None:
            return None
        if not isinstance(node, Literal) or node.type is not LiteralType.INTEGER or node.text[0] in "+-":
            raise self._refuse.malformed(node, "LIMIT and OFFSET take a whole number")
        return int(node.text)


def _counts_alone(tree: SoqlQuery) -> bool:
    (first, *others) = tree.select
    return not others and is_count(first.value) and not getattr(first.value, "arguments", ())

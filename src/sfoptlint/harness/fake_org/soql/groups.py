"""GROUP BY and COUNT (SOQL and SOSL Reference, "Aggregate Functions")."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldType
from sfoptlint.harness.fake_org.record import Record
from sfoptlint.harness.fake_org.soql.comparison import key
from sfoptlint.harness.fake_org.soql.conditions import Conditions, SemiJoin, is_count
from sfoptlint.harness.fake_org.soql.ordering import ordered
from sfoptlint.harness.fake_org.soql.scope import Reached, Scope
from sfoptlint.harness.fake_org.values import to_json
from sfoptlint.lang.soql.nodes import FieldName, FunctionCall, Operand, SoqlQuery

Group = list[Record]
Read = tuple[FieldType, Callable[[Group], Value]]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    get: Callable[[Group], Value]
    counts: bool

    def shown(self, group: Group) -> Any:
        """Return the value as JSON has it: a count is whole, where any other number is not."""
        value = self.get(group)
        return int(value) if self.counts and isinstance(value, Decimal) else to_json(value)


def grouped(scope: Scope, tree: SoqlQuery, records: list[Record], semi_join: SemiJoin) -> list[dict[str, Any]]:
    """Return a row for each group; without GROUP BY everything is one group."""
    by = [_grouping(scope, operand) for operand in tree.group_by]
    columns = _columns(scope, tree, by)

    def read(operand: Operand) -> Read:
        return _read(scope, operand, by)

    test = Conditions[Group](scope, read, semi_join).test(tree.having)
    groups = [group for group in _split(records, by) if test(group)]
    for ordering in reversed(tree.order_by):
        type_, get = read(ordering.value)
        groups = ordered(groups, ordering, type_, get)
    return [
        {"attributes": {"type": "AggregateResult"}, **{c.name: c.shown(group) for c in columns}} for group in groups
    ]


def _grouping(scope: Scope, operand: Operand) -> Reached:
    if not isinstance(operand, FieldName):
        raise scope.refuse.malformed(operand, "only fields are grouped by here")
    return scope.reach(operand)


def _split(records: list[Record], by: list[Reached]) -> list[Group]:
    if not by:
        return [records]
    groups: dict[tuple[Value, ...], Group] = {}
    for record in records:
        groups.setdefault(tuple(key(b.field.type, b.get(record)) for b in by), []).append(record)
    return list(groups.values())


def _columns(scope: Scope, tree: SoqlQuery, by: list[Reached]) -> list[_Column]:
    columns: list[_Column] = []
    unnamed = 0
    for selected in tree.select:
        if not isinstance(selected.value, FieldName | FunctionCall):
            raise scope.refuse.malformed(selected, "a group has fields and COUNT alone")
        name = selected.alias
        if not name and isinstance(selected.value, FunctionCall):
            name = f"expr{unnamed}"
            unnamed += 1
        _, get = _read(scope, selected.value, by)
        counts = isinstance(selected.value, FunctionCall)
        columns.append(_Column(name or scope.reach(_field(selected.value)).path[-1], get, counts))
    return columns


def _field(value: FieldName | FunctionCall) -> FieldName:
    assert isinstance(value, FieldName)
    return value


def _read(scope: Scope, operand: Operand, by: list[Reached]) -> Read:
    if isinstance(operand, FunctionCall):
        return FieldType.NUMBER, _count(scope, operand)
    if not isinstance(operand, FieldName):
        raise scope.refuse.malformed(operand, "a group has fields and COUNT alone")
    reached = scope.reach(operand)
    if all(reached.path != b.path for b in by):
        raise scope.refuse.malformed(operand, f"Field must be grouped or aggregated: {operand.name}")
    return reached.field.type, lambda group: reached.get(group[0]) if group else None


def _count(scope: Scope, call: FunctionCall) -> Callable[[Group], Value]:
    if not is_count(call) or len(call.arguments) > 1:
        raise scope.refuse.malformed(call, f"{call.name.upper()} is not evaluated here: only COUNT(field) is")
    if not call.arguments:
        raise scope.refuse.malformed(call, "COUNT() stands alone; here it is COUNT(Id)")
    (argument,) = call.arguments
    if not isinstance(argument, FieldName):
        raise scope.refuse.malformed(argument, "COUNT counts a field")
    get = scope.reach(argument).get
    return lambda group: Decimal(sum(get(record) not in {None, ""} for record in group))

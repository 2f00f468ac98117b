"""A record as a row of an answer: its attributes, the fields asked for, parents nested, child rows as answers of their own."""

from collections.abc import Callable
from typing import Any

from sfoptlint.harness.fake_org.record import Record
from sfoptlint.harness.fake_org.soql.scope import Reached, Scope, follow
from sfoptlint.harness.fake_org.values import to_json
from sfoptlint.lang.soql.nodes import FieldName, SoqlQuery, Subquery

Children = Callable[[Scope, Subquery], tuple[str, Callable[[Record], Any]]]


def attributes(record: Record, api_path: str) -> dict[str, str]:
    """Return what the API says of a row's record."""
    return {"type": record.object.name, "url": f"{api_path}/sobjects/{record.object.name}/{record.id}"}


def shape(scope: Scope, tree: SoqlQuery, children: Children) -> Callable[[Record], dict[str, Any]]:
    """Return the function that makes a row of a record; raise QueryRefusedError for what cannot be selected."""
    fields: list[Reached] = []
    below: list[tuple[str, Callable[[Record], Any]]] = []
    for selected in tree.select:
        if selected.alias:
            raise scope.refuse.malformed(selected, "only an aggregate has an alias")
        match selected.value:
            case FieldName():
                fields.append(scope.reach(selected.value))
            case Subquery():
                below.append(children(scope, selected.value))
            case _:
                raise scope.refuse.malformed(selected, "only fields, COUNT and subqueries are selected here")
    _check_once(scope, tree, fields)

    def row(record: Record) -> dict[str, Any]:
        made: dict[str, Any] = {"attributes": attributes(record, scope.api_path)}
        for reached in fields:
            _place(scope, made, record, reached)
        for name, rows in below:
            made[name] = rows(record)
        return made

    return row


def _check_once(scope: Scope, tree: SoqlQuery, fields: list[Reached]) -> None:
    seen: set[tuple[str, ...]] = set()
    for reached in fields:
        if reached.path in seen:
            raise scope.refuse.field(tree.select[0], f"duplicate field selected: {'.'.join(reached.path)}")
        seen.add(reached.path)


def _place(scope: Scope, made: dict[str, Any], record: Record, reached: Reached) -> None:
    """Put a field where its path says; a parent that is not there is null once, whatever is asked of it."""
    at: Record | None = record
    row = made
    for name in reached.path[:-1]:
        assert at is not None
        look_up = at.object.relationship(name)
        at = follow(scope.org, at, look_up) if look_up else None
        if at is None:
            row[name] = None
            return
        row = row.setdefault(name, {"attributes": attributes(at, scope.api_path)})
    row[reached.path[-1]] = to_json(reached.get(record))

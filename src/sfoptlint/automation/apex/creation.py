"""`new` of what the platform defines: records, lists, sets, maps, and objects of classes that are not in the tree."""

from dataclasses import replace

from sfoptlint.automation.apex.alternatives import each_once, either_open
from sfoptlint.automation.apex.conversion import as_list, is_collection
from sfoptlint.automation.apex.copies import id_of
from sfoptlint.automation.apex.fields import require_elements
from sfoptlint.automation.apex.records import canonical
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records, cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import (
    Entry,
    Item,
    ListCell,
    MapCell,
    Opaque,
    Origin,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Type
from sfoptlint.lang.apex.nodes import (
    ArrayCreationExpression,
    AssignmentExpression,
    Identifier,
    MapCreationExpression,
    ObjectCreationExpression,
)

_NOT_RECORDS = frozenset(
    [
        "datetime",
        "date",
        "time",
        "http",
        "httprequest",
        "httpresponse",
        "dom.document",
        "savepoint",
        "pagereference",
        "exception",
    ]
)


def record(run: Run, node: ObjectCreationExpression, state: State) -> Value:
    """Return a new record, collection, or object of a class that is not in the tree."""
    if is_collection(node.type):
        return _collection(run, node, state)
    name = node.type.name
    named = [a for a in node.arguments if isinstance(a, AssignmentExpression) and isinstance(a.left, Identifier)]
    if len(named) == len(node.arguments) and _may_be_record(run, name, bool(named)):
        fields = {a.left.name.casefold(): run.evaluate(a.right, state) for a in named if isinstance(a.left, Identifier)}
        plain = name.rpartition(".")[2] if name.casefold().startswith("schema.") else name
        return state.new(RecordCell(canonical(plain), Origin.MADE, fields=fields))
    arguments = [run.evaluate(argument, state) for argument in node.arguments]
    tainted = any(carries_records(argument, state) for argument in arguments)
    return Opaque(run.terms.false, name, tainted)


def _may_be_record(run: Run, name: str, named: bool) -> bool:
    folded = name.casefold()
    if named or folded.endswith(("__c", "__e", "__mdt", "__x", "__b", "__share", "__history")):
        return True
    return run.terms.objects.get(name).field("Id") is not None and folded not in _NOT_RECORDS


def _collection(run: Run, node: ObjectCreationExpression, state: State) -> Ref:
    kind = "list" if node.type.dimensions else node.type.names[-1].casefold()
    source = run.evaluate(node.arguments[0], state) if node.arguments else None
    if source is not None:
        require_elements(run, source, node.arguments[0], state)
    if kind == "map":
        return state.new(mapped_by_id(run, source, state) if source is not None else MapCell(made=run.round_of_making))
    cell = ListCell(is_set=kind == "set", made=run.round_of_making)
    if source is not None and not (isinstance(source, Scalar) and source.expr.type is Type.NUMBER):
        copied = as_list(run, source, state)
        items = each_once(copied.items, run.terms) if kind == "set" else copied.items
        cell = replace(copied, items=items, is_set=kind == "set", query=None)
    return state.new(cell)


def mapped_by_id(run: Run, source: Value, state: State) -> MapCell:
    """Return the map that a list of records, or another map, gives."""
    terms = run.terms
    found = [(condition, _by_id(run, case, state)) for condition, case in cases(source, terms.true, state)]
    if len(found) == 1:
        return found[0][1]
    opened = (terms.all(condition, cell.open) for condition, cell in found if cell.open is not None)
    return MapCell(
        tuple(replace(e, guard=terms.all(condition, e.guard)) for condition, cell in found for e in cell.entries),
        any(cell.more for _, cell in found),
        either_open(terms, *opened),
        any(cell.chunked for _, cell in found),
    )


def _by_id(run: Run, source: Value, state: State) -> MapCell:
    cell = state.cell(source) if isinstance(source, Ref) else None
    if isinstance(cell, MapCell):
        return cell
    copied = as_list(run, source, state)
    entries = tuple(Entry(i.guard, id_of(run, i.value, state), i.value) for i in copied.items)
    return MapCell(entries, copied.more, copied.open, copied.chunked)


def collection(run: Run, node: ArrayCreationExpression, state: State) -> Value:
    """Return a list or a set with its elements."""
    items = tuple(Item(run.terms.true, run.evaluate(value, state)) for value in node.values)
    is_set = node.type.names[-1].casefold() == "set" and not node.type.dimensions
    return state.new(ListCell(items, is_set=is_set, made=run.round_of_making))


def map_of(run: Run, node: MapCreationExpression, state: State) -> Value:
    """Return a map with its entries."""
    entries = tuple(
        Entry(run.terms.true, run.evaluate(e.key, state), run.evaluate(e.value, state)) for e in node.entries
    )
    return state.new(MapCell(entries, made=run.round_of_making))

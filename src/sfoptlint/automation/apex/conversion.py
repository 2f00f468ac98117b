"""Values that become another one by what they are assigned to: a query's rows become one record, a named class an object.

Apex Developer Guide, "Working with SOQL and SOSL Query Results": assigned to a record, a query must return one row.
"""

from dataclasses import replace

from sfoptlint.automation.apex.alternatives import choice, each_once, either_open, overlaid
from sfoptlint.automation.apex.ids import is_id, require_id
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import (
    Either,
    Instance,
    Item,
    ListCell,
    MapCell,
    Opaque,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Expr
from sfoptlint.lang.apex.nodes import Node, TypeName

_COLLECTIONS = frozenset({"list", "set", "map", "iterable", "iterator"})
MAX_CLASSES = 40
"""How many classes a name that is not known may stand for before it is left open."""


def is_collection(type_: TypeName) -> bool:
    """Whether a type is a list, a set or a map."""
    return type_.dimensions > 0 or type_.names[-1].casefold() in _COLLECTIONS


def converted(run: Run, value: Value, type_: TypeName, node: Node, state: State) -> Value:
    """Return the value as a variable of this type holds it."""
    if is_id(type_):
        require_id(run, value, node, state)
    if isinstance(value, Either):
        yes = converted(run, value.yes, type_, node, state)
        return choice(value.condition, yes, converted(run, value.no, type_, node, state), run.terms)
    if isinstance(value, Instance):
        return instances(run, value, type_.name, node, state)
    if isinstance(value, Ref) and not is_collection(type_):
        cell = state.cell(value)
        if (
            isinstance(cell, ListCell)
            and cell.query is not None
            and type_.name.casefold() not in ("object", "aggregateresult[]")
        ):
            return single(run, value, node, state)
    return value


def cast(run: Run, value: Value, type_: TypeName, node: Node, state: State) -> Value:
    """Return `(type) value`, and part the way where it is of another one (Apex Developer Guide, "Classes and Casting")."""
    for condition, case in cases(value, run.terms.true, state):
        if isinstance(case, Ref) and _is_of_another(run, case, type_, state):
            message = f"{run.words(node)}: it is of another type"
            run.throw(state, condition, "TypeException", message, run.place(node))
    return value if state.dead else converted(run, value, type_, node, state)


def _is_of_another(run: Run, ref: Ref, type_: TypeName, state: State) -> bool:
    cell = state.cell(ref)
    wanted = type_.name.rpartition(".")[2].casefold()
    if not isinstance(cell, RecordCell) or not cell.object or wanted in ("sobject", "object", cell.object.casefold()):
        return False
    return (
        run.codebase.find(type_.name, run.frame.type) is None and run.terms.objects.get(wanted).field("Id") is not None
    )


def single(run: Run, ref: Ref, node: Node, state: State) -> Value:
    """Return the one row of a query, and part the way where there is none, or more than one can be."""
    cell = state.cell(ref)
    assert isinstance(cell, ListCell)
    terms = run.terms
    found = terms.any(*(item.guard for item in cell.items)) if cell.items else terms.false
    message = f"{run.words(node)}: the query finds no row, and a record is assigned from it"
    run.throw(state, terms.no(found), "QueryException", message, run.place(node))
    return cell.items[0].value if cell.items else Scalar(terms.null)


def instances(run: Run, value: Instance, type_name: str, node: Node, state: State) -> Value:
    """Return an object of each class that a name can stand for, given the type that it is taken for."""
    within = run.codebase.find(type_name, run.frame.type)
    classes = run.codebase.below(within.name if within else type_name)
    if within is not None and not within.abstract and not within.is_enum:
        classes = [within, *classes]
    if not classes or len(classes) > MAX_CLASSES:
        # A type of the tree whose classes are not there is a handler; of one of the platform nothing is known.
        return Opaque(run.terms.false, type_name, tainted=within is not None)
    result: Value = Opaque(run.terms.false, f"{type_name} (a class that is not in the tree)")
    for type_ in classes:
        named: Expr = run.terms.same(value.name, run.terms.const(type_.name))
        made = run.construct(type_, [], state, node)
        result = choice(named, made, result, run.terms)
    return result


def as_list(run: Run, value: Value, state: State) -> ListCell:
    """Return the elements that a value gives when it is looped over or copied into a collection."""
    terms = run.terms
    found = [(condition, _elements(case, state)) for condition, case in cases(value, terms.true, state)]
    lists = [[replace(item, guard=terms.all(when, item.guard)) for item in cell.items] for when, cell in found]
    items = overlaid(lists, terms)
    opened = (terms.all(condition, cell.open) for condition, cell in found if cell.open is not None)
    only_sets = all(cell.is_set for _, cell in found if cell != ListCell())
    return ListCell(
        each_once(items, terms) if only_sets and len(found) > 1 else items,
        more=any(cell.more for _, cell in found),
        open=either_open(terms, *opened),
        chunked=any(cell.chunked for _, cell in found),
    )


def _elements(value: Value, state: State) -> ListCell:
    terms = state.terms
    cell = state.cell(value) if isinstance(value, Ref) else None
    match cell:
        case ListCell():
            return cell
        case MapCell(entries=entries, more=more, open=opened, chunked=chunked):
            return ListCell(tuple(Item(e.guard, e.value) for e in entries), more=more, open=opened, chunked=chunked)
        case RecordCell():
            return ListCell((Item(terms.true, value),))
    if value == Scalar(terms.null) and not terms.one_way:
        # A loop over null ends the way. In a run null is also what comes from outside and the run was not told of.
        return ListCell()
    return ListCell(open=terms.true)  # nothing is known of it, or it is an iterator of the tree's own

"""The methods of lists and sets (Apex Reference Guide, "List Class", "Set Class")."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sfoptlint.automation.apex.alternatives import choice, each_once, either_open
from sfoptlint.automation.apex.arithmetic import equal
from sfoptlint.automation.apex.conversion import as_list
from sfoptlint.automation.apex.copies import cloned
from sfoptlint.automation.apex.fields import require, require_elements
from sfoptlint.automation.apex.further import SEVERAL, existing, found_by
from sfoptlint.automation.apex.indices import compared, first_element, put_at, shuffled, some_element, taken_out
from sfoptlint.automation.apex.membership import contains, contains_all, is_there_already
from sfoptlint.automation.apex.names import chunk_size
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records, cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import (
    Entry,
    Item,
    ListCell,
    MapCell,
    Opaque,
    RecordCell,
    Ref,
    Scalar,
    Token,
    Value,
)
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import Node

MOST = 60
"""Elements that are kept apart; a longer list is open."""


def list_method(  # noqa: C901, PLR0911, PLR0912, PLR0913, PLR0917 - one arm for each method
    run: Run, ref: Ref, name: str, arguments: list[Value], node: Node, state: State
) -> Value:
    """Walk a method of a list or a set."""
    cell, terms = state.cell(ref), run.terms
    assert isinstance(cell, ListCell)
    match name, arguments:
        case "add", [index, value]:
            put_at(run, ref, index, value, terms.true, state, instead=False)
        case "add", [value]:
            before = is_there_already(run, cell, value, node, state)
            _append(run, ref, (Item(terms.true, value),), state)
            return Scalar(terms.no(before))
        case "addall", [other]:
            require_elements(run, other, node, state)
            copied = as_list(run, other, state)
            _append(run, ref, copied.items, state, more=copied.more, opened=copied.open, chunked=copied.chunked)
            return Scalar(terms.true)
        case "size", []:
            return Scalar(size(run, cell, node, state))
        case "isempty", []:
            return Scalar(state.known(terms.no(nonempty(run, cell, node, state))))
        case "contains", [value]:
            return Scalar(state.known(contains(run, cell, value, node, state)))
        case "get", [index]:
            return element(run, ref, index, node, state)
        case "clear", []:
            state.put(ref, replace(cell, items=(), more=False, open=None, query=None))
        case "remove" | "removeall" | "retainall", [value]:
            return _removed(run, ref, name, value, node, state)
        case "clone" | "deepclone", _:
            first = arguments[0].expr if arguments and isinstance(arguments[0], Scalar) else terms.false
            return _cloned(run, cell, name, state, keeps_id=first is terms.true)
        case "sort", _:
            compared(run, cell, arguments, node, state)
            shuffled(run, ref, cell, node, state)
        case "iterator", _:
            return ref
        case "hasnext", []:
            return Scalar(run.free_flag(node, FreeKind.OTHER, run.words(node)))
        case "next", []:
            return some_element(run, cell, node, state)
        case "set", [index, value]:
            put_at(run, ref, index, value, terms.true, state, instead=True)
        case "containsall", [other]:
            return Scalar(contains_all(run, cell, other, node, state))
        case "equals", [other]:
            return Scalar(equal(run, ref, other, node, state))
        case "hashcode" | "join" | "tostring" | "indexof", _:
            return run.unknown_value(node, _RESULTS.get(name, Type.UNKNOWN), state, inputs=(ref, *arguments))
        case "getsobjecttype", _:
            return _object_of(run, cell, state)
    return Scalar(terms.null)


_RESULTS = {"indexof": Type.NUMBER, "hashcode": Type.NUMBER}


def _object_of(run: Run, cell: ListCell, state: State) -> Value:
    """Return the object of a list's records."""
    records = [state.cell(item.value) for item in cell.items if isinstance(item.value, Ref)]
    objects = {record.object for record in records if isinstance(record, RecordCell)}
    return Token(objects.pop()) if len(objects) == 1 and "" not in objects else Opaque(run.terms.false)


def _append(  # noqa: PLR0913 - an element is all of this
    run: Run,
    ref: Ref,
    items: tuple[Item, ...],
    state: State,
    *,
    more: bool = False,
    opened: Expr | None = None,
    chunked: bool = False,
) -> None:
    cell = state.cell(ref)
    assert isinstance(cell, ListCell)
    kept = (*cell.items, *items)
    kept = each_once(kept, state.terms) if cell.is_set else kept
    state.put(
        ref,
        replace(
            cell,
            items=kept[:MOST],
            more=cell.more or more or run.is_added_to_again(cell),
            open=either_open(run.terms, cell.open, opened, run.terms.true if len(kept) > MOST else None),
            chunked=cell.chunked or chunked or run.for_each(i.value for i in items if cell.is_set),
            query=None,
        ),
    )


def nonempty(run: Run, cell: ListCell | MapCell, node: Node, state: State) -> Expr:
    """Return the condition under which something is in a collection."""
    parts = cell.items if isinstance(cell, ListCell) else [Item(entry.guard, entry.key) for entry in cell.entries]
    found = run.terms.any(*(part.guard for part in _shown(run, parts, node, state, more=cell.more)))
    return found if cell.open is None else run.terms.any(found, _free_nonempty(run, cell.open))


def _free_nonempty(run: Run, opened: Expr) -> Expr:
    at = run.frame.file.place(run.frame.file.unit)
    name = run.again(f"{at.path}:more", str(id(opened)))
    more = run.terms.free(name, Type.BOOLEAN, FreeKind.OTHER, at, "the collection holds more", (opened,))
    return run.terms.all(opened, more)


def _shown(run: Run, items: Sequence[Item], node: Node, state: State, *, more: bool) -> Sequence[Item]:
    at = run.place(node)
    return existing(run, items, f"{at.path}:{at.line}:{at.column}", state) if more and len(items) <= SEVERAL else items


def size(run: Run, cell: ListCell | MapCell, node: Node, state: State) -> Expr:
    """Return how many elements there are; where more than those known can be, a number of its own."""
    terms = run.terms
    parts = cell.items if isinstance(cell, ListCell) else cell.entries
    if cell.open is None and not cell.more:
        if cell.chunked and len(parts) == 1 and parts[0].guard is terms.true:
            return chunk_size(run)
        if (
            not (isinstance(cell, ListCell) and cell.is_set and len(parts) > 1)
            and len(parts) <= 6
            and not isinstance(cell, MapCell)
        ):
            total: Expr = terms.number(0)
            for part in parts:
                total = _one_more(run, total, state.known(part.guard))
            return total
        if not parts:
            return terms.number(0)
    some = state.known(nonempty(run, cell, node, state))
    at = run.place(node)
    many = terms.free(
        run.again(f"{at.path}:{at.line}:{at.column}", f"size {run.frame.id}"),
        Type.NUMBER,
        FreeKind.OTHER,
        at,
        f"{run.words(node)}",
    )
    run.hold(terms.call("less_equal", (terms.number(1), many), Type.BOOLEAN))
    return terms.choose(some, many, terms.number(0))


def _one_more(run: Run, total: Expr, guard: Expr) -> Expr:
    terms = run.terms
    if isinstance(total, Const):
        return terms.choose(guard, terms.call("+", (total, terms.number(1)), Type.NUMBER), total)
    condition, yes, no = total.args if getattr(total, "op", "") == "if" else (terms.true, total, total)  # type: ignore[union-attr]
    return terms.choose(condition, _one_more(run, yes, guard), _one_more(run, no, guard))


def element(run: Run, value: Value, index: Value, node: Node, state: State) -> Value:
    """Return `list[index]`, and part the way where there is no such element."""
    terms = run.terms
    require(run, value, node, state)
    result: Value | None = None
    for condition, case in cases(value, terms.true, state):
        if not isinstance(case, Ref):
            found: Value = run.unknown_value(node, Type.UNKNOWN, state, inputs=(case, index))
        else:
            found = _at(run, case, index, condition, node, state)
        result = found if result is None else choice(condition, found, result, terms)
    return result or Scalar(terms.null)


def _at(run: Run, ref: Ref, index: Value, condition: Expr, node: Node, state: State) -> Value:  # noqa: PLR0913, PLR0917
    cell, terms = state.cell(ref), run.terms
    if not isinstance(cell, ListCell):
        return run.unknown_value(node, Type.UNKNOWN, state, inputs=(ref,))
    number = index.expr.value if isinstance(index, Scalar) and isinstance(index.expr, Const) else None
    if cell.open is not None:
        if carries_records(ref, state):
            run.unknown(state, f"{run.words(node)}: which record this is was not read", run.place(node), when=condition)
        return run.unknown_value(node, Type.UNKNOWN, state)
    where = f"{run.words(node)}: there is no such element"
    if number == 0 or number is None:
        some = nonempty(run, cell, node, state)
        run.throw(state, terms.all(condition, terms.no(some)), "ListException", where, run.place(node))
        if number == 0:
            shown = _shown(run, cell.items, node, state, more=cell.more)
            return first_element(run, replace(cell, items=tuple(shown)), state)
        return some_element(run, _further(run, cell, index, node, state), node, state)
    at = int(number) if isinstance(number, Decimal) else 0
    if cell.chunked and at > 0 and len(cell.items) == 1:
        alone = terms.all(condition, terms.same(chunk_size(run), terms.number(1)))
        run.throw(state, alone, "ListException", where, run.place(node))
        state.kill()  # another record of the chunk
        return Scalar(terms.null)
    if all(state.known(item.guard) is terms.true for item in cell.items) and not cell.more:
        if 0 <= at < len(cell.items):
            return cell.items[at].value
        run.throw(state, condition, "ListException", where, run.place(node))
        return Scalar(terms.null)
    cell = _further(run, cell, index, node, state)
    known = cell.items[: at + 1]
    enough = terms.all(*(item.guard for item in known)) if 0 <= at < len(cell.items) else terms.false
    exists = terms.any(enough, run.free_flag(node, FreeKind.OTHER, f"{run.words(node)} is there"))
    run.throw(state, terms.all(condition, terms.no(exists)), "ListException", where, run.place(node))
    return some_element(run, cell, node, state)


def _further(run: Run, cell: ListCell, index: Value, node: Node, state: State) -> ListCell:
    """Return the list as it is at an index that may be another than the first: with other rows."""
    if not cell.more or len(cell.items) > SEVERAL:
        return cell
    at = run.place(node)
    items: list[Item] = []
    for number, item in enumerate(cell.items):
        entry, spot = Entry(item.guard, item.value, item.value), f"{at.path}:{at.line}:{at.column} {number}"
        found = found_by(run, entry, index, spot, state, first=False)
        items.append(Item(found.guard, found.value))
    return replace(cell, items=tuple(items))


def _removed(run: Run, ref: Ref, name: str, value: Value, node: Node, state: State) -> Value:  # noqa: PLR0913, PLR0917
    cell, terms = state.cell(ref), run.terms
    assert isinstance(cell, ListCell)
    others = as_list(run, value, state) if name != "remove" else ListCell((Item(terms.true, value),))
    if name == "remove" and not cell.is_set:
        return taken_out(run, ref, cell, value, node, state)
    items: list[Item] = []
    for item in cell.items:
        inside = contains(run, others, item.value, node, state)
        stays = inside if name == "retainall" else terms.no(inside)
        guard = terms.all(item.guard, stays)
        if guard is not terms.false:
            items.append(replace(item, guard=guard))
    state.put(ref, replace(cell, items=tuple(items)))
    return run.unknown_value(node, Type.BOOLEAN, state, inputs=(ref, value))


def _cloned(run: Run, cell: ListCell, name: str, state: State, *, keeps_id: bool) -> Value:
    if name == "clone":
        return state.new(replace(cell, query=None))
    items = tuple(Item(i.guard, cloned(run, i.value, state, keeps_id=keeps_id)) for i in cell.items)
    return state.new(replace(cell, items=items, query=None))

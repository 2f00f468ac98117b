"""The methods of maps (Apex Reference Guide, "Map Class")."""

from collections.abc import Sequence
from dataclasses import replace

from sfoptlint.automation.apex.alternatives import choice, each_once, either_open
from sfoptlint.automation.apex.arithmetic import alike
from sfoptlint.automation.apex.creation import mapped_by_id
from sfoptlint.automation.apex.fields import require_elements
from sfoptlint.automation.apex.further import SEVERAL, found_by
from sfoptlint.automation.apex.lists import MOST, nonempty, size
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Entry, Item, ListCell, MapCell, Ref, Scalar, Value
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import Node


def map_method(  # noqa: C901, PLR0911, PLR0913, PLR0917 - one arm for each method
    run: Run, ref: Ref, name: str, arguments: list[Value], node: Node, state: State
) -> Value:
    """Walk a method of a map."""
    cell, terms = state.cell(ref), run.terms
    assert isinstance(cell, MapCell)
    match name, arguments:
        case "get", [key]:
            return _got(run, cell, key, node, state)
        case "containskey", [key]:
            return Scalar(state.known(_has(run, cell, key, node, state)))
        case "put", [key, value]:
            before = _got(run, cell, key, node, state) if len(cell.entries) < 4 else Scalar(terms.null)
            _append(run, ref, (Entry(terms.true, key, value),), state)
            return before
        case "putall", [other]:
            require_elements(run, other, node, state)
            copied = mapped_by_id(run, other, state)
            _append(run, ref, copied.entries, state, copied)
        case "keyset", []:
            items = tuple(Item(e.guard, e.key) for e in cell.entries)
            return state.new(
                ListCell(each_once(items, terms), is_set=True, more=cell.more, open=cell.open, chunked=cell.chunked)
            )
        case "values", []:
            items = tuple(Item(e.guard, e.value) for e in _latest(run, cell, node, state).entries)
            return state.new(ListCell(items, more=cell.more, open=cell.open, chunked=cell.chunked))
        case "size", []:
            return Scalar(size(run, cell, node, state))
        case "isempty", []:
            return Scalar(state.known(terms.no(nonempty(run, cell, node, state))))
        case "clear", []:
            state.put(ref, MapCell())
        case "remove", [key]:
            return _removed(run, ref, key, node, state)
        case "clone" | "deepclone", _:
            return state.new(cell)
    return Scalar(terms.null)


def _append(run: Run, ref: Ref, entries: tuple[Entry, ...], state: State, other: MapCell | None = None) -> None:
    cell = state.cell(ref)
    assert isinstance(cell, MapCell)
    kept = (*cell.entries, *entries)
    if len(entries) == 1 and entries[0].guard is run.terms.true:
        kept = (*(e for e in cell.entries if e.key != entries[0].key), entries[0])
    state.put(
        ref,
        replace(
            cell,
            entries=kept[-MOST:],
            more=cell.more or run.is_added_to_again(cell) or (other is not None and other.more),
            open=either_open(
                run.terms, cell.open, other.open if other else None, run.terms.true if len(kept) > MOST else None
            ),
            chunked=cell.chunked or run.for_each(e.key for e in entries) or (other is not None and other.chunked),
        ),
    )


def _latest(run: Run, cell: MapCell, node: Node, state: State) -> MapCell:
    """Return the map without entries that a later one of the same key replaces."""
    kept: list[Entry] = []
    for at, entry in enumerate(cell.entries):
        later = cell.entries[at + 1 : at + 6]
        replaced = run.terms.any(*(run.terms.all(e.guard, alike(run, e.key, entry.key, node, state)) for e in later))
        guard = run.terms.all(entry.guard, run.terms.no(replaced))
        if guard is not run.terms.false:
            kept.append(replace(entry, guard=guard))
    return replace(cell, entries=tuple(kept))


def _has(run: Run, cell: MapCell, key: Value, node: Node, state: State) -> Expr:
    terms = run.terms
    entries = _asked(run, cell, key, node, state)
    found = terms.any(*(terms.all(e.guard, alike(run, e.key, key, node, state)) for e in entries))
    if cell.open is None:
        return found
    return terms.any(found, terms.all(cell.open, run.free_flag(node, FreeKind.CALL, run.words(node))))


def _got(run: Run, cell: MapCell, key: Value, node: Node, state: State) -> Value:
    terms = run.terms
    result: Value = Scalar(terms.null)
    if cell.open is not None:
        if any(carries_records(e.value, state) for e in cell.entries):
            run.unknown(state, f"{run.words(node)}: which record this is was not read", run.place(node))
        result = choice(cell.open, run.unknown_value(node, Type.UNKNOWN, state), result, terms)
    for entry in _asked(run, cell, key, node, state):
        hit = state.known(terms.all(entry.guard, alike(run, entry.key, key, node, state)))
        if isinstance(hit, Const) and hit.value is not True:
            continue
        result = choice(hit, entry.value, result, terms)
    return result


def _asked(run: Run, cell: MapCell, key: Value, node: Node, state: State) -> Sequence[Entry]:
    """Return the entries as they are where this key is asked for: under another one there may be another row."""
    if not cell.more or len(cell.entries) > SEVERAL:
        return cell.entries
    at = run.place(node)
    spot = f"{at.path}:{at.line}:{at.column}"
    return [found_by(run, entry, key, f"{spot} {number}", state) for number, entry in enumerate(cell.entries)]


def _removed(run: Run, ref: Ref, key: Value, node: Node, state: State) -> Value:
    cell, terms = state.cell(ref), run.terms
    assert isinstance(cell, MapCell)
    result = _got(run, cell, key, node, state)
    kept: list[Entry] = []
    for entry in cell.entries:
        guard = terms.all(entry.guard, terms.no(alike(run, entry.key, key, node, state)))
        if guard is not terms.false:
            kept.append(replace(entry, guard=guard))
    state.put(ref, replace(cell, entries=tuple(kept)))
    return result

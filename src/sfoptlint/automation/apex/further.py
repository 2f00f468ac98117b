"""Further rows of a query: one row stands for all of them only while one is asked about.

What an earlier round of a loop saw was another row, and so is what a map holds under a second key. They meet the same conditions,
and are the second, the third row of the query's answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from sfoptlint.automation.apex.records import unset
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Entry, Item, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.automation.places import split_key
from sfoptlint.core.expr import Expr, Field, FreeKind, Primitive, RecordKind, RecordRef, Type, nodes, substitute_all

_MOST = 40
"""Nodes of what is written out for another row."""
_FEW = 3
"""Rows that one entry of a collection is of."""
SEVERAL = 4
"""Where a collection has more elements that are known one by one, they stand for further ones, too."""
_ROWS = 6
"""Further rows of a query that are told apart; the last of them stands for any others."""
_Renamed = Mapping[RecordRef, RecordRef]


def is_there(run: Run, row: RecordCell) -> None:
    """Say that what no stored record lacks is there in a row: its Id, and required fields that were asked for."""
    assert row.ref is not None
    for name in sorted(run.terms.filled.get(row.ref, ())):
        there = unset(row, name, run.terms)
        if isinstance(there, Scalar):
            run.hold(run.terms.no(run.terms.call(Primitive.BLANK, (there.expr,), Type.BOOLEAN)))


def in_earlier_round(run: Run, item: Item, state: State) -> Item:
    """Return what stands for an element of a loop in the rounds before."""
    renamed = _before(run, _rows(run, (item.value,), state), run.trials[-1])
    return Item(_expr(run, item.guard, renamed), _value(run, item.value, renamed, state)) if renamed else item


def like_earlier(run: Run, expr: Expr, loop: str) -> Expr:
    """Return what a round comes to as a round before came to it, for its own row."""
    rows = run.terms.rows(expr)
    return _expr(run, expr, _before(run, sorted(rows, key=attrgetter("key")), loop)) if rows else expr


def _before(run: Run, rows: Iterable[RecordRef], loop: str) -> _Renamed:
    return {row: _row(run, row, f"before {loop}") for row in rows}


def found_by(run: Run, entry: Entry, wanted: Value, spot: str, state: State, *, first: bool = True) -> Entry:  # noqa: PLR0913
    """Return an entry of a collection that holds more of its kind as it is under the key that is wanted.

    `spot` says where that is asked; `first`: the first key that is asked for may be that of the row itself.
    """
    if first and entry.key == wanted and _rows(run, (entry.key,), state):
        return entry
    rows = _of(run, entry, state)
    renamed = _renamed(run, rows, f"{_told(entry.key)} {_told(wanted)}", spot, first=first) if rows else {}
    return _entry(run, entry, renamed, state)


def existing(run: Run, items: Sequence[Item], spot: str, state: State) -> Sequence[Item]:
    """Return the elements of a collection that holds more of their kind, as what shows that there is any."""
    entries = [Entry(item.guard, item.value, item.value) for item in items]
    rows = [_of(run, entry, state) for entry in entries]
    if not any(rows):
        return items
    what = f"any {[id(item.guard) for item in items]}"
    renamed = [_renamed(run, each, what, f"{spot} {at}", first=True) for at, each in enumerate(rows)]
    found = [_entry(run, entry, each, state) for entry, each in zip(entries, renamed, strict=True)]
    return [Item(entry.guard, entry.value) for entry in found]


def _of(run: Run, entry: Entry, state: State) -> Sequence[RecordRef]:
    """Return the rows that an entry is of: those of its key and its value, else the few on which it depends that it is there."""
    rows = _rows(run, (entry.key, entry.value), state) or _rows(run, (Scalar(entry.guard),), state)
    return rows if len(rows) <= _FEW else ()


def _entry(run: Run, entry: Entry, renamed: _Renamed, state: State) -> Entry:
    if not renamed:
        return entry
    key, value = (_value(run, part, renamed, state) for part in (entry.key, entry.value))
    return Entry(_expr(run, entry.guard, renamed), key, value)


def _renamed(run: Run, rows: Iterable[RecordRef], what: str, spot: str, *, first: bool) -> dict[RecordRef, RecordRef]:
    renamed: dict[RecordRef, RecordRef] = {}
    for row in rows:
        if first and run.again(f"{row.key} wanted", what, spot=f"{spot} {row.key} wanted").endswith("wanted"):
            continue
        renamed[row] = _row(run, row, what, f"{spot} {row.key}")
    return renamed


def _told(value: Value) -> str:
    return f"{id(value.expr)}" if isinstance(value, Scalar) else f"{value}"


def _row(run: Run, row: RecordRef, what: str, spot: str = "") -> RecordRef:
    name = run.again(f"{row.key} row", what, spot=spot or f"{row.key} {what}")
    number = name.rpartition("#")[2]
    place, _ = split_key(row.key)
    found = replace(row, key=f"{place}[{min(int(number), _ROWS) if number.isdigit() else 1}]")
    run.terms.filled[found] = run.terms.filled.get(row, frozenset())
    return found


def _rows(run: Run, values: Iterable[Value], state: State) -> Sequence[RecordRef]:
    """Return the rows that values are of, in order."""
    found = set[RecordRef]()
    for value in values:
        match value:
            case Scalar(expr=expr):
                found |= run.terms.rows(expr)
            case Ref():
                cell = state.cell(value)
                if isinstance(cell, RecordCell) and cell.origin is Origin.ROW and cell.ref is not None:
                    found |= {cell.ref} if cell.ref.kind is RecordKind.ROW else set()
    return sorted(found, key=attrgetter("key"))


def _value(run: Run, value: Value, renamed: _Renamed, state: State) -> Value:
    match value:
        case Scalar(expr=expr):
            return Scalar(_expr(run, expr, renamed))
        case Ref():
            cell = state.cell(value)
            if isinstance(cell, RecordCell) and cell.ref is not None and cell.ref in renamed:
                return _record(run, value, cell, renamed, state)
    return value


def _record(run: Run, like: Ref, cell: RecordCell, renamed: _Renamed, state: State) -> Ref:
    """Return the row, the same one until the one that stands for all of them changes."""
    assert cell.ref is not None
    name = f"row {like.cell} {renamed[cell.ref].key}"
    known = state.store.get(("kept", name))
    if isinstance(known, Ref) and state.store.get(("kept", f"{name} of")) is cell:
        return known
    fields = {name: _value(run, value, renamed, state) for name, value in cell.fields.items()}
    other = replace(cell, ref=renamed[cell.ref], fields=fields, like=like)
    is_there(run, replace(other, fields={}))
    made = state.new(other)
    state.store["kept", name] = made
    state.store["kept", f"{name} of"] = cell
    return made


def _expr(run: Run, expr: Expr, renamed: _Renamed) -> Expr:
    if run.terms.rows(expr).isdisjoint(renamed):
        return expr
    key, known = (expr, *renamed.items()), run.terms.written_out
    if key not in known:
        known[key] = _written_out(run, expr, renamed)
    return known[key] or _free(run, expr, renamed)


def _written_out(run: Run, expr: Expr, renamed: _Renamed) -> Expr | None:
    read = list(islice(nodes(expr), _MOST + 1))
    if len(read) > _MOST:
        return None
    own: dict[Expr, Expr] = {
        node: run.terms.interner.field(renamed[node.record], node.path, node.type)
        for node in read
        if isinstance(node, Field) and node.record in renamed
    }
    return substitute_all((expr,), own, run.terms.interner)[expr]


def _free(run: Run, expr: Expr, renamed: _Renamed) -> Expr:
    """Leave open what a long condition comes to for another row: to write each of them out would be dear."""
    place, _ = split_key(next(iter(renamed.values())).key)
    name = run.again(f"{place}:row", f"{id(expr)} {sorted(row.key for row in renamed.values())}")
    at = run.frame.file.place(run.frame.file.unit)
    return run.terms.free(name, expr.type, FreeKind.HAVOC, at, "what another row of the query comes to", (expr,))

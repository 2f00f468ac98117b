"""What outlives an event of a trigger: statics and what they refer to, as plain values.

A static lives as long as its transaction (Apex Developer Guide, "Static and Instance Methods, Variables, and Initialization
Code").
"""

from collections.abc import Callable
from dataclasses import replace

from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.store import Key
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import (
    Cell,
    ClassValue,
    Either,
    Instance,
    Item,
    ListCell,
    MapCell,
    ObjectCell,
    Opaque,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Call, Const, Expr, FreeKind, Global, Primitive
from sfoptlint.core.location import Place
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.lazy import Outcome

_CELLS = (RecordCell, ListCell, MapCell, ObjectCell)
_KEPT = ("static", "kept")


def carried(old: State, outcome: Callable[[Expr], Outcome], terms: Terms) -> State:
    """Return a state with the statics of another one; `outcome` says what its expressions came to."""
    state = State(terms, old.counter)
    settling = _Settling(outcome, terms)
    waiting: list[Key] = [key for kind in _KEPT for key in old.store.variables(kind)]
    while waiting:
        key = waiting.pop()
        held = old.store[key]
        state.store[key] = settling.cell(held) if isinstance(held, _CELLS) else settling.value(held)
        waiting += [number for number in settling.reached() if number not in state.store]
    return state


class _Settling:
    def __init__(self, outcome: Callable[[Expr], Outcome], terms: Terms) -> None:
        self._outcome = outcome
        self._terms = terms
        self._reached: list[int] = []

    def reached(self) -> list[int]:
        """Return the cells that were referred to since this was asked last."""
        reached, self._reached = self._reached, []
        return reached

    def value(self, value: Value) -> Value:
        match value:
            case Ref(cell=cell):
                self._reached.append(cell)
            case Scalar(expr=expr):
                return Scalar(self._plain(expr))
            case Either(condition=condition, yes=yes, no=no):
                return self.value(yes if self._holds(condition) else no)
            case Opaque(null=null):
                return replace(value, null=self._terms.const(self._holds(null)))
            case ClassValue(name=name):
                return ClassValue(self._plain(name))
            case Instance(name=name):
                return Instance(self._plain(name))
        return value

    def cell(self, cell: Cell) -> Cell:
        true = self._terms.true
        match cell:
            case RecordCell() | ObjectCell():
                fields = {name: self.value(value) for name, value in cell.fields.items()}
                return (
                    replace(cell, fields=fields, own=None)
                    if isinstance(cell, RecordCell)
                    else replace(cell, fields=fields)
                )
            case ListCell():
                items = tuple(Item(true, self.value(item.value)) for item in cell.items if self._holds(item.guard))
                return replace(cell, items=items, open=self._opened(cell.open))
            case MapCell():
                entries = tuple(
                    replace(entry, guard=true, key=self.value(entry.key), value=self.value(entry.value))
                    for entry in cell.entries
                    if self._holds(entry.guard)
                )
                return replace(cell, entries=entries, open=self._opened(cell.open))

    def _opened(self, opened: Expr | None) -> Expr | None:
        return self._terms.true if opened is not None and self._holds(opened) else None

    def _holds(self, condition: Expr) -> bool:
        return self._plain(condition) is self._terms.true

    def _plain(self, expr: Expr) -> Expr:
        terms = self._terms
        match expr:
            case Call(op=Primitive.IF, args=(condition, yes, no)) if not isinstance(
                self._outcome(condition), FormulaError
            ):
                return self._plain(yes if self._outcome(condition) is True else no)
            case Global(name=name, type=type_):
                # The same all along; and a blank one is no checkbox that is null.
                return terms.interner.global_(name, type_)
        outcome = expr.value if isinstance(expr, Const) else self._outcome(expr)
        if isinstance(outcome, FormulaError):
            # It depends on what nobody says: so does all that reads it.
            text = "a static that is not known"
            return terms.free(text, expr.type, FreeKind.OPAQUE, Place(""), text, (terms.saved_id(),))
        if isinstance(outcome, bool):
            return terms.const(outcome)
        return terms.null if outcome is None else terms.interner.const(outcome, expr.type)

"""Whether a value is in a list or a set (Apex Reference Guide, "Set Class", contains)."""

from sfoptlint.automation.apex.arithmetic import alike
from sfoptlint.automation.apex.conversion import as_list
from sfoptlint.automation.apex.further import SEVERAL, found_by
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Entry, ListCell, Value
from sfoptlint.core.expr import Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import Node

_ASKED = 8
"""Elements of a set that what is added to it is held against."""


def contains(run: Run, cell: ListCell, value: Value, node: Node, state: State) -> Expr:
    """Return the condition under which an element equals the value."""
    terms, at = run.terms, run.place(node)
    entries = [Entry(item.guard, item.value, item.value) for item in cell.items]
    if cell.more and len(entries) <= SEVERAL:
        spot = f"{at.path}:{at.line}:{at.column}"
        entries = [found_by(run, e, value, f"{spot} {number}", state) for number, e in enumerate(entries)]
    found = terms.any(*(terms.all(e.guard, alike(run, e.key, value, node, state)) for e in entries))
    if cell.open is None:
        return found
    name = run.again(f"{at.path}:{at.line}:{at.column}:in", f"{run.frame.id}{value!r}")
    free = terms.free(name, Type.BOOLEAN, FreeKind.CALL, at, run.words(node))
    return terms.any(found, terms.all(cell.open, free))


def contains_all(run: Run, cell: ListCell, other: Value, node: Node, state: State) -> Expr:
    """Return the condition under which all elements of another collection are in this one."""
    terms, others = run.terms, as_list(run, other, state)
    if others.open is not None:
        return run.unknown_value(node, Type.BOOLEAN, state, inputs=(other,)).expr
    each = (terms.any(terms.no(i.guard), contains(run, cell, i.value, node, state)) for i in others.items)
    return state.known(terms.all(*each))


def is_there_already(run: Run, cell: ListCell, value: Value, node: Node, state: State) -> Expr:
    """Return the condition under which a set holds a value before that is added; a list takes whatever it is given."""
    if not cell.is_set:
        return run.terms.false
    if len(cell.items) >= _ASKED:
        return run.free_flag(node, FreeKind.OTHER, f"{run.words(node)}: it is there already", ":there")
    return contains(run, cell, value, node, state)

"""Jobs that the save starts: queueables and the like; what they write comes after the save.

Apex Developer Guide, "Queueable Apex", "Future Methods", "Execution Governors and Limits".
"""

from collections.abc import Iterator

from sfoptlint.automation.apex.boxes import names_box
from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import alternatives, carries_records, cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import (
    Cell,
    ClassValue,
    Either,
    Instance,
    ListCell,
    MapCell,
    ObjectCell,
    Opaque,
    RecordCell,
    Ref,
    Scalar,
    Token,
    Value,
)
from sfoptlint.automation.automation import Timing, Unknown
from sfoptlint.core.expr import Const, nodes
from sfoptlint.core.verdict import Effect
from sfoptlint.lang.apex.nodes import MethodInvocation

_PEOPLE = frozenset({"", "contact", "lead", "account"})
"""The objects that have a box, and one that nobody knows."""


def enqueued(run: Run, node: MethodInvocation, arguments: list[Value], state: State) -> Value:
    """Walk `System.enqueueJob(job)`."""
    at = run.place(node)
    run.spend("job", state, at)
    for condition, case in cases(arguments[0], run.terms.true, state) if arguments else ():
        later = state.fork()
        later.assume(condition)
        if isinstance(case, Ref) and not later.dead:
            _job(run, node, case, later)
        elif isinstance(case, Opaque) and carries_records(case, state):
            reason = f"{run.words(node)}: the job is not in the tree, and is handed the records"
            run.emit(state, Unknown(reason, frozenset({Effect.REVERT})), at, when=condition)
    return Scalar(run.terms.const("the id of a job"))


def _job(run: Run, node: MethodInvocation, job: Ref, state: State) -> None:
    cell = state.cell(job)
    type_ = run.codebase.find(cell.cls) if isinstance(cell, ObjectCell) else None
    if type_ is None:
        return
    context: Value = Opaque(run.terms.false, "QueueableContext")
    found = chosen(run, type_, "execute", [context], state)
    if found is None or not _may_write(run, job, state):
        return
    timing, run.timing = run.timing, Timing.ASYNC
    handlers, run.handlers = run.handlers, []
    loops, run.chunk_loops = run.chunk_loops, 0
    try:
        run.invoke(found[0], found[1], job, [context], state, node)
    finally:
        run.timing, run.handlers, run.chunk_loops = timing, handlers, loops


def _may_write(run: Run, job: Ref, state: State) -> bool:
    """Whether a job may come to a box: by its code, by objects or a name that it is handed, or as it saves what it is handed."""
    seen, left = set[Value](), list[Value]([job])
    while left:
        one = left.pop()
        if _leads(run, one, state):
            return True
        if isinstance(one, Ref) and one not in seen:
            seen.add(one)
            left += (each for value in _held(state.cell(one)) for each in alternatives(value))
    return False


def _leads(run: Run, one: Value, state: State) -> bool:
    match one:
        case Ref():
            cell = state.cell(one)
            if isinstance(cell, RecordCell):
                return cell.object.casefold() in _PEOPLE
            return isinstance(cell, ObjectCell) and run.codebase.reach.may_come(cell.cls)
        case Opaque(tainted=tainted):
            return tainted
        case Token(field=name):
            return names_box(name)
        case ClassValue(name=expr) | Instance(name=expr):
            return not isinstance(expr, Const) or run.codebase.reach.may_come(str(expr.value))
        case Scalar(expr=expr):
            return any(isinstance(node, Const) and names_box(str(node.value)) for node in nodes(expr))
        case Either():
            return True  # its alternatives are looked at one by one


def _held(cell: Cell) -> Iterator[Value]:
    match cell:
        case RecordCell(fields=fields) | ObjectCell(fields=fields):
            yield from fields.values()
        case ListCell(items=items):
            yield from (item.value for item in items)
        case MapCell(entries=entries):
            yield from (part for entry in entries for part in (entry.key, entry.value))

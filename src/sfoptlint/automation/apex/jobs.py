"""Jobs that the save starts: queueables and the like; what they write comes after the save.

Apex Developer Guide, "Queueable Apex", "Future Methods", "Execution Governors and Limits".
"""

from collections.abc import Iterator

from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import alternatives, carries_records, cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import (
    Cell,
    ListCell,
    MapCell,
    ObjectCell,
    Opaque,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.automation.automation import Timing, Unknown
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
    if type_ is None or run.timing is not Timing.NOW:
        return
    context: Value = Opaque(run.terms.false, "QueueableContext")
    found = chosen(run, type_, "execute", [context], state)
    if found is None or not (_holds_people(job, state) or run.codebase.reach.may_come(type_)):
        return
    run.timing = Timing.ASYNC
    handlers, run.handlers = run.handlers, []
    loops, run.chunk_loops = run.chunk_loops, 0
    try:
        run.invoke(found[0], found[1], job, [context], state, node)
    finally:
        run.timing, run.handlers, run.chunk_loops = Timing.NOW, handlers, loops


def _holds_people(job: Ref, state: State) -> bool:
    """Whether a job is handed records that have a box: it may save what stands in them without a word of it."""
    seen, left = set[Value](), list[Value]([job])
    while left:
        one = left.pop()
        if isinstance(one, Opaque) and one.tainted:
            return True
        if not isinstance(one, Ref) or one in seen:
            continue
        seen.add(one)
        cell = state.cell(one)
        if isinstance(cell, RecordCell) and cell.object.casefold() in _PEOPLE:
            return True
        left += (each for value in _held(cell) for each in alternatives(value))
    return False


def _held(cell: Cell) -> Iterator[Value]:
    match cell:
        case RecordCell(fields=fields) | ObjectCell(fields=fields):
            yield from fields.values()
        case ListCell(items=items):
            yield from (item.value for item in items)
        case MapCell(entries=entries):
            yield from (part for entry in entries for part in (entry.key, entry.value))

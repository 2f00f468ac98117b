"""Jobs that the save starts: queueables and the like; what they write comes after the save.

Apex Developer Guide, "Queueable Apex", "Future Methods", "Execution Governors and Limits".
"""

from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records, cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import ObjectCell, Opaque, Ref, Scalar, Value
from sfoptlint.automation.automation import Timing, Unknown
from sfoptlint.core.verdict import Effect
from sfoptlint.lang.apex.nodes import MethodInvocation


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
    if found is None:
        return
    run.timing = Timing.ASYNC
    handlers, run.handlers = run.handlers, []
    loops, run.chunk_loops = run.chunk_loops, 0
    try:
        run.invoke(found[0], found[1], job, [context], state, node)
    finally:
        run.timing, run.handlers, run.chunk_loops = Timing.NOW, handlers, loops

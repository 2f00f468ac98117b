"""Exceptions: thrown, caught, passed on (Apex Developer Guide, "Exceptions in Apex")."""

from sfoptlint.automation.apex.frames import Exits, Thrown
from sfoptlint.automation.apex.joining import gathered, join
from sfoptlint.automation.apex.names import forget, local
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import ObjectCell, Opaque, Ref, Value
from sfoptlint.lang.apex.nodes import CatchClause, ThrowStatement, TryStatement, walk

_ALL = frozenset({"exception", "system.exception"})


def thrown(run: Run, node: ThrowStatement, state: State) -> None:
    """Walk `throw`."""
    value = run.evaluate(node.value, state)
    if state.dead:
        return
    what = run.words(node.value)
    for condition, case in cases(value, run.terms.true, state):
        run.throw(state, condition, type_of(case, state), f"{what} is thrown", run.place(node), value=case)
    state.kill()


def type_of(value: Value, state: State) -> str:
    """Return the class of an exception."""
    if isinstance(value, Opaque):
        return value.type or "Exception"
    cell = state.cell(value) if isinstance(value, Ref) else None
    return cell.cls if isinstance(cell, ObjectCell) else "Exception"


def attempt(run: Run, node: TryStatement, state: State, exits: Exits) -> None:
    """Walk `try`, its `catch` clauses with what reaches them, and `finally` on every way out."""
    own: list[Thrown] = []
    mine = Exits() if node.finally_clause else exits
    run.handlers.append(own)
    run.execute(node.body, state, mine)
    run.handlers.pop()
    passed = own
    outer: list[Thrown] = []
    if node.finally_clause:
        run.handlers.append(outer)
    ends = []
    for clause in node.catches:
        caught = [t for t in passed if _catches(run, clause, t)]
        passed = [t for t in passed if t not in caught]
        if caught:
            ends.append(_caught(run, node, clause, caught, mine))
    join(state, *ends)
    if node.finally_clause:
        run.handlers.pop()
        _finally(run, node, state, mine, exits)
        passed = [*passed, *outer]
        for exception in passed:
            run.execute(node.finally_clause.body, exception.state, exits)
    for exception in passed:
        _pass_on(run, exception)


def _finally(run: Run, node: TryStatement, state: State, mine: Exits, exits: Exits) -> None:
    assert node.finally_clause is not None
    body = node.finally_clause.body
    run.execute(body, state, exits)
    for end, _ in mine.returns:
        run.execute(body, end, exits)
    for end in (*mine.breaks, *mine.continues):
        run.execute(body, end, exits)
    exits.add(mine)


def _catches(run: Run, clause: CatchClause, exception: Thrown) -> bool:
    name = clause.type.name.casefold()
    own = exception.type.casefold()
    if name in _ALL or name.removeprefix("system.") == own.removeprefix("system."):
        return True
    type_ = run.codebase.find(exception.type)
    return type_ is not None and run.codebase.is_a(type_, clause.type.name)


def _caught(run: Run, node: TryStatement, clause: CatchClause, caught: list[Thrown], exits: Exits) -> State:
    key = local(run, clause.name)
    alive, inside = run.alive, list(walk(node.body))
    for exception in caught:
        exception.state.leave(alive)
        forget(run, inside, exception.state)
        exception.state.store[key] = exception.value
    state = gathered([exception.state for exception in caught], caught[0].state)
    run.execute(clause.body, state, exits)
    return state


def _pass_on(run: Run, exception: Thrown) -> None:
    if exception.state.dead:
        return
    if run.handlers:
        run.handlers[-1].append(exception)
        return
    steps, run.steps = run.steps, list(exception.steps)
    run.block(exception.state, exception.cause, exception.message, exception.at)
    run.steps = steps

"""Class initialisation and properties: code that runs because a name is read or written.

Apex Developer Guide, "Static and Instance Methods, Variables, and Initialization Code" and "Apex Properties".
"""

from sfoptlint.automation.apex.codebase import ApexType, FieldOfClass
from sfoptlint.automation.apex.frames import Exits, Frame
from sfoptlint.automation.apex.joining import joined
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import ObjectCell, Ref, Scalar, Value
from sfoptlint.lang.apex.nodes import AccessorDeclaration, Block, Node


def begin(run: Run, type_: ApexType, state: State) -> None:
    """Initialise a class when it is first used: once, also where that is in a loop over the chunk."""
    key = ("static", type_.key, "(initialised)")
    if state.store.get(key) is not None:
        return
    before = state.store.fork()
    state.store[key] = Scalar(run.terms.true)
    run.frames.append(Frame(f"s{next(state.counter)}", type_.file, type_))
    loops, rounds, run.chunk_loops, run.row_rounds = run.chunk_loops, run.row_rounds, 0, []
    try:
        for name, declared in type_.fields.items():
            if declared.static:
                state.store["static", type_.key, name] = initial(run, declared, state)
        for block in type_.initializers:
            if block.static:
                run.execute(block.body, state, Exits())
    finally:
        run.frames.pop()
        run.chunk_loops, run.row_rounds = loops, rounds
    state.begin(type_.key, {key: now for key, now, then in state.store.differing(before) if then is None})


def initial(run: Run, declared: FieldOfClass, state: State) -> Value:
    """Return what a field is worth before any statement runs."""
    from sfoptlint.automation.apex.conversion import converted  # noqa: PLC0415 - they know each other

    if declared.declarator.value is None:
        return Scalar(run.terms.null)
    value = run.evaluate(declared.declarator.value, state)
    return converted(run, value, declared.declaration.type, declared.declarator, state)


def accessor(declared: FieldOfClass, kind: str) -> AccessorDeclaration | None:
    """Return the `get` or `set` of a property that has a body."""
    found = (a for a in declared.declaration.accessors or () if a.accessor == kind and a.body is not None)
    return next(found, None)


def getter(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, type_: ApexType, declared: FieldOfClass, this: Ref | None, state: State, node: Node
) -> Value | None:
    """Return what the `get` of a property gives; None where it has none, or it is what is being walked."""
    got = accessor(declared, "get")
    name = f"get {type_.key}.{declared.declarator.name.casefold()}"
    if got is None or got.body is None or any(frame.method == name for frame in run.frames):
        return None
    return run_body(run, Frame(f"f{next(state.counter)}", type_.file, type_, this, name), got.body, {}, state, node)


def own_getter(run: Run, this: Ref, name: str, state: State, node: Node) -> Value | None:
    """Return what a property of an object gives; None where its class has no such property."""
    cell = state.cell(this)
    assert isinstance(cell, ObjectCell)
    type_ = run.codebase.find(cell.cls)
    for above in run.codebase.lineage(type_) if type_ else ():
        declared = above.fields.get(name.casefold())
        if declared is not None:
            return None if declared.static else getter(run, above, declared, this, state, node)
    return None


def run_body(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, frame: Frame, body: Block, arguments: dict[str, Value], state: State, node: Node
) -> Value:
    """Walk a body with its parameters set and return its result; the state becomes that after the call."""
    at = run.place(node)
    for name, value in arguments.items():
        state.store[frame.id, name.casefold()] = value
    exits = Exits()
    loops, run.chunk_loops = run.chunk_loops, run.chunk_loops
    run.frames.append(frame)
    try:
        with run.stepping(at, f"{frame.method} is called"):
            run.execute(body, state, exits)
    finally:
        run.frames.pop()
        run.chunk_loops = loops
    return _returned(run, exits, state)


def _returned(run: Run, exits: Exits, state: State) -> Value:
    returns = [(s, v) for s, v in exits.returns if not s.dead]
    ends = [s for s, _ in returns]
    if not state.dead:
        ends.append(state.fork())
        returns.append((ends[-1], Scalar(run.terms.null)))
    alive = run.alive
    for end, value in returns:
        end.leave(alive)
        end.store["(result)", ""] = value
    state.become(joined(ends, state))
    result = state.store.pop(("(result)", ""))
    assert result is None or not isinstance(result, ObjectCell)
    return result if result is not None else Scalar(run.terms.null)  # type: ignore[return-value]

"""Objects of classes of the tree: how they begin.

Apex Developer Guide, "Using Constructors": fields and initialisers of the class and of those above it, then a constructor.
"""

from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.conversion import converted
from sfoptlint.automation.apex.frames import Exits, Frame
from sfoptlint.automation.apex.overloads import best
from sfoptlint.automation.apex.run import MAX_CALLS, MAX_DEPTH, Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.statics import begin, initial, run_body
from sfoptlint.automation.apex.values import ObjectCell, OutOfBudgetError, Ref, Scalar, Value
from sfoptlint.lang.apex.nodes import (
    ConstructorDeclaration,
    ExplicitConstructorInvocation,
    Expression,
    ExpressionStatement,
    Node,
    ObjectCreationExpression,
)


def constructed(run: Run, node: ObjectCreationExpression, state: State) -> Value | None:
    """Return a new object of a class of the tree; None where the class is not there."""
    type_ = run.codebase.find(node.type.name, run.frame.type)
    if type_ is None or node.type.dimensions:
        return None
    arguments = [run.evaluate(argument, state) for argument in node.arguments]
    return construct(run, type_, arguments, state, node)


def construct(run: Run, type_: ApexType, arguments: list[Value], state: State, node: Node) -> Ref:
    """Make an object of a class of the tree."""
    begin(run, type_, state)
    this = state.new(ObjectCell(type_.key))
    if len(run.frames) > MAX_DEPTH + 3:
        return this
    for above in reversed(list(run.codebase.lineage(type_))):
        _initialise(run, above, this, state)
    _constructor(run, type_, this, arguments, state, node)
    return this


def _initialise(run: Run, type_: ApexType, this: Ref, state: State) -> None:
    run.frames.append(Frame(f"i{next(state.counter)}", type_.file, type_, this))
    try:
        for name, declared in type_.fields.items():
            if not declared.static:
                value = initial(run, declared, state)
                cell = state.cell(this)
                assert isinstance(cell, ObjectCell)
                state.put(this, ObjectCell(cell.cls, {**cell.fields, name: value}))
        for block in type_.initializers:
            if not block.static:
                run.execute(block.body, state, Exits())
    finally:
        run.frames.pop()


def _constructor(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, type_: ApexType, this: Ref, arguments: list[Value], state: State, node: Node
) -> None:
    run.unread(state, type_, type_.name.rpartition(".")[2])
    # None can begin with itself.
    others = (c for c in type_.constructors if _beginning(c) is not node)
    fitting = [c for c in others if len(c.parameters) == len(arguments)]
    if not fitting:
        if not arguments and not type_.constructors:
            _above(run, type_, this, state, node)
        return
    made = best(run, fitting, arguments, state)
    if _beginning(made) is None:
        _above(run, type_, this, state, node)
    run.calls += 1
    if run.calls > MAX_CALLS:
        raise OutOfBudgetError
    frame = Frame(f"f{next(state.counter)}", type_.file, type_, this, f"new {type_.name}")
    given: dict[str, Value] = {}
    for parameter, value in zip(made.parameters, arguments, strict=True):
        given[parameter.name] = converted(run, value, parameter.type, node, state)
        run.declared[frame.id, parameter.name.casefold()] = parameter.type
    run_body(run, frame, made.body, given, state, node)


def _beginning(made: ConstructorDeclaration) -> Expression | None:
    """Return the call of another constructor with which one begins."""
    first = made.body.statements[0] if made.body.statements else None
    called = first.expression if isinstance(first, ExpressionStatement) else None
    return called if isinstance(called, ExplicitConstructorInvocation) else None


def _above(run: Run, type_: ApexType, this: Ref, state: State, node: Node) -> None:
    above = list(run.codebase.lineage(type_))[1:2]
    if above:
        _constructor(run, above[0], this, [], state, node)


def other_constructor(run: Run, node: ExplicitConstructorInvocation, state: State) -> Value:
    """Walk `this(...)` or `super(...)`."""
    arguments = [run.evaluate(argument, state) for argument in node.arguments]
    own, this = run.frame.type, run.frame.this
    if own is not None and this is not None:
        types = list(run.codebase.lineage(own))
        at = 0 if node.constructor == "this" else 1
        if at < len(types):
            _constructor(run, types[at], this, arguments, state, node)
    return Scalar(run.terms.null)

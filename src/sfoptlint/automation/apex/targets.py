"""Assignments: to variables, fields, elements (Apex Developer Guide, "Assignment Statements")."""

from sfoptlint.automation.apex.arithmetic import combined
from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.conversion import converted
from sfoptlint.automation.apex.fields import write_field
from sfoptlint.automation.apex.frames import Frame
from sfoptlint.automation.apex.indices import put_at
from sfoptlint.automation.apex.names import dotted, local, type_named, variable
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.statics import accessor, begin, run_body
from sfoptlint.automation.apex.values import ListCell, ObjectCell, Ref, Scalar, Value
from sfoptlint.lang.apex.nodes import (
    ArrayAccess,
    AssignmentExpression,
    Expression,
    FieldAccess,
    Identifier,
    UpdateExpression,
)


def assign(run: Run, node: AssignmentExpression | UpdateExpression, state: State) -> Value:
    """Walk an assignment and return what the expression is worth."""
    if isinstance(node, UpdateExpression):
        before = run.evaluate(node.operand, state)
        after = combined(run, node.operator[0], before, Scalar(run.terms.number(1)), node, state)
        store(run, node.operand, after, state)
        return after if node.prefix else before
    if node.operator == "=":
        value = run.evaluate(node.right, state)
    else:
        left = run.evaluate(node.left, state)
        value = combined(run, node.operator[:-1], left, run.evaluate(node.right, state), node, state)
    if not state.dead:
        store(run, node.left, value, state)
    return value


def store(run: Run, target: Expression, value: Value, state: State) -> None:
    """Put a value where the target says."""
    match target:
        case Identifier(name=name):
            _variable(run, name, value, target, state)
        case FieldAccess():
            _field(run, target, value, state)
        case ArrayAccess():
            _element(run, target, value, state)


def _variable(run: Run, name: str, value: Value, target: Expression, state: State) -> None:
    key = local(run, name)
    if key in state.store:
        declared = run.declared.get(key)
        state.store[key] = converted(run, value, declared, target, state) if declared else value
        return
    this = run.frame.this
    if this is not None and _owner(run, run.frame.type, name, static=False) is not None:
        write_field(run, this, name, _as_declared(run, run.frame.type, name, value, target, state), target, state)
        return
    current = run.frame.type
    while current is not None:
        owner = _owner(run, current, name, static=True)
        if owner is not None:
            _static(run, owner, name, value, target, state)
            return
        current = current.outer
    state.store[key] = value


def _owner(run: Run, type_: ApexType | None, name: str, *, static: bool) -> ApexType | None:
    for above in run.codebase.lineage(type_) if type_ else ():
        declared = above.fields.get(name.casefold())
        if declared is not None and declared.static is static:
            return above
    return None


def _as_declared(  # noqa: PLR0913, PLR0917 - a write is all of this
    run: Run, type_: ApexType | None, name: str, value: Value, node: Expression, state: State
) -> Value:
    owner = _owner(run, type_, name, static=False)
    return converted(run, value, owner.fields[name.casefold()].declaration.type, node, state) if owner else value


def _static(run: Run, owner: ApexType, name: str, value: Value, node: Expression, state: State) -> None:  # noqa: PLR0913, PLR0917
    begin(run, owner, state)
    declared = owner.fields[name.casefold()]
    setter = accessor(declared, "set")
    label = f"set {owner.key}.{name.casefold()}"
    if setter is not None and setter.body is not None and not any(frame.method == label for frame in run.frames):
        frame = Frame(f"f{next(state.counter)}", owner.file, owner, None, label)
        run_body(run, frame, setter.body, {"value": value}, state, node)
        return
    state.store["static", owner.key, name.casefold()] = converted(run, value, declared.declaration.type, node, state)


def _field(run: Run, target: FieldAccess, value: Value, state: State) -> None:
    names = dotted(target)
    if names is not None and len(names) > 1 and variable(run, names[0], state, target) is None:
        owner = type_named(run, names[:-1])
        holder = _owner(run, owner, names[-1], static=True)
        if holder is not None:
            _static(run, holder, names[-1], value, target, state)
            return
    holder_value = run.evaluate(target.object, state)
    for _, case in cases(holder_value, run.terms.true, state):
        if isinstance(case, Ref):
            cell = state.cell(case)
            if isinstance(cell, ObjectCell):
                value = _as_declared(run, run.codebase.find(cell.cls), target.field, value, target, state)
                break
    if not state.dead:
        write_field(run, holder_value, target.field, value, target, state)


def _element(run: Run, target: ArrayAccess, value: Value, state: State) -> None:
    array = run.evaluate(target.array, state)
    index = run.evaluate(target.index, state)
    for condition, case in cases(array, run.terms.true, state):
        if isinstance(case, Ref) and isinstance(state.cell(case), ListCell):
            put_at(run, case, index, value, condition, state, instead=True)

"""`addError`: on records, on their fields, in every form (Apex Reference Guide, "SObject Class", addError).

On a record of the trigger it rejects that record; on a row that was queried the whole chunk; on one made in memory nothing.
"""

from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Opaque, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import Const, Expr
from sfoptlint.core.verdict import Cause
from sfoptlint.lang.apex.nodes import FieldAccess, MethodInvocation


def add_error(run: Run, node: MethodInvocation, state: State) -> Value:
    """Walk `record.addError(..)` or `record.Field.addError(..)`."""
    assert node.object is not None
    arguments = [run.evaluate(argument, state) for argument in node.arguments]
    target = _record(run, node, state)
    if state.dead:
        return Scalar(run.terms.null)
    message = _message(run, node, arguments)
    for condition, case in cases(target, run.terms.true, state):
        _reject(run, case, condition, message, node, state)
    return Scalar(run.terms.null)


def _record(run: Run, node: MethodInvocation, state: State) -> Value:
    """Return the record: what stands before the call, or before the field that stands there."""
    target = node.object
    if isinstance(target, FieldAccess):
        holder = run.evaluate(target.object, state)
        inner = [case for _, case in cases(holder, run.terms.true, state)]
        if any(isinstance(case, Ref) and isinstance(state.cell(case), RecordCell) for case in inner):
            whole = run.evaluate(target, state)
            if not _is_record(whole, state):
                return holder
            return whole
    assert target is not None
    return run.evaluate(target, state)


def _is_record(value: Value, state: State) -> bool:
    return isinstance(value, Ref) and isinstance(state.cell(value), RecordCell)


def _message(run: Run, node: MethodInvocation, arguments: list[Value]) -> str:
    for value in reversed(arguments):
        if isinstance(value, Scalar) and isinstance(value.expr, Const) and isinstance(value.expr.value, str):
            return value.expr.value
    return run.words(node)


def _in_memory(cell: RecordCell) -> bool:
    return cell.origin is Origin.MADE or cell.copied


def _reject(run: Run, value: Value, condition: Expr, message: str, node: MethodInvocation, state: State) -> None:  # noqa: PLR0913, PLR0917
    at = run.place(node)
    match value:
        case Ref():
            cell = state.cell(value)
            if isinstance(cell, RecordCell) and cell.absent:
                _dereference(run, condition, node, state)
            elif isinstance(cell, RecordCell) and not (_in_memory(cell) or cell.other) and run.started:
                run.block(state, Cause.ERROR, message, at, when=condition)
        case Scalar(expr=Const(value=None)):
            _dereference(run, condition, node, state)
        case Opaque(tainted=False, type=type_) if type_:
            return
        case _ if run.started:
            run.unknown(state, f"{run.words(node)}: which record is rejected was not read", at, when=condition)


def _dereference(run: Run, condition: Expr, node: MethodInvocation, state: State) -> None:
    why = f"{run.words(node)}: a null value is dereferenced"
    run.throw(state, condition, "NullPointerException", why, run.place(node))

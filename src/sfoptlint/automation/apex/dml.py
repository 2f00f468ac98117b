"""Writes to the database: of the saved record again, of other people's records, of anything else.

Apex Developer Guide, "Apex DML Operations". DML on other records is taken to go well.
"""

from dataclasses import replace

from sfoptlint.automation.apex.conversion import as_list
from sfoptlint.automation.apex.fields import boxed
from sfoptlint.automation.apex.records import box_of, unset
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Opaque, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.automation.automation import Effect, Overwrite, Timing, Write
from sfoptlint.core.expr import AFTER, Expr, Field, RecordKind, nodes, substitute
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.lang.apex.nodes import DmlExpression, Node

_WRITING = frozenset({"update", "upsert"})
_OBJECTS = {str(object_): object_ for object_ in OptOutObject}


def dml(run: Run, node: DmlExpression, state: State) -> Value:
    """Walk `update records` and its kin."""
    target = run.evaluate(node.target, state)
    written(run, node.operation, target, node, state)
    return Scalar(run.terms.null)


def written(run: Run, operation: str, target: Value, node: Node, state: State) -> None:
    """Walk one DML statement."""
    at = run.place(node)
    if state.dead:
        return
    run.spend("DML statement", state, at)
    run.may_fail(state, run.words(node), at)
    if operation not in _WRITING:
        return
    cell = as_list(run, target, state)
    for item in cell.items:
        for condition, case in cases(item.value, item.guard, state):
            _saved(run, case, condition, node, state)
    if cell.open is not None and isinstance(target, Opaque) and target.tainted:
        run.unknown(state, f"{run.words(node)}: what is written was not read", at, when=cell.open)


def _saved(run: Run, value: Value, condition: Expr, node: Node, state: State) -> None:
    record = state.cell(value) if isinstance(value, Ref) else None
    if not isinstance(record, RecordCell):
        return
    box = box_of(record.object)
    new = record.fields.get(box.casefold()) if box else None
    if box and new is None and record.origin is Origin.OLD and run.timing is not Timing.NOW:
        new = unset(record, box, run.terms)  # what was there before the save is written again after it
    if record.object == run.event.object:
        if record.origin is not Origin.NEW and run.started:
            if new is not None:
                _again(run, record, new, condition, node, state)
            run.saves_again(record, condition, state, node)
        return
    if new is None:
        return
    object_ = _OBJECTS[record.object]
    everyone = record.origin is Origin.ROW and run.everyone(record)
    run.emit(state, Overwrite(object_, boxed(run, new), everyone), run.place(node), when=condition)


def _again(run: Run, record: RecordCell, new: Value, condition: Expr, node: Node, state: State) -> None:  # noqa: PLR0913, PLR0917
    """The saved record is saved again, with another value in the box; in a before trigger that is not allowed and fails."""
    terms, at = run.terms, run.place(node)
    if run.event.timing == "before" and run.timing is Timing.NOW:
        return
    if record.origin is Origin.MADE:
        identity = run.same_record(record, state)
        run.emit(state, Write(boxed(run, new)), at, when=terms.all(condition, identity))
        return
    own = terms.true if record.origin is Origin.OLD and record.ref is None else record.own
    if own is None:
        return
    before = len(run.effects)
    run.emit(state, Write(boxed(run, new)), at, when=terms.all(condition, own))
    if record.ref is None or record.ref == AFTER:
        return
    for place in range(before, len(run.effects)):
        run.effects[place] = _on_itself(run, run.effects[place], record)


def _on_itself(run: Run, effect: Effect, record: RecordCell) -> Effect:
    """Return the effect for the case that the row is the saved record."""
    assert isinstance(effect.do, Write)
    rows: dict[Expr, Expr] = {
        found: run.terms.interner.field(AFTER, found.path, found.type)
        for found in nodes(effect.guard, effect.do.value)
        if isinstance(found, Field) and found.record == record.ref and found.record.kind is RecordKind.ROW
    }
    interner = run.terms.interner
    value = substitute(effect.do.value, rows, interner)
    return replace(effect, guard=substitute(effect.guard, rows, interner), do=Write(value))

"""Records told apart: their Ids, and copies of them (Apex Reference Guide, "SObject Class", `clone`)."""

from dataclasses import replace

from sfoptlint.automation.apex.alternatives import choice
from sfoptlint.automation.apex.fields import record_field
from sfoptlint.automation.apex.records import box_of
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Either, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import AFTER

_SAVED = (Origin.NEW, Origin.OLD)


def id_of(run: Run, value: Value, state: State) -> Value:
    """Return the Id of a record."""
    if isinstance(value, Either):
        yes, no = id_of(run, value.yes, state), id_of(run, value.no, state)
        return choice(value.condition, yes, no, run.terms)
    if isinstance(value, Ref) and isinstance(state.cell(value), RecordCell):
        return record_field(run, value, "Id", state)
    return value if isinstance(value, Scalar) else Scalar(run.terms.null)


def cloned(run: Run, value: Value, state: State, *, keeps_id: bool = False) -> Value:
    """Return a copy of a record, in memory until it is saved: with the Id, that saves the record itself again."""
    cell = state.cell(value) if isinstance(value, Ref) else None
    if not isinstance(cell, RecordCell) or not isinstance(value, Ref):
        return value
    return state.new(
        replace(
            cell,
            origin=Origin.ROW if cell.ref or cell.origin in _SAVED else cell.origin,
            ref=cell.ref or AFTER,
            own=run.terms.true if keeps_id and cell.origin in _SAVED and not cell.other else None,
            copied=True,
            fields=_copied(run, value, cell, state, keeps_id=keeps_id),
        )
    )


def _copied(run: Run, ref: Ref, cell: RecordCell, state: State, *, keeps_id: bool) -> dict[str, Value]:
    fields = dict(cell.fields)
    if cell.origin in _SAVED and box_of(cell.object):
        fields[box_of(cell.object).casefold()] = record_field(run, ref, box_of(cell.object), state)
    return fields if keeps_id else fields | {"id": Scalar(run.terms.null)}

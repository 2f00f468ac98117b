"""What code has set in a record, by the names that the schema or the code calls the fields."""

from collections.abc import Mapping

from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import RecordCell, Ref, Scalar
from sfoptlint.core.expr import Expr


def fields_left(state: State, terms: Terms) -> Mapping[str, Expr]:
    """Return the plain values that were set in the saved record."""
    record = state.store.get(("trigger", "record"))
    cell = state.cell(record) if isinstance(record, Ref) and not state.dead else None
    return fields_set(cell, terms) if isinstance(cell, RecordCell) else {}


def fields_set(cell: RecordCell, terms: Terms) -> Mapping[str, Expr]:
    """Return the plain values that were set in a record, but for records behind look-ups."""
    model = terms.objects.get(cell.object)
    plain = {name: value.expr for name, value in cell.fields.items() if isinstance(value, Scalar)}
    return {
        found.name if (found := model.field(name)) else terms.spelling(name): value for name, value in plain.items()
    }

"""What a record's field holds that the code did not set.

In a trigger only the record's own fields are there, what a look-up leads to is null; the old record differs from the new one in
the box and in what each save recalculates (Apex Developer Guide, "Trigger Context Variables").
"""

from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import Origin, RecordCell, Scalar, Value
from sfoptlint.automation.field_types import value_type
from sfoptlint.core.expr import AFTER, PRIOR, Expr, Type
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.decide.realm import is_volatile

_BOXES = {str(object_): box for object_, box in OPT_OUT_FIELD.items()}


def box_of(object_: str) -> str:
    """Return the opt-out box of an object by its name, empty where it has none."""
    return _BOXES.get(object_, "")


def canonical(object_: str) -> str:
    """Return an object's name, of the three that have the box in the schema's case."""
    return next((name for name in _BOXES if name.casefold() == object_.casefold()), object_)


def is_relationship(object_: str, name: str, terms: Terms) -> bool:
    """Whether the name leads to another record: `Account`, `Region__r`."""
    folded = name.casefold()
    if folded.endswith(("__r", "__pr")):
        return True
    if folded.endswith("__c") or not object_:
        return False
    return terms.objects.get(object_).field(name) is None and terms.objects.get(object_).relationship(name) is not None


def parent_object(object_: str, name: str, terms: Terms) -> str:
    """Return the object that a relationship leads to, empty where it is not known or there are several."""
    step = terms.objects.get(object_).relationship(name) if object_ else None
    return step.references[0] if step and len(step.references) == 1 else ""


def unset(cell: RecordCell, name: str, terms: Terms) -> Value:
    """Return the value of a field that nobody set; of a checkbox that the code's own record lacks, false."""
    if cell.absent:
        return Scalar(terms.null)
    schema = terms.objects.get(cell.object).field(name) if cell.object else None
    spelt, type_ = (schema.name, value_type(schema.type)) if schema else (terms.spelling(name), _guessed(name))
    if cell.origin is Origin.MADE:
        return Scalar(terms.const(False) if type_ is Type.BOOLEAN else terms.null)
    if cell.origin is Origin.GLOBAL:
        return Scalar(terms.interner.global_(f"{cell.scope}.{'.'.join((*cell.prefix, spelt))}", type_))
    if cell.origin in (Origin.NEW, Origin.OLD):
        return Scalar(terms.null if is_relationship(cell.object, name, terms) else _stored(cell, spelt, type_, terms))
    assert cell.ref is not None
    return Scalar(terms.interner.field(cell.ref, (*cell.prefix, spelt), type_))


def _stored(cell: RecordCell, name: str, type_: Type, terms: Terms) -> Expr:
    changes = terms.apart or name == box_of(cell.object) or is_volatile((name,), _OneObject(cell.object, terms))
    if cell.ref is not None and name != box_of(cell.object):
        return terms.interner.field(cell.ref, (name,), type_)  # of another record of the chunk, whose box changes alike
    ref = PRIOR if cell.origin is Origin.OLD and changes else AFTER
    return terms.interner.field(ref, (name,), type_)


class _OneObject:
    """The schema of one object, as the decision procedure asks for it."""

    def __init__(self, object_: str, terms: Terms) -> None:
        self._model = terms.objects.get(object_)

    def field(self, path: tuple[str, ...]) -> FieldSchema | None:
        """Return what is known of an own field."""
        return self._model.field(path[0])


def _guessed(name: str) -> Type:
    return Type.TEXT if name.casefold() == "id" else Type.UNKNOWN


def is_required(object_: str, name: str, terms: Terms) -> bool:
    """Whether a stored value of the field is never blank."""
    schema = terms.objects.get(object_).field(name) if object_ else None
    return schema is not None and (schema.required or schema.type is FieldType.CHECKBOX)

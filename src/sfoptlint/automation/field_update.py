"""What a field update writes: the record, the field and the value.

(Metadata API Developer Guide, Workflow, WorkflowFieldUpdate; Salesforce Help, "Cross-Object Field Updates".)
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from sfoptlint.automation.field_types import value_type
from sfoptlint.automation.names import RecordNames
from sfoptlint.core.expr import AFTER, Expr, Interner, Primitive, Type
from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import Source
from sfoptlint.metadata.workflow import FieldUpdate
from sfoptlint.model.objects import Objects

_OBJECTS = {object_.casefold(): object_ for object_ in OptOutObject} | {"personaccount": OptOutObject.ACCOUNT}
_USUAL = {"accountid": "Account", "contactid": "Contact", "leadid": "Lead", "whoid": "Contact"}
"""Where a look-up of a standard name leads, on an object that nothing is known of."""


@dataclass(frozen=True, slots=True)
class Written:
    """The value that a field update gives; `unread` says why it is not known, then the value is None.

    `names`: the value is the name of a user, a queue or a record type, where the field will hold its Id.
    """

    value: Expr | None
    unread: str = ""
    names: bool = False


def opt_out_object(name: str) -> OptOutObject | None:
    """Return the object with an opt-out box by its name in metadata; `PersonAccount` is Account."""
    return _OBJECTS.get(name.casefold())


def is_box(field: str, object_: OptOutObject | None) -> bool:
    """Whether a field of the object is its opt-out box."""
    return object_ is not None and field.casefold() == OPT_OUT_FIELD[object_].casefold()


def writes_own_record(update: FieldUpdate) -> bool:
    """Whether the record whose save fires the rule is the one that is written."""
    return not update.target or update.target.casefold() == update.object.casefold()


def target_object(update: FieldUpdate, objects: Objects) -> str:
    """Return the object of the record that is written, empty where the tree does not say where the look-up leads."""
    if writes_own_record(update):
        object_ = opt_out_object(update.object)
        return object_ or update.object
    model = objects.get(update.object)
    schema = model.field(update.target) or model.relationship(update.target)
    if schema is not None and schema.references:
        return schema.references[0] if len(schema.references) == 1 else ""
    return _USUAL.get(update.target.casefold(), "")


def written(update: FieldUpdate, objects: Objects, interner: Interner) -> Written:
    """Return the value that the update gives its field, read from the record whose save fires the rule."""
    target = target_object(update, objects)
    schema = objects.get(target).field(update.field) if target else None
    match update.operation:
        case "Literal":
            return _literal(update, schema, interner)
        case "Formula":
            return _formula(update, objects, interner)
        case "Null":
            return Written(interner.const(None, value_type(schema.type) if schema else Type.UNKNOWN))
        case "LookupValue":
            return Written(interner.const(update.lookup or None, Type.TEXT), names=True)
        case "NextValue" | "PreviousValue":
            return _neighbour(update, schema, interner)
    return Written(None, f"its operation {update.operation or 'of no name'} is not known")


def _literal(update: FieldUpdate, schema: FieldSchema | None, interner: Interner) -> Written:
    text = update.literal
    type_ = value_type(schema.type) if schema else Type.UNKNOWN
    if is_box(update.field, opt_out_object(update.object)) or (type_ is Type.UNKNOWN and text in ("0", "1")):
        type_ = Type.BOOLEAN
    try:
        match type_:
            case Type.BOOLEAN if text.casefold() in ("1", "0", "true", "false"):
                return Written(interner.const(text.casefold() in ("1", "true"), Type.BOOLEAN))
            case Type.NUMBER:
                return Written(interner.const(Decimal(text), Type.NUMBER))
            case Type.DATE:
                return Written(interner.const(date.fromisoformat(text), Type.DATE))
            case Type.TEXT | Type.UNKNOWN:
                return Written(interner.const(text or None, Type.TEXT))
    except (InvalidOperation, ValueError):
        pass
    return Written(None, f"its value {text!r} is not one of a {type_}")


def _formula(update: FieldUpdate, objects: Objects, interner: Interner) -> Written:
    try:
        tree = parse(update.formula)
    except FormulaSyntaxError as error:
        return Written(None, f"its formula is none: {error}")
    at = Place(update.path, update.formula_at.line, update.formula_at.column)
    source = Source(update.formula, at, context=Context.WORKFLOW)
    own = opt_out_object(update.object) or update.object
    return Written(lower(tree, source, RecordNames(own, objects, interner), interner).expr)


def _neighbour(update: FieldUpdate, schema: FieldSchema | None, interner: Interner) -> Written:
    """The value above or below the one that is there, in the order of the picklist; at its end the value stays."""
    if schema is None or schema.type is not FieldType.PICKLIST or not schema.values or not writes_own_record(update):
        return Written(None, f"the values of {update.field} are not in the tree")
    values = schema.values if update.operation == "NextValue" else schema.values[::-1]
    field = interner.field(AFTER, (schema.name,), Type.TEXT)
    found: Expr = field
    for value, other in pairwise(values):
        here = interner.call(Primitive.SAME, (field, interner.const(value, Type.TEXT)), Type.BOOLEAN)
        found = interner.call(Primitive.IF, (here, interner.const(other, Type.TEXT), found), Type.TEXT)
    return Written(found)

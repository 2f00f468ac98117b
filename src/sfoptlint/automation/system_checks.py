"""What the platform refuses of an automation's own write, where the tree itself shows it.

A field update is validated like any write: a unique field gets a value that another record has, a restricted picklist one that it
does not know, a required field none (Apex Developer Guide, Triggers and Order of Execution, step 11; SOAP API Developer Guide,
StatusCode). Whether a value is too long, or a look-up filter refuses a record, is not asked: what a field can hold it takes.
"""

from collections.abc import Iterator

from sfoptlint.automation.automation import Block
from sfoptlint.automation.field_types import value_type
from sfoptlint.automation.field_update import opt_out_object, written
from sfoptlint.core.expr import AFTER, Const, Expr, Free, FreeKind, Interner, Primitive, Type
from sfoptlint.core.location import Place
from sfoptlint.core.logic import all_of, not_, true
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.core.verdict import Cause
from sfoptlint.metadata.workflow import FieldUpdate
from sfoptlint.model.objects import Objects


def refusals(update: FieldUpdate, objects: Objects, interner: Interner) -> Iterator[tuple[Expr, Block]]:
    """Yield how an update of the rule's own record can fail, each with its condition beside the rule's own."""
    schema = objects.get(opt_out_object(update.object) or update.object).field(update.field)
    if schema is None:
        return
    if schema.required and schema.type is not FieldType.CHECKBOX and update.operation == "Null":
        yield true(interner), _fails("REQUIRED_FIELD_MISSING", f"required field {schema.name} is cleared", schema)
    literal = interner.const(update.literal, Type.TEXT) if update.operation == "Literal" else None
    if literal is not None and (refused := bad_value(schema, literal)) is not None:
        yield true(interner), refused
    if schema.unique:
        yield from _collides(update, schema, objects, interner)


def _refused(value: str, schema: FieldSchema) -> bool:
    known = {known.casefold() for known in schema.values}
    return schema.type is FieldType.PICKLIST and bool(value) and value.casefold() not in known


def _collides(
    update: FieldUpdate, schema: FieldSchema, objects: Objects, interner: Interner
) -> Iterator[tuple[Expr, Block]]:
    value = written(update, objects, interner).value
    if value is None:
        return
    place = Place(update.path, update.at.line, update.at.column)
    name, said = f"{update.path}#{update.name}", f"another record has the value that {update.name} gives {schema.name}"
    taken = interner.free(Free(name, Type.BOOLEAN, FreeKind.FAILS, place, said))
    yield collision(schema, value, taken, interner)


def collision(schema: FieldSchema, value: Expr, taken: Expr, interner: Interner) -> tuple[Expr, Block]:
    """Return when another value in a unique field of the saved record fails, and how; `taken`: some other record has it."""
    field = interner.field(AFTER, (schema.name,), value_type(schema.type))
    own = interner.call(Primitive.SAME, (field, value), Type.BOOLEAN, ci=True)
    blank = interner.call(Primitive.BLANK, (value,), Type.BOOLEAN)
    guard = all_of((not_(own, interner), not_(blank, interner), taken), interner)
    return guard, _fails("DUPLICATE_VALUE", f"duplicate value found: {schema.name}", schema)


def bad_value(schema: FieldSchema, value: Expr) -> Block | None:
    """Return how a literal fails that a restricted picklist does not take; None where it is taken, or no literal."""
    word = value.value if isinstance(value, Const) else None
    if not schema.restricted or not schema.values or not isinstance(word, str) or not _refused(word, schema):
        return None
    said = f"bad value for restricted picklist field: {word}"
    return _fails("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", said, schema)


def _fails(code: str, message: str, schema: FieldSchema) -> Block:
    return Block(Cause.EXCEPTION, code, message, schema.name)

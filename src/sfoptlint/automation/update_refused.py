"""What the platform refuses of a field update; whoever judges a flow or a trigger needs none of its formulas."""

from collections.abc import Iterator

from sfoptlint.automation.automation import Block
from sfoptlint.automation.field_update import opt_out_object, written
from sfoptlint.automation.system_checks import bad_value, collision, fails
from sfoptlint.core.expr import Expr, Free, FreeKind, Interner, Type
from sfoptlint.core.location import Place
from sfoptlint.core.logic import true
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.metadata.workflow import FieldUpdate
from sfoptlint.model.objects import Objects


def refusals(update: FieldUpdate, objects: Objects, interner: Interner) -> Iterator[tuple[Expr, Block]]:
    """Yield how an update of the rule's own record can fail, each with its condition beside the rule's own."""
    schema = objects.get(opt_out_object(update.object) or update.object).field(update.field)
    if schema is None:
        return
    if schema.required and schema.type is not FieldType.CHECKBOX and update.operation == "Null":
        yield true(interner), fails("REQUIRED_FIELD_MISSING", f"required field {schema.name} is cleared", schema)
    literal = interner.const(update.literal, Type.TEXT) if update.operation == "Literal" else None
    if literal is not None and (refused := bad_value(schema, literal)) is not None:
        yield true(interner), refused
    if schema.unique:
        yield from _collides(update, schema, objects, interner)


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

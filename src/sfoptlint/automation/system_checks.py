"""What the platform refuses of an automation's own write, where the tree itself shows it.

A field update is validated like any write: a unique field gets a value that another record has, a restricted picklist one that it
does not know, a required field none (Apex Developer Guide, Triggers and Order of Execution, step 11; SOAP API Developer Guide,
StatusCode). Whether a value is too long, or a look-up filter refuses a record, is not asked: what a field can hold it takes.
"""

from collections.abc import Callable, Iterator
from typing import Final

from sfoptlint.automation.automation import Block
from sfoptlint.automation.field_types import value_type
from sfoptlint.core.expr import (
    AFTER,
    Call,
    Const,
    Expr,
    Field,
    Free,
    Interner,
    Primitive,
    RecordKind,
    Type,
    nodes,
)
from sfoptlint.core.logic import all_of, not_, true
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.core.verdict import Cause

_MOST_CASES: Final = 60
_OWN: Final = frozenset({RecordKind.AFTER, RecordKind.PRIOR})


def _refused(value: str, schema: FieldSchema) -> bool:
    known = {known.casefold() for known in schema.values}
    return schema.type is FieldType.PICKLIST and bool(value) and value.casefold() not in known


def refused(
    schema: FieldSchema, value: Expr, taken: Callable[[], Expr], interner: Interner
) -> Iterator[tuple[Expr, Block]]:
    """Yield how an automation's value for a field of the saved record fails, each with its condition.

    `taken` says whether another record has the value that a unique field gets. A value that a query or a call gives is taken to
    be made for the field, and one with the record's own Id has no other record.
    """
    if not schema.unique and not schema.restricted:
        return
    for when, case in _cases(value, interner):
        bad = bad_value(schema, case)
        if bad is not None:
            yield when, bad
        if schema.unique and _of_the_record(case):
            collides, block = collision(schema, case, taken(), interner)
            yield all_of((when, collides), interner), block


def collision(schema: FieldSchema, value: Expr, taken: Expr, interner: Interner) -> tuple[Expr, Block]:
    """Return when another value in a unique field of the saved record fails, and how; `taken`: some other record has it."""
    field = interner.field(AFTER, (schema.name,), value_type(schema.type))
    own = interner.call(Primitive.SAME, (field, value), Type.BOOLEAN, ci=True)
    blank = interner.call(Primitive.BLANK, (value,), Type.BOOLEAN)
    guard = all_of((not_(own, interner), not_(blank, interner), taken), interner)
    return guard, fails("DUPLICATE_VALUE", f"duplicate value found: {schema.name}", schema)


def bad_value(schema: FieldSchema, value: Expr) -> Block | None:
    """Return how a literal fails that a restricted picklist does not take; None where it is taken, or no literal."""
    word = value.value if isinstance(value, Const) else None
    if not schema.restricted or not schema.values or not isinstance(word, str) or not _refused(word, schema):
        return None
    said = f"bad value for restricted picklist field: {word}"
    return fails("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", said, schema)


def _cases(value: Expr, interner: Interner) -> Iterator[tuple[Expr, Expr]]:
    """Yield what a value can be, each with its condition; of very many cases the first ones."""
    left: list[tuple[Expr, Expr]] = [(true(interner), value)]
    for _ in range(_MOST_CASES):
        if not left:
            return
        when, one = left.pop()
        if isinstance(one, Call) and one.op == Primitive.IF:
            condition, yes, no = one.args
            left.append((all_of((when, not_(condition, interner)), interner), no))
            left.append((all_of((when, condition), interner), yes))
        else:
            yield when, one


def _of_the_record(value: Expr) -> bool:
    """Whether a value is made of the record's own fields, its Id left aside, and of what is behind its look-ups."""
    return not any(
        isinstance(node, Free)
        or (isinstance(node, Field) and (node.record.kind not in _OWN or node.path[-1].casefold() == "id"))
        for node in nodes(value)
    )


def fails(code: str, message: str, schema: FieldSchema) -> Block:
    """Return the failure of a save for one of its fields."""
    return Block(Cause.EXCEPTION, code, message, schema.name)

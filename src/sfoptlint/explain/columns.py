"""The fields of a guard as the columns of a query, where a query can filter by them."""

import re
from dataclasses import dataclass
from typing import Final, Protocol

from sfoptlint.core.expr import AFTER, PRIOR, Call, Expr, Field, Type
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.explain.values import stored_percent

MOST_STEPS: Final = 5
"""Look-ups that a path in a query may follow (SOQL and SOSL Reference, Understanding Relationship Query Limitations)."""
_NAME: Final = re.compile(r"[A-Za-z]\w*", re.ASCII)
_UNFILTERABLE: Final = {
    FieldType.LONG_TEXT_AREA: "a query cannot filter by a long text area",
    FieldType.HTML: "a query cannot filter by a rich text area",
    FieldType.ENCRYPTED_TEXT: "a query cannot filter by an encrypted text",
    FieldType.ADDRESS: "a query cannot filter by a compound address",
    FieldType.LOCATION: "a query cannot filter by a geolocation",
    FieldType.FILE: "a query cannot filter by a file",
}
"""Field types that WHERE does not take (SOAP API Developer Guide, Field Properties: `filterable`)."""
_OF_ANY_OWNER: Final = frozenset({"name", "type", "firstname", "lastname"})
"""What a path through a look-up to several objects can filter by (Object Reference, Name)."""


class Schema(Protocol):
    """Knows the fields of the object that is saved, and of those that its look-ups lead to."""

    def field(self, path: tuple[str, ...]) -> FieldSchema | None:
        """Return what is known of the field at the end of a path."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field in a query. `percent`: the guard reads a hundredth of it; `day`: it reads the day of a date-time."""

    name: str
    path: tuple[str, ...]
    type: Type
    schema: FieldSchema | None
    percent: bool = False
    day: bool = False

    @property
    def kind(self) -> FieldType:
        """The field's type, UNKNOWN where nothing is known of it."""
        return self.schema.type if self.schema else FieldType.UNKNOWN


class NotWritableError(Exception):
    """A condition that SOQL does not have; the message says why, as the end of a sentence."""


def column(node: Expr, schema: Schema) -> Column:
    """Return the column that a term reads; raises `NotWritableError`."""
    match node:
        case Field(record=record) if record in (AFTER, PRIOR):
            return _field(node, schema)
        case Call(op="DATEVALUE", args=(Field(type=Type.DATETIME) as moment,)):
            plain = column(moment, schema)
            return Column(plain.name, plain.path, Type.DATE, plain.schema, day=True)
        case Call(op="/"):
            field = stored_percent(node)
            if isinstance(field, Field):
                plain = column(field, schema)
                return Column(plain.name, plain.path, Type.NUMBER, plain.schema, percent=True)
    raise NotWritableError(_why_not(node))


def _why_not(node: Expr) -> str:
    match node:
        case Call(op=op) if op.isalpha() and op.isupper():
            return f"a query cannot compute {op}"
        case Call():
            return "a query cannot compute with values"
        case _:
            return "a query compares a field with a literal only"


def _field(node: Field, schema: Schema) -> Column:
    path = node.path
    if len(path) - 1 > MOST_STEPS:
        raise NotWritableError(f"a query follows at most {MOST_STEPS} look-ups")
    names = tuple(step.partition(":")[0] for step in path)
    if not all(_NAME.fullmatch(name) for name in names):
        raise NotWritableError("the name cannot be written in a query")
    if _many_targets(path, schema) and path[-1].casefold() not in _OF_ANY_OWNER:
        raise NotWritableError("the look-up leads to more than one object")
    known = schema.field(path)
    if known is not None:
        if known.formula is not None:
            raise NotWritableError("it is a formula field")
        if known.type in _UNFILTERABLE:
            raise NotWritableError(_UNFILTERABLE[known.type])
    return Column(".".join(names), names, node.type, known)


def _many_targets(path: tuple[str, ...], schema: Schema) -> bool:
    if any(":" in step for step in path):
        return True
    return any(
        (known := look_up(path[: at + 1], schema)) is not None and len(known.references) > 1
        for at in range(len(path) - 1)
    )


def look_up(path: tuple[str, ...], schema: Schema) -> FieldSchema | None:
    """Return the look-up field that the last step of a path follows: `Account` is `AccountId`, `Region__r` `Region__c`."""
    step = path[-1].partition(":")[0]
    name = step[:-1] + "c" if step.casefold().endswith("__r") else f"{step}Id"
    return schema.field((*path[:-1], name))

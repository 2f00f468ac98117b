"""Which values a field, a global or a free atom can have: what the schema says, and what the platform guarantees."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final, Protocol

from sfoptlint.core.expr import Field, Free, Global, RecordKind, Type
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.decide.domain import BLANK, FALSE, ORDERED, TRUE, Abstract, Domain
from sfoptlint.decide.program import Leaf

_WRITTEN_BY_EVERY_SAVE: Final = frozenset({"lastmodifieddate", "lastmodifiedbyid", "lastmodifiedby", "systemmodstamp"})
_GLOBALS_NEVER_BLANK: Final = frozenset(
    [
        "$profile.name",
        "$profile.id",
        "$user.id",
        "$user.profileid",
        "$user.username",
        "$user.lastname",
        "$user.email",
        "$user.alias",
        "$organization.id",
        "$organization.name",
    ]
)
_FIRST_DAY: Final = date(1700, 1, 1)
_LAST_DAY: Final = date(4000, 12, 31)
_DIGITS: Final = 18


class Schema(Protocol):
    """Knows the fields of the object that is saved."""

    def field(self, path: tuple[str, ...]) -> FieldSchema | None:
        """Return what is known of the field at the end of the path, or None; `required` speaks of its own record."""


def is_volatile(path: tuple[str, ...], schema: Schema) -> bool:
    """Whether a save may change the field although nobody wrote it: audit fields, formulas, roll-up summaries.

    The audit fields are those of the Object Reference, "System Fields".
    """
    if path[0].casefold() in _WRITTEN_BY_EVERY_SAVE:
        return True
    known = schema.field(path) if len(path) == 1 else None
    return known is not None and (known.formula is not None or known.type is FieldType.SUMMARY)


def realm(leaf: Leaf | None, type_: Type, boolean: bool, schema: Schema) -> Abstract:
    """Return what a leaf may be; None is the clock."""
    if boolean:
        # A checkbox, a permission and a flag are never blank; where the type is a guess, it may be.
        return TRUE | FALSE if leaf is None or leaf.type is Type.BOOLEAN else TRUE | FALSE | BLANK
    match leaf:
        case Field(record=record) if record.kind in (RecordKind.AFTER, RecordKind.PRIOR):
            return _field(leaf, type_, schema)
        case Global(name=name):
            return _typed(type_, None, blank=name.casefold() not in _GLOBALS_NEVER_BLANK)
        case None:
            return _typed(type_, None, blank=False)
        case Free():
            return Domain()
        case _:
            return _typed(type_, None, blank=True)


def _field(leaf: Field, type_: Type, schema: Schema) -> Domain:
    known = schema.field(leaf.path)
    blank = known is None or not known.required or not _leads_somewhere(leaf.path, schema)
    domain = _typed(type_, known, blank=blank)
    if (
        known is not None
        and known.restricted
        and known.values
        and known.type is FieldType.PICKLIST
        and type_ is Type.TEXT
    ):
        return Domain(blank=blank, values=frozenset(known.values))
    return domain


def _leads_somewhere(path: tuple[str, ...], schema: Schema) -> bool:
    """Whether every look-up on the path is filled: a parent that is not there has only blanks."""
    return all(_is_filled(path[: at + 1], schema) for at in range(len(path) - 1))


def _is_filled(path: tuple[str, ...], schema: Schema) -> bool:
    known = schema.field((*path[:-1], lookup(path[-1])))
    return known is not None and known.required and ":" not in path[-1]


def lookup(step: str) -> str:
    """Return the field behind a step of a path: `Account` is `AccountId`, `Region__r` is `Region__c`.

    (SOQL and SOSL Reference, "Understanding Relationship Names".)
    """
    name = step.partition(":")[0]
    folded = name.casefold()
    return f"{name[:-1]}c" if folded.endswith(("__r", "__pr")) else f"{name}Id"


def _typed(type_: Type, known: FieldSchema | None, *, blank: bool) -> Domain:
    if known is not None and type_ in ORDERED and (known.formula is not None or known.type is FieldType.SUMMARY):
        # What is calculated is not held back by what a field can store.
        return Domain(blank)
    match type_:
        case Type.TEXT:
            return Domain(blank, low=1, high=known.length if known else None)
        case Type.NUMBER:
            digits = ((known.precision if known else None) or _DIGITS) - ((known.scale if known else None) or 0)
            limit = Decimal(10) ** digits
            return Domain(blank, low=-limit, high=limit, low_open=True, high_open=True)
        case Type.DATE:
            return Domain(blank, low=_FIRST_DAY, high=_LAST_DAY)
        case Type.DATETIME:
            return Domain(blank, low=_moment(_FIRST_DAY), high=_moment(_LAST_DAY))
        case Type.UNKNOWN:
            return Domain(blank, low=1)
        case _:
            return Domain(blank)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

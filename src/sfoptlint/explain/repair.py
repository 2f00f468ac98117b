"""The two repairs of a validation rule that rejects opt-outs, as text to paste over its formula.

Guard by change: the rule checks a record only when it is new or one of the fields that it checks changes. Exempt: whoever
has a custom permission passes. In both the original stands whole, as an argument: neither its comments nor its mixed
operators matter there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sfoptlint.core.expr import AFTER, PRIOR, Expr, Field, Free, nodes
from sfoptlint.core.schema import FieldType
from sfoptlint.explain.columns import Schema, look_up

LONGEST_FORMULA: Final = 3900
"""Characters of a formula (Salesforce Help, Formula Limits and Formula Field Limits)."""
PLACEHOLDER: Final = "Email_Opt_Out_Sync"
"""The custom permission that the exemption names where the org has none yet."""
_CALCULATED: Final = (FieldType.SUMMARY, FieldType.AUTO_NUMBER, FieldType.ADDRESS, FieldType.ID)
_SYSTEM: Final = frozenset(
    [
        *("id", "isdeleted", "createddate", "createdbyid", "lastmodifieddate", "lastmodifiedbyid", "systemmodstamp"),
        *("lastactivitydate", "lastvieweddate", "lastreferenceddate", "ispersonaccount", "isconverted"),
    ]
)
"""What no person writes (Object Reference, System Fields)."""
_PERSON_NAME: Final = ("FirstName", "LastName")


class RepairKind(StrEnum):
    """What the repair does."""

    GUARD_BY_CHANGE = "guard_by_change"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Repair:
    """A formula to paste, and what it does."""

    kind: RepairKind
    summary: str
    text: str

    @property
    def too_long(self) -> bool:
        """Whether the platform refuses the formula for its length."""
        return len(self.text) > LONGEST_FORMULA


def repaired_formula(
    formula_text: str,
    fields_checked: Sequence[str],
    box: str,
    *,
    targeted: bool = False,
    permission: str = PLACEHOLDER,
) -> tuple[Repair, ...]:
    """Return the repairs of a rule's formula, the one that needs nothing but a paste first.

    `fields_checked` are the record's own fields as `changeable_fields` names them, `box` is the opt-out field. A rule that
    is about the box itself (`targeted`), or that checks nothing which a person can change, can only exempt the sync user.
    """
    original = formula_text.strip()
    changes = [name for name in dict.fromkeys(fields_checked) if name.casefold() != box.casefold()]
    exempt = Repair(
        RepairKind.EXEMPT,
        f"let the sync user pass: give it the custom permission {permission} through a permission set",
        _both(f"NOT($Permission.{permission})", original),
    )
    if targeted or not changes:
        return (exempt,)
    terms = ", ".join(("ISNEW()", *(f"ISCHANGED({name})" for name in changes)))
    guard = Repair(
        RepairKind.GUARD_BY_CHANGE,
        "check a record only when it is new or what the rule checks changes",
        _both(f"OR({terms})", original),
    )
    return guard, exempt


def _both(condition: str, original: str) -> str:
    if "\n" in original:
        return f"AND(\n{condition},\n{original}\n)"
    return f"AND({condition}, {original})"


def changeable_fields(guard: Expr, schema: Schema) -> tuple[str, ...]:
    """Return the record's own fields that the guard reads and a person can change, in the order in which it reads them.

    A path through a look-up counts as the look-up field: pointing the record elsewhere is a change of what is checked. A
    person's full name counts as its parts. A field that nobody knows counts as one that can be changed.
    """
    return tuple(dict.fromkeys(name for field in _fields(guard) for name in _changeable(field.path, schema)))


def _fields(guard: Expr) -> Iterator[Field]:
    for node in nodes(guard):
        match node:
            case Field(record=record) if record in (AFTER, PRIOR):
                yield node
            case Free(reads=reads):
                yield from (field for field in reads if field.record in (AFTER, PRIOR))


def _changeable(path: tuple[str, ...], schema: Schema) -> Iterable[str]:
    if len(path) > 1:
        known = look_up(path[:1], schema)
        return (known.name,) if known is not None and known.updateable is not False else ()
    name = path[0]
    if name.casefold() == "name" and schema.field(("LastName",)) is not None:
        return _PERSON_NAME
    found = schema.field(path)
    if found is None:
        return () if name.casefold() in _SYSTEM else (name,)
    fixed = found.formula is not None or found.updateable is False or found.type in _CALCULATED
    return () if fixed or name.casefold() in _SYSTEM else (found.name,)

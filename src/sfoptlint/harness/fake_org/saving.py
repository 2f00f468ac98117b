"""The seam to whatever decides what becomes of a save: the simulator, or the platform's own checks alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.core.witness import Values
from sfoptlint.harness.fake_org.schema import OrgObject


@dataclass(frozen=True, slots=True)
class Save:
    """One record to be saved: what is stored (None for a new one), and what the request sets.

    `allow_duplicates`: the request's header lets alerts of duplicate rules pass.
    """

    object: OrgObject
    stored: Values | None
    asked: Values
    now: datetime
    allow_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """The record as it ends. `doubts` say what is not known about that: it was saved as asked all the same.

    `later` are the values that run soon after the commit gives it.
    """

    record: Values
    doubts: tuple[str, ...] = ()
    later: tuple[Values, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the record was not saved."""

    errors: tuple[SaveError, ...]


class Saves(Protocol):
    """Decides what becomes of saves; changes nothing."""

    def save(self, chunk: Sequence[Save]) -> Sequence[Saved | Refused]:
        """Return, for each of the records of one object that are saved together, how it ends or why it is not saved."""
        ...


class PlainSaves:
    """An org without automation: types and lengths were checked by the way in, and converted leads stay as they are."""

    def save(self, chunk: Sequence[Save]) -> Sequence[Saved | Refused]:
        """Return each record with what was asked for."""
        return [_plainly(save) for save in chunk]


def _plainly(save: Save) -> Saved | Refused:
    stored = save.stored or {}
    if stored.get("IsConverted") is True:
        return Refused((SaveError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"),))
    errors = (*_unfit(save.object, save.asked), *missing(save))
    return Refused(errors) if errors else Saved({**stored, **save.asked})


_LONG: Final = frozenset({FieldType.TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL, FieldType.TEXT_AREA})


def _unfit(object_: OrgObject, asked: Values) -> Iterator[SaveError]:
    for name, value in asked.items():
        field = object_.field(name)
        if field is not None and _too_long(field, value):
            yield SaveError(
                "STRING_TOO_LONG", f"{field.name}: data value too large: (max length={field.length})", (field.name,)
            )


def _too_long(field: FieldSchema, value: Value) -> bool:
    return isinstance(value, str) and field.type in _LONG and field.length is not None and len(value) > field.length


def missing(save: Save) -> Iterator[SaveError]:
    """Yield the error of a save that leaves a required field blank: of a new record any, of a stored one those that are set."""
    after = {**(save.stored or {}), **save.asked}
    looked_at = save.object.fields.values() if save.stored is None else map(save.object.field, save.asked)
    blank = [
        field.name
        for field in looked_at
        if field is not None
        and field.required
        and field.updateable is not False
        and not field.person_account
        and field.type is not FieldType.CHECKBOX
        and field.name not in _GIVEN
        and after.get(field.name) in (None, "")
    ]
    if blank:
        yield SaveError("REQUIRED_FIELD_MISSING", f"Required fields are missing: [{', '.join(blank)}]", tuple(blank))


_GIVEN: Final = frozenset({"OwnerId", "Status"})
"""What the platform fills by itself where a request leaves it out."""

"""Records written: what the request may set, then the save of each chunk, then what is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.harness.fake_org.ids import is_id, key_of
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Errors, Record
from sfoptlint.harness.fake_org.refusal import OrgRefusal
from sfoptlint.harness.fake_org.saving import Refused, Save, Saved
from sfoptlint.harness.fake_org.schema import OrgObject
from sfoptlint.harness.fake_org.values import UnfitValueError, from_json

_SECURITY: Final = (
    "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is read/write"
    " for your profile or permission set."
)
UNFIT: Final = "JSON_PARSER_ERROR"
"""A value of another type than the field's: through JSON it refuses the whole request."""
CHUNK: Final = 200


@dataclass(frozen=True, slots=True)
class Write:
    """What a request sets of one record; `record_id` is None for a new one."""

    object: OrgObject
    record_id: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Prepared:
    record: Record
    save: Save


@dataclass(frozen=True, slots=True)
class Manner:
    """How a request saves: whether its header lets duplicates pass, and whether a value of another type refuses all."""

    allow_duplicates: bool = False
    strict: bool = True


def write(org: Org, asked: Sequence[Write | Errors], manner: Manner) -> list[Record | Errors]:
    """Save records in chunks, each by itself; return the record or why not, for each in its order.

    What is refused already stays so, and is no part of a chunk.
    """
    prepared = list(_each_once(org, asked, manner))
    unfit = next((one[0] for one in prepared if isinstance(one, tuple) and one[0].status_code == UNFIT), None)
    if unfit is not None and manner.strict:
        raise OrgRefusal(unfit.status_code, unfit.message)
    results: list[Record | Errors] = [one if isinstance(one, tuple) else () for one in prepared]
    alive = [(at, one) for at, one in enumerate(prepared) if isinstance(one, _Prepared)]
    for _, group in groupby(alive, key=lambda pair: (pair[1].record.object.name, pair[1].save.stored is None)):
        together = list(group)
        for start in range(0, len(together), CHUNK):
            chunk = together[start : start + CHUNK]
            outcomes = org.saves.save([one.save for _, one in chunk])
            for (at, one), outcome in zip(chunk, outcomes, strict=True):
                results[at] = outcome.errors if isinstance(outcome, Refused) else _stored(org, one, outcome)
    return results


def delete(org: Org, object_: OrgObject, record_id: str) -> Record | Errors:
    """Put a record into the recycle bin, and return it; or why not."""
    record = org.find(object_, record_id)
    if record is None or record.deleted:
        return (_absent(record, record_id),)
    if not org.access.may_edit(object_.name):
        return (_no_access(),)
    record.deleted = True
    record.values |= {"IsDeleted": True, "LastModifiedDate": org.now(), "SystemModstamp": org.now()}
    return record


def _each_once(org: Org, asked: Sequence[Write | Errors], manner: Manner) -> Iterator[_Prepared | Errors]:
    seen: set[str] = set()
    for one in asked:
        if isinstance(one, tuple):
            yield one
            continue
        key = key_of(one.record_id or "")
        if key and key in seen:
            yield (SaveError("DUPLICATE_VALUE", "duplicate id specified", ("Id",)),)
            continue
        seen.add(key)
        yield _prepared(org, one, manner)


def _prepared(org: Org, one: Write, manner: Manner) -> _Prepared | Errors:
    record = _new(one.object) if one.record_id is None else org.find(one.object, one.record_id)
    if record is None or record.deleted:
        return (_absent(record, one.record_id or ""),)
    trouble = org.row_faults.get(key_of(record.id))
    if trouble:
        return (trouble.popleft(),)
    if not org.access.may_edit(one.object.name):
        return (_no_access(),)
    asked, errors = _asked(org, one.object, one.body)
    if errors:
        return errors
    stored = None if one.record_id is None else record.values
    return _Prepared(record, Save(one.object, stored, asked, org.now(), manner.allow_duplicates))


def _new(object_: OrgObject) -> Record:
    return Record("", object_, {f.name: False for f in object_.fields.values() if f.type is FieldType.CHECKBOX})


def _stored(org: Org, one: _Prepared, outcome: Saved) -> Record:
    record = one.record
    record.values = {**record.values, **outcome.record}
    if one.save.stored is None:
        record.id = org.ids.make(record.object.name)
        record.values |= {"Id": record.id, "CreatedDate": org.now(), "IsDeleted": False}
        org.table(record.object)[key_of(record.id)] = record
    record.values |= {"LastModifiedDate": org.now(), "SystemModstamp": org.now()}
    name_person(record)
    org.doubts += outcome.doubts
    org.later += [(record, values) for values in outcome.later]
    return record


def name_person(record: Record) -> None:
    """Put a person's name together from its parts, as the platform does."""
    if record.values.get("LastName"):
        parts = (record.values.get(part) for part in ("FirstName", "MiddleName", "LastName", "Suffix"))
        record.values["Name"] = " ".join(str(part) for part in parts if part)


def _asked(org: Org, object_: OrgObject, body: Mapping[str, Any]) -> tuple[dict[str, Value], Errors]:
    """Return what a request sets, and why it may not."""
    asked: dict[str, Value] = {}
    locked: list[str] = []
    for name, value in body.items():
        field = object_.field(name)
        if field is None or org.access.is_hidden(object_.name, field.name):
            message = f"No such column '{name}' on sobject of type {object_.name}"
            return {}, (SaveError("INVALID_FIELD", message),)
        if _locked(org, object_, field):
            locked.append(field.name)
            continue
        try:
            asked[field.name] = from_json(field, value)
        except UnfitValueError as unfit:
            return {}, (SaveError(UNFIT, f"Cannot deserialize the value of {field.name} as {unfit}"),)
    return asked, tuple(_security_error(locked))


def _locked(org: Org, object_: OrgObject, field: FieldSchema) -> bool:
    calculated = field.formula is not None or field.type in {FieldType.AUTO_NUMBER, FieldType.SUMMARY, FieldType.ID}
    return calculated or field.updateable is False or org.access.is_read_only(object_.name, field.name)


def _security_error(locked: list[str]) -> Iterator[SaveError]:
    if locked:
        yield SaveError("INVALID_FIELD_FOR_INSERT_UPDATE", _SECURITY.format(", ".join(locked)), tuple(locked))


def _absent(record: Record | None, record_id: str) -> SaveError:
    if record is not None:
        return SaveError("ENTITY_IS_DELETED", "entity is deleted")
    if not is_id(record_id):
        return SaveError("MALFORMED_ID", "malformed id", ("Id",))
    return SaveError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")


def _no_access() -> SaveError:
    return SaveError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")


class Rollback:
    """Puts records back to how they are now. Those that are made meanwhile go."""

    def __init__(self, org: Org, touched: Iterable[Record]) -> None:
        self._org = org
        self._kept = {id(record): (record, dict(record.values), record.deleted) for record in touched}

    def back(self, results: Iterable[Record | Errors]) -> None:
        """Undo what a request did to its records."""
        done = [result for result in results if isinstance(result, Record)]
        undone = {id(record) for record in done}
        self._org.later = [(record, values) for record, values in self._org.later if id(record) not in undone]
        for record in done:
            if id(record) not in self._kept:
                del self._org.table(record.object)[key_of(record.id)]
        for record, values, deleted in self._kept.values():
            record.values, record.deleted = values, deleted

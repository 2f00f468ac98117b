"""One record written: what the request may set, then the save, then what is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.harness.fake_org.ids import is_id, key_of
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Errors, Record
from sfoptlint.harness.fake_org.refusal import OrgRefusal
from sfoptlint.harness.fake_org.saving import Refused, Save
from sfoptlint.harness.fake_org.schema import OrgObject
from sfoptlint.harness.fake_org.values import UnfitValueError, from_json

_SECURITY: Final = (
    "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is read/write"
    " for your profile or permission set."
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a request saves: how many records together, and whether its header lets duplicates pass."""

    chunk: int = 1
    allow_duplicates: bool = False


def update(org: Org, object_: OrgObject, record_id: str, body: Mapping[str, Any], manner: Manner) -> Record | Errors:
    """Save a record that is there, and return it; or why not."""
    record = org.find(object_, record_id)
    if record is None or record.deleted:
        return (_absent(record, record_id),)
    trouble = org.row_faults.get(key_of(record.id))
    if trouble:
        return (trouble.popleft(),)
    return _save(org, record, record.values, body, manner)


def create(org: Org, object_: OrgObject, body: Mapping[str, Any], manner: Manner) -> Record | Errors:
    """Save a new record, and return it; or why not."""
    blank: dict[str, Value] = {f.name: False for f in object_.fields.values() if f.type is FieldType.CHECKBOX}
    made = Record("", object_, blank)
    saved = _save(org, made, None, body, manner)
    if isinstance(saved, Record):
        saved.id = org.ids.make(object_.name)
        saved.values |= {"Id": saved.id, "CreatedDate": org.now(), "IsDeleted": False}
        org.table(object_)[key_of(saved.id)] = saved
    return saved


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


def _save(
    org: Org, record: Record, stored: Mapping[str, Value] | None, body: Mapping[str, Any], manner: Manner
) -> Record | Errors:
    if not org.access.may_edit(record.object.name):
        return (_no_access(),)
    asked, errors = _asked(org, record.object, body)
    if errors:
        return errors
    save = Save(record.object, stored, asked, org.now(), manner.chunk, manner.allow_duplicates)
    outcome = org.saves.save(save)
    if isinstance(outcome, Refused):
        return outcome.errors
    org.doubts += outcome.doubts
    record.values = {**record.values, **outcome.record}
    record.values |= {"LastModifiedDate": org.now(), "SystemModstamp": org.now()}
    name_person(record)
    return record


def name_person(record: Record) -> None:
    """Put a person's name together from its parts, as the platform does."""
    if record.values.get("LastName"):
        parts = (record.values.get(part) for part in ("FirstName", "MiddleName", "LastName", "Suffix"))
        record.values["Name"] = " ".join(str(part) for part in parts if part)


def _asked(org: Org, object_: OrgObject, body: Mapping[str, Any]) -> tuple[dict[str, Value], Errors]:
    """Return what a request sets, and why it may not; a value of another type refuses the whole request."""
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
            message = f"Cannot deserialize the value of {field.name} as {unfit}"
            raise OrgRefusal("JSON_PARSER_ERROR", message) from None
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


def copied(record: Record) -> Record:
    """Return a record as it is now, to go back to."""
    return replace(record, values=dict(record.values))

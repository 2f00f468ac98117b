"""The routes of single records and of collections (REST API Developer Guide, sObject Rows, sObject Collections)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.clients.wire import Request, Response, json_response
from sfoptlint.harness.fake_org.asked import Asked, allows_duplicates, api_path, body_of, fields_of, object_called
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Errors, Record
from sfoptlint.harness.fake_org.refusal import OrgRefusal, not_found, refused, shown
from sfoptlint.harness.fake_org.schema import OrgObject
from sfoptlint.harness.fake_org.soql.rows import attributes
from sfoptlint.harness.fake_org.soql.scope import stored
from sfoptlint.harness.fake_org.values import to_json
from sfoptlint.harness.fake_org.writes import Manner, Rollback, Write, delete, write

COLLECTION = 200
_ROLLED_BACK = SaveError(
    "ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and allOrNone is true"
)


def read_one(call: Asked) -> Response:
    """`GET /sobjects/<object>/<id>`, with `fields` for some fields alone."""
    object_ = object_called(call.state, call.parts[-2])
    record = call.state.find(object_, call.parts[-1])
    if record is None or record.deleted:
        raise not_found()
    wanted = [name for name in call.asked("fields").split(",") if name.strip()]
    return json_response(200, _row(call, record, wanted))


def create_one(call: Asked) -> Response:
    """`POST /sobjects/<object>`."""
    object_ = object_called(call.state, call.parts[-1])
    (saved,) = _written(call, [Write(object_, None, fields_of(body_of(call.request)))])
    return json_response(201, _result(saved)) if isinstance(saved, Record) else refused(saved)


def update_one(call: Asked) -> Response:
    """`PATCH /sobjects/<object>/<id>`."""
    object_ = object_called(call.state, call.parts[-2])
    record = call.state.find(object_, call.parts[-1])
    if record is None:
        raise not_found()
    if _changed_since(record, call.request):
        return Response(412)
    body = body_of(call.request)
    if any(name.casefold() == "id" for name in body):
        raise OrgRefusal("INVALID_FIELD", "The Id field should not be specified in the sobject data.")
    (saved,) = _written(call, [Write(object_, record.id, fields_of(body))])
    return Response(204) if isinstance(saved, Record) else refused(saved)


def delete_one(call: Asked) -> Response:
    """`DELETE /sobjects/<object>/<id>`."""
    object_ = object_called(call.state, call.parts[-2])
    if call.state.find(object_, call.parts[-1]) is None:
        raise not_found()
    gone = delete(call.state, object_, call.parts[-1])
    return Response(204) if isinstance(gone, Record) else refused(gone)


def update_many(call: Asked) -> Response:
    """`PATCH /composite/sobjects`."""
    records, all_or_none = _collection(call)
    asked = [_update_of(call.state, body) for body in records]
    ids = [one.record_id for one in asked if isinstance(one, Write)]
    return _together(call.state, ids, lambda: _written(call, asked), all_or_none=all_or_none)


def create_many(call: Asked) -> Response:
    """`POST /composite/sobjects`."""
    records, all_or_none = _collection(call)
    asked = [_create_of(call.state, body) for body in records]
    ids = [one.record_id for one in asked if isinstance(one, Write)]
    return _together(call.state, ids, lambda: _written(call, asked), all_or_none=all_or_none)


def delete_many(call: Asked) -> Response:
    """`DELETE /composite/sobjects?ids=`."""
    ids = [record_id for record_id in call.asked("ids").split(",") if record_id]
    _check_size(len(ids))
    all_or_none = call.asked("allOrNone").casefold() == "true"
    return _together(call.state, ids, lambda: [_delete(call.state, i) for i in ids], all_or_none=all_or_none)


def read_many(call: Asked) -> Response:
    """`GET /composite/sobjects/<object>?ids=&fields=`: null for a record that is not there."""
    ids = call.asked("ids").split(",")
    return json_response(200, list(_read(call, ids, call.asked("fields").split(","))))


def read_many_posted(call: Asked) -> Response:
    """`POST /composite/sobjects/<object>`: the same, for more ids than a URL takes."""
    body = body_of(call.request)
    return json_response(200, list(_read(call, body.get("ids") or [], body.get("fields") or [])))


def _read(call: Asked, ids: list[str], fields: list[str]) -> Iterator[dict[str, Any] | None]:
    object_ = object_called(call.state, call.parts[-1])
    for record_id in ids:
        record = call.state.find(object_, str(record_id))
        yield None if record is None or record.deleted else _row(call, record, [f for f in fields if f])


def _row(call: Asked, record: Record, wanted: list[str]) -> dict[str, Any]:
    object_, hidden = record.object, call.state.access.is_hidden
    fields = [object_.field(name.strip()) for name in wanted] if wanted else list(object_.fields.values())
    for name, field in zip(wanted, fields, strict=False):
        if field is None or hidden(object_.name, field.name):
            raise OrgRefusal("INVALID_FIELD", f"No such column '{name.strip()}' on sobject of type {object_.name}")
    shown_fields = [field for field in fields if field is not None and not hidden(object_.name, field.name)]
    row: dict[str, Any] = {"attributes": attributes(record, api_path(call.request))}
    return {**row, **{field.name: to_json(stored(record, field)) for field in shown_fields}, "Id": record.id}


def _collection(call: Asked) -> tuple[list[dict[str, Any]], bool]:
    body = body_of(call.request)
    records = body.get("records")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise OrgRefusal("JSON_PARSER_ERROR", "records is a list of records")
    _check_size(len(records))
    return records, body.get("allOrNone") is True


def _check_size(count: int) -> None:
    if count > COLLECTION:
        raise OrgRefusal("EXCEEDED_ID_LIMIT", f"record limit reached. cannot submit more than {COLLECTION} records")


def _written(call: Asked, asked: Sequence[Write | Errors]) -> list[Record | Errors]:
    return write(call.state, asked, Manner(allows_duplicates(call.request)))


def _together(
    org: Org, ids: Sequence[str | None], do: Callable[[], list[Record | Errors]], *, all_or_none: bool
) -> Response:
    """Answer for each record; all or none of them goes back to where all were."""
    found = (org.anywhere(record_id) for record_id in ids if record_id) if all_or_none else ()
    rollback = Rollback(org, [record for record in found if record is not None])
    results = do()
    if all_or_none and not all(isinstance(result, Record) for result in results):
        rollback.back(results)
        results = [(_ROLLED_BACK,) if isinstance(result, Record) else result for result in results]
    return json_response(200, [_result(result) for result in results])


def _update_of(org: Org, body: dict[str, Any]) -> Write | Errors:
    object_ = _object_of(org, body)
    record_id = next((str(value) for name, value in body.items() if name.casefold() == "id"), "")
    if isinstance(object_, SaveError):
        return (object_,)
    if not record_id:
        return (SaveError("MISSING_ARGUMENT", "Id not specified in an update call"),)
    return Write(object_, record_id, fields_of(body))


def _create_of(org: Org, body: dict[str, Any]) -> Write | Errors:
    object_ = _object_of(org, body)
    return (object_,) if isinstance(object_, SaveError) else Write(object_, None, fields_of(body))


def _delete(org: Org, record_id: str) -> Record | Errors:
    record = org.anywhere(record_id)
    if record is None:
        return (SaveError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"),)
    return delete(org, record.object, record_id)


def _result(result: Record | Errors) -> dict[str, Any]:
    if isinstance(result, Record):
        return {"id": result.id, "success": True, "errors": []}
    return {"success": False, "errors": [shown(error, "statusCode") for error in result]}


def _object_of(org: Org, body: dict[str, Any]) -> OrgObject | SaveError:
    described = body.get("attributes")
    name = described.get("type") if isinstance(described, dict) else None
    found = org.schema.get(str(name)) if name else None
    return found or SaveError("INVALID_TYPE", f"sObject type '{name or ''}' is not supported.")


def _changed_since(record: Record, request: Request) -> bool:
    """Whether a record was changed after the moment that `If-Unmodified-Since` names."""
    asked, modified = request.header("If-Unmodified-Since"), record.values.get("LastModifiedDate")
    if not asked or not isinstance(modified, datetime):
        return False
    try:
        return modified.replace(microsecond=0) > parsedate_to_datetime(asked)
    except (ValueError, TypeError):
        return False

"""The routes of Bulk API 2.0 ingest: a job, its rows as CSV, and what became of each (Bulk API 2.0 Developer Guide)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any, Final

from sfoptlint.clients.salesforce.jobs import BLANK, JobState
from sfoptlint.clients.wire import Response, json_response
from sfoptlint.core.schema import FieldType
from sfoptlint.harness.fake_org import writes
from sfoptlint.harness.fake_org.asked import Asked, api_path, body_of
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Errors, Job, Record, Row
from sfoptlint.harness.fake_org.refusal import OrgRefusal, not_found
from sfoptlint.harness.fake_org.schema import OrgObject

DELIMITERS: Final = {"COMMA": ",", "TAB": "\t", "PIPE": "|", "SEMICOLON": ";", "CARET": "^", "BACKQUOTE": "`"}
ENDINGS: Final = {"LF": "\n", "CRLF": "\r\n"}
_OPERATIONS: Final = ("insert", "update", "delete")


def create(call: Asked) -> Response:
    """`POST /jobs/ingest`."""
    body = body_of(call.request)
    object_ = call.state.schema.get(str(body.get("object")))
    if object_ is None:
        raise OrgRefusal("INVALIDENTITY", f"Unable to find object: {body.get('object')}")
    operation = str(body.get("operation"))
    delimiter, ending = str(body.get("columnDelimiter") or "COMMA"), str(body.get("lineEnding") or "LF")
    if operation not in _OPERATIONS or delimiter not in DELIMITERS or ending not in ENDINGS:
        raise OrgRefusal("INVALIDJOB", f"operation is one of {', '.join(_OPERATIONS)} here, with a known CSV format")
    job = Job(call.state.ids.make("Job"), object_, operation, delimiter, ending, f"{call.state.now():%FT%T}.000+0000")
    call.state.jobs[job.id] = job
    return json_response(200, _shown(job, call))


def upload(call: Asked) -> Response:
    """`PUT /jobs/ingest/<id>/batches`."""
    job = _job(call)
    if job.state is not JobState.OPEN or job.upload:
        raise OrgRefusal("INVALIDJOBSTATE", "Found multiple contents for job, or the job is not open")
    job.upload = call.request.body
    return Response(201)


def change(call: Asked) -> Response:
    """`PATCH /jobs/ingest/<id>`: the upload is complete, or the job is aborted."""
    job, wanted = _job(call), body_of(call.request).get("state")
    if job.state is not JobState.OPEN or wanted not in (JobState.UPLOAD_COMPLETE, JobState.ABORTED):
        raise OrgRefusal("INVALIDJOBSTATE", f"Transition from {job.state} to {wanted} is not possible")
    job.state = JobState(str(wanted))
    return json_response(200, _shown(job, call))


def info(call: Asked) -> Response:
    """`GET /jobs/ingest/<id>`; who looks at a job whose upload is complete finds it done."""
    job = _job(call)
    if job.state is JobState.UPLOAD_COMPLETE:
        _run(call.state, job)
    return json_response(200, _shown(job, call))


def every(call: Asked) -> Response:
    """`GET /jobs/ingest`."""
    return json_response(
        200, {"done": True, "nextRecordsUrl": None, "records": [_shown(job, call) for job in call.state.jobs.values()]}
    )


def remove(call: Asked) -> Response:
    """`DELETE /jobs/ingest/<id>`."""
    del call.state.jobs[_job(call).id]
    return Response(204)


def successful(call: Asked) -> Response:
    """`GET /jobs/ingest/<id>/successfulResults`."""
    job = _job(call)
    rows = [
        [result.id, str(job.operation == "insert").lower(), *_cells(job, row)]
        for row, result in job.results
        if isinstance(result, Record)
    ]
    return _table(job, ["sf__Id", "sf__Created", *job.names], rows)


def failed(call: Asked) -> Response:
    """`GET /jobs/ingest/<id>/failedResults`."""
    job = _job(call)
    rows = [
        [_id_of(row), _error(result), *_cells(job, row)]
        for row, result in job.results
        if not isinstance(result, Record)
    ]
    return _table(job, ["sf__Id", "sf__Error", *job.names], rows)


def unprocessed(call: Asked) -> Response:
    """`GET /jobs/ingest/<id>/unprocessedrecords`: all of a job that failed or was aborted."""
    job = _job(call)
    left = _rows(job) if job.state in {JobState.FAILED, JobState.ABORTED} and job.upload else []
    return _table(job, list(job.names), [_cells(job, row) for row in left])


def _run(org: Org, job: Job) -> None:
    try:
        rows = _rows(job)
    except (UnicodeDecodeError, csv.Error):
        job.state, job.message = JobState.FAILED, "InvalidBatch : the upload is no CSV in UTF-8"
        return
    unknown = [name for name in job.names if job.object.field(name) is None]
    if unknown or not job.names:
        job.state = JobState.FAILED
        job.message = f"InvalidBatch : Field name not found : {unknown[0] if unknown else ''}"
        return
    if job.operation == "delete":
        results = [writes.delete(org, job.object, _id_of(row)) for row in rows]
    else:
        new = job.operation == "insert"
        asked = [writes.Write(job.object, None if new else _id_of(row), dict(_body(job.object, row))) for row in rows]
        results = writes.write(org, asked, writes.Manner(strict=False))
    job.results = list(zip(rows, results, strict=True))
    job.state = JobState.JOB_COMPLETE


def _body(object_: OrgObject, row: Row) -> Iterator[tuple[str, Any]]:
    """Yield what a row sets: an empty cell leaves a field as it is, `#N/A` makes it blank."""
    for name, cell in row.items():
        known = object_.field(name)
        if cell == "" or name.casefold() == "id":
            continue
        ticked = {"true": True, "1": True, "false": False, "0": False}
        is_checkbox = known is not None and known.type is FieldType.CHECKBOX
        yield name, None if cell == BLANK else ticked.get(cell.casefold(), cell) if is_checkbox else cell


def _rows(job: Job) -> list[Row]:
    text = job.upload.decode("utf-8-sig")
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=DELIMITERS[job.delimiter], strict=True)
    job.names = tuple(reader.fieldnames or ())
    rows = [{name: cell or "" for name, cell in row.items() if name is not None} for row in reader]
    return [row for row in rows if any(row.values())]


def _cells(job: Job, row: Row) -> list[str]:
    return [row.get(name, "") for name in job.names]


def _id_of(row: Row) -> str:
    return next((cell for name, cell in row.items() if name.casefold() == "id"), "")


def _error(result: Record | Errors) -> str:
    assert not isinstance(result, Record)
    error = result[0]
    return f"{error.status_code}:{error.message}:{', '.join(error.fields)} --"


def _table(job: Job, names: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    text = StringIO()
    writer = csv.writer(
        text, delimiter=DELIMITERS[job.delimiter], lineterminator=ENDINGS[job.ending], quoting=csv.QUOTE_ALL
    )
    writer.writerow(names)
    writer.writerows(rows)
    return Response(200, {"Content-Type": "text/csv"}, text.getvalue().encode())


def _job(call: Asked) -> Job:
    found = call.state.jobs.get(call.parts[-1])
    if found is None:
        raise not_found()
    return found


def _shown(job: Job, call: Asked) -> dict[str, Any]:
    failures = sum(not isinstance(result, Record) for _, result in job.results)
    return {
        "id": job.id,
        "operation": job.operation,
        "object": job.object.name,
        "createdDate": job.created,
        "systemModstamp": job.created,
        "state": job.state,
        "concurrencyMode": "Parallel",
        "contentType": "CSV",
        "apiVersion": float(api_path(call.request).rpartition("v")[2]),
        "jobType": "V2Ingest",
        "contentUrl": f"{api_path(call.request).lstrip('/')}/jobs/ingest/{job.id}/batches",
        "lineEnding": job.ending,
        "columnDelimiter": job.delimiter,
        "errorMessage": job.message or None,
        "numberRecordsProcessed": len(job.results),
        "numberRecordsFailed": failures,
    }
